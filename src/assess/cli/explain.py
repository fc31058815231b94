"""`assess explain`: from a number to the answers behind it."""

from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.options import EngagementPath, Format, Output, Rubrics
from assess.cli.output import documents_checked, print_json
from assess.problems import listing, nearest

if TYPE_CHECKING:
    from assess.model.rubric import Rubric


def explain(
    path: EngagementPath,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A node, question, gate, clash, headline or initiative by id, code or title; `overall` is the root.",
        ),
    ] = "overall",
    rubrics: Rubrics = None,
    output: Output = Format.text,
) -> None:
    """Show how one score came about, or what a rule rests on.

    Step by step down to the answers, with figures that a pencil can follow, and what single answer would change it.
    Of a gate, clash, headline or initiative: what it reads, whether it holds, what follows, and its place in the plan.
    """
    from assess import workflow
    from assess.explain import explain as words
    from assess.explain import what_would_change
    from assess.export import certainty_json, changes_json, decided_json, explained_json
    from assess.export.facts import facts_json

    with documents_checked():
        rubric, sheet, _ = workflow.read_engagement(path, rubrics or ())
        wanted = known_name(rubric, name)
        found = workflow.assess_sheet(rubric, sheet, search=workflow.kept_search(path)[0])
        plan = found.plan if wanted in rubric.initiative_by_id else None
        is_rule = any(rule.id == wanted for rules in (rubric.all_gates(), rubric.all_clashes()) for rule in rules)
        facts = found.facts.of_rule(wanted) if is_rule else None
    if output is Format.json:
        changes = what_would_change(found, wanted)
        more: dict[str, object] = {"changes": changes_json(changes)} if changes else {}
        if wanted in found.scorecard.scores:
            more |= {"certainty": certainty_json(found.certainties[wanted])}
        more |= {"decided": decided_json(found, wanted), **({"facts": facts_json(facts)["found"]} if facts else {})}
        print_json({"assess": "explanation/1", **explained_json(found, wanted, plan), **more})
    else:
        typer.echo(words(found, wanted, plan, facts))


def known_name(rubric: "Rubric", wanted: str) -> str:
    """The id of what is to be explained, by id, code or title; a usage error when there is none, or several fit."""
    from assess.explain import find_ids, spellings

    found = find_ids(rubric, wanted)
    if len(found) == 1:
        return found[0]
    if found:
        message = f"'{wanted}' is the title of several: {listing(found, most=12)}; name one of them by its id"
    elif rubric.names.get(wanted) in rubric.role_by_id:
        message = f"'{wanted}' is a role; nodes, questions, gates, clashes, headlines and initiatives can be explained"
    else:
        message = f"'{wanted}' is not in the rubric{nearest(wanted, spellings(rubric))}"
    raise typer.BadParameter(message, param_hint="NAME")
