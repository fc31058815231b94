"""Findings a rubric accepts with a reason, and acceptances that are no longer needed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assess.documents import SourceMap
from assess.model.rubric import ROOT, Rubric
from assess.problems import CATALOGUE, Problem, nearest


def apply_acceptances(rubric: Rubric, sources: SourceMap, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The same findings, those that are accepted with the reason; and one for each acceptance without a finding.

    A mistake cannot be accepted.
    """
    found = [*problems]
    reasons: dict[int, str] = {}
    for place, entry in enumerate(rubric.accepted):
        at = rubric.names.get(entry.at, entry.at)
        meant = [n for n, problem in enumerate(found) if problem.code == entry.finding and _home(rubric, problem) == at]
        open_ones = [n for n in meant if found[n].severity != "error"]
        reasons |= dict.fromkeys(open_ones, entry.why)
        if not open_ones:
            message, hint = f"nothing is found as '{entry.finding}' at '{entry.at}' any longer", "take this entry out"
            if meant:
                message, hint = f"'{entry.finding}' at '{entry.at}' is an error, which cannot be accepted", "correct it"
            elif entry.finding not in CATALOGUE:
                message, hint = (
                    f"no finding is called '{entry.finding}'{nearest(entry.finding, CATALOGUE)}",
                    "correct the code",
                )
            elif _unknown(rubric, sources, at):
                message, hint = f"there is no '{entry.at}'{nearest(entry.at, sources.anchors)}", "name an id or code"
            yield sources.problem("accepted", message, "", "accepted", place, hint=hint, severity="warning")
    yield from (replace(problem, accepted=reasons.get(n, "")) for n, problem in enumerate(found))


def _home(rubric: Rubric, problem: Problem) -> str:
    """The element a finding is about; what has no id belongs to the rubric itself."""
    return ROOT if not problem.about or ":" in problem.about else rubric.names.get(problem.about, problem.about)


def _unknown(rubric: Rubric, sources: SourceMap, at: str) -> bool:
    return at != ROOT and at not in sources.anchors and at not in rubric.names
