"""The mutants of a module: one operator, condition, number, boolean, name or keyword argument is another one."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


class Mutant(NamedTuple):
    """One change of one module: the `step`-th that can be made at the `node`-th node of its tree."""

    path: str
    line: int
    column: int
    node: int
    step: int
    change: str

    @property
    def name(self) -> str:
        """What the verdicts call it."""
        return f"{self.path}:{self.line}:{self.column} ({self.node}.{self.step}) {self.change}"


class Change(NamedTuple):
    """Another value for a field of a node, and what is said of it."""

    field: str
    words: str
    value: Any


def put(operators: Sequence[ast.AST], place: int, other: ast.AST) -> list[ast.AST]:
    """The operators with another one at a place."""
    return [*operators[:place], other, *operators[place + 1 :]]


def list_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a tree that are run, in order: no annotations, decorators and docstrings."""
    yield tree
    skipped: list[ast.AST] = []
    match tree:
        case ast.FunctionDef():
            skipped = [*tree.decorator_list, *[node for node in (tree.returns,) if node]]
        case ast.ClassDef():
            skipped = list(tree.decorator_list)
        case ast.arg(annotation=ast.expr() as annotation) | ast.AnnAssign(annotation=annotation):
            skipped = [annotation]
        case ast.Expr(value=ast.Constant()):
            skipped = [tree.value]
    for child in ast.iter_child_nodes(tree):
        if not any(child is node for node in skipped):
            yield from list_nodes(child)


def change_operator(node: Any) -> list[Change]:  # noqa: ANN401 - a node of Python's grammar
    """The operators that could stand in a node instead."""
    match node:
        case ast.Compare(ops=operators):
            swapped = [(place, SWAPS[type(one)]) for place, one in enumerate(operators) if type(one) in SWAPS]
            return [
                Change("ops", f"{type(operators[place]).__name__} -> {other.__name__}", put(operators, place, other()))
                for place, other in swapped
            ]
        case ast.BinOp(op=ast.BitOr(), right=ast.Name(id=name)) if name[0].isupper():
            return []  # one of several types
        case ast.BoolOp(op=one) | ast.BinOp(op=one) | ast.AugAssign(op=one) if type(one) in SWAPS:
            return [Change("op", f"{type(one).__name__} -> {SWAPS[type(one)].__name__}", SWAPS[type(one)]())]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return [Change("operand", "not dropped", ast.UnaryOp(ast.Not(), operand))]
        case ast.UnaryOp(op=ast.USub()):
            return [Change("op", "minus dropped", ast.UAdd())]
    return []


def change_value(node: Any) -> list[Change]:  # noqa: ANN401 - a node of Python's grammar
    """The conditions, constants, names and arguments that could stand in a node instead."""
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if not change_operator(test):
            return [Change("test", "condition -> not condition", ast.UnaryOp(ast.Not(), test))]
        case ast.comprehension(ifs=[_, *_]):
            return [Change("ifs", "condition of a comprehension dropped", [])]
        case ast.Constant(value=bool(value)):
            return [Change("value", f"{value} -> {not value}", not value)]
        case ast.Constant(value=int(value) | float(value)):
            return [Change("value", f"{value} -> {value + 1}", value + 1)]
        case ast.Name(id=name, ctx=ast.Load()) if name in NAMES:
            return [Change("id", f"{name} -> {NAMES[name]}", NAMES[name])]
        case ast.Call(func=ast.Name(id=name)) if name[0].isupper():
            return []  # a record mostly needs all its fields
        case ast.Call(keywords=words):
            named = [word for word in words if word.arg not in {None, "strict"}]
            kept = [(word.arg, [other for other in words if other is not word]) for word in named]
            return [Change("keywords", f"argument {name} dropped", rest) for name, rest in kept]
    return []


def find_mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module."""
    place = (1, 0)
    for number, node in enumerate(list_nodes(ast.parse(path.read_text(encoding="utf-8")))):
        place = (getattr(node, "lineno", place[0]), getattr(node, "col_offset", place[1]))
        for step, change in enumerate(change_operator(node) + change_value(node)):
            yield Mutant(path.as_posix(), *place, number, step, change.words)


def build_mutant(mutant: Mutant) -> Any:  # noqa: ANN401 - a code object
    """The code of the changed module."""
    path = Path(mutant.path)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    node = next(node for number, node in enumerate(list_nodes(tree)) if number == mutant.node)
    change = (change_operator(node) + change_value(node))[mutant.step]
    setattr(node, change.field, change.value)
    return compile(ast.fix_missing_locations(tree), str(path.resolve()), "exec")
