"""What may stand between the braces of a template: names of fields, and conditions on them. Nothing else is run.

Jinja parses, this walks what it parsed and names everything that is not allowed; the environment that fills in is
sandboxed besides and gives no attribute of anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from models.wording import Sentence, said

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.Name,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Const,
)


class FieldsOnly(ImmutableSandboxedEnvironment):
    """An environment without filters, functions, attributes: a template can say fields and no more."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return False

    def is_safe_callable(self, obj: Any) -> bool:
        return False


def problems(source: str, names: Collection[str]) -> Iterator[Sentence]:
    """Sentences about what `source` may not say, each with the name or the line that is meant."""
    try:
        tree = FieldsOnly().parse(source)
    except TemplateSyntaxError as error:
        yield said("大括号里的写法有误：%(error)s。请检查 {{ }} 和 {%% %%} 是否成对。", error=error.message)
        return
    unknown = {node.name for node in tree.find_all(nodes.Name)} - set(names)
    for name in sorted(unknown):
        yield said("没有名为“%(name)s”的字段。", name=name)
    for node in _walk(tree):
        if not isinstance(node, _ALLOWED):
            yield said("模板只能填写字段和按字段判断，不能用“%(word)s”。", word=_called(node))


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _called(node: nodes.Node) -> str:
    """What stands there, in the words of whoever wrote it where they can be had."""
    if isinstance(node, nodes.Getattr):
        return f".{node.attr}"
    if isinstance(node, nodes.Filter):
        return f"|{node.name}"
    return {"Call": "函数", "For": "循环", "Getitem": "[ ]", "Assign": "set", "Import": "import"}.get(
        type(node).__name__, type(node).__name__
    )
