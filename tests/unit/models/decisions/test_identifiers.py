import pytest

from models.decisions.identifiers import IdentifierKind, find_identifiers

K = IdentifierKind


def kinds(text: str) -> list[IdentifierKind]:
    return [finding.kind for finding in find_identifiers(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("身份证号码：11010519491231002X。", K.IDENTITY_NUMBER),
        ("身份证１１０１０５１９４９１２３１００２Ｘ", K.IDENTITY_NUMBER),
        ("110105 19491231 002x", K.IDENTITY_NUMBER),
        ("旧证110105491231002，", K.IDENTITY_NUMBER),
        ("410402198001******", K.MASKED_IDENTITY_NUMBER),
        ("4104021980XXXXXXXX", K.MASKED_IDENTITY_NUMBER),
        ("联系电话13800138000", K.MOBILE_PHONE),
        ("+86 138-0013-8000", K.MOBILE_PHONE),
        ("138****8000", K.MOBILE_PHONE),
        ("13800******", K.MOBILE_PHONE),
        ("2024 13800138000", K.MOBILE_PHONE),
        ("卡号6222 0212 3456 7894", K.BANK_CARD),
    ],
)
def test_numbers_of_persons_are_found(text: str, kind: IdentifierKind) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码：91410400MA3X4D5E6F",
        "第1234567号注册商标，销售额 138,001,380.00 元",
        "专利号 ZL201410123456.7",
        "平市监处罚〔2026〕0138号",
        "经查，2026年3月12日至2026年4月1日共销售1200件",
        "0375-2943000",
        "当事人张某、李**",
    ],
)
def test_numbers_of_things_are_left_alone(text: str) -> None:
    assert kinds(text) == []


def test_a_code_made_of_digits_only_is_no_identity_number() -> None:
    assert kinds("913301002539161853") == []


def test_offsets_point_into_the_text_as_written() -> None:
    text = "电话：１３８００１３８０００（微信同号）"
    (finding,) = find_identifiers(text)
    assert text[finding.start : finding.end] == "１３８００１３８０００"
