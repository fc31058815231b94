"""What a difference between two rubrics does to organizations: whose score, level or plan moves, and by what."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from assess.authoring.assessments import called, engagement_places
from assess.authoring.diff import EVERYTHING, Change, Difference
from assess.authoring.migrate import migrated, read_back
from assess.collect import collect, count_answers, no_parts, open_engagement
from assess.export import Json
from assess.formula import Dependents, compile_rubric, dependents, format_figure
from assess.model.answers import AnswerSheet
from assess.model.roadmap import QUICK
from assess.model.rubric import ROOT, Rubric
from assess.model.scorecard import NodeScore
from assess.numbers import NOT_SCORED
from assess.problems import Problem, errors
from assess.translations import in_terms
from assess.workflow import Assessment, assess_sheet

DECIMALS = 2
AROUND = "what is planned around it"


class NodeMove(NamedTuple):
    """A node whose score or level is another, in native points and level keys, and the changes it depends on."""

    node: str
    title: str
    old: str
    new: str
    old_level: str | None
    new_level: str | None
    by: tuple[str, ...]


class PlanMove(NamedTuple):
    """An initiative that enters, leaves or starts in another period (from 1, None where it is not planned)."""

    initiative: str
    title: str
    old: int | None
    new: int | None
    by: tuple[str, ...]


class EngagementEffect(NamedTuple):
    """What moves for one engagement; left_out: why the old or the new version could not take some of its answers."""

    name: str
    organization: str
    nodes: tuple[NodeMove, ...]
    plan: tuple[PlanMove, ...]
    left_out: tuple[str, ...]


def effects(found: Difference, folder: Path, names: tuple[str, ...] = ()) -> tuple[EngagementEffect, ...]:
    """What moves for the engagements in a folder, or for the one it is; those of other rubrics are left out.

    names: what else the rubrics go by. Answers are carried over as `migrate` does it, and what does not fit one of the
    versions is left out there. Raises DocumentError with every file that cannot be read, and where there is none.
    """
    known = {found.old.id, found.new.id, *names}
    causes = _Causes(found)
    used = [path for path in engagement_places(folder) if open_engagement(path)[0].rubric in known]
    return tuple(_effect(found, causes, path, called(path)) for path in used)


def _effect(found: Difference, causes: "_Causes", path: Path, name: str) -> EngagementEffect:
    before, unread = _sheet(path, found.old)
    carried = migrated(path, found.new, found.old)
    unbound, lost = read_back(carried)
    after = count_answers(found.new, unbound).sheet
    then = assess_sheet(found.old, _of_part(found.old, before), search=QUICK)
    now = assess_sheet(found.new, _of_part(found.new, after), search=QUICK)
    nodes = tuple(_node_moves(causes, then, now))
    dropped = [problem.message for problem in unread if problem.code != "version"]
    left_out = tuple(f"{found.old.version}: {why}" for why in (*_no_parts(found.old, before), *dropped))
    gone = [f"'{fated.name}': {fated.why}" for _, fated in carried.fates() if fated.fate == "unknown"]
    gone += [*_no_parts(found.new, after), *(problem.message for problem in lost)]
    left_out += tuple(f"{found.new.version}: {why}" for why in gone)
    left_out = tuple(dict.fromkeys(left_out))
    organization = before.engagement.organization.name
    return EngagementEffect(name, organization, nodes, tuple(_plan_moves(causes, then, now, nodes)), left_out)


def _sheet(path: Path, rubric: Rubric) -> tuple[AnswerSheet, tuple[Problem, ...]]:
    """The answers of an engagement that fit a rubric, whichever version they were given to, and what did not."""
    engagement, document = open_engagement(path)
    rubric = in_terms(rubric, engagement.terms, engagement.language)
    collected, problems = collect(path, engagement, document, rubric)
    return count_answers(rubric, collected).sheet, errors(problems)


def _of_part(rubric: Rubric, sheet: AnswerSheet) -> AnswerSheet:
    """A sheet without the tier and the scope that a version does not have, which asks all there."""
    unknown = dict.fromkeys(no_parts(rubric, sheet.engagement))
    return sheet._replace(engagement=sheet.engagement.model_copy(update=unknown)) if unknown else sheet


def _no_parts(rubric: Rubric, sheet: AnswerSheet) -> list[str]:
    return [f"{message}; all of it is asked there" for message, _ in no_parts(rubric, sheet.engagement).values()]


class _Causes:
    """Which changes can have moved what: those it is computed from, in the old rubric or in the new one."""

    def __init__(self, found: Difference) -> None:
        self.counted = [change for change in found.changes if change.change_class.counted]
        self.nodes = {ROOT: ROOT, **found.counterparts("node")}
        self.initiatives = found.counterparts("initiative")
        old_names = {
            new: old
            for family in ("node", "question", "gate", "clash", "initiative")
            for old, new in found.counterparts(family).items()
        }
        old, new = (dependents(compile_rubric(rubric)) for rubric in (found.old, found.new))
        self.reached = [
            (change, _reached(old, {old_names.get(n, n) for n in _named(change)}), _reached(new, _named(change)))
            for change in self.counted
        ]

    def of_node(self, old: str, new: str) -> tuple[str, ...]:
        """The changes a node depends on."""
        return tuple(
            label(change)
            for change, before, after in self.reached
            if EVERYTHING in _named(change) or old in before or new in after
        )

    def of_initiative(self, name: str) -> tuple[str, ...]:
        """The changes of an initiative itself."""
        return tuple(label(c) for c in self.counted if c.element == "initiative" and c.name == name)


def label(change: Change) -> str:
    """A change in a few words."""
    return f"{change.title}: {change.field}" if change.field else f"{change.title} {change.kind}"


def _named(change: Change) -> set[str]:
    return {*change.touches, *change.users}


def _reached(reads: Dependents, names: set[str]) -> set[str]:
    """Everything that reads what these nodes, questions and caps say, and they themselves."""
    found = names | {node for name in names for node in reads.capped_by.get(name, ())}
    waiting = sorted(found)
    while waiting:
        more = reads.readers.get(waiting.pop(), frozenset()) - found
        found |= more
        waiting += sorted(more)
    return found


def _node_moves(causes: _Causes, then: Assessment, now: Assessment) -> Iterator[NodeMove]:
    for old, new in causes.nodes.items():
        before, after = then.scorecard.scores.get(old), now.scorecard.scores.get(new)
        was, is_now = _standing(then.rubric, before), _standing(now.rubric, after)
        if was != is_now:
            title = (after or now.rubric.whole.node_by_id[new]).title
            yield NodeMove(new, title, was[0], is_now[0], was[1], is_now[1], causes.of_node(old, new))


def _standing(rubric: Rubric, score: NodeScore | None) -> tuple[str, str | None]:
    """The points and the level of a node; None: it is outside of the part that is asked."""
    if score is None:
        return NOT_SCORED, None
    return format_figure(rubric, score.id, score.value, score.scale, least=DECIMALS), score.level


def _plan_moves(causes: _Causes, then: Assessment, now: Assessment, moved: tuple[NodeMove, ...]) -> Iterator[PlanMove]:
    """Initiatives in the order of the new rubric, then those that are gone."""
    before = {causes.initiatives.get(p.initiative, p.initiative): p.period for p in then.plan.placements}
    after = {placement.initiative: placement.period for placement in now.plan.placements}
    known = {**now.rubric.whole.initiative_by_id}
    older = then.rubric.whole.initiative_by_id
    known |= {name: found for name, found in older.items() if name not in causes.initiatives}
    scores = [move.node for move in moved]
    for name, initiative in known.items():
        if before.get(name) != after.get(name):
            lifted = initiative.lifts
            by = (*causes.of_initiative(name), *(f"{node} has moved" for node in scores if node in lifted))
            yield PlanMove(name, initiative.title, before.get(name), after.get(name), by or (AROUND,))


def effects_json(found: Iterable[EngagementEffect]) -> list[Json]:
    """The engagements of the document `rubric-diff/1`; points as texts of two decimals or more, or `not scored`."""
    return [
        {
            "name": effect.name,
            "organization": effect.organization,
            "nodes": [{**move._asdict(), "by": list(move.by)} for move in effect.nodes],
            "plan": [{**move._asdict(), "by": list(move.by)} for move in effect.plan],
            "left_out": list(effect.left_out),
        }
        for effect in found
    ]
