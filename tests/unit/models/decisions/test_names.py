import pytest

from models.decisions.kinds import PartyKind
from models.decisions.names import public_party_name, without_served_name


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
    assert without_served_name("张三丰称，张三丰不知情。", "张三丰", "张某") == "张某称，张某不知情。"
