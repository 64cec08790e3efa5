import pytest

from models.decisions.spreadsheet.columns import NAMES, Field, fold_header, recognise
from tests.support.decisions import COLUMNS_2018

OLD_2015 = [
    "行政处罚决定书文号",
    "处罚名称",
    "处罚类别1",
    "处罚类别2",
    "处罚事由",
    "处罚依据",
    "行政相对人名称",
    "行政相对人代码_1(统一社会信用代码)",
    "行政相对人代码_2(组织机构代码)",
    "行政相对人代码_3(工商登记码)",
    "行政相对人代码_4(税务登记号)",
    "行政相对人代码_5(居民身份证号)",
    "法定代表人姓名",
    "处罚结果",
    "处罚决定日期",
    "处罚机关",
    "当前状态",
    "地方编码",
    "数据更新时间戳",
    "备注",
]


@pytest.mark.parametrize(
    "written",
    [
        "行政相对人代码_1(统一社会信用代码)",
        "代码_1 统一社会信用代码",
        "CF_XDR_SHXYM",
        "行政相对人代码_1（统一社会信用代码）",
    ],
)
def test_one_column_under_many_names(written: str) -> None:
    header = recognise(1, [written, "文号", "处罚依据", "处罚机关"])
    assert header is not None
    assert header.places[Field.USCC] == 0


@pytest.mark.parametrize("place", [0, 1])
def test_the_whole_table_of_2018_is_known_by_code_and_by_name(place: int) -> None:
    header = recognise(1, [column[place] for column in COLUMNS_2018])
    assert header is not None
    assert header.missing == []
    assert header.unknown == ()


def test_the_table_of_2015_is_known() -> None:
    header = recognise(3, OLD_2015)
    assert header is not None
    assert header.missing == []
    assert header.unknown == ()
    assert header.column(Field.PENALTY) == "N 处罚结果"


def test_data_are_no_header() -> None:
    assert recognise(1, ["行政处罚信息公示表", None, None]) is None
    assert recognise(2, ["护航示例商贸有限公司", "法人及非法人组织", 3, None]) is None


def test_no_name_means_two_columns() -> None:
    owners: dict[str, Field] = {}
    for which, names in NAMES.items():
        for name in (which.value, *names):
            assert owners.setdefault(fold_header(name), which) is which
