"""Plain values to YAML text, which the reader of this package reads back to the same values."""

from collections.abc import Mapping, Sequence

import yaml

from assess.documents.scalars import resolve
from assess.documents.spaces import spoilt_key
from assess.model.fields import Plain

WIDTH = 110
SMALL = 80


class _Dumper(yaml.SafeDumper):
    """Writes lists indented below their key, texts of several lines as they read, and never an alias.

    The one in Python, not libyaml's: both write the same values, but they do not break lines at the same places.
    """

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - inherited
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - inherited
        return True

    def represent(self, data: object) -> None:
        node = self.represent_data(data)
        if isinstance(node, yaml.CollectionNode):
            node.flow_style = False
        self.serialize(node)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # PyYAML knows the numbers of YAML 1.1; what only this package reads as one, or as a slip of the space bar, is
    # quoted here.
    quoted = "'" if resolve(Plain(text)) != text or spoilt_key(text) is not None else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else quoted)


def _mapping(dumper: yaml.SafeDumper, entries: dict[str, object]) -> yaml.MappingNode:
    parts = [part for entry in entries.items() for part in entry]
    return dumper.represent_mapping("tag:yaml.org,2002:map", entries, flow_style=_is_small(parts))


def _list(dumper: yaml.SafeDumper, entries: list[object]) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", entries, flow_style=_is_small(entries))


def _is_small(parts: Sequence[object]) -> bool:
    """Whether parts stand on one line in brackets: single values, short together."""
    plain = all(not isinstance(part, dict | list) and "\n" not in str(part) for part in parts)
    return plain and sum(len(str(part)) + 2 for part in parts) <= SMALL


_Dumper.add_multi_representer(str, _text)
_Dumper.add_multi_representer(float, _Dumper.represent_float)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _list)


def dump(value: Mapping[str, object]) -> str:
    """A mapping of plain values (texts, numbers, booleans, None, lists, dicts) as YAML, keys in their order.

    Block style, with small lists and mappings in brackets; texts that would read as something else are quoted.
    """
    return yaml.dump(dict(value), Dumper=_Dumper, width=WIDTH, allow_unicode=True, sort_keys=False)
