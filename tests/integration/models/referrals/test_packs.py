"""The pack: whole, checked by the script that stands alone, and silent about the filer unless the head ordered otherwise."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from models.cases.decisions import file_case
from models.cases.intake import receive
from models.cases.operations import accept
from models.cases.queries import case_of_filing
from models.cases.tables import Case
from models.errors import ActRefused
from models.filings.tables import Evidence
from models.kinds import Track
from models.papers.issuing import Office as IssuingOffice
from models.papers.issuing import keep_pdf
from models.people.actors import FILER, WORKER
from models.referrals.operations import approve, propose
from models.referrals.packing import keep_pack
from models.referrals.packs import LARGEST_PACK, DamagedPart, made, opened, parts_of
from models.referrals.papers import issue_and_pack, papers_of
from models.referrals.queries import files_of
from models.referrals.tables import Referral
from tests.support.cases import OPENED, Office
from tests.support.filings import KEYS, PERSON, a_submission
from tests.support.papers import an_issuing_office, confirm_prefix, text_of
from tests.support.referrals import CRIME, a_report
from tests.support.sources import ROOT

SCRIPT = ROOT / "docs" / "verify_pack.py"


@pytest.fixture
def issuing(session: Session, office: Office, tmp_path: Path) -> IssuingOffice:
    confirm_prefix(session, office.head)
    return an_issuing_office(tmp_path)


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    """A report that somebody filed by name."""
    submission = a_submission(Track.REPORT, person=PERSON)
    filing = receive(session, submission=submission, actor=FILER, now=OPENED, keys=KEYS).filing
    case = case_of_filing(session, filing.id)
    accept(session, case=case, actor=office.intake, now=OPENED)
    return file_case(session, case=case, reasons="符合条件", actor=office.head, now=OPENED)


def _file(session: Session, case: Case, issuing: IssuingOffice, content: bytes, name: str) -> Evidence:
    stored = issuing.files.save(io.BytesIO(content), limit=1 << 20)
    evidence = Evidence(
        filing_id=case.filing_id,
        file_name=name,
        media_type="application/pdf",
        size=stored.size,
        sha256=stored.sha256,
        store_key=stored.key,
        received_at=OPENED,
    )
    session.add(evidence)
    session.flush()
    return evidence


def _packed(
    session: Session, office: Office, issuing: IssuingOffice, case: Case, *, identity: str = ""
) -> Referral:
    files = [_file(session, case, issuing, b"%PDF-1 photo", f"{PERSON.name}拍的.pdf")]
    appraisals = [_file(session, case, issuing, b"%PDF-1 appraisal", "鉴定.pdf")]
    report = a_report(office, evidence=files, appraisals=appraisals)
    referral = propose(session, case=case, report=report, actor=office.intake, now=OPENED)
    approve(session, referral=referral, identity_reasons=identity, actor=office.head, now=OPENED)
    issue_and_pack(session, referral=referral, office=issuing, actor=office.intake, now=OPENED)
    papers, along = papers_of(session, referral), files_of(session, referral)
    with made(referral, parts_of(referral, papers, along, issuing.files, KEYS), along, OPENED) as pack:
        stored = issuing.files.save(pack.kept, limit=LARGEST_PACK)
        keep_pack(
            session,
            referral=referral,
            stored=stored,
            size=pack.size,
            sha256=pack.sha256,
            actor=WORKER,
            now=OPENED,
        )
    return referral


def _archive(session: Session, issuing: IssuingOffice, referral: Referral) -> bytes:
    with opened(referral, papers_of(session, referral), issuing.files, KEYS) as whole:
        return whole.read()


def _verdict(folder: Path, archive: bytes, *options: str) -> tuple[int, str]:
    path = folder / "pack.zip"
    path.write_bytes(archive)
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(path), *options], capture_output=True, check=False
    )
    return done.returncode, (done.stdout + done.stderr).decode()


def _rewritten(archive: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as given:
        files = {name: given.read(name) for name in given.namelist()}
    change(files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made_anew:
        for name, content in files.items():
            made_anew.writestr(name, content)
    return out.getvalue()


def _told(archive: bytes) -> str:
    """Everything that a reader of the archive learns: names, texts, documents."""
    with zipfile.ZipFile(io.BytesIO(archive)) as given:
        names = given.namelist()
        texts = [given.read(name).decode() for name in names if name.endswith((".txt", ".json"))]
        papers = [text_of(given.read(name)) for name in names if name.endswith(".docx")]
    return "\n".join([*names, *texts, *papers])


def test_the_pack_is_whole_and_silent_about_the_filer(
    session: Session, office: Office, issuing: IssuingOffice, case: Case, tmp_path: Path
) -> None:
    referral = _packed(session, office, issuing, case)
    archive = _archive(session, issuing, referral)
    code, told = _verdict(tmp_path, archive, "--sha256", referral.pack_sha256 or "")
    assert (code, "不附送举报人身份" in told) == (0, True), told
    said = _told(archive)
    assert {"移送书.docx", "调查报告.docx", "物品清单.docx", "鉴定/01.pdf", "证据/01.pdf"} <= set(
        said.split("\n")
    )
    assert CRIME in said
    for secret in (PERSON.name, PERSON.phone, PERSON.address):
        assert secret not in said
    assert PERSON.name.encode() not in archive


def test_only_the_heads_order_puts_the_filer_in_and_nowhere_else_it_lies_open(
    session: Session, office: Office, issuing: IssuingOffice, case: Case, tmp_path: Path
) -> None:
    referral = _packed(session, office, issuing, case, identity="需要举报人辨认")
    archive = _archive(session, issuing, referral)
    code, told = _verdict(tmp_path, archive, "--sha256", referral.pack_sha256 or "")
    assert (code, "；附送举报人身份" in told) == (0, True), told
    assert all(one in _told(archive) for one in (PERSON.name, PERSON.address, "需要举报人辨认"))
    assert referral.pack_key
    with issuing.files.open(referral.pack_key) as kept, zipfile.ZipFile(kept) as stored:
        assert "举报人身份.docx" not in stored.namelist()
    assert _archive(session, issuing, referral) == archive, "the same bytes each time"
    naming = next(one for one in papers_of(session, referral) if one.kind == "filer_identity")
    keep_pdf(session, paper=naming, pdf=b"%PDF-1", files=issuing.files, keys=KEYS)
    assert _archive(session, issuing, referral) == archive, "also after a printer came late"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda files: files.update({"证据/01.pdf": b"other"}), "内容不符：证据/01.pdf"),
        (lambda files: files.update({"证据/09.pdf": b"x"}), "多出文件：证据/09.pdf"),
        (lambda files: files.pop("物品清单.docx"), "缺少文件：物品清单.docx"),
        (lambda files: files.update({"../x": b"x"}), "名称不安全：../x"),
        (lambda files: files.pop("manifest.json"), "没有 manifest.json"),
    ],
)
def test_the_script_names_whatever_is_wrong(
    session: Session,
    office: Office,
    issuing: IssuingOffice,
    case: Case,
    tmp_path: Path,
    change: Callable[[dict[str, bytes]], object],
    sentence: str,
) -> None:
    archive = _archive(session, issuing, _packed(session, office, issuing, case))
    code, told = _verdict(tmp_path, _rewritten(archive, change))
    assert (code, sentence in told) == (1, True), told
    assert _verdict(tmp_path, b"no zip")[0] == 2


def test_a_damaged_file_makes_no_pack_and_a_damaged_pack_is_not_handed_out(
    session: Session, office: Office, issuing: IssuingOffice, case: Case
) -> None:
    referral = _packed(session, office, issuing, case)
    referral.pack_sha256 = "0" * 64
    with pytest.raises(DamagedPart):
        _archive(session, issuing, referral)
    referral.pack_key = issuing.files.save(io.BytesIO(b"no zip"), limit=10).key
    with pytest.raises(DamagedPart):
        _archive(session, issuing, referral)
    files = files_of(session, referral)
    files[0].sha256 = "0" * 64
    parts = parts_of(referral, papers_of(session, referral), files, issuing.files, KEYS)
    with pytest.raises(DamagedPart), made(referral, parts, files, OPENED):
        pass


def test_papers_are_issued_after_the_decision_only(
    session: Session, office: Office, issuing: IssuingOffice, case: Case
) -> None:
    referral = propose(session, case=case, report=a_report(office), actor=office.intake, now=OPENED)
    with pytest.raises(ActRefused, match="批准以后"):
        issue_and_pack(session, referral=referral, office=issuing, actor=office.intake, now=OPENED)
    approve(session, referral=referral, actor=office.head, now=OPENED)
    assert [paper.kind for paper in papers_of(session, referral)] == [
        *("police_referral", "investigation_report", "goods_list"),
    ]
    letter = papers_of(session, referral)[0]
    assert (letter.approved_by_id, letter.drafted_by_id) == (office.head.id, office.intake.id)
