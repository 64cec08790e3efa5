import pytest

from models.decisions.kinds import PenaltyKind as K
from models.decisions.spreadsheet.penalties import kinds_of


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("罚款", (K.FINE,)),
        ("罚款；没收违法所得、没收非法财物", (K.FINE, K.CONFISCATE_GAINS, K.CONFISCATE_GOODS)),
        ("1.警告 2.罚款", (K.WARNING, K.FINE)),
        ("没收非法财物,罚款", (K.FINE, K.CONFISCATE_GOODS)),
        ("其他-责令公开更正", (K.OTHER,)),
        ("法律、行政法规规定的其他行政处罚", (K.OTHER,)),
        ("吊销营业执照", (K.REVOKE_LICENCE,)),
    ],
)
def test_kinds_however_joined(written: str, kinds: tuple[K, ...]) -> None:
    assert kinds_of(written) == (kinds, [])


def test_an_order_to_stop_is_no_penalty() -> None:
    assert kinds_of("责令改正；罚款") == ((K.FINE,), ["责令改正"])
