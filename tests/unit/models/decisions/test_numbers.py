import pytest

from models.decisions.numbers import has_usual_form, number_key


@pytest.mark.parametrize(
    "written",
    [
        "西市监处罚〔2023〕09号",
        "西市监处罚[2023]09号",
        "西市监处罚［2023］ 09 号",
        "西市监处罚【2023】第09号",
        "西市监处罚（2023）09号",
    ],
)
def test_brackets_spaces_and_width_do_not_make_another_number(written: str) -> None:
    assert number_key(written) == "西市监处罚〔2023〕09号"


def test_leading_zeros_belong_to_the_number() -> None:
    assert number_key("西市监处罚〔2023〕09号") != number_key("西市监处罚〔2023〕9号")


@pytest.mark.parametrize(
    "written",
    [
        "粤市监广办罚〔2023〕011号",
        "盘双市监处字(2015)004号",
        "测市监罚〔2026〕12-1号",
        "沪示市监处〔2024〕152024003871号",
        "测市监罚〔2023〕稽-61 号",
        "测市监罚决〔2023〕知2-15号",
    ],
)
def test_usual_forms_are_known(written: str) -> None:
    assert has_usual_form(written)


@pytest.mark.parametrize("written", ["西市监处罚〔202309号", "2023-09", ""])
def test_other_forms_are_told_apart(written: str) -> None:
    assert not has_usual_form(written)
