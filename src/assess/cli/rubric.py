"""`assess rubric`: what rubric authors need."""

from typing import Annotated

import typer

from assess.cli.check import show as show_problems
from assess.cli.options import Format, Output, ProblemFormat, ProblemOutput, Rubrics
from assess.cli.output import PROBLEMS, documents_checked, print_json
from assess.problems import DocumentError, errors

app = typer.Typer(help="Check and show rubrics.", no_args_is_help=True, rich_markup_mode=None)
Name = Annotated[str, typer.Argument(metavar="NAME", help="A rubric by name or path.")]

Claims = Annotated[bool, typer.Option("--claims", help="Print the trace from sources to questions and findings.")]


@app.command("check")
def check(name: Name, rubrics: Rubrics = None, output: ProblemOutput = ProblemFormat.text) -> None:
    """Find the mistakes in a rubric.

    Every one of every file in one run, with its place and the way out.
    """
    from assess.export import check_json
    from assess.resources import find_rubric
    from assess.workflow import reviewed_rubric

    try:
        _, problems = reviewed_rubric(find_rubric(name, rubrics or ()))
    except DocumentError as error:
        problems = error.problems
    if output is ProblemFormat.json:
        print_json(check_json(problems))
    else:
        show_problems(problems, output)
    if errors(problems):
        raise typer.Exit(PROBLEMS)


@app.command("show")
def show(name: Name, rubrics: Rubrics = None, *, claims: Claims = False, output: Output = Format.text) -> None:
    """Print a rubric as an outline.

    Principles and criteria with their ? questions, | gates and ! clashes, and the initiatives.
    With --claims, what each source states, and which criterion, question and finding came of it.
    """
    from assess.cli.outline import outline, trace
    from assess.export import rubric_json, trace_json
    from assess.resources import find_rubric
    from assess.workflow import load_rubric

    with documents_checked():
        rubric = load_rubric(find_rubric(name, rubrics or ()))
    if output is Format.json:
        print_json(trace_json(rubric) if claims else rubric_json(rubric))
    else:
        typer.echo("\n".join(trace(rubric) if claims else outline(rubric)))
