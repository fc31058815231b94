"""The elements of a rubric, and which of two rubrics are the same: by id, by `renamed_from`, by code."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple

from assess.model.fields import Record
from assess.model.nodes import Node
from assess.model.rubric import ROOT, Rubric

FoundBy = Literal["id", "renamed_from", "code"]


class Element(NamedTuple):
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


class Pair(NamedTuple):
    """An element in the old and in the new rubric; one of them is None where it was added or removed."""

    old: Element | None
    new: Element | None
    found_by: FoundBy = "id"


def elements(rubric: Rubric) -> tuple[Element, ...]:
    """Every element of a rubric in the order of its documents; options are compared with their questions."""
    return (
        Element("rubric", "", rubric),
        Element("policies", "", rubric.policies),
        *(Element("level", level.key, level) for level in rubric.levels),
        *(Element("role", role.id, role, code=role.code or "", former=role.renamed_from) for role in rubric.roles),
        *_headlines(rubric),
        *_rules(rubric, ROOT),
        *(found for principle in rubric.principles for found in _node(principle, ROOT)),
        *(Element("initiative", i.id, i, code=i.code or "", former=i.renamed_from) for i in rubric.initiatives),
        *(Element("source", source.id, source) for source in rubric.sources),
        *(Element("claim", claim.code, claim) for claim in rubric.claims),
        *(Element("reference", reference.code, reference) for reference in rubric.references),
        *(Element("persona", persona.id, persona) for persona in rubric.personas),
    )


def _headlines(rubric: Rubric) -> Iterator[Element]:
    """A headline is known by its condition; a second one of the same condition is never reached."""
    seen: set[str] = set()
    for headline in rubric.headlines:
        name = headline.when or "otherwise"
        if name not in seen:
            yield Element("headline", name, headline)
        seen.add(name)


def _node(node: Node, home: str) -> Iterator[Element]:
    kind = "principle" if home == ROOT else "criterion"
    yield Element(kind, node.id, node, home, node.code or "", node.renamed_from)
    yield from (Element("question", q.id, q, node.id, former=q.renamed_from) for q in node.questions)
    yield from _rules(node, node.id)
    for child in node.criteria:
        yield from _node(child, node.id)


def _rules(holder: Rubric | Node, home: str) -> Iterator[Element]:
    yield from (Element("gate", gate.id, gate, home) for gate in holder.gates)
    yield from (Element("clash", clash.id, clash, home) for clash in holder.clashes)


def paired(old: Rubric, new: Rubric) -> tuple[Pair, ...]:
    """Every element of both rubrics once: those of the new one in its order, then those that are gone."""
    before = {(found.family, found.name): found for found in elements(old)}
    after = elements(new)
    standing = {(found.family, found.name) for found in after}
    free = {key: found for key, found in before.items() if key not in standing}
    coded = {(found.family, found.code): key for key, found in free.items() if found.code}
    pairs: list[Pair] = []
    for found in after:
        key = (found.family, found.name)
        former = next(((found.family, name) for name in found.former if (found.family, name) in free), None)
        same_code = coded.get((found.family, found.code))
        if key in before:
            pairs.append(Pair(before[key], found))
        elif former:
            pairs.append(Pair(free.pop(former), found, "renamed_from"))
        elif same_code in free and same_code:
            pairs.append(Pair(free.pop(same_code), found, "code"))
        else:
            pairs.append(Pair(None, found))
    return (*pairs, *(Pair(found, None) for found in free.values()))


def renames(pairs: tuple[Pair, ...]) -> Mapping[str, str]:
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
