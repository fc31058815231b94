"""A name says one thing: no two public classes or functions of the package share one, but for those told here."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sources import PACKAGE, SOURCES, tree_of

# The logical connectives of the languages of conditions, of formulas and of one importer mean the same in each.
CONNECTIVES = {"And", "Not", "Or"}
# A command is a function of its name, and so is the work it calls.
COMMANDS = {"check", "explain", "import_rubric", "plan", "report", "score"}


def rules_of(tree: ast.Module) -> set[str]:
    """The functions in a table of rules: they are never called by name, and are told apart by their table."""
    tables = (
        (node.targets[0] if isinstance(node, ast.Assign) else node.target, node.value)
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
    )
    return {
        entry.id
        for name, value in tables
        if isinstance(name, ast.Name) and name.id.endswith("_RULES") and isinstance(value, ast.Tuple)
        for entry in value.elts
        if isinstance(entry, ast.Name)
    }


def public_names(tree: ast.Module) -> Iterator[str]:
    """The public classes and functions of a module, rules of a table aside."""
    defined = (node for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef))
    rules = rules_of(tree)
    return (node.name for node in defined if not node.name.startswith("_") and node.name not in rules)


def shared(trees: dict[Path, ast.Module]) -> dict[str, list[str]]:
    """Names that stand in more than one module, each with its modules."""
    places: dict[str, list[str]] = {}
    for path, tree in trees.items():
        for name in Counter(public_names(tree)):
            places.setdefault(name, []).append(str(path))
    return {name: found for name, found in places.items() if len(found) > 1}


def test_no_two_public_classes_or_functions_share_a_name():
    found = shared({path.relative_to(PACKAGE): tree_of(path) for path in SOURCES})
    assert {name: places for name, places in found.items() if name not in CONNECTIVES | COMMANDS} == {}


def test_every_name_that_may_be_shared_is_shared():
    found = shared({path.relative_to(PACKAGE): tree_of(path) for path in SOURCES})
    assert found.keys() >= CONNECTIVES | COMMANDS


@pytest.mark.parametrize("other", ["class total: ...", "def total(): ...", "def _rows(): ...\ndef total(): ..."])
def test_a_name_in_two_modules_is_found(other):
    trees = {Path("a.py"): ast.parse("def total(): ...\ndef _rows(): ..."), Path("b.py"): ast.parse(other)}
    assert shared(trees) == {"total": ["a.py", "b.py"]}


def test_a_rule_of_a_table_may_be_called_as_another():
    trees = {
        Path("a.py"): ast.parse("def scales(): ...\nA_RULES = (scales,)"),
        Path("b.py"): ast.parse("def scales(): ..."),
    }
    assert shared(trees) == {}
