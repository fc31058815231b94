"""Leaves other than item values: what one role said, numbers, dates, ticks, choices and counts."""

import datetime
import math
from typing import NamedTuple, Protocol

from assess.formula import nodes as f
from assess.formula.compile import Compiled
from assess.formula.items import ItemResult, ItemTree, combined
from assess.formula.normalise import option_values
from assess.formula.ranges import ABSENT, FALSE, OPEN, UNDECIDED, Range, Truth, compare_ranges, exactly
from assess.formula.readings import CONFIRMED, months_between
from assess.formula.worked_answers import on_steps
from assess.model.answers import AnswerValue
from assess.model.questions import Question
from assess.model.rubric import Rubric

HALF = 0.5
Group = tuple[AnswerValue, ...]


class Given(NamedTuple):
    """Raw answers role by role; not `firm` while they only stand in for answers still to come."""

    groups: list[Group]
    firm: bool = True


class LeafTree(ItemTree, Protocol):
    """What a leaf needs of the tree it is read in."""

    compiled: Compiled

    def item(self, name: str) -> ItemResult:
        """The item of a question."""

    def item_range(self, name: str) -> Range:
        """The item's numbers, raised where its node is lifted."""


def leaf(tree: LeafTree, found: f.Leaf) -> Range:
    """A leaf of any facet."""
    if not found.question:
        return exactly(tree.readings.assessed_on.toordinal())
    if found.facet == "value" and found.role is None:
        return tree.item_range(found.question)
    if found.facet == "grade":
        grade = tree.grade(found.question)
        return Range(grade, grade, CONFIRMED) if _open(tree, found.question) else exactly(grade)
    if _does_not_apply(tree, found.question, found.role):
        return ABSENT
    if found.facet == "value":
        return _of_role(tree, found.question, found.role or "")
    given = _given(tree, found.question, found.role)
    point = _reading(tree, found, given.groups)
    low, high = _ends(tree.compiled.rubric, found)
    return Range(point, low, high) if point is None or not given.firm else exactly(point)


def _of_role(tree: LeafTree, question: str, role: str) -> Range:
    """What one role claims; while it says nothing, whatever the item can become."""
    answers = tree.heard(question, role)
    mean = combined([answers.values] if answers.values else [], tree.compiled.items[question])
    if mean is None:
        return OPEN if tree.item(question).state == "value" else tree.item(question).range
    return OPEN._replace(value=mean) if tree.asking(question).waiting else exactly(mean)


def _reading(tree: LeafTree, found: f.Leaf, groups: list[Group]) -> float | None:
    """A number, count, date or age as answered."""
    if found.facet == "number":
        numbers = [tuple(float(x) for x in group if isinstance(x, int | float)) for group in groups]
        return combined([group for group in numbers if group], tree.compiled.items[found.question])
    if found.facet == "count":
        return len(_ticks(groups)) if groups else None
    # Of several dates the earliest counts: the oldest proof is the weakest.
    days = [day for group in groups for day in group if isinstance(day, datetime.date)]
    if not days:
        return None
    return min(days).toordinal() if found.facet == "date" else months_between(min(days), tree.readings.assessed_on)


def _ends(rubric: Rubric, found: f.Leaf) -> tuple[float, float]:
    """The lowest and highest an answer can be."""
    question = rubric.question_by_id[found.question]
    if found.facet == "count":
        return 0, len(rubric.options_of(question))
    low = question.min if found.facet == "number" else None
    high = question.max if found.facet == "number" else None
    return -math.inf if low is None else low, math.inf if high is None else high


def _open(tree: LeafTree, question: str) -> bool:
    """Whether nobody has said what decides a question."""
    found = tree.item(question)
    return found.state in ("missing", "unknown") and found.range.low != found.range.high


def _does_not_apply(tree: LeafTree, question: str, role: str | None) -> bool:
    """Whether a question is hidden or not applicable: to all who are asked, or to a role that gave no other answer."""
    state = tree.item(question).state
    if state == "hidden" or role is None:
        return state in ("hidden", "na")
    answers = tree.heard(question, role)
    return not answers.raws and (state == "na" or (answers.na > 0 and not answers.unknown))


def _given(tree: LeafTree, question: str, role: str | None) -> Given:
    """What was answered, or what stands in for it where nobody knows or nobody answered."""
    groups, state = given_by_role(tree, question, role), tree.item(question).state
    if groups or state == "value":
        return Given(groups, firm=question in tree.readings.settled or not tree.asking(question).waiting)
    if tree.readings.given_only:
        return Given([])
    asked, rule = tree.compiled.rubric.question_by_id[question], tree.compiled.items[question]
    if state == "unknown" and asked.unknown_as is not None:
        return Given([_assumed(asked)])
    if state == "unknown" and rule.when_unknown_zero:
        return Given(_worst(tree.compiled.rubric, asked))
    if state in ("unknown", "missing") and rule.when_missing_zero and rule.weight:
        return Given(_worst(tree.compiled.rubric, asked), firm=False)
    return Given([])


