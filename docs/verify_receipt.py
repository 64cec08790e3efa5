"""Checks a receipt without the site: `python verify_receipt.py receipt.json --keys keys.json [--content content.json]
[--file photo.jpg …] [--links links.txt]`. Needs Python 3.9 or newer and the package `cryptography`; no network.

keys.json is what /verify/keys.json of the bureau's site gives: fetch it once, from an address that you trust.
Exit code 0: everything holds. 1: something does not. 2: a file cannot be read.
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def canonical(content):
    """The bytes that were signed: keys sorted, no white space, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def signature_problem(document, keys):
    """Why the signature does not hold; empty if it does."""
    receipt = document["receipt"]
    public = {key["key_id"]: bytes.fromhex(key["public_key"]) for key in keys["keys"]}.get(receipt["key_id"])
    if public is None:
        return (
            f"签名密钥 {receipt['key_id']} 不在公钥文件里 / the signing key is not among the published ones"
        )
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(
            base64.b64decode(document["signature"]), canonical(receipt)
        )
    except InvalidSignature:
        return "签名不成立：回执被改动过 / the signature does not hold: the receipt was altered"
    return ""


def digest_of(path):
    """SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        while piece := file.read(1024 * 1024):
            digest.update(piece)
    return digest.hexdigest()


def problems(arguments):
    """Everything that does not hold, each as a sentence."""
    document = json.loads(Path(arguments.receipt).read_text(encoding="utf-8"))
    keys = json.loads(Path(arguments.keys).read_text(encoding="utf-8"))
    if problem := signature_problem(document, keys):
        yield problem
        return
    receipt = document["receipt"]
    contents = {matter["content_sha256"] for matter in receipt["matters"]}
    files = {file["sha256"] for file in receipt["files"]}
    for path in arguments.content:
        if digest_of(path) not in contents:
            yield f"{path}：不是回执上的提交内容 / not the content on the receipt"
    for path in arguments.file:
        if digest_of(path) not in files:
            yield f"{path}：不是回执上的文件 / not a file on the receipt"
    if arguments.links and digest_of(arguments.links) != receipt.get("links", {}).get("sha256"):
        yield f"{arguments.links}：不是回执上的链接清单 / not the list of links on the receipt"


def main():
    """Reads the command line, says what was found, and returns the exit code."""
    parser = argparse.ArgumentParser(description="核验回执 / check a receipt")
    parser.add_argument("receipt", help="receipt-….json")
    parser.add_argument("--keys", required=True, help="/verify/keys.json")
    parser.add_argument("--content", action="append", default=[], help="content-….json")
    parser.add_argument("--file", action="append", default=[], help="a file that was handed in")
    parser.add_argument("--links", help="links-….txt, one address a line")
    arguments = parser.parse_args()
    try:
        found = list(problems(arguments))
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"读不出来 / cannot be read: {error!r}\n")
        return 2
    for problem in found:
        sys.stderr.write(problem + "\n")
    if not found:
        receipt = json.loads(Path(arguments.receipt).read_text(encoding="utf-8"))["receipt"]
        sys.stdout.write(f"真实 / genuine: {receipt['bureau']}, {receipt['received_at']}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
