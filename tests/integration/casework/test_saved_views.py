"""Views of the queue that officers keep: for themselves, or for the unit; each reader sees only their own cases in them."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import Tag
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.queue import default_view
from models.cases.saved.tables import SavedView
from models.cases.sight import View
from models.cases.terms import State
from models.kinds import Track
from models.people.roles import Role, UnitKind
from models.people.tables import Account
from tests.factories import StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.cases import Office, a_case_in

Browser = Callable[[Account], FlaskClient]
ASKED = {"view": "open", "state": "handling"}


def _kept(page: Pages, path: str = "/casework/?view=open") -> dict[str, str]:
    """The saved views of the left column, with the count of each."""
    links = page.get(path).select(".views ul:nth-of-type(2) a")
    return {
        link.select("span")[0].get_text(" ", strip=True): link.get_text(" ", strip=True) for link in links
    }


def test_a_view_is_kept_with_its_filters_counted_chosen_and_dropped(
    session: Session, office: Office, browser: Browser
) -> None:
    for state in (State.HANDLING, State.HANDLING, State.RECEIVED):
        a_case_in(session, office, state, Track.REPORT)
    session.commit()
    client = browser(office.intake)
    assert Pages(client).get("/casework/?view=open&state=handling").select_one("#keep-name")
    kept = client.post("/casework/views", data={**ASKED, "name": "核查中的", "after": "9", "next": "//x"})
    assert kept.status_code == 303
    assert kept.location == "/casework/?view=open&state=handling"
    assert _kept(Pages(client)) == {"核查中的": "核查中的 2"}
    page = Pages(client).get("/casework/?state=handling&view=open")
    assert page.select_one(".views [aria-current] span").get_text() == "核查中的"  # type: ignore[union-attr]
    number = session.scalars(select(SavedView.id)).one()
    assert browser(office.supervisor).post(f"/casework/views/{number}/drop").status_code == 404
    assert client.post(f"/casework/views/{number}/drop").status_code == 303
    assert not _kept(Pages(client))


def test_every_filter_of_the_queue_is_kept(session: Session, office: Office, browser: Browser) -> None:
    mine, others = a_case_in(session, office, State.HANDLING), a_case_in(session, office, State.RECEIVED)
    session.commit()
    client = browser(office.intake)
    page = Pages(client).get("/casework/?view=open&handler=none")
    assert [mine.shown_reference in page.text, others.shown_reference in page.text] == [False, True]
    form = page.select_one("form.queue-filters")
    names = [field["name"] for field in form.select("input, select")]
    asked = {name: "fast" if name == "lane" else "none" for name in names}
    kept = client.post("/casework/views", data={**asked, "name": "全部条件"})
    assert set(parse_qs(urlsplit(kept.location).query)) == set(names)
    assert _kept(Pages(client)) == {"全部条件": "全部条件"}, (
        "one person's cases are not counted on every page"
    )
    person = f"/casework/?view=open&handler={office.intake.id}"
    chosen = Pages(client).get(person).select_one("#filter-handler option[selected]")
    assert chosen.get_text() == office.intake.display_name
    elsewhere = Pages(client).get(f"/casework/?view=open&handler={office.sibling_handler.id}")
    assert office.sibling_handler.display_name not in elsewhere.text, "names of one's own reach only"
    for unknown in ("0", "-1", "x", "９", "99999999999999999999"):
        assert mine.shown_reference in Pages(client).get(f"/casework/?view=open&handler={unknown}").text


def test_the_same_name_replaces_and_without_a_name_nothing_is_kept(
    session: Session, office: Office, browser: Browser
) -> None:
    client = browser(office.intake)
    for state in ("handling", "received"):
        client.post("/casework/views", data={"view": "open", "state": state, "name": " 常用 "})
    for name in ("", "长" * 21):
        client.post("/casework/views", data={**ASKED, "name": name})
    kept = session.scalars(select(SavedView)).one()
    assert (kept.name, kept.asked["state"]) == ("常用", "received")


def test_shared_with_the_unit_each_sees_what_they_may_see(
    session: Session, office: Office, browser: Browser
) -> None:
    colleague = StaffFactory(role=Role.HANDLER, unit=office.bureau)
    a_case_in(session, office, State.HANDLING)
    session.commit()
    browser(office.intake).post("/casework/views", data={**ASKED, "name": "共用的", "shared": "1"})
    browser(office.intake).post("/casework/views", data={**ASKED, "name": "自己的"})
    assert list(_kept(Pages(browser(colleague)))) == ["共用的 共用"]
    assert not _kept(Pages(browser(office.county_intake)))
    Pages(browser(colleague)).get("/en/casework/?view=open&light=late")


def _dropping(page: Pages) -> Tag | None:
    """What asks before a shared view is deleted."""
    return page.get("/casework/?view=open&state=handling").select_one(".views details")


def test_a_shared_view_is_deleted_only_after_it_was_said_that_the_colleagues_lose_it(
    session: Session, office: Office, browser: Browser
) -> None:
    colleague, maker, head = StaffFactory(role=Role.HANDLER, unit=office.bureau), office.intake, office.head
    session.commit()
    browser(maker).post("/casework/views", data={**ASKED, "name": "共用的", "shared": "1"})
    assert _dropping(Pages(browser(colleague))) is None, "it is not theirs to delete"
    asked, of_head = _dropping(Pages(browser(maker))), _dropping(Pages(browser(head)))
    assert asked is not None
    assert of_head is not None
    for one in (asked, of_head):
        assert not one.has_attr("open"), "without JavaScript too, one click deletes nothing"
        assert "本机构的同事共用" in one.get_text()
        assert len(one.select("form")) == 1
    assert "取消" in asked.get_text()
    assert "取消" not in of_head.get_text(), "only whoever made it can keep it to themselves"
    outside = Pages(browser(maker)).get("/casework/?view=open&state=handling").select(".views form")
    assert [form.find_parent("details") is not None for form in outside] == [True]
    told = browser(head).post(str(of_head.select_one("form")["action"]), follow_redirects=True)  # type: ignore[index]
    assert "同事也不再看到它" in told.text
    assert not _kept(Pages(browser(maker)))


def test_a_view_of_ones_own_goes_with_one_click(session: Session, office: Office, browser: Browser) -> None:
    client = browser(office.intake)
    client.post("/casework/views", data={**ASKED, "name": "自己的"})
    page = Pages(client).get("/casework/?view=open&state=handling")
    assert page.select_one(".views details") is None
    form = page.select_one(".views form")
    told = client.post(str(form["action"]), follow_redirects=True).text  # type: ignore[index]
    assert "视图已经删除" in told
    assert "同事也不再看到它" not in told


@pytest.mark.parametrize(
    ("kind", "view"), [(UnitKind.AID_CENTRE, View.WAITING), (UnitKind.WORK_STATION, View.FOLLOWED)]
)
def test_an_aid_centre_begins_with_what_it_was_sent_and_a_work_station_with_what_it_passed_on(
    session: Session, office: Office, kind: UnitKind, view: View
) -> None:
    unit = UnitFactory(kind=kind, parent=office.bureau)
    assert default_view(StaffFactory(role=Role.INTAKE, unit=unit)) is view
    assert default_view(StaffFactory(role=Role.HANDLER, unit=unit)) is View.MINE
    assert default_view(office.intake) is View.NEW


def test_a_view_of_ones_own_is_renamed_and_shared_and_no_other(
    session: Session, office: Office, browser: Browser
) -> None:
    client, colleague = browser(office.intake), browser(StaffFactory(role=Role.HANDLER, unit=office.bureau))
    session.commit()
    for name, state in (("旧名", "handling"), ("别的", "received")):
        client.post("/casework/views", data={"view": "open", "state": state, "name": name})
    form = Pages(client).get("/casework/?view=open&state=handling").select_one("form.queue-keep")
    assert form is not None
    assert form.select_one("#keep-name")["value"] == "旧名"  # type: ignore[index]
    where, data = str(form["action"]), {**ASKED, "name": "新名", "shared": "1"}
    assert client.post(where, data={**data, "name": "别的"}).status_code == 303
    assert set(_kept(Pages(client))) == {"旧名", "别的"}, "two of one name would be confused"
    assert colleague.post(where, data=data).status_code == 404
    assert client.post(where, data=data).location == "/casework/?view=open&state=handling"
    assert set(_kept(Pages(client))) == {"新名 共用", "别的"}
    assert list(_kept(Pages(colleague))) == ["新名 共用"]
    shared = Pages(colleague).get("/casework/?view=open&state=handling")
    assert shared.select_one("form.queue-keep") is None, "another's view is not renamed"
    client.post(where, data={**ASKED, "name": "新名"})
    assert not _kept(Pages(colleague))
