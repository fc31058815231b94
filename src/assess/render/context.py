"""Everything a document is written from, with the lookups its sections share."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from assess.formula import EvaluatedOrganization, begins, evaluate, format_figure, target_value, tight
from assess.formula.aggregations import AGGREGATIONS
from assess.formula.odds import drawn_interval, odds_of_levels
from assess.model.betterness import is_low
from assess.model.facts import NO_FACTS, NO_NUMBERS, FactKey, Facts
from assess.model.findings import Diagnosis, Finding
from assess.model.initiatives import Initiative
from assess.model.questions import Level
from assess.model.roadmap import Placement, Plan
from assess.model.rubric import ROOT
from assess.model.scorecard import NodeScore
from assess.numbers import BELOW, MORE_THAN, NOT_SCORED, TOLERANCE, ScaleEnds, bar, number_printed
from assess.problems import Problem
from assess.render.markdown import Markdown, concat, join, link
from assess.words import ended

DASH = "\N{EN DASH}"


@dataclass(frozen=True)
class RenderContext(EvaluatedOrganization):
    """An organization with its findings and plan, and the words a document shares."""

    diagnosis: Diagnosis
    plan: Plan
    problems: Sequence[Problem] = ()
    facts: Facts = NO_FACTS
    numbers: Mapping[FactKey, int] = field(default_factory=lambda: NO_NUMBERS)

    @cached_property
    def client(self) -> str:
        """The name of the organization."""
        return self.sheet.engagement.organization.name

    @cached_property
    def root(self) -> NodeScore:
        """The score of the whole tree."""
        return self.scorecard.scores[ROOT]

    @cached_property
    def principles(self) -> tuple[str, ...]:
        """The ids of the principles, in the order of the rubric."""
        return tuple(p.id for p in self.rubric.principles if p.id in self.scorecard.scores)

    @cached_property
    def targets(self) -> Mapping[str, float]:
        """The value on 0..100 that every node would have if all targets were reached and no gate held.

        Those of the plan are as they are, those of the nodes above as the tree makes them. A part that is already
        better than its target keeps its value, so no target lies below what is there. One that does not apply has none.
        """
        applicable = {score.id for score in self.scorecard.scores.values() if score.low is not None}
        own = {
            node: target_value(self.rubric, node, key)
            for node, key in sorted(self.plan.targets.items())
            if node in applicable
        }
        off = frozenset(rule.id for rules in (self.rubric.all_gates(), self.rubric.all_clashes()) for rule in rules)
        reached = evaluate(self.compiled, self.readings, lifts=own, off=off)
        values = {node: result.value for node, result in reached.nodes.items() if result.value is not None}
        return {**values, **own}

    @cached_property
    def respondent_roles(self) -> Mapping[str, str]:
        """The title of the role of each respondent."""
        return {name: self.role(role) for name, role in self.sheet.names.items()}

    def score(self, node: str) -> NodeScore:
        """The score of a node; raises KeyError when there is none."""
        return self.scorecard.scores[node]

    def scale_of(self, question: str) -> ScaleEnds:
        """The scale a question is printed on: that of its node, unless this counts its parts or the stages reached."""
        return self.scale(question if self.has_own_scale(question) else self.rubric.home_of[question])

    def has_own_scale(self, question: str) -> bool:
        """Whether the scale of its node says nothing about an answer."""
        found = self.scorecard.scores.get(self.rubric.home_of[question])
        return found is not None and AGGREGATIONS[found.aggregate].how in ("sum", "tally", "stages")

    def name(self, node: str) -> str:
        """Code and title of a node, as in print."""
        if node == ROOT:
            return "Overall"
        known = self.rubric.node_by_id.get(node)
        return f"{known.code} {known.title}" if known and known.code else known.title if known else node

    def link(self, node: str) -> Markdown:
        """A link to the passage about a node."""
        return link(self.name(node), ROOT if node not in self.rubric.node_by_id else node)

    def points(self, node: str, value: float | None, *others: float | None) -> str:
        """A value on 0..100 in points of a node, told from its levels, its target and what stands beside it."""
        return format_figure(self.rubric, node, value, self.scale(node), *others, wanted=self.targets.get(node))

    def now(self, node: str) -> str:
        """The score of a node, the same wherever it is printed."""
        score = self.score(node)
        return self.points(node, score.value, *tight(self.rubric, node, score.scale, score.low, score.high))

    def between(self, node: str) -> tuple[str, str]:
        """The ends between which the score of a node lies, told apart where they differ."""
        score = self.score(node)
        return self.points(node, score.low, score.high), self.points(node, score.high, score.low)

    def target(self, node: str) -> str:
        """The target of a node, told from its score and from those it is projected to have."""
        value, score = self.targets.get(node), self.scorecard.scores.get(node)
        if value is None:
            return DASH
        now = score.value if score else None
        if now is not None and abs(now - value) <= TOLERANCE:
            return self.now(node)
        scale = self.scale(node)
        plain = format_figure(self.rubric, node, value, scale)
        if plain == begins(self.rubric, node, value, scale):
            return plain
        return format_figure(
            self.rubric, node, value, scale, now, *(stone.values.get(node) for stone in self.plan.milestones)
        )

    def points_of(self, question: str, value: float | None, *others: float | None) -> str:
        """A value on 0..100, printed on the scale of a question."""
        return format_figure(self.rubric, question, value, self.scale_of(question), *others)

    def shown(self, node: str) -> str:
        """Bar and score of a node."""
        return f"{bar(self.score(node).value, self.scale(node))} {self.now(node)}".strip()

    def wanted(self, node: str) -> str:
        """Bar and target of a node."""
        value = self.targets.get(node)
        return DASH if value is None else f"{bar(value, self.scale(node))} {self.target(node)}"

    def gap(self, node: str) -> str:
        """How far a node is short of its target, as it is printed; a dash where one of both is missing."""
        found = self.score(node).value is not None and node in self.targets
        return self.short_of_target(node, self.now(node)) if found else DASH

    def short_of_target(self, node: str, here: str) -> str:
        """How far a printed figure is from the printed target of a node, with the decimals of both; 0 beyond it."""
        there = self.target(node)
        open_end = (
            there.startswith(BELOW) and not here.startswith(BELOW) and number_printed(here) >= number_printed(there)
        )
        return f"{MORE_THAN if open_end else ''}{self._distance(node, here):f}"

    def is_behind(self, node: str) -> bool:
        """Whether a node is short of its target in print."""
        return is_gap(self.gap(node))

    def widest(self, nodes: Iterable[str]) -> tuple[str, ...]:
        """Nodes by their gap, widest first, ties and nodes without one in the order they came."""
        return tuple(sorted(nodes, key=lambda n: -self._share_missing(n)))

    def _share_missing(self, node: str) -> float:
        low, high = self.scale(node)
        if self.gap(node) == DASH:
            return -1.0
        return float(self._distance(node, self.now(node))) / (abs(high - low) or 1)

    def _distance(self, node: str, here: str) -> Decimal:
        most, least = number_printed(self.target(node)), number_printed(here)
        missing = least - most if is_low(self.rubric, node) else most - least
        return missing if missing > 0 else abs(least * 0)

    def level(self, node: str, key: str | None) -> Level | None:
        """The level a key names, among those of a node."""
        return next((level for level in self.rubric.levels_of(node) if level.key == key), None)

    def level_title(self, node: str, key: str | None, without: str = NOT_SCORED) -> str:
        """The title of a level, or another word where there is none."""
        found = self.level(node, key)
        return found.title if found else key or without

    def level_now(self, node: str, without: str = NOT_SCORED) -> str:
        """The level of a node, with its probability where draws were made, or the two likeliest; else another word."""
        key = self.score(node).level
        said = odds_of_levels(self.rubric, self.drawn, node, key) if self.drawn else ""
        return said or self.level_title(node, key, without)

    def drawn_ends(self, node: str) -> str:
        """The ends between which nine of ten draws of a node lie; empty where none were made."""
        ends = drawn_interval(self.rubric, self.drawn, node, self.scale(node)) if self.drawn else None
        return " to ".join(ends) if ends else ""

    def initiative(self, name: str) -> Initiative | None:
        """An initiative; None where there is none of the name."""
        return self.rubric.initiative_by_id.get(name)

    def initiative_name(self, name: str) -> str:
        """Code and title of an initiative, as in print."""
        known = self.initiative(name)
        return f"{known.code} {known.title}" if known and known.code else known.title if known else name

    @cached_property
    def placements(self) -> Mapping[str, Placement]:
        """What the plan holds, by initiative."""
        return {p.initiative: p for p in self.plan.placements}

    def initiative_link(self, name: str) -> Markdown | str:
        """A link to the card of an initiative; its name alone when it has no card."""
        known = self.initiative(name)
        shown = self.initiative_name(name)
        return link(shown, known.id) if known and known.id in self.placements else shown

    def initiative_links(self, names: Iterable[str]) -> Markdown:
        """Links to the cards of initiatives, or a dash."""
        return join([self.initiative_link(name) for name in names]) or Markdown(DASH)

    @cached_property
    def finding_anchors(self) -> Mapping[str, str]:
        """The anchor of each finding, by its id."""
        named = {f.id: "finding-" + re.sub("[^A-Za-z0-9_]+", "-", f.id).strip("-") for f in self.diagnosis.findings}
        taken: dict[str, str] = {}
        for identity, name in named.items():
            taken[identity] = f"{name}-{len(taken)}" if name in taken.values() else name
        return taken

    def finding_link(self, finding: Finding) -> Markdown:
        """A link to a finding."""
        return link(finding.title, self.finding_anchors[finding.id])

    def period_end(self, period: int) -> datetime.date:
        """The last day of a period; periods count from 1."""
        return self.plan.starts + datetime.timedelta(weeks=self.plan.weeks * period, days=-1)

    def discreet(self, text: str) -> str:
        """A text of the engine with respondents named by their role."""
        return self._respondents.sub(lambda found: self.respondent_roles[found.group()], text)

    @cached_property
    def _respondents(self) -> re.Pattern[str]:
        names = sorted(self.respondent_roles, key=len, reverse=True)
        return re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, names))})(?![\w-])" if names else r"(?!)")


def is_gap(shown: str) -> bool:
    """Whether a printed distance is one."""
    return shown.startswith(MORE_THAN) or (shown != DASH and bool(Decimal(shown)))


def join_facts(parts: Iterable[str]) -> Markdown:
    """Short facts on one line, empty ones left out."""
    return join([part for part in parts if part], " · ")


def join_links(links: Sequence[Markdown]) -> Markdown:
    """Links as they stand in a sentence: `a, b and c`."""
    first, last = links[:-1], links[-1:]
    return join([join(first), *last], " and ") if first else join(last)


def fact(name: str, value: str) -> Markdown:
    """A named fact, or nothing when it has no value."""
    return concat((f"{name} ", value)) if value else Markdown("")


def as_sentence(text: str) -> str:
    """The text as a sentence: with a capital, and a full stop unless it ends one already."""
    text = text.strip()
    return ended(text[:1].upper() + text[1:])
