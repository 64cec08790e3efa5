"""Addresses as they are compared."""

from __future__ import annotations

import pytest

from models.filings.addresses import normalise_address


@pytest.mark.parametrize(
    "written",
    [
        "河南省平顶山市新华区建设路 12 号",
        "平顶山市新华区建设路12号",
        "中国河南省平顶山市新华区，建设路１２号。",
    ],
)
def test_one_place_is_one_however_it_is_written(written: str) -> None:
    assert normalise_address(written) == "平顶山市新华区建设路12号"


def test_autonomous_regions_are_left_out_too() -> None:
    assert normalise_address("广西壮族自治区南宁市青秀区民族大道1号") == "南宁市青秀区民族大道1号"


@pytest.mark.parametrize("vague", ["", "平顶山市", "平顶山市新华区建设路", "1号楼"])
def test_what_names_no_place_is_not_compared(vague: str) -> None:
    assert normalise_address(vague) == ""
