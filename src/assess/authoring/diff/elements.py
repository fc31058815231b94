"""The elements of a rubric, and which of two rubrics are the same: by id, by `renamed_from`, by code."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple

from assess.model.anatomy import elements_in, name_of
from assess.model.fields import Record
from assess.model.headlines import Headline
from assess.model.nodes import Node
from assess.model.questions import Option
from assess.model.rubric import ROOT, Rubric

FoundBy = Literal["id", "renamed_from", "code"]


class RubricElement(NamedTuple):
    """One part of a rubric: its kind in the table of senses, what it is called, and the node it hangs below."""

    kind: str
    name: str
    record: Record
    home: str = ""
    code: str = ""
    former: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """What it can be the same as: a criterion may become a principle."""
        return "node" if self.kind in ("principle", "criterion") else self.kind


class ElementPair(NamedTuple):
    """An element in the old and in the new rubric; one of them is None where it was added or removed."""

    old: RubricElement | None
    new: RubricElement | None
    found_by: FoundBy = "id"


_IN_THE_TREE: tuple[type[Record], ...] = (Node, *elements_in(Node).values())


def rubric_elements(rubric: Rubric) -> tuple[RubricElement, ...]:
    """Every element of a rubric in the order of the model, each before what is in it.

    Options are compared with their questions. A headline without an id is known by its condition, and a second
    one of the same condition is never reached.
    """
    found: dict[tuple[str, str], RubricElement] = {}
    for element in (RubricElement("rubric", "", rubric), *_below(rubric, ROOT)):
        found.setdefault((element.kind, element.name), element)
    return tuple(found.values())


def _below(holder: Record, home: str) -> Iterator[RubricElement]:
    """The elements in a record; home: the node below which those of the tree hang."""
    for field, held in elements_in(type(holder)).items():
        found = getattr(holder, field)
        for record in found if isinstance(found, tuple) else (found,):
            if held is not Option:
                yield _element(record, home)
                yield from _below(record, record.id if isinstance(record, Node) else home)


def _element(record: Record, home: str) -> RubricElement:
    kind = type(record).__name__.lower()
    if isinstance(record, Node):
        kind = "principle" if home == ROOT else "criterion"
    name = record.id or said_when(record) if isinstance(record, Headline) else name_of(record)
    code, former = getattr(record, "code", None) or "", getattr(record, "renamed_from", ())
    return RubricElement(kind, name, record, home if isinstance(record, _IN_THE_TREE) else "", code, former)


def said_when(headline: Headline) -> str:
    """The condition of a headline, by which it is known where it has no id."""
    return headline.when or "otherwise"


def paired(old: Rubric, new: Rubric) -> tuple[ElementPair, ...]:
    """Every element of both rubrics once: those of the new one in its order, then those that are gone."""
    before = {(found.family, found.name): found for found in rubric_elements(old)}
    after = rubric_elements(new)
    standing = {(found.family, found.name) for found in after}
    free = {key: found for key, found in before.items() if key not in standing}
    coded = {(found.family, found.code): key for key, found in free.items() if found.code}
    pairs: list[ElementPair] = []
    for found in after:
        key = (found.family, found.name)
        former = next(((found.family, name) for name in found.former if (found.family, name) in free), None)
        same_code = coded.get((found.family, found.code))
        if key in before:
            pairs.append(ElementPair(before[key], found))
        elif former:
            pairs.append(ElementPair(free.pop(former), found, "renamed_from"))
        elif same_code in free and same_code:
            pairs.append(ElementPair(free.pop(same_code), found, "code"))
        else:
            pairs.append(ElementPair(None, found))
    return (*pairs, *(ElementPair(found, None) for found in free.values()))


def renames(pairs: tuple[ElementPair, ...]) -> Mapping[str, str]:
    """What elements of the old rubric are called in the new one, where that is another name."""
    both = [(pair.old, pair.new) for pair in pairs if pair.old and pair.new and pair.new.kind != "headline"]
    return {old.name: new.name for old, new in both if old.name != new.name}


def resolver(rubric: Rubric, called: Mapping[str, str]) -> Callable[[str], str]:
    """From any name of an element of a rubric to the id it has in the new one; other words stay."""
    former = {name: found.id for found in rubric.initiatives for name in found.renamed_from}
    names = {**former, **rubric.names}

    def resolve(name: str) -> str:
        own = names.get(name, name)
        return called.get(own, own)

    return resolve
