"""Work that failed too often: dead letters, and a new life for them once the cause is mended."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import ledger, outbox
from models.errors import NotFound
from models.people.permissions import Permission
from models.retention.schedules import read_schedules
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("work", __name__, url_prefix="/admin/work")


@blueprint.get("/")
@requires(Permission.OUTBOX_MANAGE)
def index() -> ResponseReturnValue:
    """The newest dead letters and how much waits."""
    return render_template(
        "admin/work.html",
        letters=outbox.dead_letters(session),
        waiting=outbox.waiting(session),
        days=read_schedules().unsent_mails_days,
        now=now_utc(),
    )


@blueprint.post("/<int:row_id>/revive")
@requires(Permission.OUTBOX_MANAGE, fresh=True)
def revive(row_id: int) -> ResponseReturnValue:
    """Puts a dead letter back to work."""
    letter, now = session.get(outbox.OutboxRow, row_id), now_utc()
    if letter is None or not outbox.revive(session, row_id, now=now):
        raise NotFound(_("这项工作不在失败之列，可能已经重新开始。"))
    ledger.record(
        session, act="outbox.revive", subject=letter, actor=account(), now=now, data={"kind": letter.kind}
    )
    flash(_("已重新排队，后台会再试。"), "done")
    return redirect(url_for("work.index"), code=303)
