"""The text of a gap or a strength: that of the level a criterion reaches by itself, and why less may count."""

from collections.abc import Iterator, Mapping

from assess.diagnose.case import DiagnoseContext
from assess.diagnose.contradictions import disagrees
from assess.diagnose.unproved import is_unproved, unproved_says
from assess.formula import level_at
from assess.formula.finding_texts import fill_text
from assess.model.finding_texts import ANY_LEVEL, NOTHING_TOLD, FilledText
from assess.model.nodes import Node
from assess.model.questions import Level
from assess.numbers import TOLERANCE
from assess.words import quoted


def is_by_level(texts: Mapping[str, str]) -> bool:
    """Whether the texts of a gap or a strength differ from level to level."""
    return bool(texts) and ANY_LEVEL not in texts


def level_text(
    case: DiagnoseContext, node: Node, texts: Mapping[str, str], *, below: Level | None = None
) -> FilledText:
    """The text of the level a criterion reaches before gates and ceilings; empty where none fits or a figure misses.

    Without a text of its own a level has the nearest one: of those beneath it, for a gap of all that lie below the
    target. A criterion that is only held below its target has no text of a gap, and one on which roles disagree has
    none of any level: the lowest answer counts until that is settled, and is not what was found. Where answers differ
    it says so, since a mean of them is what nobody may have said.
    """
    if not is_by_level(texts):
        return fill_text(case.given, texts.get(ANY_LEVEL, ""))
    if any(disagrees(case.item(question.id)) for question in case.level_questions(node)):
        return NOTHING_TOLD
    order = [level.key for level in case.rubric.levels_of(node.id)]
    own = order.index(_own_level(case, node))
    last = own if below is None else order.index(below.key) - 1
    if own > last:
        return NOTHING_TOLD
    fitting = [place for place, key in enumerate(order) if key in texts and place <= last]
    nearest = min(fitting, key=lambda place: (abs(place - own), place), default=None)
    if nearest is None:
        return NOTHING_TOLD
    said = fill_text(case.given, texts[order[nearest]])
    return said if nearest < own or not said.text else said._replace(text=f"{said.text}{_not_everybody(case, node)}")


def _not_everybody(case: DiagnoseContext, node: Node) -> str:
    """What to add to the text of a level while answers differ, since it is the level of their mean; else empty."""
    value = case.claimed.node(node.id).uncapped
    items = [case.item(question.id) for question in case.level_questions(node)]
    if value is None or not any(item.agreed is None and _differs(case, item.id) for item in items):
        return ""
    return f" Not everybody answered so; the answers come to {case.points(node.id, value)} on average."


def _differs(case: DiagnoseContext, question: str) -> bool:
    """Whether those who were asked gave answers of different worth."""
    roles = case.compiled.items[question].invited
    given = [value for role in roles for value in case.tree.heard(question, role).values]
    return bool(given) and max(given) - min(given) > TOLERANCE


def _own_level(case: DiagnoseContext, node: Node) -> str:
    """The level a criterion reaches before gates, and without the ceilings of evidence."""
    value = case.claimed.node(node.id).uncapped
    level = level_at(case.rubric, node.id, case.score(node.id).value or 0.0 if value is None else value)
    return level.key if level else ""


def lowered(case: DiagnoseContext, node: Node) -> tuple[str, ...]:
    """Why a criterion counts less than it reaches by itself, a sentence each: proof, gates, roles that disagree."""
    return tuple(_lowered(case, node))


def _lowered(case: DiagnoseContext, node: Node) -> Iterator[str]:
    items = [case.item(question.id) for question in case.level_questions(node)]
    yield from (unproved_says(case, item) for item in items if is_unproved(item))
    for result in case.score(node.id).gates:
        if result.binds and result.at is not None:
            most = f"{case.quoted_title(node.id)} is held at {case.points(node.id, result.at)}"
            yield f"{most}: {result.because.rstrip('.')}." if result.because else f"{most}."
    for item in items:
        if disagrees(item):
            yield f"Roles disagree on {quoted(item.title)}; the lowest answer counts until it is settled."
