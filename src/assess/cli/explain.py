"""`assess explain`: from a number to the answers behind it."""

from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.options import Engagement, Format, Output, Rubrics
from assess.cli.output import documents_checked, print_json
from assess.problems import nearest

if TYPE_CHECKING:
    from assess.model.scorecard import Scorecard


def explain(
    path: Engagement,
    node: Annotated[
        str,
        typer.Argument(metavar="NODE", help="A principle, criterion or question by id or code; `overall` is the root."),
    ] = "overall",
    rubrics: Rubrics = None,
    output: Output = Format.text,
) -> None:
    """Show how one score came about.

    Step by step down to the answers, with figures that a pencil can follow, and what single answer would change it.
    """
    from assess import workflow
    from assess.explain import explain as words
    from assess.explain import what_would_change
    from assess.export import changes_json, node_json

    with documents_checked():
        rubric, sheet, _ = workflow.read_engagement(path, rubrics or ())
        scorecard = workflow.score(rubric, sheet)
    name = known_name(scorecard, node)
    if output is Format.json:
        found = what_would_change(rubric, sheet, scorecard, name)
        moved = {"changes": changes_json(found)} if found else {}
        print_json({"assess": "explanation/1", **node_json(rubric, sheet, scorecard, name), **moved})
    else:
        typer.echo(words(rubric, sheet, scorecard, name))


def known_name(scorecard: "Scorecard", wanted: str) -> str:
    """The id of a node or question by id or code; a usage error with the nearest spelling when there is none."""
    explained = {**scorecard.scores, **scorecard.items}
    name = scorecard.names.get(wanted, "")
    if name in explained:
        return name
    known = [n for n, found in scorecard.names.items() if found in explained]
    what = "is no node or question, but something else in the rubric" if name else "is not in the rubric"
    raise typer.BadParameter(f"'{wanted}' {what}{nearest(wanted, known)}", param_hint="NODE")
