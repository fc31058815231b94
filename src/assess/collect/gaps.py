"""What is missing in files that were handed in, and what counts for less than it says: for `check`, never printed."""

from collections.abc import Iterator

from assess.collect.raw import Collected, Respondent
from assess.formula import Evaluation, evaluate_sheet
from assess.formula.asked import truth_for
from assess.model.answers import AnswerSheet, Voice
from assess.model.questions import Role
from assess.model.rubric import Rubric
from assess.model.scorecard import ItemScore, Scorecard
from assess.numbers import TOLERANCE, counted
from assess.problems import Problem, listing

MOST = 12


def answer_gaps(rubric: Rubric, collected: Collected, sheet: AnswerSheet, scorecard: Scorecard) -> tuple[Problem, ...]:
    """Notes on answers that some of a role have not given, and on answers held down by their evidence."""
    tree = evaluate_sheet(rubric, sheet)
    left = (problem for role in rubric.roles for problem in _left_open(tree, collected, role))
    return (*left, *_held_down(scorecard))


def _left_open(tree: Evaluation, sheet: Collected, role: Role) -> Iterator[Problem]:
    """The questions that some people of a role have answered and others not, or that nobody had to answer."""
    rubric = tree.compiled.rubric
    people = [who for who in sheet.respondents if who.role == role.id]
    if not people or not role.people:
        return
    counts: dict[str, int] = {}
    for question in rubric.questions():
        if role.id in rubric.asked(question) and question.id not in sheet.settled:
            blank = sum(question.id not in who.answers and _is_asked(tree, who, question.id) for who in people)
            if blank and (blank < len(people) or not question.required):
                counts[question.id] = blank
    if counts:
        names = [name if blank == 1 else f"{name} ({blank})" for name, blank in counts.items()]
        total, files = counted(sum(counts.values()), "answer", "answers"), counted(len(people), "file", "files")
        message = f"{role.title} ({role.id}): {total} left open in {files}: {listing(names, MOST)}"
        yield Problem("left_open", message, hint="ask for them where they matter", severity="note")


def _is_asked(tree: Evaluation, who: Respondent, question: str) -> bool:
    return truth_for(tree, question, Voice(who.role, who.answers)).possible


def _held_down(scorecard: Scorecard) -> Iterator[Problem]:
    """Per grade of evidence the answers that it holds down."""
    grades: dict[str, list[str]] = {}
    for name, item in scorecard.items.items():
        if _is_held(item):
            grades.setdefault(item.grade or "", []).append(name)
    for grade, names in grades.items():
        amount = counted(len(names), "answer counts", "answers count")
        message = f"{amount} for less than is said, because it is {grade} only: {listing(names, MOST)}"
        hint = "name newer or better evidence, as docs/answers.md says"
        yield Problem("held_down", message, hint=hint, severity="note")


def _is_held(item: ItemScore) -> bool:
    return item.value is not None and item.claimed is not None and item.claimed > item.value + TOLERANCE
