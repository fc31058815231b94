"""`assess whatif`: an engagement with changes nobody made, beside the engagement as it is."""

from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.options import EngagementPath, Format, Output, Rubrics
from assess.cli.output import USAGE, align_columns, complain, documents_checked, print_json
from assess.problems import DocumentError, nearest

if TYPE_CHECKING:
    from assess.whatif import BestChanges, WhatIf, WrittenScenario
    from assess.workflow import Assessment

NUMBERS = frozenset({3})


Answers = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="[ROLE.]QUESTION=VALUE",
        help="Everybody of a role answers so; without the role, it is agreed on.",
    ),
]
Proofs = Annotated[
    list[str] | None,
    typer.Option("--proof", metavar="QUESTION=GRADE", help="What is answered is stated, documented or confirmed."),
]
Levels = Annotated[
    list[str] | None,
    typer.Option(
        "--level", metavar="CRITERION=LEVEL", help="All questions of a criterion are answered at a level, with proof."
    ),
]
Done = Annotated[
    list[str] | None, typer.Option("--done", metavar="INITIATIVE", help="An initiative is finished, and shows.")
]
NewWeights = Annotated[
    list[str] | None,
    typer.Option("--weight", metavar="NAME=WEIGHT", help="A principle, criterion or question weighs so much."),
]
Capacity = Annotated[
    list[str] | None,
    typer.Option("--capacity", metavar="ROLE=DAYS", help="A role, or `default`, has so many days in a period."),
]
Without = Annotated[
    list[str] | None, typer.Option("--without", metavar="GATE", help="A gate or a clash is switched off.")
]
Best = Annotated[
    int, typer.Option("--best", metavar="N", min=0, help="Name the N single changes that lift the score most.")
]
BestOf = Annotated[
    str, typer.Option("--node", metavar="NAME", help="Whose score --best lifts: a principle or criterion.")
]


def whatif(  # noqa: PLR0913 - the options of a command
    path: EngagementPath,
    *,
    answers: Answers = None,
    proofs: Proofs = None,
    levels: Levels = None,
    done: Done = None,
    weights: NewWeights = None,
    capacity: Capacity = None,
    without: Without = None,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day of the assessment.")] = "",
    start: Annotated[str, typer.Option("--start", metavar="DATE", help="The first day of the plan.")] = "",
    best: Best = 0,
    node: BestOf = "overall",
    rubrics: Rubrics = None,
    output: Output = Format.text,
) -> None:
    """Show what a change would do, and which would do most.

    Scores, findings and plan with the changes beside those without; nothing is written. Options may be given several
    times and together: assess whatif PATH --set boss.pace=defined --done I-03 --capacity team=40. With --best, also
    the single answers and initiatives that would lift the score most.
    """
    from assess import workflow
    from assess.whatif import WrittenScenario, best_changes, whatif_json

    lists = (answers or (), proofs or (), levels or (), done or (), weights or (), capacity or (), without or ())
    written = WrittenScenario(*lists, on, start)
    if not (any(written) or best):
        message = "say what changes, such as --set ROLE.QUESTION=VALUE, or ask for --best N"
        raise typer.BadParameter(message, param_hint="PATH")
    with documents_checked():
        found = workflow.assess(path, rubrics or ())
    wanted = known_node(found, node)
    what = refused_or_tried(found, written) if any(written) else None
    after = what.after if what else found
    single = best_changes(after, best, wanted) if best else None
    if output is Format.json:
        print_json(whatif_json(what, single))
    else:
        texts = (what_text(what) if what else "", best_text(after, single) if single else "")
        typer.echo("\n\n".join(filter(None, texts)))


def refused_or_tried(found: "Assessment", written: "WrittenScenario") -> "WhatIf":
    """What a scenario changes; a scenario with mistakes ends the command with all of them."""
    from assess.whatif import compare, read_scenario, try_scenario

    try:
        scenario = read_scenario(found, written)
        return compare(found, try_scenario(found, scenario), scenario)
    except DocumentError as error:
        complain(error.problems)
        raise typer.Exit(USAGE) from None


def known_node(found: "Assessment", name: str) -> str:
    """The id of a node by its id or code; a usage error for others."""
    scores, names = found.scorecard.scores, found.scorecard.names
    if names.get(name) not in scores:
        known = [known for known, meant in names.items() if meant in scores]
        raise typer.BadParameter(f"'{name}' is no node of the rubric{nearest(name, known)}", param_hint="--node")
    return names[name]


def what_text(what: "WhatIf") -> str:
    """What a scenario changes, as text."""
    from assess.whatif.wording import finding_lines, move_rows, plan_lines, scenario_lines

    rows = move_rows(what)
    table = align_columns(rows, right=NUMBERS) if rows[1:] else "No score moves."
    lines = [*scenario_lines(what), "", table, "", *finding_lines(what), *plan_lines(what)]
    return "\n".join(lines).rstrip()


def best_text(after: "Assessment", best: "BestChanges") -> str:
    """The best single changes as text."""
    from assess.whatif.wording import best_lines

    return "\n".join(best_lines(after, best))
