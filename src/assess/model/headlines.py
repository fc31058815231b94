"""The key message of a document."""

from typing import Annotated

from assess.model.change_classes import alters_rule, alters_words
from assess.model.fields import Condition, Id, InitiativeRef, Many, Record
from assess.model.finding_texts import NO_TEXT, Telling


class Headline(Record):
    """The key message while its condition surely holds; without a condition, always."""

    id: Id | None = None
    """What overlays and `assess explain` call it; without one it is `headline_1`, counted from the top."""
    when: Annotated[Condition | None, alters_rule("when it is the message")] = None
    """A condition; the last headline may do without."""
    says: Annotated[Telling, alters_words("the message")]
    """The sentence, or `{known: ..., unknown: ...}`. `{question}` and `{question by role}` quote answers."""
    cause: Annotated[Telling, alters_words("why the message is so")] = NO_TEXT
    """Why it is so, in one sentence."""
    initiatives: Annotated[Many[InitiativeRef], alters_words("what answers the message")] = ()
    """What can be done about it."""
