"""`assess rubric check`: the mistakes in a rubric, and what makes no sense in it."""

from enum import StrEnum
from typing import Annotated

import typer

from assess.cli.check import show as show_problems
from assess.cli.options import ProblemFormat, ProblemOutput, RubricName, Rubrics
from assess.cli.output import PROBLEMS, counted_problems, gathered, print_json
from assess.problems import SEVERITIES, DocumentError

Seed = Annotated[int, typer.Option("--seed", help="Of the samples drawn where there are too many answers to try all.")]


class Gravity(StrEnum):
    """From which severity on a finding fails the command."""

    error = "error"
    warning = "warning"
    note = "note"


FailOn = Annotated[Gravity, typer.Option("--fail-on", help="From which severity on the exit code is 1.")]


def check(
    name: RubricName,
    rubrics: Rubrics = None,
    output: ProblemOutput = ProblemFormat.text,
    seed: Seed = 0,
    fail_on: FailOn = Gravity.error,
) -> None:
    """Find the mistakes in a rubric, and what makes no sense in it.

    Every one of every file in one run, with its place, the answers that show it and the way out; many warnings or notes
    of one kind in one list. Findings that the rubric accepts with a reason are counted and not printed.
    """
    from assess.authoring.check import review
    from assess.export import check_json
    from assess.resources import find_rubric

    try:
        problems = review(find_rubric(name, rubrics or ()), seed=seed)
    except DocumentError as error:
        problems = error.problems
    if output is ProblemFormat.json:
        print_json(check_json(problems))
    elif output is ProblemFormat.text:
        typer.echo("\n".join([*gathered(each for each in problems if not each.accepted), counted_problems(problems)]))
    else:
        show_problems(problems, output)
    failing = SEVERITIES[: SEVERITIES.index(fail_on.value) + 1]
    if any(problem.severity in failing and not problem.accepted for problem in problems):
        raise typer.Exit(PROBLEMS)
