"""The modules of the package and their trees, for tests that read the program."""

import ast
from functools import cache
from pathlib import Path

import assess

PACKAGE = Path(assess.__file__).parent
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "_data" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    """A module taken apart, once for all tests."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a module, once for all tests."""
    return tuple(ast.walk(tree_of(path)))
