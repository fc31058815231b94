"""How long a role sits over its questions: reading, and a while for each answer (docs/method.md, section 13)."""

from collections.abc import Iterator
from typing import NamedTuple

from assess.model.questions import ANY_TIER, Question, Role
from assess.model.rubric import Rubric
from assess.scope import scoped

WORDS_A_MINUTE = 200
SECONDS_A_MINUTE = 60


class Sitting(NamedTuple):
    """What a role is asked and how long that takes; minutes are None for logs and registers, which nobody sits over.

    questions: those that are scored. registered: questions that a register answers instead of the role.
    """

    role: str
    tier: str
    questions: int
    facts: int
    registered: int
    words: int
    minutes: float | None
    budget: float | None

    @property
    def over(self) -> bool:
        """Whether it takes longer than the rubric allows itself."""
        return self.budget is not None and self.minutes is not None and self.minutes > self.budget


def sittings(rubric: Rubric) -> Iterator[Sitting]:
    """Every role that is asked something, in each tier."""
    parts = {tier: scoped(rubric, tier) for tier in rubric.whole.tiers or ("",)}
    for role in rubric.roles:
        found = (sitting(part, role, tier) for tier, part in parts.items())
        yield from (one for one in found if one.questions or one.facts or one.registered)


def sitting(rubric: Rubric, role: Role, tier: str) -> Sitting:
    """What a role is asked in a rubric, or in a part of one, and how long that takes."""
    asked = [question for question in rubric.questions() if role.id in rubric.asked(question)]
    own = [question for question in asked if not is_spared(rubric, question, role)]
    words = sum(words_read(rubric, question, role.id) for question in own)
    seconds = sum(question.traits.seconds for question in own)
    return Sitting(
        role=role.id,
        tier=tier,
        questions=sum(rubric.scored(question) for question in own),
        facts=sum(not rubric.scored(question) for question in own),
        registered=len(asked) - len(own),
        words=words,
        minutes=words / WORDS_A_MINUTE + seconds / SECONDS_A_MINUTE if role.people else None,
        budget=role.minutes.get(tier, role.minutes.get(ANY_TIER)),
    )


def is_spared(rubric: Rubric, question: Question, role: Role) -> bool:
    """Whether a register answers a question in the place of people: facts, and never for anonymous ones.

    What people see themselves no register tells (docs/decisions/0050-whom-a-register-spares.md).
    """
    looked_up = bool(question.looked_up_in) and not question.weight
    return looked_up and role.people and role.id not in rubric.policies.anonymous


def words_read(rubric: Rubric, question: Question, role: str) -> int:
    """The words a role reads of a question: text, help, and labels where they are more than yes and no."""
    wording = rubric.wording(question, role)
    own = tuple(wording.labels().items()) == question.traits.options
    labels = () if own else wording.labels().values()
    return sum(len(text.split()) for text in (wording.text, wording.help, *labels))