def _worst(rubric: Rubric, question: Question) -> list[Group]:
    """The worst answer to a question, as one group; none where answers have no order."""
    if question.traits.holds == "options":
        none = [o.key or "" for o in rubric.options_of(question) if o.exclusive and not o.score]
        return [(tuple(none[:1]),)]
    if question.goalposts:
        return [(question.goalposts.worst,)]
    if question.steps:
        return [(min(question.steps, key=lambda step: on_steps(rubric, question, step.start)).start,)]
    ranked = [(value, key) for key, value in option_values(rubric, question).items() if value is not None]
    return [(min(ranked)[1],)] if ranked else []


def given_by_role(tree: LeafTree, question: str, role: str | None) -> list[Group]:
    """The raw answers by role: of one role, or what was settled, else those of the invited."""
    if role is not None:
        raws = tree.heard(question, role).raws
        return [raws] if raws else []
    settled = tree.readings.settled.get(question)
    if settled:
        return [(settled.value,)] if settled.state == "value" else []
    invited = (tree.heard(question, r).raws for r in tree.compiled.items[question].invited)
    return [raws for raws in invited if raws]


def _assumed(question: Question) -> Group:
    word = question.unknown_as or ""
    if question.traits.holds == "number":
        return (float(word),)
    return (datetime.date.fromisoformat(word) if question.traits.holds == "date" else word,)


def chose(tree: LeafTree, found: f.Chose) -> Truth:
    """Whether the answer is one of the keys; of differing answers the one worth least counts."""
    if _does_not_apply(tree, found.question, found.role):
        return FALSE
    answered = _given(tree, found.question, found.role)
    given = {raw for group in answered.groups for raw in group if isinstance(raw, str)}
    if len(given) > 1:
        values = option_values(tree.compiled.rubric, tree.compiled.rubric.question_by_id[found.question])
        ranked = sorted((value, key) for key, value in values.items() if key in given and value is not None)
        given = {ranked[0][1]} if len(ranked) == len(given) else set()
    return _known(answered, holds=given <= set(found.keys)) if given else UNDECIDED


def _known(answered: Given, *, holds: bool) -> Truth:
    """What a test says on answers that stand, or on what stands in for them until somebody answers."""
    return Truth(holds, sure=holds and answered.firm, possible=holds or not answered.firm)


def _ticks(groups: list[Group]) -> frozenset[str]:
    """The options ticked by more than half, each role weighing the same."""
    options = {key for group in groups for raw in group if isinstance(raw, tuple) for key in raw}
    shares = {
        key: math.fsum(sum(isinstance(raw, tuple) and key in raw for raw in g) / len(g) for g in groups) / len(groups)
        for key in options
    }
    return frozenset(key for key, part in shares.items() if part > HALF)


def ticked(tree: LeafTree, found: f.Ticked) -> Truth:
    """Whether an option is ticked, alone if asked."""
    if _does_not_apply(tree, found.question, None):
        return FALSE
    answered = _given(tree, found.question, None)
    if not answered.groups:
        return UNDECIDED
    picked = _ticks(answered.groups)
    return _known(answered, holds=picked == {found.option} if found.alone else found.option in picked)


def in_state(tree: LeafTree, found: f.InState) -> Truth:
    """Whether a question is in one of the states; a later answer may still change that of an open question."""
    state: str = tree.item(found.question).state
    invited = tree.compiled.items[found.question].invited
    if state == "missing" and any(tree.heard(found.question, role).declined for role in invited):
        state = "declined"
    holds = ("na" if state == "hidden" else state) in found.states
    return Truth(holds, sure=holds and not _open(tree, found.question), possible=holds or _open(tree, found.question))


def share_of_answers(tree: LeafTree, found: f.Share) -> Range:
    """The percentage of a role's answers that compare as said; 0..100."""
    answers = tree.heard(found.question, found.role)
    if found.keys:
        numbers = tuple(float(raw in found.keys) for raw in answers.raws)
        return _share_of(tree, found, numbers)
    raws = tuple(float(x) for x in answers.raws if isinstance(x, int | float))
    return _share_of(tree, found, answers.values if found.facet == "value" else raws)


def _share_of(tree: LeafTree, found: f.Share, numbers: tuple[float, ...]) -> Range:
    if not numbers:
        return OPEN
    true = sum(bool(compare_ranges(exactly(x), found.op, exactly(found.than)).point) for x in numbers)
    found_share = exactly(100 * true / len(numbers))
    return OPEN._replace(value=found_share.value) if tree.asking(found.question).waiting else found_share


def heads(tree: LeafTree, found: f.Headcount) -> Range:
    """How many respondents a role has."""
    return exactly(tree.readings.heads.get(found.role, 0))
