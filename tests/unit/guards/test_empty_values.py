"""A CHECK that comes out as NULL lets the row pass: where it compares or measures a column that may be empty, it says so."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import CheckConstraint, Table

from app import create_app
from models.base import Base

assert create_app  # every table is known once the application is

CHECKS = [
    pytest.param(table, str(one.sqltext), id=str(one.name))
    for table in Base.metadata.sorted_tables
    for one in table.constraints
    if isinstance(one, CheckConstraint) and "length(" in str(one.sqltext)
]


@pytest.mark.parametrize(("table", "condition"), CHECKS)
def test_what_is_measured_is_there(table: Table, condition: str) -> None:
    for name in re.findall(r"length\((?:trim\()?(\w+)", condition):
        if table.columns[name].nullable:
            assert re.search(rf"\b{name} IS (NOT )?NULL", condition), f"an empty {name} passes: {condition}"
