"""Two versions of a rubric, element by element and field by field."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assess.authoring.diff.changes import (
    ADDED,
    EVERYTHING,
    GONE,
    HOLDS,
    LOST_NAME,
    MOVED,
    MOVED_RULE,
    NEW,
    REMOVED,
    RENAMED,
    SAME_WORDS,
    Change,
)
from assess.authoring.diff.elements import (
    ElementPair,
    RubricElement,
    paired,
    renames,
    resolver,
    rubric_elements,
    said_when,
)
from assess.authoring.diff.options import option_changes
from assess.authoring.diff.order import order_changes
from assess.authoring.diff.values import (
    Resolve,
    classes_of,
    comparable,
    facets,
    resolve_condition,
    same_words,
    value_in_words,
)
from assess.formula.normalise import counts_in_node
from assess.model.change_classes import SENSES, Sense
from assess.model.headlines import Headline
from assess.model.nodes import Clash, Gate
from assess.model.questions import Question
from assess.model.rubric import ROOT, Rubric

_EVERYWHERE = ("rubric", "policies", "level", "role")


class Difference(NamedTuple):
    """Everything that is different between two rubrics, in the order of the new one."""

    old: Rubric
    new: Rubric
    pairs: tuple[ElementPair, ...]
    changes: tuple[Change, ...]

    def of(self, sense: Sense) -> tuple[Change, ...]:
        """The changes of one class."""
        return tuple(change for change in self.changes if change.sense == sense)

    @property
    def gravest(self) -> Sense | None:
        """The gravest class there is; None between equal rubrics."""
        return max((change.sense for change in self.changes), key=SENSES.index, default=None)

    def counterparts(self, family: str) -> dict[str, str]:
        """Old id to new id of the elements of a family that are in both."""
        both = [(pair.old, pair.new) for pair in self.pairs if pair.old and pair.new]
        return {old.name: new.name for old, new in both if new.family == family}


class _Sides(NamedTuple):
    """The two rubrics, and from any name in either of them to the id in the new one."""

    old: Rubric
    new: Rubric
    resolve_old: Resolve
    resolve_new: Resolve


def compare_rubrics(old: Rubric, new: Rubric) -> Difference:
    """What is different about a rubric: elements matched by id, `renamed_from` and code, then field by field."""
    written = old.as_written, new.as_written
    pairs = paired(*written)
    sides = _Sides(old, new, resolver(old, renames(pairs)), resolver(new, {}))
    pairs = _with_headlines(sides, pairs)
    changes = [change for pair in pairs for change in _of_pair(sides, pair)]
    changes += order_changes(pairs, rubric_elements(written[0]), sides.resolve_old)
    asked = [(p.old.record, p.new.record) for p in pairs if p.old and p.new]
    questions = [(a, b) for a, b in asked if isinstance(a, Question) and isinstance(b, Question)]
    return Difference(old, new, pairs, (*changes, *option_changes(old, new, questions)))


def _with_headlines(sides: _Sides, pairs: tuple[ElementPair, ...]) -> tuple[ElementPair, ...]:
    """The pairs, with those headlines together whose conditions say the same once renamed elements are followed."""
    gone = {_when(old, sides.resolve_old): old for old in _headlines(p.old for p in pairs if p.new is None)}
    fresh = {new.name: _when(new, sides.resolve_new) for new in _headlines(p.new for p in pairs if not p.old)}
    again = {name: gone[words] for name, words in fresh.items() if words in gone}
    met = {old.name for old in again.values()}
    found: list[ElementPair] = []
    for pair in pairs:
        if pair.new is not None and pair.old is None and pair.new.kind == "headline" and pair.new.name in again:
            found.append(ElementPair(again[pair.new.name], pair.new, "renamed_from"))
        elif pair.new is not None or pair.old is None or pair.old.kind != "headline" or pair.old.name not in met:
            found.append(pair)
    return tuple(found)


def _when(found: RubricElement, resolve: Resolve) -> str:
    """When a headline is the message, in a form that two rubrics can be compared in."""
    return resolve_condition(said_when(found.record), resolve) if isinstance(found.record, Headline) else ""


def _headlines(elements: Iterable[RubricElement | None]) -> list[RubricElement]:
    return [found for found in elements if found is not None and found.kind == "headline"]


def _of_pair(sides: _Sides, pair: ElementPair) -> Iterator[Change]:
    if pair.old is None and pair.new is not None:
        yield _added(sides, pair.new)
    elif pair.new is None and pair.old is not None:
        yield _removed(sides, pair.old)
    elif pair.old is not None and pair.new is not None:
        yield from _kept(sides, pair, pair.old, pair.new)


def _added(sides: _Sides, found: RubricElement) -> Change:
    row = HOLDS if isinstance(found.record, Gate | Clash) and found.record.cap else ADDED.get(found.kind, NEW)
    return Change("added", found.kind, found.name, row, new=_heading(found), touches=_bears_on(sides.new, found))


def _removed(sides: _Sides, found: RubricElement) -> Change:
    row = REMOVED.get(found.kind, GONE)
    hint = _hint(sides, found.record) if isinstance(found.record, Question) else ""
    touches = _bears_on(sides.old, found)
    return Change("removed", found.kind, found.name, row, old=_heading(found), touches=touches, hint=hint)


def _bears_on(rubric: Rubric, found: RubricElement) -> tuple[str, ...]:
    """An element, and the node it counts in: rules count in none, facts neither."""
    node = rubric.node_by_id.get(found.home)
    fact = isinstance(found.record, Question) and node is not None and not counts_in_node(rubric, node, found.record)
    alone = fact or isinstance(found.record, Gate | Clash) or not found.home
    return _touched(found) if alone else (*_touched(found), found.home)


def _hint(sides: _Sides, gone: Question) -> str:
    """What becomes of the answers to a question that is gone, and what to do when nothing says so."""
    for step in sides.new.migrations:
        merged = [to for to, merge in step.merge.items() if gone.id in merge.of]
        if gone.id in step.split or merged:
            return f"its answers go to {', '.join(step.split.get(gone.id, merged))}"
        if gone.id in step.retire:
            return "its answers are retired"
    fresh = (question for question in sides.new.questions() if question.id not in sides.old.question_by_id)
    same = next((question.id for question in fresh if same_words(question.text, gone.text)), "")
    if same:
        return f"'{same}' reads the same: if it is this one, it needs `renamed_from: [{gone.id}]`"
    return "nothing says what becomes of its answers: add a step to migrations.yaml"


def _heading(found: RubricElement) -> str:
    """What an element is called or says, for want of fields to compare."""
    fields = (getattr(found.record, name, "") for name in ("title", "text", "because", "says"))
    return next((value_in_words(text) for text in fields if text), "")


def _kept(sides: _Sides, pair: ElementPair, old: RubricElement, new: RubricElement) -> Iterator[Change]:
    if old.name != new.name and new.kind != "headline":
        row = RENAMED if pair.found_by == "renamed_from" else LOST_NAME
        yield Change("renamed", new.kind, new.name, row, was=old.name, touches=_touched(new))
    if sides.resolve_old(old.home) != new.home or old.kind != new.kind:
        row = MOVED_RULE if new.kind in ("gate", "clash") else MOVED
        touches = (*_touched(new), old.home, new.home)
        was = old.name if old.name != new.name else ""
        yield Change("moved", new.kind, new.name, row, "", _place(old), _place(new), was, touches=touches)
    yield from _fields(sides, old, new)


def _place(found: RubricElement) -> str:
    return "the rubric" if found.home in ("", ROOT) else found.home


def _fields(sides: _Sides, old: RubricElement, new: RubricElement) -> Iterator[Change]:
    before = facets(sides.old, old.record, sides.resolve_old)
    after = facets(sides.new, new.record, sides.resolve_new)
    was = old.name if old.name != new.name else ""
    record = type(new.record)
    for field, row in classes_of(record).items():
        then = comparable(record, field, before[field], sides.resolve_old)
        now = comparable(record, field, after[field], sides.resolve_new)
        if then == now:
            continue
        alike = row.sense == "meaning" and not row.counted and same_words(then, now)
        yield Change(
            kind="changed",
            element=new.kind,
            name=new.name,
            change_class=SAME_WORDS if alike else row,
            field=field,
            old=value_in_words(before[field]),
            new=value_in_words(after[field]),
            was=was,
            touches=_touched(new) if row.counted else (),
        )


def _touched(found: RubricElement) -> tuple[str, ...]:
    """What is computed with an element itself."""
    if found.kind in _EVERYWHERE:
        return (EVERYTHING,)
    return (found.name,) if found.kind in ("principle", "criterion", "question", "gate", "clash", "initiative") else ()
