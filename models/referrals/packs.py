"""案卷包: one archive with the papers, the appraisals, the evidence as it came, and a list of every file with its SHA-256.

Names in the archive are numbers, for a file's own name may name the filer. Nothing is compressed, so the same parts
always make the same bytes. The paper that names the filer lies sealed in the store and nowhere else: the archive is kept
without it, and it is added each time the archive is handed out. `docs/verify_pack.py` checks an archive by itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import mimetypes
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast

from models.filings.sealing import Keyring
from models.filings.tables import Evidence
from models.papers.issuing import content_of
from models.papers.tables import Paper
from models.ports import FileStore
from models.referrals.papers import FILER
from models.referrals.tables import Referral
from models.types import beijing_date

LARGEST_PACK = 1 << 40
MANIFEST = "manifest.json"
LIST = "证据清单.txt"
_CHUNK = 1 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NAMES = {
    "police_referral": "移送书",
    "investigation_report": "调查报告",
    "goods_list": "物品清单",
    FILER: "举报人身份",
}
_EXTENSIONS = {"image/jpeg": ".jpg", "text/plain": ".txt", "application/zip": ".zip"}


class DamagedPart(Exception):
    """A file of the pack is not what its row says: no pack is made of it."""


@dataclass(frozen=True)
class Part:
    """A file of the archive."""

    name: str
    title: str
    sha256: str
    size: int
    opened: Callable[[], BinaryIO]
    is_secret: bool = False

    def document(self) -> dict[str, object]:
        """As the manifest has it."""
        return {"name": self.name, "title": self.title, "sha256": self.sha256, "size": self.size}


@dataclass(frozen=True)
class Made:
    """An archive: as it is kept, and size and SHA-256 of the whole of it."""

    kept: BinaryIO
    size: int
    sha256: str


def parts_of(
    referral: Referral, papers: Sequence[Paper], files: Sequence[Evidence], store: FileStore, keys: Keyring
) -> list[Part]:
    """Everything that goes in, in order: papers, appraisals, evidence, what names the filer last."""
    found = [part for paper in papers for part in _of_paper(paper, store, keys)]
    appraisals = [file for file in files if file.id in referral.appraisal_ids]
    others = [file for file in files if file.id not in referral.appraisal_ids]
    for folder, title, group in (("鉴定", "检验报告或者鉴定结论", appraisals), ("证据", "证据", others)):
        for number, file in enumerate(group, start=1):
            name = f"{folder}/{number:02}{_extension(file)}"
            found.append(
                Part(name, f"{title}{number}", file.sha256, file.size, _opener(store, file.store_key))
            )
    return sorted(found, key=lambda part: part.is_secret)


@contextmanager
def made(
    referral: Referral, parts: Sequence[Part], evidence: Sequence[Evidence], now: dt.datetime
) -> Iterator[Made]:
    """The archive in a temporary file; DamagedPart where a part is not what its hash says."""
    listed = _listed(parts, evidence)
    every = [*parts, listed]
    manifest = json.dumps(_manifest(referral, every, now), ensure_ascii=False, indent=1).encode()
    with TemporaryFile() as kept, TemporaryFile() as whole:
        with zipfile.ZipFile(kept, "w") as archive:
            archive.writestr(_info(MANIFEST), manifest)
            for part in every:
                if not part.is_secret:
                    _write(archive, part)
        kept.seek(0)
        shutil.copyfileobj(kept, whole, _CHUNK)
        _add(whole, [part for part in parts if part.is_secret])
        size, sha256 = _measured(whole)
        kept.seek(0)
        yield Made(cast(BinaryIO, kept), size, sha256)


@contextmanager
def opened(
    referral: Referral, papers: Sequence[Paper], store: FileStore, keys: Keyring
) -> Iterator[IO[bytes]]:
    """The whole archive as it was made, for handing out; DamagedPart when it is not the same any more.

    What was printed after the pack was made is no part of it: the list in the archive says what is.
    """
    if referral.pack_key is None:
        raise FileNotFoundError
    secret = [part for paper in papers for part in _of_paper(paper, store, keys) if part.is_secret]
    with TemporaryFile() as whole:
        with store.open(referral.pack_key) as kept:
            shutil.copyfileobj(kept, whole, _CHUNK)
        listed = _listed_in(whole, referral)
        _add(whole, [part for part in secret if (part.name, part.sha256) in listed])
        if _measured(whole) != (referral.pack_size, referral.pack_sha256):
            raise DamagedPart(f"pack of referral {referral.id}")
        whole.seek(0)
        yield whole


def _listed_in(whole: IO[bytes], referral: Referral) -> set[tuple[str, str]]:
    """Names and hashes that the archive's own list has."""
    try:
        with zipfile.ZipFile(whole) as archive:
            return {(one["name"], one["sha256"]) for one in json.loads(archive.read(MANIFEST))["files"]}
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise DamagedPart(f"pack of referral {referral.id}") from error


