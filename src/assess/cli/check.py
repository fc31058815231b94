"""`assess check`: is this engagement ready, and what is missing."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from assess import __version__
from assess.cli.options import EngagementPath, ProblemFormat, ProblemOutput, Rubrics
from assess.cli.output import PROBLEMS, align_columns, counted_problems, gathered, print_json, problem_github
from assess.problems import DocumentError, Problem, errors, listing

if TYPE_CHECKING:
    from assess.collect import Progress, Turnout
    from assess.model.extent import Extent

ROLES = ("role", "invited", "answered", "questions", "open questions")
PEOPLE = ("respondent", "role", "answered", "state")
MOST_NAMED = 4


def check(path: EngagementPath, rubrics: Rubrics = None, output: ProblemOutput = ProblemFormat.text) -> None:
    """Say what an engagement still lacks.

    Every mistake with its place and the way out; then who has answered, and which answers and proofs are missing.
    """
    from assess import workflow
    from assess.export import check_json
    from assess.scope import extent_in_words

    roles: Sequence[Turnout] = ()
    people: Sequence[Progress] = ()
    extent: Extent | None = None
    try:
        roles, people, problems, leaving, extent = workflow.check(path, rubrics or ())
    except DocumentError as error:
        problems = leaving = error.problems
    if output is ProblemFormat.json:
        made = check_json(problems, [role._asdict() for role in roles], [row._asdict() for row in people])
        print_json({**made, "extent": extent._asdict() if extent else None})
    elif output is ProblemFormat.text:
        words = [
            *([extent_in_words(extent)] if extent else []),
            *gathered(problems),
            counted_problems(problems),
            standing_lines(path, roles, people, problems),
        ]
        typer.echo("\n".join(words))
    else:
        # What a pipeline keeps is read by others than those who hold the folder.
        print_problems(leaving, output)
    if errors(problems):
        raise typer.Exit(PROBLEMS)


def print_problems(problems: Sequence[Problem], output: ProblemFormat) -> None:
    """Print problems to standard output for scripts that read SARIF or GitHub's words; how many, to standard error.

    What is accepted is counted, and printed only where the form has a place for the reason.
    """
    if output is ProblemFormat.sarif:
        from assess.export.sarif import sarif_json

        print_json(sarif_json(problems, __version__))
    else:
        for problem in (each for each in problems if not each.accepted):
            typer.echo(problem_github(problem))
    typer.echo(counted_problems(problems), err=True)


def standing_lines(
    path: Path, roles: Sequence["Turnout"], people: Sequence["Progress"], problems: Sequence[Problem]
) -> str:
    """How far everybody is, what is open per role, and a closing sentence with the next step."""
    if errors(problems):
        return "Not ready: correct the errors first."
    far = align_columns([PEOPLE, *(_person(row) for row in people)], right=frozenset({2}))
    rows = [(r.title, _known(r.invited), str(r.answered), str(r.asked), str(r.open or "")) for r in roles]
    open_ones = align_columns([ROLES, *rows], right=frozenset({1, 2, 3, 4}))
    return f"\n{far}\n\n{open_ones}\n\n{_closing(path, roles, people, problems)}"


def _person(row: "Progress") -> tuple[str, str, str, str]:
    """How far one respondent is, or those of a row together; of anonymous people only how many there are."""
    files = f"{row.files} file{'' if row.files == 1 else 's'}"
    name = row.respondent or (files if row.asked is not None else f"{files}, anonymous")
    if row.asked is not None:
        done = f"{row.answered} of {row.asked}"
    else:
        done = f"{row.files} of {row.invited} invited" if row.invited else ""
    drafts = "draft" if row.respondent else f"{row.drafts} draft{'' if row.drafts == 1 else 's'}"
    state = drafts if row.drafts else "submitted" if row.files else ""
    counting = f"; count on {row.counting} of {row.put} question{'' if row.put == 1 else 's'}" if row.put else ""
    return name, row.title, done, f"{state}{counting}"


def _known(amount: int | None) -> str:
    return "" if amount is None else str(amount)


def _closing(path: Path, roles: Sequence["Turnout"], people: Sequence["Progress"], problems: Sequence[Problem]) -> str:
    """Whether all who take part have answered what they were asked, who has not, and the next step."""
    absent = ", ".join(role.title for role in roles if role.asked and not role.invited and not role.answered)
    unheard = f" Neither invited nor heard: {absent}." if absent else ""
    drafts = sum(row.drafts for row in people)
    waiting = f"; {drafts} draft{'' if drafts == 1 else 's'} not submitted yet" if drafts else ""
    missing = ", ".join(f"{r.title} {r.open}" for r in roles if r.open and (r.invited or r.answered))
    if missing:
        return f"A report can be written, but answers are missing: {missing}{waiting}.{unheard}"
    if any(problem.code == "unanswered" and problem.severity == "warning" for problem in problems):
        return f"A report can be written, but some questions are answered by nobody{waiting}.{unheard}"
    after = f"{waiting}.{unheard} Next: assess report {path} -o roadmap.md"
    blank = [f"{row.respondent} {_left(row)} of {row.asked}" for row in people if row.respondent and _left(row)]
    if blank:
        return f"A report can be written; questions left blank by {listing(blank, MOST_NAMED)}{after}"
    few = [f"{row.title} on {row.counting} of {row.put}" for row in people if row.put != row.counting]
    if few:
        return f"A report can be written; not all anonymous answers count: {listing(few, MOST_NAMED)}{after}"
    partly = absent or any(role.invited and role.answered < role.invited for role in roles)
    return f"Ready: {'all who took part' if partly else 'all who were asked'} have answered{after}"


def _left(row: "Progress") -> int:
    """How many questions a respondent has not answered."""
    return (row.asked or 0) - (row.answered or 0)
