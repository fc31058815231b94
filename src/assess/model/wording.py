"""What one role reads of a question: text, help and labels, and what its answer may and must bring."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from assess.model.questions import NO_HELP, AnswerRules, Asking, Option, Question, State

EVIDENCE = "optional"
FROM = "required_from "
ALLOWED: tuple[State, ...] = ("unknown", "declined")


class Wording(NamedTuple):
    """A question as one role is asked it: every key and number is that of the question, the words are the role's.

    evidence: `off`, `optional`, `required` or `required_from KEY`. allow: the states it takes besides an answer.
    """

    text: str
    help: str
    options: tuple[Option, ...]
    evidence: str
    allow: tuple[State, ...]

    def labels(self) -> dict[str, str]:
        """What the role reads of each option, by its key."""
        return {option.key or "": option.label for option in self.options}


def worded(
    question: Question, options: tuple[Option, ...], asking: Asking, defaults: Sequence[AnswerRules] = ()
) -> Wording:
    """A question with its options as somebody is asked it; defaults: what holds where it says nothing, nearest first.

    A default that demands evidence from an option on holds only where there is such an option.
    """
    keys = {option.key for option in options}
    further = (rules.evidence for rules in defaults)
    rules = [asking.evidence, question.evidence, *(rule for rule in further if _holds(rule, keys))]
    evidence = next((rule for rule in rules if rule is not None), EVIDENCE)
    states = (asking.allow, question.allow, *(rules.allow for rules in defaults))
    allow = next((own for own in states if own is not None), ALLOWED)
    return Wording(
        text=asking.text if asking.text.strip() else question.text,
        help="" if asking.help.strip() == NO_HELP else asking.help or question.help,
        options=tuple(_relabelled(option, asking) for option in options) if asking.options else options,
        evidence=evidence,
        allow=allow,
    )


def own_texts(asking: Asking) -> tuple[str, ...]:
    """What stands in a question for one role alone, to be read."""
    return (asking.text, "" if asking.help.strip() == NO_HELP else asking.help, *asking.options.values())


def _holds(rule: str | None, keys: AbstractSet[str | None]) -> bool:
    start = (rule or "").removeprefix(FROM)
    return start == (rule or "") or start in keys


def _relabelled(option: Option, asking: Asking) -> Option:
    label = asking.options.get(option.key or "")
    return option.model_copy(update={"label": label}) if label else option
