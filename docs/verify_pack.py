"""Checks a 案卷包 without the site: `python verify_pack.py pack.zip [--sha256 DIGEST]`. Needs Python 3.9 or newer, nothing else.

It says whether every file of the manifest is there with the size and SHA-256 that the manifest names, that nothing is there
besides, that no name leads out of the folder into which it is unpacked, and whether the pack says who filed. The digest of the
whole archive stands on the page of the referral; with --sha256 it is compared too.

Exit code 0: everything holds. 1: something does not. 2: the file cannot be read.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from collections import Counter
from pathlib import PurePosixPath

MANIFEST = "manifest.json"
FORMAT = "huhang-referral-pack/1"
IDENTITY = "举报人身份"
CHUNK = 1 << 20


def digest_of(stream):
    """Size and SHA-256 of what is left in a stream, without holding it in memory."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


def leads_out(name):
    """Whether unpacking the name would write outside of the folder."""
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name


def findings(archive):
    """A sentence for everything that is wrong with the archive."""
    names = archive.namelist()
    yield from (f"名称重复：{name}" for name, times in Counter(names).items() if times > 1)
    yield from (f"名称不安全：{name}" for name in names if leads_out(name))
    if MANIFEST not in names:
        yield f"没有 {MANIFEST}"
        return
    manifest = json.loads(archive.read(MANIFEST))
    if manifest.get("format") != FORMAT:
        yield f"格式不是 {FORMAT}"
        return
    listed = {one["name"]: one for one in manifest["files"]}
    if len(listed) < len(manifest["files"]):
        yield "清单里有重复的名称"
    yield from (f"多出文件：{name}" for name in names if name not in listed and name != MANIFEST)
    for name, one in listed.items():
        if name not in names:
            yield f"缺少文件：{name}"
            continue
        with archive.open(name) as stream:
            found = digest_of(stream)
        if found != (one["size"], one["sha256"]):
            yield f"内容不符：{name}"
    says_who = any(PurePosixPath(name).stem == IDENTITY for name in names)
    if says_who != manifest["names_filer"]:
        yield "清单说的是否附送举报人身份，与包内的文件不一致"


def main():
    """Says what was found."""
    parser = argparse.ArgumentParser(description="核对移送案卷包")
    parser.add_argument("pack")
    parser.add_argument("--sha256", default="", help="整个案卷包的校验码")
    asked = parser.parse_args()
    try:
        with open(asked.pack, "rb") as stream:
            size, digest = digest_of(stream)
        with zipfile.ZipFile(asked.pack) as archive:
            wrong = list(findings(archive))
            known = json.loads(archive.read(MANIFEST)) if not wrong else {}
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        sys.stderr.write(f"不能读取：{error}\n")
        return 2
    if asked.sha256 and asked.sha256.replace(" ", "").lower() != digest:
        wrong.append("整个案卷包的校验码不符")
    for sentence in wrong:
        sys.stdout.write(f"{sentence}\n")
    if wrong:
        return 1
    count, told = len(known["files"]), "附送" if known["names_filer"] else "不附送"
    sys.stdout.write(
        f"{known['reference']}：{count} 个文件都在，内容相符，没有多余的文件；{told}举报人身份。\n"
    )
    sys.stdout.write(f"{size} 字节，SHA-256 {digest}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
