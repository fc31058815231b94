"""One organization as scoring found it, handed on to everything that comes after."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from assess.formula.certainty import Certainty, backed, certainties
from assess.formula.compile import Compiled, default_target
from assess.formula.decisions import accepted_tree, node_figures
from assess.formula.evaluate import Evaluation
from assess.formula.normalise import ends_of
from assess.formula.readings import Readings
from assess.model.answers import AnswerSheet
from assess.model.decisions import Decisions, OwnWords
from assess.model.nodes import Clash
from assess.model.questions import Level
from assess.model.rubric import Rubric
from assess.model.scorecard import Scorecard
from assess.model.uncertainty import Uncertainty
from assess.numbers import TOLERANCE, ScaleEnds
from assess.words import quoted

DEFAULT = "default"


@dataclass(frozen=True)
class EvaluatedOrganization:
    """What an organization answered to a rubric, the trees made of it, and its scores.

    tree: as it counts; claimed: without the ceilings of evidence; drawn: how sure the scores are, where draws were made
    of the numbers as they stand. Who writes about an organization adds the own words in a class below this one.
    """

    rubric: Rubric
    sheet: AnswerSheet
    tree: Evaluation
    claimed: Evaluation
    scorecard: Scorecard
    drawn: Uncertainty | None = field(default=None, kw_only=True)

    def parts(self) -> dict[str, Any]:
        """What it is made of, by name, for a class that adds to it."""
        return {part.name: getattr(self, part.name) for part in fields(EvaluatedOrganization)}

    @property
    def compiled(self) -> Compiled:
        """The formulas of the rubric."""
        return self.tree.compiled

    @property
    def readings(self) -> Readings:
        """The answers as numbers."""
        return self.tree.readings

    @cached_property
    def target_levels(self) -> Mapping[str, Level]:
        """The level every node with levels should reach: its own target, else the nearest above, else the default."""
        named = self.sheet.engagement.targets
        found = {}
        for node in self.rubric.node_by_id:
            levels = {level.key: level for level in self.rubric.levels_of(node)}
            wanted = [named.get(name) for name in (*(above.id for above in self.rubric.upwards(node)), DEFAULT)]
            if levels:
                key = next((key for key in wanted if key in levels), default_target(self.rubric, node))
                found[node] = levels[key]
        return found

    @cached_property
    def certainties(self) -> Mapping[str, Certainty]:
        """Who stands behind every node."""
        return certainties(self.tree, self.sheet)

    @cached_property
    def backed(self) -> frozenset[str]:
        """The questions with evidence that counts."""
        return backed(self.tree, self.sheet)

    @property
    def decisions(self) -> Decisions:
        """What was decided."""
        return self.sheet.engagement.decisions

    @cached_property
    def accepting(self) -> Evaluation:
        """The tree in which what is accepted for a time counts as met; the evidenced tree where nothing is."""
        return accepted_tree(self.tree, self.decisions, self.sheet.engagement.assessed_on, self.target_levels)

    @cached_property
    def with_acceptances(self) -> Mapping[str, float]:
        """The nodes that have another value where what is accepted counts as met, with that value on 0..100."""
        if self.accepting is self.tree:
            return {}
        found = ((name, score.value, self.accepting.node(name).value) for name, score in self.scorecard.scores.items())
        known = ((name, was, now) for name, was, now in found if was is not None and now is not None)
        return {name: now for name, was, now in known if abs(now - was) > TOLERANCE}

    def has_moved(self, words: OwnWords) -> bool:
        """Whether figures of a node are others than when words about it were written."""
        return bool(words.figures) and words.figures != node_figures(self.rubric, self.scorecard, words.node)

    def scale(self, name: str) -> ScaleEnds:
        """The native scale of a node or question."""
        if name in self.scorecard.scores:
            return self.scorecard.scores[name].scale
        return ends_of(self.rubric, name)

    def title(self, node: str) -> str:
        """The title of a node; the root has that of the rubric."""
        return self.rubric.node_by_id[node].title

    def quoted_title(self, node: str) -> str:
        """The title of a node in quotation marks, as it stands in a sentence."""
        return quoted(self.title(node))

    def role(self, role: str) -> str:
        """The title of a role."""
        known = self.rubric.role_by_id.get(role)
        return known.title if known else role

    def halves(self, clash: Clash) -> tuple[bool | None, bool | None]:
        """Whether the claim and the practice half of a clash hold, on what the roles claim."""
        return self.claimed.truth(clash.claim), self.claimed.truth(clash.practice)
