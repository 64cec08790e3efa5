"""Simple or complex, with the Chinese names."""

from __future__ import annotations

import enum


class Complexity(enum.StrEnum):
    """How a case is worked on inside the bureau. The limits and decisions that the law sets are the same for both."""

    SIMPLE = "simple"
    COMPLEX = "complex"


COMPLEXITY_LABELS: dict[Complexity, str] = {
    Complexity.SIMPLE: "简案",
    Complexity.COMPLEX: "繁案",
}

# What an officer reads beside the choice.
COMPLEXITY_HINT_LABELS: dict[Complexity, str] = {
    Complexity.SIMPLE: "承办人可以自己领办，不等指派；法律没有要求负责人审批的公文可以直接签发。",
    Complexity.COMPLEX: "由受理员或者负责人指派承办人，公文按式样逐份审批。",
}
