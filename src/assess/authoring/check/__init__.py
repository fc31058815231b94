"""The semantic check of a rubric: one small function per rule, every finding with the smallest answers that show it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from assess.authoring.check.accepted import apply_acceptances
from assess.authoring.check.anchors import ANCHOR_RULES
from assess.authoring.check.asked import PEOPLE_RULES
from assess.authoring.check.conditions import CONDITION_RULES
from assess.authoring.check.context import Subject
from assess.authoring.check.direction import DIRECTION_RULES
from assess.authoring.check.figures import FIGURE_RULES
from assess.authoring.check.finding_texts import FINDING_TEXT_RULES
from assess.authoring.check.gates import GATE_RULES
from assess.authoring.check.initiatives import INITIATIVE_RULES
from assess.authoring.check.ledger import LEDGER_RULES
from assess.authoring.check.minutes import MINUTE_RULES
from assess.authoring.check.options import OPTION_RULES
from assess.authoring.check.outcomes import OUTCOME_RULES
from assess.authoring.check.remains import with_remains_gathered, without_acceptances_of_a_base
from assess.authoring.check.scales import SCALE_RULES
from assess.authoring.check.siblings import SIBLING_RULES
from assess.authoring.check.strays import stray_parts
from assess.authoring.check.terms import TERM_RULES
from assess.authoring.check.texts import TEXT_RULES
from assess.authoring.check.translations import TRANSLATION_RULES
from assess.authoring.check.traps import TRAP_RULES
from assess.authoring.check.ways_out import WAY_OUT_RULES
from assess.authoring.check.wording import WORDING_RULES
from assess.authoring.check.workload import WORKLOAD_RULES
from assess.authoring.test.expectations import misanswers
from assess.documents import SourceMap
from assess.load import load
from assess.model.rubric import Rubric
from assess.problems import Problem, errors, in_order
from assess.validate import remarks, validate

Rule = Callable[[Subject], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    GATE_RULES
    + CONDITION_RULES
    + DIRECTION_RULES
    + OUTCOME_RULES
    + SCALE_RULES
    + OPTION_RULES
    + TEXT_RULES
    + FINDING_TEXT_RULES
    + PEOPLE_RULES
    + LEDGER_RULES
    + INITIATIVE_RULES
    + TRAP_RULES
    + TRANSLATION_RULES
    + WAY_OUT_RULES
    + WORKLOAD_RULES
    + WORDING_RULES
    + ANCHOR_RULES
    + SIBLING_RULES
    + FIGURE_RULES
    + MINUTE_RULES
    + TERM_RULES
)


def audit(rubric: Rubric, sources: SourceMap, *, seed: int = 0) -> tuple[Problem, ...]:
    """What makes no sense in a valid rubric, in order of place.

    seed: of the samples that are drawn where there are too many answers to look at all of them.
    """
    subject = Subject(rubric, sources, seed)
    return in_order(problem for rule in RULES for problem in rule(subject))


def review(path: Path, *, seed: int = 0) -> tuple[Problem, ...]:
    """Everything to say about the rubric at a path, in order of place; its sense is looked at once it has no errors.

    What the rubric accepts is marked with the reason.
    Raises DocumentError when its files cannot be read.
    """
    rubric, sources = load(path)
    problems = validate(rubric, sources)
    if errors(problems):
        return problems
    told = misanswers(rubric, sources)
    found = in_order(
        (*stray_parts(path), *problems, *told, *remarks(rubric, sources), *audit(rubric, sources, seed=seed))
    )
    found = in_order(apply_acceptances(rubric, sources, with_remains_gathered(path, found)))
    return without_acceptances_of_a_base(path, found)


__all__ = ["RULES", "audit", "review"]
