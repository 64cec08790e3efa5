"""Every kind of paper, issued for a stored case of its own, read by LibreOffice: it says what that case holds, no other's."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from adapters.sanitising.runner import find_soffice
from models.aid.terms import Abroad, Application, DisputeKind
from models.cases.intake import receive
from models.cases.queries import case_of_filing
from models.cases.tables import Case
from models.cases.terms import State
from models.filings.submissions import Person, Respondent
from models.filings.tables import Evidence
from models.kinds import Track
from models.papers import operations
from models.papers.issuing import Office as IssuingOffice
from models.papers.issuing import content_of, issue
from models.papers.kinds import PaperKind, paper_kinds
from models.people.actors import FILER
from tests.support.cases import OPENED, Office, an_office, brought_to
from tests.support.filings import JPEG, KEYS, a_submission
from tests.support.papers import an_issuing_office, confirm_prefix

# What a paper says is the same on either database.
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

OVERSEAS = Application("company", ("overseas",), abroad=Abroad("DE", DisputeKind.CUSTOMS))
# What only the registers and the papers that name the filer may tell.
FILER_FIELDS = ("姓名", "电话", "住址", "证件号码")
UNITS = {"unit": "示例县市场监督管理局", "outside": "示例市公安局"}
GROUNDS = {
    "refusal": ("投诉事项不属于本部门职责，或者本部门没有处理权限", "第十六条", "理由"),
    "mediation_end": ("投诉人撤回投诉，或者双方自行和解", "第二十三条", "和解"),
}
_FIELD = re.compile(r"\{\{ (\w+) \}\}")
_numbers = count(1)


@dataclass(frozen=True)
class Told:
    """A paper on the disk, and what has to stand in it, by field."""

    kind: PaperKind
    expected: dict[str, str]
    respondent: str
    filer: Person


@pytest.fixture
def soffice() -> str:
    found = find_soffice("soffice")
    if not found:
        pytest.skip("LibreOffice is not installed")
    return found


def test_libreoffice_reads_in_every_paper_what_its_case_holds(
    session: Session, soffice: str, tmp_path: Path
) -> None:
    office, issuing = an_office(session), an_issuing_office(tmp_path)
    confirm_prefix(session, office.head)
    papers = [_issued(session, office, issuing, kind, tmp_path) for kind in paper_kinds().values()]
    texts = _read_all(soffice, tmp_path)
    others = {one.respondent for one in papers}
    for one in papers:
        told = texts[one.kind.id]
        fields = {"文号", "签发日期", "机关名称", *_FIELD.findall(one.kind.body)}
        lines = {(name, line) for name in fields for line in one.expected[name].split("\n")}
        assert [(name, line) for name, line in sorted(lines) if line not in told] == [], one.kind.id
        assert one.kind.title in told
        assert [name for name in others - {one.respondent} if name in told] == [], one.kind.id
        assert one.kind.names_filer or one.filer.name not in told, one.kind.id
        assert "{" not in told, one.kind.id


def _issued(session: Session, office: Office, issuing: IssuingOffice, kind: PaperKind, folder: Path) -> Told:
    """The kind's paper by way of its verbs, for a case filed by somebody of its own; the document lies in the folder."""
    number = next(_numbers)
    filer = Person(
        f"测试人{number:02}号", f"1380000{number:04}", "", f"演示路{number}号院", f"演示证件{number:06}"
    )
    case, file = _stored_case(session, office, issuing, kind, number, filer)
    own = {one.name: f"{one.name}：第{number}件写的内容\n第二行{number * 7}" for one in kind.own_fields}
    unit = {"unit": office.county, "outside": office.police}.get(kind.addressee.value)
    given = {"actor": office.intake, "now": OPENED}
    paper = operations.draft(
        session, case=case, kind=kind, fields=own, to_unit=unit, made_from=kind.made_from, **given
    )
    if paper.is_approved:
        operations.submit(session, paper=paper, **given)
        operations.approve(session, paper=paper, actor=office.head, now=OPENED)
    session.flush()
    session.expire_all()  # what follows is read from the database
    issue(session, paper=paper, office=issuing, **given)
    content = content_of(paper, as_pdf=False, files=issuing.files, keys=KEYS)
    (folder / f"{kind.id}.docx").write_bytes(content)
    ground, article, reasons = GROUNDS.get(kind.id, ("", "", ""))
    expected = {
        **own,
        "文号": f"平市监{kind.word}〔2026〕1号",
        "签发日期": "2026年11月20日",
        "机关名称": "示例市市场监督管理局",
        "主送": UNITS.get(kind.addressee.value, ""),
        "登记编号": case.shown_reference,
        "办理方式": {Track.COMPLAINT: "投诉", Track.REPORT: "举报", Track.AID: "维权援助"}[case.track],
        "收到日期": "2026年11月20日",
        "受理日期": "2026年11月20日",
        "被举报投诉方": f"演示百货{number:02}店",
        "被举报投诉方地址": f"示例街{number:02}号",
        "统一社会信用代码": f"DEM0{number:014}",
        "链接": f"https://shop.example.com/{number:02}",
        "权利类型": "商标",
        "权利号码": f"990000{number:02}",
        "事实": f"第{number:02}号柜台的水杯标有演示商标。",
        "请求": f"退还{number}00元",
        "证据清单": f"照片{number:02}.jpg（SHA-256 {file.sha256}）",
        "法定理由": ground,
        "理由": reasons,
        "理由的依据": f"《市场监督管理投诉举报处理办法》{article}",
        "海外国家或者地区": "德国",
        "海外纠纷的类型": "货物被海关扣留",
        "承办机构": "示例市市场监督管理局",
        "承办人": "受理员甲",
        "姓名": filer.name,
        "电话": filer.phone,
        "住址": filer.address,
        "证件号码": filer.id_number,
    }
    return Told(kind, expected, expected["被举报投诉方"], filer)


def _stored_case(
    session: Session, office: Office, issuing: IssuingOffice, kind: PaperKind, number: int, filer: Person
) -> tuple[Case, Evidence]:
    """A case of that track in a state where the paper can be made, with a file."""
    track = kind.tracks[0] if kind.tracks else Track.REPORT
    submission = a_submission(
        track,
        person=filer,
        respondent=Respondent(
            f"演示百货{number:02}店",
            f"DEM0{number:014}",
            f"示例街{number:02}号",
            f"https://shop.example.com/{number:02}",
        ),
        facts=f"第{number:02}号柜台的水杯标有演示商标。",
        request=f"退还{number}00元",
        right_number=f"990000{number:02}",
        data={"aid": OVERSEAS.as_data()} if track is Track.AID else {},
    )
    filing = receive(session, submission=submission, actor=FILER, now=OPENED, keys=KEYS).filing
    stored = issuing.files.save(io.BytesIO(JPEG + bytes([number])), limit=len(JPEG) + 1)
    file = Evidence(
        filing_id=filing.id,
        file_name=f"照片{number:02}.jpg",
        media_type="image/jpeg",
        size=stored.size,
        sha256=stored.sha256,
        store_key=stored.key,
        received_at=OPENED,
    )
    session.add(file)
    state = kind.states[0] if kind.states else State.HANDLING
    return brought_to(session, office, case_of_filing(session, filing.id), state), file


def _read_all(soffice: str, folder: Path) -> dict[str, str]:
    """The text of every document in the folder, by the name of its file; one call reads them all."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder]
    subprocess.run([*command, *folder.glob("*.docx")], check=True, capture_output=True)
    return {one.stem: one.read_text(encoding="utf-8-sig") for one in folder.glob("*.txt")}
