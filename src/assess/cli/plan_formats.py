"""A plan for the terminal, for trackers, for calendars, and as JSON."""

import csv
import datetime
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assess.cli.output import align_columns
from assess.numbers import short

if TYPE_CHECKING:
    from assess.model.initiatives import Initiative
    from assess.model.roadmap import LevelStep, Milestone, Placement
    from assess.workflow import Assessment

HEADING = ("", "owner", "from", "to", "weeks", "days", "period", "why")
COLUMNS = (
    "Summary", "Id", "Owner", "Start date", "Due date", "Person-days", "Period", "Blocked by", "Labels", "Description",
)  # fmt: skip
MOST_OCTETS = 73
"""A line of a calendar has at most 75 octets, its own line end aside (RFC 5545, under content lines)."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
REASONS = {
    -1: "answers the key message",
    0: "others rest on it",
    1: "lifts what holds a score down, or settles a contradiction",
    2: "lifts a key criterion",
    3: "",
}


def plan_table(found: "Assessment") -> str:
    """The plan as a table, the range it leads to, and what stays open."""
    plan = found.plan
    rows = [HEADING, *(_row(found, placement) for placement in plan.placements)]
    lines = [align_columns(rows, right=frozenset({4, 5, 6}))] if plan.placements else ["Nothing is planned."]
    lines += [_leads_to(found)] if plan.placements else []
    known = found.rubric.initiative_by_id
    left = [known[out.initiative].code or out.initiative for out in plan.left_out if out.wanted]
    if left:
        lines.append(f"Left out though a finding asks for it: {', '.join(left)}. Why: assess explain PATH ID.")
    return "\n\n".join([*lines, *([plan.note] if plan.note else [])])


def _row(found: "Assessment", placed: "Placement") -> tuple[str, ...]:
    return (
        _name(found, placed.initiative),
        found.role(placed.owner),
        placed.starts.isoformat(),
        placed.last_day.isoformat(),
        str(placed.end_week - placed.start_week),
        short(placed.effort),
        str(placed.period),
        _reason(found, placed),
    )


def _reason(found: "Assessment", placed: "Placement") -> str:
    """What an initiative stands in the order for, or that it was decided on."""
    if not REASONS[placed.tier] and placed.initiative in found.decisions.steering.pinned:
        return "was decided on"
    return REASONS[placed.tier]


def _leads_to(found: "Assessment") -> str:
    """Where the plan leads, by when."""
    from assess.formula import format_figure
    from assess.model.rubric import ROOT

    plan, scale = found.plan, found.scale(ROOT)
    end, low = plan.projection.high, plan.projection.low
    days = short(sum(placed.effort for placed in plan.placements), 0)
    if end is None or low is None:
        return f"{days} person-days of the owners. There are too few answers for an overall score."
    now = found.scorecard.scores[ROOT].value
    here, least, most = (format_figure(found.rubric, ROOT, value, scale, now) for value in (now, low, end))
    day = plan.milestones[-1].ends - datetime.timedelta(days=1)
    ends = least if least == most else f"{least} to {most}"
    return f"Overall {here} today, {ends} on {day.isoformat()}; {days} person-days of the owners."


def _name(found: "Assessment", name: str) -> str:
    known = found.rubric.initiative_by_id[name]
    return f"{known.code or name} {known.title}"


def plan_rows(found: "Assessment") -> str:
    """The plan as CSV with one row an initiative, in the columns that trackers take over; both days are worked."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for placed in found.plan.placements:
        known = found.rubric.initiative_by_id[placed.initiative]
        cells = (
            _name(found, placed.initiative),
            placed.initiative,
            found.role(placed.owner),
            placed.starts.isoformat(),
            placed.last_day.isoformat(),
            short(placed.effort),
            str(placed.period),
            ", ".join(placed.needs),
            f"period-{placed.period}",
            _description(known, placed),
        )
        writer.writerow([_harmless(cell) for cell in cells])
    return written.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell


def _description(known: "Initiative", placed: "Placement") -> str:
    """What whoever does it has to know: why, the steps, and when the work is done."""
    parts = [known.why.strip(), *(f"{n}. {step.strip()}" for n, step in enumerate(known.steps, 1))]
    parts += [f"Done when: {known.done.strip()}"] if known.done.strip() else []
    parts += [f"It has worked when: {known.success.strip()}"] if known.success.strip() else []
    return "\n".join([*filter(None, parts), placed.because])


