"""`assess check`: is this engagement ready, and what is missing."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from assess import __version__
from assess.cli.options import Engagement, ProblemFormat, ProblemOutput, Rubrics
from assess.cli.output import PROBLEMS, counted_problems, print_json, problem_github, problem_text, table
from assess.problems import DocumentError, Problem, errors

if TYPE_CHECKING:
    from assess.collect import Turnout

HEADING = ("role", "invited", "answered", "open questions")


def check(path: Engagement, rubrics: Rubrics = None, output: ProblemOutput = ProblemFormat.text) -> None:
    """Say what an engagement still lacks.

    Every mistake with its place and the way out; then who has answered, and which answers and proofs are missing.
    """
    from assess import workflow
    from assess.export import check_json

    roles: Sequence[Turnout] = ()
    try:
        roles, problems = workflow.check(path, rubrics or ())
    except DocumentError as error:
        problems = error.problems
    if output is ProblemFormat.json:
        print_json(check_json(problems, [(r.role, r.invited, r.answered, r.open) for r in roles]))
    else:
        show(problems, output)
        typer.echo(standing(path, roles, problems), err=output is not ProblemFormat.text)
    if errors(problems):
        raise typer.Exit(PROBLEMS)


def show(problems: Sequence[Problem], output: ProblemFormat) -> None:
    """Print problems to standard output, and how many there are; to standard error where scripts read the output."""
    if output is ProblemFormat.sarif:
        from assess.export import sarif_json

        print_json(sarif_json(problems, __version__))
    else:
        for problem in problems:
            typer.echo(problem_github(problem) if output is ProblemFormat.github else problem_text(problem))
    typer.echo(counted_problems(problems), err=output is not ProblemFormat.text)


def standing(path: Path, roles: Sequence["Turnout"], problems: Sequence[Problem]) -> str:
    """Who has answered and what is open, per role, and a closing sentence with the next step."""
    if errors(problems):
        return "Not ready: correct the errors first."
    rows = [(r.title, "" if r.invited is None else str(r.invited), str(r.answered), str(r.open or "")) for r in roles]
    shown = f"\n{table([HEADING, *rows], right=frozenset({1, 2, 3}))}\n\n"
    missing = ", ".join(f"{r.title} {r.open}" for r in roles if r.open)
    drafts = sum(problem.code == "draft" for problem in problems)
    waiting = f"; {drafts} draft{'' if drafts == 1 else 's'} not submitted yet" if drafts else ""
    absent = ", ".join(r.title for r in roles if not r.invited and not r.answered and not r.open)
    unheard = f" Neither invited nor heard: {absent}." if absent else ""
    if missing:
        return f"{shown}A report can be written, but answers are missing: {missing}{waiting}.{unheard}"
    who = "all who took part" if absent else "all who were asked"
    return f"{shown}Ready: {who} have answered{waiting}.{unheard} Next: assess report {path} -o roadmap.md"
