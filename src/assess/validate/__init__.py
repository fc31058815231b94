"""Rules across a whole rubric: one small function each, every finding at its place."""

from collections.abc import Callable, Iterator

from assess.documents import SourceMap
from assess.model.rubric import Rubric
from assess.problems import Problem, errors, in_order
from assess.validate.anonymity import ANONYMITY_RULES
from assess.validate.directions import SENSE_RULES
from assess.validate.finding_texts import FINDING_TEXT_RULES
from assess.validate.initiatives import INITIATIVE_RULES, unread_rules
from assess.validate.ledger import LEDGER_RULES
from assess.validate.migrations import MIGRATION_RULES
from assess.validate.questions import QUESTION_RULES
from assess.validate.references import REFERENCE_RULES
from assess.validate.scope import SCOPE_RULES
from assess.validate.terms import TERM_RULES
from assess.validate.translations import TRANSLATION_RULES
from assess.validate.tree import COMPILED_RULES, TREE_RULES
from assess.validate.wording import WORDING_RULES

Rule = Callable[[Rubric, SourceMap], Iterator[Problem]]

# Those that follow names read them as their author spelled them.
NAME_RULES: tuple[Rule, ...] = (
    *(
        *REFERENCE_RULES,
        *INITIATIVE_RULES,
        *LEDGER_RULES,
        *MIGRATION_RULES,
        *SCOPE_RULES,
        *WORDING_RULES,
        *FINDING_TEXT_RULES,
    ),
)
SHAPE_RULES: tuple[Rule, ...] = (*QUESTION_RULES, *TREE_RULES, *TRANSLATION_RULES, *TERM_RULES)


def validate(rubric: Rubric, sources: SourceMap) -> tuple[Problem, ...]:
    """Every mistake and warning of a rubric in order of place; what is computed waits until its names are sound."""
    found = [*sources.warnings, *(problem for rule in NAME_RULES for problem in rule(rubric.as_written, sources))]
    found += [problem for rule in SHAPE_RULES for problem in rule(rubric, sources)]
    if not errors(found):
        found += [problem for rule in COMPILED_RULES for problem in rule(rubric, sources)]
    return in_order(found)


def remarks(rubric: Rubric, sources: SourceMap) -> tuple[Problem, ...]:
    """The remarks on a valid rubric that are for its author and no client: most of them need no change."""
    return in_order(
        problem for rule in (*SENSE_RULES, *ANONYMITY_RULES, unread_rules) for problem in rule(rubric, sources)
    )


__all__ = ["remarks", "validate"]
