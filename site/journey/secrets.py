"""Free text is read for the filer's own codes before it goes to anybody: whoever sees a code can pass for its filer."""

from __future__ import annotations

from flask_babel import gettext as _

from journey import drafts
from journey.access import opened_references
from journey.drafts import Draft
from journey.keys import keyring
from journey.surface import Surface
from models.filings.leaks import holds_query_code
from models.filings.queries import filings_by_reference
from models.filings.tables import Filing
from shared.database import session
from shared.forms import Form


def refuse_own_code(form: Form, name: str, filing: Filing) -> bool:
    """Puts an error at the field `name` when it holds the query code of `filing`; whether it did."""
    if not holds_query_code(form[name].data or "", filing, keyring()):
        return False
    form[name].errors = [_("这里写了您的查询码，请删掉再发送：看到它的人都能冒充您查询和撤回。")]
    return True


def refuse_codes(form: Form, surface: Surface, draft: Draft) -> bool:
    """The same for a draft: its own resume code, and the query codes of what this browser has opened."""
    texts = {field.name: field.data for field in form if isinstance(field.data, str) and field.data}
    if not texts:
        return False
    opened = filings_by_reference(session, opened_references()) if opened_references() else []
    refused = False
    for name, text in texts.items():
        if drafts.holds_code(surface, draft, text):
            form[name].errors = [_("这里写了您的续填码，请删掉再继续：看到它的人都能打开您填写的内容。")]
            refused = True
        refused = any(refuse_own_code(form, name, filing) for filing in opened) or refused
    return refused
