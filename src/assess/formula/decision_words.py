"""Decisions in words: what was decided, by whom, and whether it still holds."""

import datetime
from collections.abc import Mapping
from typing import Literal

from assess.formula.organization import EvaluatedOrganization
from assess.model.decisions import FindingDecision, InitiativeDecision, OwnWords
from assess.model.findings import Diagnosis
from assess.model.initiatives import Span
from assess.model.rubric import Rubric
from assess.numbers import counted, short
from assess.words import ended, listed

DecisionState = Literal["in force", "expired", "idle"]
MOVED = "the figures have moved since this was written"


def decided_by(who: str, dated: datetime.date | None) -> str:
    """Who decided, and when if that is said."""
    return f"{who}, {dated.isoformat()}" if dated else who


def steering_in_words(rubric: Rubric, entry: InitiativeDecision) -> str:
    """What was decided about an initiative, as a sentence."""
    owner, known = rubric.whole.role_by_id.get(entry.owner or ""), rubric.whole.initiative_by_id
    others = listed(known[name].code or known[name].title for name in entry.after)
    return _sentence(
        {
            "is to be in the plan in any case": entry.pin,
            "is to be left out, with what needs it": entry.exclude,
            f"is to be done by {owner.title if owner else ''}": owner,
            f"takes {_days(entry.effort)} person-days of the owner": entry.effort,
            f"takes {counted(entry.weeks or 0, 'week', 'weeks')}": entry.weeks,
            f"starts on {entry.not_before} or later": entry.not_before,
            f"starts by {entry.not_after}": entry.not_after,
            f"starts after {others}": others,
        }
    )


def _days(span: Span | None) -> str:
    if span is None:
        return ""
    return short(span.low) if span.low == span.high else f"{short(span.low)} to {short(span.high)}"


def _sentence(parts: Mapping[str, object]) -> str:
    """The parts that something stands behind, as one sentence."""
    said = listed(text for text, stands in parts.items() if stands)
    return ended(said[:1].upper() + said[1:])


def finding_in_words(entry: FindingDecision) -> str:
    """What was decided about a finding, as a sentence; other words for it stand where it is told."""
    return _sentence(
        {
            f"accepted until {entry.accept_until}": entry.accept_until,
            "left out of this document": entry.hide,
            "told in other words": entry.rewords,
        }
    )


def finding_state(entry: FindingDecision, diagnosis: Diagnosis, assessed_on: datetime.date) -> DecisionState:
    """Whether a decision about a finding does something today."""
    if entry.accept_until and not entry.accepts(assessed_on) and not entry.rewords:
        return "expired"
    return "in force" if entry.finding in diagnosis.standing else "idle"


def words_in_force(organization: EvaluatedOrganization, node: str) -> OwnWords | None:
    """What the author of the papers says about a node."""
    return next((words for words in organization.decisions.words if words.node == node), None)


def words_remark(organization: EvaluatedOrganization, words: OwnWords) -> str:
    """What to say beside own words whose figures moved since; empty where they did not."""
    since = f" on {words.dated.isoformat()}" if words.dated else ""
    return f"{MOVED}{since}" if organization.has_moved(words) else ""
