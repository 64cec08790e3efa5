"""Allowances of offices: the figure of a policy, some times over."""

from __future__ import annotations

import ipaddress

import pytest
from limits import parse_many

from config import RATE_POLICIES, Config, ConfigError
from shared.limits import multiplied


@pytest.mark.parametrize("figure", RATE_POLICIES.values())
def test_each_policy_can_be_had_ten_times(figure: str) -> None:
    usual, widened = parse_many(figure), parse_many(multiplied(figure, 10))
    assert [one.amount * 10 for one in usual] == [one.amount for one in widened]
    assert [one.get_expiry() for one in usual] == [one.get_expiry() for one in widened]


def _networks(tmp_path: object, given: str) -> object:
    return Config.from_env({"HUHANG_DATA": str(tmp_path), "HUHANG_OFFICE_NETWORKS": given}).office_networks


def test_networks_are_read(tmp_path: object) -> None:
    found = _networks(tmp_path, "203.0.113.0/24=10, 2001:db8::/48=20,")
    assert found == (
        (ipaddress.ip_network("203.0.113.0/24"), 10),
        (ipaddress.ip_network("2001:db8::/48"), 20),
    )
    assert _networks(tmp_path, "") == ()


@pytest.mark.parametrize(
    "given", ["203.0.113.0/24", "203.0.113.7/24=2", "x=2", "10.0.0.0/8=0", "10.0.0.0/8=9999", "10.0.0.0/8=x"]
)
def test_what_is_no_network_is_told(tmp_path: object, given: str) -> None:
    with pytest.raises(ConfigError, match="HUHANG_OFFICE_NETWORKS"):
        _networks(tmp_path, given)
