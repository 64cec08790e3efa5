import pytest

from models.decisions.kinds import PartyKind
from models.decisions.names import private_names, public_party_name, without_private_names


@pytest.mark.parametrize(
    ("served", "public"),
    [("张三丰", "张某"), ("欧阳修", "欧阳某"), ("欧阳", "欧某"), ("李某", "李某"), ("王**", "王**")],
)
def test_a_person_is_shown_by_family_name(served: str, public: str) -> None:
    assert public_party_name(served, PartyKind.PERSON) == public


@pytest.mark.parametrize("kind", [PartyKind.ORGANISATION, PartyKind.SOLE_TRADER])
def test_businesses_keep_their_names(kind: PartyKind) -> None:
    assert public_party_name("护航示例五金店", kind) == "护航示例五金店"


def test_the_person_is_masked_wherever_the_text_names_them() -> None:
    text = without_private_names("张三丰称，张三丰不知情。", "张三丰", PartyKind.PERSON, None)
    assert text == "张某称，张某不知情。"


def test_a_name_that_a_blank_or_the_end_of_a_line_parts_is_masked_too() -> None:
    text = without_private_names(
        "经 营者马 会\n兰称，马会兰不知情。", "小店", PartyKind.SOLE_TRADER, "马会兰"
    )
    assert text == "经 营者马某称，马某不知情。"


def test_an_operator_is_masked_but_not_in_the_trade_name() -> None:
    text = "平岭县马会兰烟酒店的经营者马会兰到场。"
    masked = without_private_names(text, "平岭县马会兰烟酒店", PartyKind.SOLE_TRADER, "马会兰")
    assert masked == "平岭县马会兰烟酒店的经营者马某到场。"


def test_who_stands_for_a_company_keeps_the_name() -> None:
    assert private_names("护航示例公司", PartyKind.ORGANISATION, "贺知远") == []


@pytest.mark.parametrize(
    ("served", "public"),
    [
        ("平岭县老谭五金店（谭永福）", "平岭县老谭五金店"),
        ("平岭县老谭五金店(经营者：谭永福)", "平岭县老谭五金店"),
        ("谭永福（平岭县老谭五金店）", "平岭县老谭五金店"),
        ("谭永福", "谭某"),
        ("平岭县谭永福五金店", "平岭县谭永福五金店"),
    ],
)
def test_the_operator_goes_from_beside_the_trade_name(served: str, public: str) -> None:
    assert public_party_name(served, PartyKind.SOLE_TRADER, "谭永福") == public
    text = without_private_names(f"当事人{served}称，谭永福已停业。", served, PartyKind.SOLE_TRADER, "谭永福")
    assert text == f"当事人{public}称，谭某已停业。"
