"""`assess rubric check`: the mistakes in a rubric, and what makes no sense in it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assess.cli.check import print_problems as show_problems
from assess.cli.files import write_bytes_whole
from assess.cli.options import ProblemFormat, ProblemOutput, RubricName, Rubrics
from assess.cli.output import PROBLEMS, counted_problems, documents_checked, edit_text, gathered, print_json
from assess.problems import SEVERITIES, DocumentError, Problem

Seed = Annotated[int, typer.Option("--seed", help="Of the samples drawn where there are too many answers to try all.")]


class Gravity(StrEnum):
    """From which severity on a finding fails the command."""

    error = "error"
    warning = "warning"
    note = "note"


Fixing = Annotated[bool, typer.Option("--fix", help="Make the edits that one is enough for, and print each of them.")]
FailOn = Annotated[Gravity, typer.Option("--fail-on", help="From which severity on the exit code is 1.")]


def check(
    name: RubricName,
    rubrics: Rubrics = None,
    output: ProblemOutput = ProblemFormat.text,
    seed: Seed = 0,
    fail_on: FailOn = Gravity.error,
    *,
    fix: Fixing = False,
) -> None:
    """Find the mistakes in a rubric, and what makes no sense in it.

    Every one of every file in one run, with its place, the answers that show it and the way out; many warnings or notes
    of one kind in one list. Findings that the rubric accepts with a reason are counted and not printed.
    """
    from assess.export import check_json

    problems = _found(name, rubrics or (), seed)
    if fix:
        with documents_checked():
            made = _mend(name, rubrics or (), problems, aside=output is not ProblemFormat.text)
        problems = _found(name, rubrics or (), seed) if made else problems
    if output is ProblemFormat.json:
        print_json(check_json(problems))
    elif output is ProblemFormat.text:
        typer.echo("\n".join([*gathered(each for each in problems if not each.accepted), counted_problems(problems)]))
    else:
        show_problems(problems, output)
    failing = SEVERITIES[: SEVERITIES.index(fail_on.value) + 1]
    if any(problem.severity in failing and not problem.accepted for problem in problems):
        raise typer.Exit(PROBLEMS)


def _found(name: str, rubrics: Sequence[Path], seed: int) -> tuple[Problem, ...]:
    """Everything to say about a rubric."""
    from assess.authoring.check import review
    from assess.resources import find_rubric

    try:
        return review(find_rubric(name, rubrics), seed=seed)
    except DocumentError as error:
        return error.problems


def _mend(name: str, rubrics: Sequence[Path], problems: Iterable[Problem], *, aside: bool) -> int:
    """Write what one edit is enough for, print each edit, and how many there are; aside: to standard error."""
    from assess.authoring.check.fixes import mend_files
    from assess.resources import find_rubric

    made = 0
    for file in mend_files(find_rubric(name, rubrics), problems):
        write_bytes_whole(file.path, file.text.encode("utf-8"))
        made += len(file.done)
        for problem in file.done:
            typer.echo(edit_text(problem), err=aside)
    said = f"{made} edit{'' if made == 1 else 's'} made" if made else "no finding is mended by one edit"
    typer.echo(f"{said}; what follows is left to you", err=aside)
    return made
