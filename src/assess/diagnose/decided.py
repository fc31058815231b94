"""Findings as it was decided about them: accepted for a time, left out of the papers, or told in other words."""

import datetime
from collections.abc import Mapping, Sequence

from assess.formula.decisions import finding_figures
from assess.model.decisions import REWORDED, Decisions, FindingDecision
from assess.model.findings import Diagnosis, Finding


def as_decided(found: Diagnosis, decisions: Decisions, assessed_on: datetime.date) -> Diagnosis:
    """The diagnosis with every finding where it was decided to stand."""
    standing = {finding.id: finding_figures(finding) for finding in found.findings}
    accepted = {entry.finding for entry in decisions.accepted(assessed_on)}
    hidden = {entry.finding for entry in decisions.findings if entry.hide}
    told = tuple(_reworded(finding, decisions.findings, standing) for finding in found.findings)
    return found._replace(
        findings=tuple(finding for finding in told if finding.id not in accepted | hidden),
        accepted=tuple(finding for finding in told if finding.id in accepted),
        hidden=tuple(finding for finding in told if finding.id in hidden - accepted),
        standing=standing,
    )


def _reworded(finding: Finding, entries: Sequence[FindingDecision], standing: Mapping[str, str]) -> Finding:
    """A finding in the words that were decided, with whose they are."""
    for entry in entries:
        if entry.finding == finding.id and entry.rewords:
            words = {field: text for key, field in REWORDED.items() if (text := getattr(entry, key).strip())}
            finding = finding._replace(**words, remark=_remark(entry, standing[finding.id]))
    return finding


def _remark(entry: FindingDecision, today: str) -> str:
    whose = f"In the words of {entry.who}"
    if not entry.figures or entry.figures == today:
        return whose
    since = f" on {entry.dated}" if entry.dated else ""
    return f"{whose}; the figures have moved since they were written{since}"
