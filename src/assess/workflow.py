"""The whole program on one screen: load, validate, collect, score, diagnose, plan, render."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from assess.cache import cached
from assess.collect import (
    OF_CHECK,
    Collected,
    Counted,
    Progress,
    Receipt,
    Respondent,
    Turnout,
    WrittenDecision,
    answer_gaps,
    answers_inside,
    asked_part,
    collect,
    collect_mapping,
    confided,
    count_answers,
    decision_remarks,
    kept_plan,
    kept_uncertainty,
    left_out,
    named_by_place,
    open_engagement,
    open_readiness,
    progress,
    readiness,
    receipt_of,
    turnout,
    unkept_decisions,
    withhold_confided,
)
from assess.diagnose import diagnose, merge_facts
from assess.documents import Document, SourceMap, problem
from assess.formats import html_book, html_pages
from assess.formula import EvaluatedOrganization
from assess.load import load, rubric_fingerprint
from assess.model.answers import AnswerSheet
from assess.model.engagement import Engagement
from assess.model.extent import Extent
from assess.model.facts import NO_NUMBERS, FactKey, Facts
from assess.model.findings import Diagnosis
from assess.model.roadmap import Plan, PlanSearch
from assess.model.rubric import Rubric
from assess.model.scorecard import Scorecard
from assess.plan import DEFAULT_SEARCH, pins_without_place, plan
from assess.problems import DocumentError, Problem, errors, in_order
from assess.render import ToldFacts, render, render_set, seal
from assess.resources import find_rubric, template_folders
from assess.scope import scoped
from assess.scoring import score as score_sheet
from assess.scoring import score_organization
from assess.translations import in_terms
from assess.validate import remarks, validate


@dataclass(frozen=True)
class Assessment(EvaluatedOrganization):
    """One organization all the way to its plan; findings and plan are worked out when somebody asks for them.

    problems: the warnings and notes that forbid nothing. receipt: what handing out a final issue leaves behind where
    anonymous people answered. search: how the plan is looked for.
    """

    problems: tuple[Problem, ...] = ()
    receipt: Receipt | None = None
    search: PlanSearch = DEFAULT_SEARCH

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """What the scores mean."""
        return diagnose(self)

    @cached_property
    def facts(self) -> Facts:
        """What the findings show, each fact once."""
        return merge_facts(self, self.diagnosis)

    @cached_property
    def plan(self) -> Plan:
        """What to do about it, and when."""
        return plan(self, self.diagnosis, self.search)


class Check(NamedTuple):
    """What `check` finds: every role, how far the respondents are, and what the engagement still lacks.

    leaving: the problems that may be seen by others than those who hold the folder. extent: how far the engagement
    goes, where it does not ask all of its rubric.
    """

    roles: tuple[Turnout, ...]
    people: tuple[Progress, ...]
    problems: tuple[Problem, ...]
    leaving: tuple[Problem, ...]
    extent: Extent | None = None


def load_rubric(path: str | Path) -> Rubric:
    """The rubric of a folder or file; raises DocumentError with every mistake in it."""
    return checked_rubric(Path(path))[0]


def checked_rubric(path: Path) -> tuple[Rubric, tuple[Problem, ...]]:
    """A rubric with its warnings; raises DocumentError when there are errors.

    One that was sound before and has not changed since is not checked again.
    """
    rubric, problems = cached(f"rubric {path}", lambda: rubric_fingerprint(path), lambda: _checked(*load(path)))
    return rubric, tuple(problem for problem in problems if problem.severity != "note")


def reviewed_rubric(path: Path) -> tuple[Rubric, tuple[Problem, ...]]:
    """A rubric with its warnings, and notes for its author; raises DocumentError when there are errors."""
    loaded, sources = load(path)
    rubric, problems = _checked(loaded, sources)
    return rubric, in_order((*problems, *remarks(rubric, sources)))


def _checked(rubric: Rubric, sources: SourceMap) -> tuple[Rubric, tuple[Problem, ...]]:
    problems = validate(rubric, sources)
    if errors(problems):
        raise DocumentError(problems)
    return rubric, problems


def mistakes(rubric: Rubric) -> tuple[Problem, ...]:
    """The errors in a rubric that no document holds."""
    return errors(validate(rubric, SourceMap()))


def load_answers(path: str | Path, rubric: Rubric) -> AnswerSheet:
    """The answers of an engagement; raises DocumentError with every mistake in them."""
    return read_answers(Path(path), rubric)[0]


def read_answers(path: Path, rubric: Rubric) -> tuple[AnswerSheet, tuple[Problem, ...]]:
    """The answers of an engagement to a rubric at hand, with their warnings; raises DocumentError with every mistake.

    Which rubric the engagement itself names does not matter.
    """
    engagement, document = open_engagement(path)
    asked = asked_part(rubric, engagement, document)
    found, problems = _counted(asked, *_collected(path, engagement, document, asked))
    return found.sheet, problems


def _collected(
    path: Path, engagement: Engagement, document: Document, rubric: Rubric
) -> tuple[Collected, tuple[Problem, ...]]:
    """Everything an engagement says, with its warnings; raises DocumentError with every mistake."""
    collected, problems = collect(path, engagement, document, rubric)
    if errors(problems):
        raise DocumentError([p for p in problems if _another_version(p, document)] or problems)
    return collected, problems


def _counted(rubric: Rubric, collected: Collected, problems: Sequence[Problem]) -> tuple[Counted, tuple[Problem, ...]]:
    """What counts of it, and the problems that may leave; raises DocumentError where the issue is another by now."""
    found = count_answers(rubric, collected)
    leaving = withhold_confided(rubric, collected, found, problems)
    if errors(leaving):
        raise DocumentError(leaving)
    return found, leaving


def _another_version(problem: Problem, document: Document) -> bool:
    """Whether an engagement was written for another version; whatever else does not fit follows from that."""
    here = problem.location is not None and problem.location.file == document.name
    return problem.code == "version" and problem.severity == "error" and here


def score(
    rubric: Rubric,
    answers: AnswerSheet | Mapping[str, object],
    *,
    assessed_on: datetime.date | None = None,
) -> Scorecard:
    """The scorecard of an answer sheet, or of a plain mapping of question id to value.

    Raises DocumentError when the mapping does not fit the rubric.
    """
    if not isinstance(answers, AnswerSheet):
        answers = count_answers(rubric, collect_mapping(rubric, answers, assessed_on=assessed_on)).sheet
    return score_sheet(*_asked_by(rubric, answers))


def read_engagement(path: Path, rubrics: Sequence[Path] = ()) -> tuple[Rubric, AnswerSheet, tuple[Problem, ...]]:
    """An engagement with the rubric it names and the warnings of both; raises DocumentError with every mistake.

    Notes on the rubric are for its authors and left out.
    """
    rubric, warned, collected, problems = _opened(path, rubrics)
    found, problems = _counted(rubric, collected, problems)
    return rubric, found.sheet, in_order((*warned, *problems))


def _opened(path: Path, rubrics: Sequence[Path]) -> tuple[Rubric, tuple[Problem, ...], Collected, tuple[Problem, ...]]:
    """The rubric an engagement names with its warnings, and everything the engagement says with its own."""
    engagement, document = open_engagement(path)
    rubric, warned = checked_rubric(_rubric_of(engagement, document, rubrics))
    if engagement.rubric != rubric.id:
        raise DocumentError([named_by_place(engagement, document, rubric)])
    asked = asked_part(rubric, engagement, document)
    return asked, warned, *_collected(path, engagement, document, asked)


def _rubric_of(engagement: Engagement, document: Document, rubrics: Sequence[Path]) -> Path:
    """Where the rubric of an engagement is; raises DocumentError with the place that names it."""
    try:
        return find_rubric(engagement.rubric, rubrics)
    except DocumentError as error:
        found = (problem(document, p.code, p.message, ("rubric",), hint=p.hint) for p in error.problems)
        raise DocumentError(found) from None


def check(path: Path, rubrics: Sequence[Path] = ()) -> Check:
    """Who has answered, and what the engagement still lacks, mistakes aside; raises DocumentError with the mistakes."""
    rubric, warned, collected, problems = _opened(path, rubrics)
    found, leaving = _counted(rubric, collected, problems)
    assessed = assess_sheet(rubric, found.sheet)
    scorecard = assessed.scorecard
    left = (*left_out(rubric, scorecard, collected.respondents), *remarks_on_decisions(assessed, collected.decided))
    confidential = (*confided(rubric, collected, found, problems), *readiness(rubric, collected, found.sheet), *left)
    confidential += answer_gaps(rubric, collected, found.sheet, scorecard)
    unused = (*kept_uncertainty(path, rubric, found.sheet)[1], *kept_plan(path)[1])
    confidential += unused
    leaving = (*leaving, *open_readiness(rubric, collected, found.sheet), *left, *unused)
    roles, people = turnout(rubric, collected, found.sheet), progress(rubric, collected, found.sheet)
    return Check(roles, people, in_order((*warned, *confidential)), in_order((*warned, *leaving)), rubric.extent)


def assess(path: Path, rubrics: Sequence[Path] = (), search: PlanSearch | None = None) -> Assessment:
    """Check, score, diagnose and plan one engagement; raises DocumentError.

    search: how the plan is looked for; without it a kept order counts as long as it fits.
    """
    rubric, warned, collected, problems = _opened(path, rubrics)
    found, problems = _counted(rubric, collected, problems)
    drawn, unused = kept_uncertainty(path, rubric, found.sheet)
    assessment = assess_sheet(rubric, found.sheet, in_order((*warned, *problems, *unused)), collected.respondents)
    search, unread = (search, ()) if search else kept_search(path)
    told = in_order((*assessment.problems, *remarks_on_decisions(assessment, collected.decided), *unread))
    receipt = receipt_of(rubric, collected, found)
    return replace(assessment, receipt=receipt, problems=told, drawn=drawn, search=search)


def kept_search(path: Path) -> tuple[PlanSearch, tuple[Problem, ...]]:
    """How the plan of an engagement is looked for: by the order that is kept there, else as always."""
    kept, problems = kept_plan(path)
    return PlanSearch(kept=kept), problems


def remarks_on_decisions(assessment: Assessment, decided: Sequence[WrittenDecision]) -> tuple[Problem, ...]:
    """What is to be said of the decisions of an engagement now that its scores and findings are known."""
    if not decided:
        return ()
    diagnosis = assessment.diagnosis
    told = decision_remarks(assessment.rubric, assessment.scorecard, diagnosis, decided)
    return (*told, *unkept_decisions(decided, pins_without_place(assessment, diagnosis)))


def assess_sheet(
    rubric: Rubric,
    sheet: AnswerSheet,
    problems: Sequence[Problem] = (),
    people: Sequence[Respondent] = (),
    search: PlanSearch = DEFAULT_SEARCH,
) -> Assessment:
    """An answer sheet scored, diagnosed and planned; to its problems comes what the scores leave out.

    Doubts about single answers are told by `check` alone. people: in whose answers the place of a problem is sought.
    """
    rubric, sheet = _asked_by(rubric, sheet)
    scored = score_organization(rubric, sheet)
    told = (problem for problem in problems if problem.code not in OF_CHECK)
    every = in_order((*told, *left_out(rubric, scored.scorecard, people)))
    return Assessment(**scored.parts(), problems=every, search=search)


def _asked_by(rubric: Rubric, sheet: AnswerSheet) -> tuple[Rubric, AnswerSheet]:
    """The part of a rubric that the engagement of a sheet asks, in its terms, and the answers to it."""
    engagement = sheet.engagement
    worded = in_terms(rubric, engagement.terms, engagement.language)
    part = scoped(worded, engagement.tier or "", engagement.scope or "")
    return part, answers_inside(part, sheet)


def report(found: Assessment, templates: Sequence[Path] = ()) -> str:
    """The Markdown roadmap of an assessment, sealed; raises DocumentError when a template cannot be filled."""
    return seal(render(found, found.diagnosis, found.plan, found.problems, template_folders(templates)))


def report_set(
    found: Assessment, templates: Sequence[Path] = (), numbers: Mapping[FactKey, int] = NO_NUMBERS
) -> dict[str, str]:
    """The papers of an assessment by path, Markdown and charts, unsealed; raises DocumentError as `report` does.

    numbers: those facts had in earlier issues.
    """
    told = ToldFacts(found.diagnosis, found.facts, numbers)
    return render_set(found, found.plan, told, found.problems, template_folders(templates))


def report_book(found: Assessment, templates: Sequence[Path] = ()) -> str:
    """The papers of an assessment as one page of HTML, without the internal ones, sealed; raises as `report` does."""
    return seal(html_book(report_set(found, templates), _language(found)))


def report_pages(found: Assessment, papers: Mapping[str, str]) -> dict[str, str]:
    """A page of HTML for each of the papers that `report_set` made, by path; raises DocumentError."""
    return html_pages(papers, _language(found))


def _language(found: Assessment) -> str:
    """The language of most of what is printed: the rubric's own, or the one it is translated into."""
    rubric, wanted = found.rubric.whole, found.sheet.engagement.language
    return wanted if wanted in {each.language for each in rubric.translations} else rubric.language
