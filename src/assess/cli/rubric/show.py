"""`assess rubric show`: a rubric as an outline, or as a trace from its sources to its findings."""

from typing import Annotated

import typer

from assess.cli.options import Format, Output, RubricName, Rubrics
from assess.cli.output import documents_checked, print_json

Claims = Annotated[bool, typer.Option("--claims", help="Print the trace from sources to questions and findings.")]


Days = Annotated[bool, typer.Option("--initiatives", help="Print whose days the initiatives take, and the sums.")]


Minutes = Annotated[bool, typer.Option("--roles", help="Print what each role is asked, and how long that takes.")]


def show(
    name: RubricName,
    rubrics: Rubrics = None,
    *,
    claims: Claims = False,
    initiatives: Days = False,
    roles: Minutes = False,
    output: Output = Format.text,
) -> None:
    """Print a rubric as an outline.

    Principles and criteria with their ? questions, | gates and ! clashes, and the initiatives.
    With --claims, what each source states, and which criterion, question and finding came of it.
    With --roles, what each role is asked in each tier, how many minutes that takes, and how many it may take.
    With --initiatives, the days each initiative takes, of whom, and the sums by role.
    """
    from assess.authoring.initiatives import initiative_lines, initiatives_json
    from assess.authoring.outline import outline, trace
    from assess.authoring.roles import role_lines, roles_json
    from assess.export import rubric_json, trace_json
    from assess.resources import find_rubric
    from assess.workflow import load_rubric

    with documents_checked():
        rubric = load_rubric(find_rubric(name, rubrics or ()))
    if claims:
        lines, value = trace, trace_json
    elif initiatives:
        lines, value = initiative_lines, initiatives_json
    elif roles:
        lines, value = role_lines, roles_json
    else:
        lines, value = outline, rubric_json
    rubric = rubric if initiatives or roles else rubric.as_written
    if output is Format.json:
        print_json(value(rubric))
    else:
        typer.echo("\n".join(lines(rubric)))
