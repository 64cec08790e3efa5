"""`/data`: bulk files, what changed on each day, the catalogue, and the signed tree of what was published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.data.heads import consistency_file, head_file, heads, inclusion_file, newest_head
from models.data.queries import data_file, data_files, is_stale
from models.data.tables import DataFile
from models.decisions.queries import decision_by_public_id
from models.errors import NotFound
from models.types import beijing_date, now_utc
from results import linked
from results.answers import RETRY_SECONDS, decision_answer
from results.bulk import media_type
from results.catalogue import REUSE_TITLE, catalogue, data_package
from results.exports import file_headers
from results.known import KNOWN_ISSUES
from results.schedule import schedule
from shared.access import public
from shared.database import session
from shared.errors import answer
from shared.limits import limited
from shared.pages import site_name
from shared.services import services

blueprint = Blueprint("data", __name__, url_prefix="/data")

PIECE = 1 << 16
_DOCS = Path(__file__).parents[2] / "docs"
# Programs that stand by themselves, for those who check without us or keep a copy.
TOOLS = {
    "mirror.py": _DOCS / "examples" / "mirror.py",
    "recompute_lists.py": _DOCS / "examples" / "recompute_lists.py",
    "verify_snapshot.py": _DOCS / "verify_snapshot.py",
    "verify_receipt.py": _DOCS / "verify_receipt.py",
}
MOST_HEADS = 1000


@blueprint.get("")
@public
def index() -> ResponseReturnValue:
    """The page."""
    files = data_files(session)
    return render_template(
        "public/data/index.html",
        whole=_named(files, "decisions.", "entities.")[::-1],
        months=_named(files, "decisions-"),
        deltas=_named(files, "delta-"),
        head=newest_head(session),
        reuse=REUSE_TITLE,
        linked=_linked(files),
        known=KNOWN_ISSUES,
        schedule=schedule(session, files, now=now_utc()),
    )


def _linked(files: Sequence[DataFile]) -> dict[str, Any]:
    bureau = services().bureau.bureau
    whole = _named(files, "decisions.", "entities.")
    return linked.dataset(
        whole,
        name=_("%(bureau)s行政处罚和裁决公示数据", bureau=bureau.name),
        description=_(
            "%(bureau)s公示中的知识产权行政处罚决定、行政裁决和其他行政决定，每天更新；停止公示的记录随即删除。",
            bureau=bureau.name,
        ),
        bureau=bureau.name,
    )


def _named(files: Sequence[DataFile], *beginnings: str) -> list[DataFile]:
    return [file for file in files if file.name.startswith(beginnings)]


@blueprint.get("/files/<name>")
@public
@limited("search", unsafe_only=False)
def download(name: str) -> ResponseReturnValue:
    """One file. While it holds something that is no longer public it is not given out: 503 until it is made anew."""
    file = data_file(session, name)
    if file is None:
        raise NotFound(_("没有这个数据文件。"))
    if is_stale(session, file, today=beijing_date(now_utc())):
        response = answer(503, _("有决定书刚刚停止公示，这个文件正在重新生成，请稍后再下载。"))
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
    return _whole(file)


def _whole(file: DataFile) -> Response:
    response = Response(content_type=media_type(file.name))
    response.set_etag(file.sha256)
    response.last_modified = file.made_at
    response.make_conditional(request)
    if response.status_code == 304:
        return response
    if request.method != "HEAD":
        stream = services().files.open(file.store_key)
        response.response = _pieces(stream)
        response.call_on_close(stream.close)  # also when nobody stays to read it
    response.headers.update(file_headers(rows=file.rows, size=file.size, sha256=file.sha256))
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    with stream:
        while piece := stream.read(PIECE):
            yield piece


@blueprint.get("/tools/<name>")
@public
def tool(name: str) -> ResponseReturnValue:
    """One of the programs, as text that is to be read before it is run."""
    if name not in TOOLS:
        raise NotFound(_("没有这个程序。"))
    response = Response(TOOLS[name].read_bytes(), content_type="text/x-python; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/datapackage.json")
@public
def package() -> Response:
    """The Frictionless data package of the tables."""
    bureau = services().bureau.bureau
    return jsonify(data_package(data_files(session), title=site_name(bureau), publisher=bureau.name))


@blueprint.get("/catalog.json")
@public
def catalog() -> Response:
    """The DCAT catalogue, JSON-LD."""
    bureau = services().bureau.bureau
    found = catalogue(data_files(session), title=site_name(bureau), publisher=bureau.name)
    response = jsonify(found)
    response.content_type = "application/ld+json"
    return response


@blueprint.get("/heads.json")
@public
def signed_heads() -> Response:
    """The signed heads of the tree, the newest first."""
    return jsonify({"heads": [head_file(head) for head in heads(session, limit=MOST_HEADS)]})


@blueprint.get("/proofs/<public_id>.json")
@public
@limited("search", unsafe_only=False)
def proof(public_id: str) -> ResponseReturnValue:
    """That a decision was published as it stands; 410 when it has ended, for then its salt is destroyed."""
    decision = decision_by_public_id(session, public_id)
    if not decision.is_public(beijing_date(now_utc())):
        return decision_answer(public_id)
    return jsonify(inclusion_file(session, decision))


@blueprint.get("/consistency.json")
@public
@limited("search", unsafe_only=False)
def consistency() -> ResponseReturnValue:
    """That the tree of `first` leaves is how that of `second` began."""
    sizes = [request.args.get(name, "") for name in ("first", "second")]
    if not all(one.isascii() and one.isdigit() and len(one) < 16 for one in sizes):
        return answer(400, _("first 和 second 应是两个快照的大小。"))
    return jsonify(consistency_file(session, int(sizes[0]), int(sizes[1])))
