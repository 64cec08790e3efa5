"""For the tests of search: the folding tables are made before any test is timed."""

from __future__ import annotations

import pytest

from search.fold_table import fold_table


@pytest.fixture(autouse=True, scope="session")
def _folding_tables() -> None:
    fold_table()
