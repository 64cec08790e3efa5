"""How words of a table are compared: brackets, white space, underscores, width and case do not matter."""

import re
import unicodedata

_LEFT_OUT = re.compile(r"[\s_()（）\[\]［］【】〔〕<>《》“”\"'*:：、,，.．\-]+")


def fold_words(written: str) -> str:
    """The bare words of `written`.

    >>> fold_words("行政相对人代码_1（统一社会信用代码）")
    '行政相对人代码1统一社会信用代码'
    """
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKC", written)).upper()
