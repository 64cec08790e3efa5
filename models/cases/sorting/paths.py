"""What is shorter on the path of a simple case: no dispatch, and no second approval of what a head has decided already."""

from __future__ import annotations

from models.cases.sorting.rules import read_split
from models.cases.sorting.terms import Complexity
from models.cases.tables import Case


def has_short_path(case: Case) -> bool:
    """Whether officers may take the case on without being assigned."""
    return case.complexity is Complexity.SIMPLE and read_split().take_on


def goes_unapproved(case: Case, paper_kind_id: str) -> bool:
    """Whether a paper of that kind needs no further approval in this case."""
    return case.complexity is Complexity.SIMPLE and paper_kind_id in read_split().papers_without_approval
