"""The house rules: tests mirror modules, nothing grows too big, start-up stays light, problem codes are explained."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from sources import PACKAGE, SOURCES, nodes_of

from assess.problems import CATALOGUE

TESTS = Path(__file__).parent
# Of what is not code: line ends, comments, and where blocks begin and end.
SILENT = {tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
HEAVY = {"pydantic", "jinja2", "yaml", "markdown_it", "rich"}


def stages():
    """Modules and packages directly below the package, by name."""
    names = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in SOURCES}
    return sorted(name for name in names if not name.startswith("__"))


def docstring_lines(path: Path) -> set[int]:
    first = (
        node.body[0]
        for node in nodes_of(path)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body
    )
    texts = (node for node in first if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    return set(chain.from_iterable(range(node.lineno, (node.end_lineno or node.lineno) + 1) for node in texts))


def code_lines(path: Path) -> set[int]:
    """The numbers of the lines that hold code: no blank lines, comments or docstrings."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    spans = (range(token.start[0], token.end[0] + 1) for token in tokens if token.type not in SILENT)
    return set(chain.from_iterable(spans)) - docstring_lines(path)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in nodes_of(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_module_has_a_test_file_of_the_same_name():
    missing = [f"tests/test_{name}.py" for name in stages() if not (TESTS / f"test_{name}.py").is_file()]
    assert missing == []


def test_no_module_is_longer_than_400_lines():
    modules = chain(SOURCES, TESTS.rglob("*.py"))
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    assert {str(path): length for path, length in lengths.items() if length > 400} == {}


def test_no_function_holds_more_than_40_lines_of_code():
    long = {}
    for path in SOURCES:
        candidates = [one for one in functions(path) if (one.end_lineno or 0) - one.lineno >= 40]
        lines = code_lines(path) if candidates else set()
        for function in candidates:
            length = sum(function.lineno <= line <= (function.end_lineno or 0) for line in lines)
            if length > 40:
                long[f"{path.name}: {function.name}"] = length
    assert long == {}


def test_no_module_is_a_drawer_for_odds_and_ends():
    assert {path.stem for path in SOURCES} & {"utils", "util", "helpers", "common", "misc"} == set()


def test_help_imports_nothing_heavy():
    script = (
        "import sys\n"
        "from assess.cli import app\n"
        "try:\n"
        "    app(['--help'])\n"
        "except SystemExit:\n"
        "    pass\n"
        f"print('heavy:', *sorted({HEAVY!r} & sys.modules.keys()), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "report" in done.stdout
    assert done.stderr.strip() == "heavy:"


def test_the_package_runs_as_a_module():
    done = subprocess.run([sys.executable, "-m", "assess", "where"], capture_output=True, text=True, check=True)
    assert "social_business" in done.stdout


@pytest.mark.parametrize("folder", ["rubrics", "templates", "sample_orgs"])
def test_what_is_shipped_is_there(folder):
    homes = [PACKAGE / "_data" / folder, PACKAGE.parents[1] / folder]
    assert any(path.is_file() for home in homes for path in home.rglob("*"))


def codes_named(call: ast.Call) -> Iterator[str]:
    """The codes written out in a call that makes a problem: first or second argument, or `code=`."""
    name = getattr(call.func, "attr", None) or getattr(call.func, "id", "")
    if name.lower() == "problem":
        places = [*call.args[:2], *(keyword.value for keyword in call.keywords if keyword.arg == "code")]
        texts = (place.value for place in places if isinstance(place, ast.Constant) and isinstance(place.value, str))
        yield from (text for text in texts if re.fullmatch("[a-z_]+", text))


def test_every_problem_code_in_use_is_explained():
    nodes = chain.from_iterable(map(nodes_of, SOURCES))
    used = chain.from_iterable(codes_named(node) for node in nodes if isinstance(node, ast.Call))
    assert sorted(set(used) - CATALOGUE.keys()) == []


def test_every_explained_problem_code_is_in_use():
    nodes = chain.from_iterable(nodes_of(path) for path in SOURCES if path.name != "problems.py")
    written = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert sorted(CATALOGUE.keys() - written) == []