def _of_paper(paper: Paper, store: FileStore, keys: Keyring) -> Iterator[Part]:
    """The paper as .docx, and as PDF where it was printed."""
    for as_pdf, ending in ((False, "docx"), (True, "pdf")):
        try:
            content = content_of(paper, as_pdf=as_pdf, files=store, keys=keys)
        except FileNotFoundError:
            continue
        yield Part(
            f"{_NAMES[paper.kind]}.{ending}",
            f"{paper.title} {paper.document_number}",
            hashlib.sha256(content).hexdigest(),
            len(content),
            lambda content=content: io.BytesIO(content),  # type: ignore[misc]
            is_secret=paper.is_sealed,
        )


def _listed(parts: Sequence[Part], evidence: Sequence[Evidence]) -> Part:
    """The list of evidence, to be read by people."""
    received = {file.sha256: file.received_at for file in evidence}
    lines = ["名称\t内容\t大小（字节）\t收到日期\tSHA-256"]
    for part in parts:
        on = beijing_date(received[part.sha256]).isoformat() if part.sha256 in received else "–"
        lines.append(f"{part.name}\t{part.title}\t{part.size}\t{on}\t{part.sha256}")
    content = ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
    digest = hashlib.sha256(content).hexdigest()
    return Part(LIST, "证据清单", digest, len(content), lambda: io.BytesIO(content))


def _manifest(referral: Referral, parts: Sequence[Part], now: dt.datetime) -> dict[str, object]:
    return {
        "format": "huhang-referral-pack/1",
        "reference": referral.case.shown_reference,
        "from": referral.case.acting_unit.name,
        "to": referral.police.name,
        "copy_to": referral.procuratorate.name if referral.procuratorate else None,
        "made_at": now.isoformat(timespec="seconds"),
        "names_filer": any(part.is_secret for part in parts),
        "files": [part.document() for part in parts],
    }


def _write(archive: zipfile.ZipFile, part: Part) -> None:
    digest, size = hashlib.sha256(), 0
    with part.opened() as source, archive.open(_info(part.name), "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    if (digest.hexdigest(), size) != (part.sha256, part.size):
        raise DamagedPart(part.name)


def _add(whole: IO[bytes], secret: Sequence[Part]) -> None:
    with zipfile.ZipFile(whole, "a") as archive:
        for part in secret:
            _write(archive, part)


def _measured(whole: IO[bytes]) -> tuple[int, str]:
    whole.seek(0)
    digest = hashlib.sha256()
    while chunk := whole.read(_CHUNK):
        digest.update(chunk)
    return whole.tell(), digest.hexdigest()


def _info(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, _EPOCH)
    made.external_attr = 0o600 << 16
    return made


def _extension(file: Evidence) -> str:
    return _EXTENSIONS.get(file.media_type) or mimetypes.guess_extension(file.media_type) or ".bin"


def _opener(store: FileStore, key: str) -> Callable[[], BinaryIO]:
    return lambda: store.open(key)
