"""All personas of a rubric put to the test at once, and what came of it as JSON and as JUnit XML."""

import html
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assess.authoring.test.coverage import Coverage, coverage, reached_by, share_reached
from assess.authoring.test.outcomes import Outcome, judged, judged_all
from assess.authoring.test.survivors import Survivors, Unnoticed, share_noticed
from assess.documents import SourceMap, printable
from assess.export import Json, problem_json
from assess.model.initiatives import Persona
from assess.model.rubric import Rubric
from assess.numbers import short
from assess.problems import Problem
from assess.workflow import Assessment


class Run(NamedTuple):
    """What came of some personas; `engagements` are those that count for coverage beside them.

    coverage: None when only one persona was run, which says nothing about the rubric. survivors: None when nobody asked
    which changes of the rubric are noticed.
    """

    rubric: Rubric
    outcomes: tuple[Outcome, ...]
    engagements: tuple[str, ...] = ()
    coverage: tuple[Coverage, ...] | None = None
    survivors: tuple[Survivors, ...] | None = None

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The personas that did not come out as expected."""
        return tuple(outcome for outcome in self.outcomes if not outcome.passed)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What came out otherwise, persona by persona; what two share stands there once."""
        return tuple(dict.fromkeys(problem for outcome in self.failed for problem in outcome.problems))


def run_all(rubric: Rubric, sources: SourceMap, engagements: Iterable[tuple[str, Assessment]] = ()) -> Run:
    """Every persona put to the test, and what they and some engagements reach of the rubric."""
    beside = {name: reached_by(found) for name, found in engagements}
    outcomes = judged_all(rubric, sources, rubric.personas)
    reached = [*(outcome.reached for outcome in outcomes), *beside.values()]
    return Run(rubric, outcomes, tuple(beside), coverage(rubric, reached))


def run_one(rubric: Rubric, sources: SourceMap, persona: Persona) -> Run:
    """One persona put to the test."""
    return Run(rubric, (judged(rubric, sources, persona),))


def run_json(run: Run) -> Json:
    """The document `rubric-test/1`; scores on the native scale or null, coverage in percent with what is missed."""
    return {
        "assess": "rubric-test/1",
        "rubric": {"id": run.rubric.id, "version": run.rubric.version, "hash": run.rubric.hash},
        "passed": not run.failed,
        "personas": [_outcome_json(outcome) for outcome in run.outcomes],
        "engagements": list(run.engagements),
        "coverage": None if run.coverage is None else _coverage_json(run.coverage),
        "mutations": None if run.survivors is None else _survivors_json(run.survivors),
    }


def _survivors_json(found: Sequence[Survivors]) -> Json:
    return {
        "percent": share_noticed(found),
        "noticed": sum(each.noticed for each in found),
        "of": sum(each.made for each in found),
        "kinds": [
            {
                "kind": each.kind,
                "title": each.title,
                "noticed": each.noticed,
                "of": each.made,
                "unnoticed": [_unnoticed_json(change) for change in each.unnoticed],
            }
            for each in found
        ],
    }


def _unnoticed_json(change: Unnoticed) -> Json:
    place = change.location
    where = (place.file, place.line, place.column) if place else (None, None, None)
    return {
        "element": change.element,
        "change": change.says,
        **dict(zip(("file", "line", "column"), where, strict=True)),
    }


def _outcome_json(outcome: Outcome) -> Json:
    return {
        "id": outcome.id,
        "title": outcome.title,
        "passed": outcome.passed,
        "score": outcome.overall.points if outcome.overall else None,
        "level": outcome.overall.level if outcome.overall else None,
        "problems": [problem_json(problem) for problem in outcome.problems],
    }


def _coverage_json(found: Sequence[Coverage]) -> Json:
    return {
        "percent": share_reached(found),
        "kinds": [
            {
                "kind": kind.kind,
                "title": kind.title,
                "reached": len(kind.reached),
                "of": len(kind.parts),
                "missed": list(kind.missed),
            }
            for kind in found
        ],
    }


def run_junit(run: Run) -> str:
    """The run as JUnit XML: one test case per persona; answers that do not fit are errors, expectations failures.

    The counts of coverage are properties of the suite. There are no times: the same rubric gives the same bytes.
    """
    errors = sum(outcome.overall is None for outcome in run.failed)
    counts = {"tests": len(run.outcomes), "failures": len(run.failed) - errors, "errors": errors, "skipped": 0}
    told = {key: str(value) for key, value in counts.items()}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', _tag("testsuites", told)]
    lines += ["  " + _tag("testsuite", {"name": run.rubric.id, **told})]
    if run.coverage:
        figures = {kind.kind: f"{len(kind.reached)}/{len(kind.parts)}" for kind in run.coverage}
        figures["percent"] = short(share_reached(run.coverage))
        named = [{"name": f"coverage.{kind}", "value": figure} for kind, figure in figures.items()]
        lines += ["    <properties>", *(f"      {_tag('property', pair, '/>')}" for pair in named), "    </properties>"]
    for outcome in run.outcomes:
        lines += _case(run.rubric, outcome)
    return "\n".join([*lines, "  </testsuite>", "</testsuites>"])


def _case(rubric: Rubric, outcome: Outcome) -> list[str]:
    places = [problem.location for problem in outcome.problems if problem.location]
    case = {"name": outcome.id, "classname": f"{rubric.id}.personas"}
    case |= {"file": places[0].file, "line": str(places[0].line)} if places else {}
    if outcome.passed:
        return [f"    {_tag('testcase', case, '/>')}"]
    kind = "failure" if outcome.overall else "error"
    first, more = outcome.problems[0].message, len(outcome.problems) - 1
    said = {"type": outcome.problems[0].code, "message": f"{first}, and {more} more" if more else first}
    text = _escaped("\n".join(plain(problem) for problem in outcome.problems))
    return [f"    {_tag('testcase', case)}", f"      {_tag(kind, said)}{text}</{kind}>", "    </testcase>"]


def plain(problem: Problem) -> str:
    """A problem in one or two lines: `file:line:col: message`, and the way out."""
    place = problem.location
    at = f"{place.file}:{place.line}:{place.column}: " if place else ""
    return f"{at}{problem.message}" + (f"\n    -> {problem.hint}" if problem.hint else "")


def _tag(name: str, attributes: dict[str, str], end: str = ">") -> str:
    return "".join([f"<{name}", *(f' {key}="{_escaped(value)}"' for key, value in attributes.items()), end])


def _escaped(text: str) -> str:
    """A text as XML takes it; what XML has no place for becomes an escape."""
    return html.escape("\n".join(printable(line) for line in text.split("\n")))
