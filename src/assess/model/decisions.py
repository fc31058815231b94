"""What the people responsible decided about plan, findings and words, each with who and why; it outlives a run."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from assess.model.fields import (
    Count,
    Date,
    Flag,
    InitiativeRef,
    Many,
    Notes,
    Record,
    Ref,
    Refers,
    RoleRef,
    ScoredRef,
    Text,
    Words,
)
from assess.model.initiatives import SomeDays, Span

FindingRef = Annotated[
    str,
    Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,99}$"),
    Refers(("node", "gate", "clash")),
]
FiguresHash = Annotated[
    Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")] | None,
    Field(description="What the figures were when this was written; `assess decide` writes it."),
]


class InitiativeDecision(Record, title="decision on an initiative"):
    """What was decided about one initiative; it steers the plan and changes no score."""

    initiative: InitiativeRef
    """The initiative it is about, by id or code."""
    pin: Flag = False
    """`true`: it is in the plan, whatever the limits of number and gain say."""
    exclude: Flag = False
    """`true`: it is not in the plan, and nothing that needs it."""
    owner: RoleRef | None = None
    """The role that does it here."""
    effort: SomeDays | None = None
    """Person-days of the owner here, `[low, high]`; the size of the organization is in them."""
    weeks: Annotated[Count, Field(ge=1, le=520)] | None = None
    """Weeks until it works here."""
    not_before: Date | None = None
    """The first day on which it may start."""
    not_after: Date | None = None
    """The last day on which it may start."""
    after: Many[InitiativeRef] = ()
    """Initiatives that have ended before it starts, as far as they are in the plan."""
    who: Words
    """Who decided it."""
    why: Words
    """The reason."""
    dated: Date | None = None
    """The day it was decided."""

    def says(self) -> Mapping[str, object]:
        """What it decides, by key; empty where it decides nothing."""
        found = {key: getattr(self, key) for key in STEERING}
        return {key: value for key, value in found.items() if value not in (None, False, ())}


STEERING = ("pin", "exclude", "owner", "effort", "weeks", "not_before", "not_after", "after")
ACCEPTING = ("accept_until", "hide")
REWORDED: Mapping[str, str] = {"title": "title", "text": "says", "so": "so"}
"""The keys by which a finding is put in other words, each with the field of the finding."""


class FindingDecision(Record, title="decision on a finding"):
    """What was decided about one finding: it is accepted for a time, left out of the papers, or told in other words."""

    finding: FindingRef
    """The id of the finding, such as `clash_no_hours`; a criterion means its gap, a gate or clash what it finds."""
    accept_until: Date | None = None
    """The last day of assessment on which it is accepted; later it is a finding again."""
    hide: Flag = False
    """`true`: the papers for the client leave it out, and say that they do."""
    title: Text = ""
    """Another title."""
    text: Text = ""
    """What it says, in other words."""
    so: Text = ""
    """What follows, in other words."""
    figures: FiguresHash = None
    who: Words
    """Who decided it."""
    why: Words
    """The reason."""
    dated: Date | None = None
    """The day it was decided."""

    def says(self) -> Mapping[str, object]:
        """What it decides, by key; empty where it decides nothing."""
        found = {key: getattr(self, key) for key in (*ACCEPTING, *REWORDED)}
        return {key: value for key, value in found.items() if value not in (None, False, "")}

    def accepts(self, assessed_on: datetime.date) -> bool:
        """Whether the finding is accepted in an assessment of this day."""
        return self.accept_until is not None and assessed_on <= self.accept_until

    @property
    def rewords(self) -> bool:
        """Whether it puts other words in the place of some."""
        return any(getattr(self, key).strip() for key in REWORDED)


class OwnWords(Record, title="own words"):
    """What the author of the papers says about one node, beside what the rubric says."""

    node: ScoredRef
    """The node, or `overall`."""
    text: Words
    """The words; lines stay lines."""
    figures: FiguresHash = None
    who: Words
    """Whose words they are."""
    dated: Date | None = None
    """The day they were written."""


class Decisions(Record, title="decisions"):
    """All that was decided in one engagement."""

    initiatives: Many[InitiativeDecision] = ()
    """What is planned, left out, moved, re-estimated or given to others."""
    findings: Many[FindingDecision] = ()
    """What is accepted for a time, left out of the papers or told in other words."""
    words: Many[OwnWords] = ()
    """What the author of the papers says about single nodes."""
    notes: Notes = ""

    @property
    def steering(self) -> "PlanSteering":
        """What the plan has to follow."""
        return steering_of(self)

    @property
    def without_pins(self) -> "Decisions":
        """The same decisions, with nothing that is to be in the plan in any case or by some day."""
        freed = {"pin": False, "not_after": None}
        entries = [each.model_copy(update=freed) if each.pin else each for each in self.initiatives]
        return self.model_copy(update={"initiatives": tuple(entries)})

    def accepted(self, assessed_on: datetime.date) -> Iterator[FindingDecision]:
        """The acceptances in force on the day of an assessment."""
        return (each for each in self.findings if each.accepts(assessed_on))


class DecisionsFile(Decisions, title="decisions/1"):
    """What was decided in an engagement, kept beside it."""

    assess: Literal["decisions/1"]
    """Says what kind of document this is."""
    rubric: Ref | None = None
    """The id of the rubric."""


NO_DECISIONS = Decisions()
ABOUT: Mapping[str, str] = {"initiatives": "initiative", "findings": "finding", "words": "node"}
"""The lists of decisions, each with the key that says what an entry is about."""


class PlanSteering(NamedTuple):
    """What was decided about initiatives, by id, for a planner.

    efforts: person-days of the owner, the size of the organization in them. weeks: until it works. earliest, latest:
    the first and the last day of a start. after: what has ended before it starts, as far as it is planned.
    """

    pinned: frozenset[str]
    excluded: frozenset[str]
    owners: Mapping[str, str]
    efforts: Mapping[str, Span]
    weeks: Mapping[str, int]
    earliest: Mapping[str, datetime.date]
    latest: Mapping[str, datetime.date]
    after: Mapping[str, tuple[str, ...]]


def steering_of(decisions: Decisions) -> PlanSteering:
    """What the entries about initiatives say together; of two that say the same key the later one counts."""
    entries = decisions.initiatives
    return PlanSteering(
        pinned=frozenset(entry.initiative for entry in entries if entry.pin),
        excluded=frozenset(entry.initiative for entry in entries if entry.exclude),
        owners={entry.initiative: entry.owner for entry in entries if entry.owner},
        efforts={entry.initiative: entry.effort for entry in entries if entry.effort},
        weeks={entry.initiative: entry.weeks for entry in entries if entry.weeks},
        earliest={entry.initiative: entry.not_before for entry in entries if entry.not_before},
        latest={entry.initiative: entry.not_after for entry in entries if entry.not_after},
        after={entry.initiative: entry.after for entry in entries if entry.after},
    )
