import datetime as dt
import json

from models.wording import Sentence, as_clauses, as_text, read, said


def test_a_sentence_is_its_chinese_text() -> None:
    sentence = said("最多延长 %(times)s 次，自 %(day)s 起。", times=2, day=dt.date(2026, 9, 18))
    assert sentence == "最多延长 2 次，自 2026-09-18 起。"
    assert type(str(sentence)) is str


def test_it_keeps_its_message_and_its_figures_apart() -> None:
    sentence = said("可用：%(known)s。", known=["检测", "鉴定"])
    assert (sentence, sentence.message) == ("可用：检测、鉴定。", "可用：%(known)s。")
    assert sentence.figures == {"known": ["检测", "鉴定"]}


def test_sentences_stand_in_sentences() -> None:
    assert (
        said("%(day)s（暂定）", day=said("%(kind)s：%(name)s", kind="法定节假日", name="元旦"))
        == "法定节假日：元旦（暂定）"
    )


def test_clauses_and_sentences_follow_one_another() -> None:
    one, two, three = said("甲"), said("乙 %(count)s", count=2), said("丙")
    assert as_clauses([one, two, three]) == "甲；乙 2；丙"
    assert as_text([said("甲。"), said("乙。")]) == "甲。乙。"
    assert as_clauses([two]) is two


def test_a_percent_sign_in_a_figure_stays() -> None:
    assert said("写了“%(text)s”。", text="100%(x)s") == "写了“100%(x)s”。"


def test_it_comes_back_whole_from_a_json_column() -> None:
    inner = said("%(year)s 年节假日安排", year=2027)
    sentence = said("原因：%(why)s，%(days)s", why=inner, days=[dt.date(2027, 1, 1), 3])
    again = read(json.loads(json.dumps(sentence.document())))
    assert again == sentence
    assert isinstance(again.figures["why"], Sentence)
