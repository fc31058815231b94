"""What an editor says of the fields of the model: the docstrings below them, or the descriptions of their types."""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from assess.model.fields import Record


def title_of(record: type[Record]) -> str:
    """The name of a record in print."""
    return str(record.model_config.get("title") or record.__name__.lower())


@cache
def sentences_of(record: type[Record]) -> Mapping[str, str]:
    """The sentence about each field of a record, by its key in documents; empty where there is none."""
    homes = [home for home in record.__mro__[::-1] if issubclass(home, Record)]
    below = {name: text for home in homes for name, text in _docstrings(home.__module__).get(home.__name__, {}).items()}
    return {
        field.alias or name: " ".join((below.get(name) or field.description or "").split())
        for name, field in record.model_fields.items()
    }


@cache
def _docstrings(module: str) -> Mapping[str, Mapping[str, str]]:
    """The texts below the fields of every class of a module; Python keeps none of them at run time."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {home.name: dict(_below_fields(home)) for home in tree.body if isinstance(home, ast.ClassDef)}


def _below_fields(home: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, text in pairwise(home.body):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            yield ast.unparse(field.target), str(text.value.value)
