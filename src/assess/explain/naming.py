"""What can be explained, by every name it goes under: id, code, former id and title, in any case."""

from collections.abc import Iterator

from assess.model.initiatives import Initiative
from assess.model.nodes import Node
from assess.model.rubric import Rubric


def find_ids(rubric: Rubric, wanted: str) -> tuple[str, ...]:
    """The ids a name may mean, in the order of the rubric: one for an id or a code, several for a common title."""
    known = dict(_explained(rubric))
    found = rubric.names.get(wanted, wanted)
    if found in known:
        return (found,)
    folded = _folded(wanted)
    return tuple(name for name, spellings in known.items() if folded in {_folded(spelling) for spelling in spellings})


def spellings(rubric: Rubric) -> list[str]:
    """Every name under which something can be explained, for the nearest one to be found."""
    return [spelling for _, known in _explained(rubric) for spelling in known]


def _folded(text: str) -> str:
    return " ".join(text.split()).rstrip(".?!").casefold()


def _explained(rubric: Rubric) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everything that can be explained, by id with its names."""
    former: dict[str, list[str]] = {}
    for name, current in rubric.names.items():
        former.setdefault(current, []).append(name)
    yield "overall", ("overall",)
    coded: list[Node | Initiative] = [*rubric.nodes(), *rubric.initiatives]
    for element in coded:
        whole = (f"{element.code} {element.title}",) if element.code else ()
        yield element.id, (*former.get(element.id, ()), *element.renamed_from, element.title, *whole)
    for question in rubric.questions():
        yield question.id, (*former.get(question.id, ()), question.text)
    yield from ((name, (name,)) for name in rubric.headline_by_id)
    for kind, rules in (("gate", rubric.all_gates()), ("clash", rubric.all_clashes())):
        for rule in rules:
            yield rule.id, (rule.id, f"{kind}_{rule.id}", *((rule.title,) if rule.title else ()))
