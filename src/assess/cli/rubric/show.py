"""`assess rubric show`: a rubric as an outline, in full, or seen from one side."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.files import refuse_unwritable, write_whole
from assess.cli.options import RubricName, Rubrics
from assess.cli.output import documents_checked, json_text

if TYPE_CHECKING:
    from assess.model.rubric import Rubric

STANDARD_OUTPUT = Path("-")


class Form(StrEnum):
    """How a rubric is printed; the last three are forms of the whole."""

    text = "text"
    json = "json"
    md = "md"
    html = "html"
    csv = "csv"


Claims = Annotated[bool, typer.Option("--claims", help="Print the trace from sources to questions and findings.")]
Days = Annotated[bool, typer.Option("--initiatives", help="Print whose days the initiatives take, and the sums.")]
Minutes = Annotated[bool, typer.Option("--roles", help="Print what each role is asked, and how long that takes.")]
Full = Annotated[bool, typer.Option("--full", help="Print every text, to be read and reviewed without YAML.")]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write; else standard output.")
]


def show(  # noqa: PLR0913 - the options of a command
    name: RubricName,
    rubrics: Rubrics = None,
    *,
    full: Full = False,
    claims: Claims = False,
    initiatives: Days = False,
    roles: Minutes = False,
    form: Annotated[
        Form, typer.Option("--format", help="How to print; `md`, `html` and `csv` are forms of --full.")
    ] = Form.text,
    output: Output = None,
) -> None:
    """Print a rubric as an outline.

    Principles and criteria with their ? questions, | gates and ! clashes, and the initiatives.
    With --full, every text beside what it belongs to: what each role reads and may answer, gates and clashes beside the
    questions they read, what is said at which level, and initiatives; as Markdown, as one HTML page, or as a table.
    With --claims, what each source states, and which criterion, question and finding came of it.
    With --roles, what each role is asked in each tier, how many minutes that takes, and how many it may take.
    With --initiatives, the days each initiative takes, of whom, and the sums by role.
    """
    from assess.resources import find_rubric
    from assess.workflow import load_rubric

    views = {"full": full, "claims": claims, "initiatives": initiatives, "roles": roles}
    view = one_view([name for name, wanted in views.items() if wanted], form)
    output = None if output == STANDARD_OUTPUT else output
    with documents_checked("nothing was written" if output else ""):
        if output:
            refuse_unwritable(output)
        rubric = load_rubric(find_rubric(name, rubrics or ()))
        in_full = view == "full" and form is not Form.json
        text = printed_in_full(rubric, form) if in_full else format_rubric(rubric, view, form)
        if output:
            write_whole(output, text)
            typer.echo(f"{output} written.", err=True)
        else:
            typer.echo(text, nl=False)


def one_view(wanted: list[str], form: Form) -> str:
    """The side from which a rubric is shown; a usage error for several, and for a form it does not have."""
    if len(wanted) > 1:
        raise typer.BadParameter(f"choose one of --{' and --'.join(wanted)}", param_hint=f"--{wanted[1]}")
    view = wanted[0] if wanted else ""
    if form not in (Form.text, Form.json) and view != "full":
        raise typer.BadParameter(f"'{form}' is a form of --full; add it", param_hint="--format")
    return view


def format_rubric(rubric: "Rubric", view: str, form: Form) -> str:
    """A rubric, seen from one side, in one form; outline and trace in the words of its author."""
    from assess.authoring.initiatives import effort_lines, initiatives_json
    from assess.authoring.outline import outline, trace_sources
    from assess.authoring.roles import role_lines, roles_json
    from assess.export import rubric_json, trace_json

    lines, value = {
        "claims": (trace_sources, trace_json),
        "initiatives": (effort_lines, initiatives_json),
        "roles": (role_lines, roles_json),
    }.get(view, (outline, rubric_json))
    rubric = rubric if view in ("initiatives", "roles") else rubric.as_written
    return json_text(value(rubric)) if form is Form.json else "".join(f"{line}\n" for line in lines(rubric))


def printed_in_full(rubric: "Rubric", form: Form) -> str:
    """Every text of a rubric."""
    from assess.authoring.review import as_csv, as_html, as_markdown, review_pages

    if form is Form.csv:
        return as_csv(rubric)
    whole = review_pages(rubric)
    return as_html(whole, rubric.language) if form is Form.html else as_markdown(whole)