def plan_calendar(found: "Assessment") -> str:
    """The plan as an iCalendar (RFC 5545): an event of whole days for each initiative, and one for each proof due."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//social-assess//plan//EN", "CALSCALE:GREGORIAN"]
    for placed in found.plan.placements:
        known = found.rubric.initiative_by_id[placed.initiative]
        owner = f"Owner: {found.role(placed.owner)}"
        lines += _event(
            found, placed.initiative, (placed.starts, placed.ends), _name(found, placed.initiative),
            f"{owner}\n{_description(known, placed)}",
        )  # fmt: skip
        if known.proof:
            due = placed.ends + datetime.timedelta(weeks=known.proof.weeks)
            words = f"Proof due: {_name(found, placed.initiative)}"
            days = (due, due + datetime.timedelta(days=1))
            lines += _event(found, f"{placed.initiative}-proof", days, words, f"{owner}\n{known.proof.what}")
    return "\r\n".join([*(part for line in lines for part in _folded(line)), "END:VCALENDAR", ""])


def _event(
    found: "Assessment", name: str, days: tuple[datetime.date, datetime.date], title: str, words: str
) -> list[str]:
    """An event from the first day up to and without the second."""
    engagement = found.sheet.engagement
    place = engagement.organization.id or "plan"
    return [
        "BEGIN:VEVENT",
        f"UID:{name}.{place}.{engagement.assessed_on.isoformat()}@social-assess",
        f"DTSTAMP:{engagement.assessed_on:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{days[0]:%Y%m%d}",
        f"DTEND;VALUE=DATE:{days[1]:%Y%m%d}",
        f"SUMMARY:{_text(title)}",
        f"DESCRIPTION:{_text(words)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(words: str) -> str:
    """A text as iCalendar writes it (RFC 5545, under TEXT)."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of so many octets, those after the first behind a blank; no letter is cut."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > MOST_OCTETS:
            yield piece
            piece = " "
        piece += letter
    yield piece


def plan_json(found: "Assessment") -> dict[str, Any]:
    """The plan as `plan/1`: ISO dates, of which both are worked, periods from 1, values in points of the root."""
    plan, engagement = found.plan, found.sheet.engagement
    projection = plan.projection
    return {
        "assess": "plan/1",
        "organization": engagement.organization.name,
        "rubric": found.rubric.id,
        "rubric_version": found.rubric.version,
        "starts": plan.starts.isoformat(),
        "periods": plan.periods,
        "weeks": plan.weeks,
        "limits": plan.room._asdict(),
        "placements": [_placement(found, placed) for placed in plan.placements],
        "left_out": [out._asdict() for out in plan.left_out],
        "loads": [load._asdict() for load in plan.loads],
        "milestones": [_milestone(found, stone) for stone in plan.milestones],
        "range": {
            "low": _points(found, projection.low),
            "high": _points(found, projection.high),
            "fit_at_high_ends": projection.fits,
            "proofs_due": projection.proofs,
        },
        "reaches": [{**each._asdict(), "day": each.day.isoformat()} for each in projection.crossings],
        "unanswered": list(plan.unanswered),
        "idle": list(plan.idle),
        "order": {**plan.order._asdict(), "names": list(plan.order.names), "firsts": dict(plan.order.firsts)},
        "note": plan.note,
    }


def _placement(found: "Assessment", placed: "Placement") -> dict[str, Any]:
    known = found.rubric.initiative_by_id[placed.initiative]
    return {
        "initiative": placed.initiative,
        "code": known.code or "",
        "title": known.title,
        "owner": placed.owner,
        "starts": placed.starts.isoformat(),
        "ends": placed.last_day.isoformat(),
        "period": placed.period,
        "end_period": placed.end_period,
        "weeks": placed.end_week - placed.start_week,
        "asked_weeks": placed.asked_weeks,
        "days": placed.effort,
        "days_low": placed.effort_low,
        "days_high": placed.effort_high,
        "running_days_a_period": placed.running_per_period,
        "tier": placed.tier,
        "needs": list(placed.needs),
        "findings": list(placed.findings),
        "because": placed.because,
        "why_not_earlier": placed.why_not_earlier,
        "end_without_it": _points(found, placed.without),
        "falls_with_it": list(placed.falls),
        "ends_gates": {gate: day.isoformat() for gate, day in placed.ends_gates.items()},
        "lifts": {node: [_step(step) for step in steps] for node, steps in placed.steps.items()},
    }


def _step(step: "LevelStep") -> dict[str, Any]:
    adopted, proved = (day.isoformat() if day else None for day in (step.adopted, step.proved))
    return {"level": step.level, "adopted": adopted, "proved": proved, "needs_proof": step.needs_proof}


def _milestone(found: "Assessment", stone: "Milestone") -> dict[str, Any]:
    from assess.formula import native_points

    known = ((name, value) for name, value in stone.values.items() if value is not None)
    values = {name: native_points(found.rubric, name, value) for name, value in known}
    readings = {reading: _points(found, value) for reading, value in stone.readings.items()}
    last = stone.ends - datetime.timedelta(days=1) if stone.period else stone.ends
    return {
        "period": stone.period, "ends": last.isoformat(), "scores": values, "levels": dict(stone.levels),
        "overall": readings,
    }  # fmt: skip


def _points(found: "Assessment", value: float | None) -> float | None:
    """A value of the root in its own points."""
    from assess.model.rubric import ROOT

    low, high = found.scale(ROOT)
    return None if value is None else low + value * (high - low) / 100
