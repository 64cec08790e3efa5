"""Companies for staff: found by code or name; names, mergers and branches of one, and the acts on them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.companies.forms import HeadOfficeForm, MergerForm
from casework.companies.proposals import companies_meant
from models.companies.queries import (
    branches_of,
    company_by_uscc,
    company_for_staff,
    merged_into,
    newest_companies,
)
from models.companies.relations import merge, set_head_office, undo_merger
from models.companies.tables import Company
from models.errors import Invalid
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

SHOWN = 50

blueprint = Blueprint("company_desk", __name__, url_prefix="/casework/companies")


@blueprint.get("")
@requires(Permission.COMPANY_MANAGE)
def index() -> ResponseReturnValue:
    """The companies that are meant by what was typed; without a word those noted last."""
    typed = request.args.get("q", "").strip()[:200]
    rows = companies_meant(session, typed, limit=SHOWN) if typed else newest_companies(session, limit=SHOWN)
    return render_template("casework/companies/index.html", typed=typed, rows=rows)


@blueprint.get("/<int:company_id>")
@requires(Permission.COMPANY_MANAGE)
def show(company_id: int) -> ResponseReturnValue:
    """One, with all names that documents gave it."""
    return _page(company_for_staff(session, company_id))


@blueprint.post("/<int:company_id>/merge")
@requires(Permission.COMPANY_MANAGE)
def merge_into(company_id: int) -> ResponseReturnValue:
    """It was merged into another."""
    company, form = company_for_staff(session, company_id), MergerForm()
    if form.validate():
        try:
            merge(
                session, company, into=_by_code(form.successor.data, "successor"), on=form.on.data,
                basis=form.basis.data, actor=account(), now=now_utc(),
            )  # fmt: skip
        except Invalid as error:
            form.take(error)
        else:
            return _back(company, _("已登记合并：原代码的地址转到并入的企业。"))
    return _page(company, merger_form=form), 422


@blueprint.post("/<int:company_id>/unmerge")
@requires(Permission.COMPANY_MANAGE)
def unmerge(company_id: int) -> ResponseReturnValue:
    """The merger was noted by mistake."""
    company = company_for_staff(session, company_id)
    undo_merger(session, company, actor=account(), now=now_utc())
    return _back(company, _("已撤销合并登记。"))


@blueprint.post("/<int:company_id>/head-office")
@requires(Permission.COMPANY_MANAGE)
def head_office(company_id: int) -> ResponseReturnValue:
    """Whose branch it is."""
    company, form = company_for_staff(session, company_id), HeadOfficeForm()
    if form.validate():
        typed = (form.head_office.data or "").strip()
        try:
            found = _by_code(typed, "head_office") if typed else None
            set_head_office(session, company, head_office=found, actor=account(), now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            return _back(company, _("已登记总机构。") if found else _("已登记：不是分支机构。"))
    return _page(company, head_form=form), 422


def _by_code(typed: str, field: str) -> Company:
    found = company_by_uscc(session, typed)
    if found is None:
        sentence = _("本站没有这个代码的企业。只有决定书里出现过的企业才有记录。")
        raise Invalid(sentence, {field: sentence})
    return found


def _back(company: Company, message: str) -> ResponseReturnValue:
    flash(message, "done")
    return redirect(url_for(".show", company_id=company.id), 303)


def _page(
    company: Company, *, merger_form: MergerForm | None = None, head_form: HeadOfficeForm | None = None
) -> str:
    head = company.head_office
    return render_template(
        "casework/companies/show.html",
        company=company,
        merged=merged_into(session, company),
        branches=branches_of(session, company),
        merger_form=merger_form or MergerForm(formdata=None),
        head_form=head_form or HeadOfficeForm(formdata=None, data={"head_office": head.uscc if head else ""}),
    )
