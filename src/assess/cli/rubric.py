"""`assess rubric`: what rubric authors need."""

from typing import Annotated

import typer

from assess.cli import diff, imports, migrate, personas, preview, rubric_new, schema
from assess.cli.check import show as show_problems
from assess.cli.options import Format, Output, ProblemFormat, ProblemOutput, Rubrics
from assess.cli.output import PROBLEMS, documents_checked, print_json
from assess.problems import DocumentError, errors

app = typer.Typer(help="Check, test, compare, show and import rubrics.", no_args_is_help=True, rich_markup_mode=None)
app.command("test")(personas.run_personas)
app.command("diff")(diff.diff)
app.command("migrate")(migrate.migrate)
app.command("import")(imports.import_rubric)
app.command("schema")(schema.schema)
app.command("new")(rubric_new.new_rubric)
app.command("preview")(preview.preview)
Name = Annotated[str, typer.Argument(metavar="NAME", help="A rubric by name or path.")]

Seed = Annotated[int, typer.Option("--seed", help="Of the samples drawn where there are too many answers to try all.")]
Claims = Annotated[bool, typer.Option("--claims", help="Print the trace from sources to questions and findings.")]


@app.command("check")
def check(name: Name, rubrics: Rubrics = None, output: ProblemOutput = ProblemFormat.text, seed: Seed = 0) -> None:
    """Find the mistakes in a rubric, and what makes no sense in it.

    Every one of every file in one run, with its place, the answers that show it and the way out.
    """
    from assess.export import check_json
    from assess.resources import find_rubric
    from assess.workshop.audit import review

    try:
        problems = review(find_rubric(name, rubrics or ()), seed=seed)
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
