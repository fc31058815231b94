"""`assess plan`: the plan as a table, as JSON, for trackers and calendars; a deep search is kept, a bound proved."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from assess.cli.options import EngagementPath, Rubrics
from assess.cli.output import complain, documents_checked, print_json
from assess.cli.proving import SECONDS, proof_json, proof_text, proved

if TYPE_CHECKING:
    from assess.model.roadmap import PlanSearch
    from assess.workflow import Assessment


class PlanFormat(StrEnum):
    """How a plan is printed; `csv` is for Jira, Planner and spreadsheets, `ics` for calendars."""

    text = "text"
    json = "json"
    csv = "csv"
    ics = "ics"


Prove = Annotated[
    bool, typer.Option("--prove", help="Say how much better any other plan can be; needs the extra `plan`.")
]
Favourites = Annotated[
    list[str] | None,
    typer.Option(
        "--with", metavar="ID", help="With --prove: say what the best plan with this initiative in it is worth."
    ),
]
Seconds = Annotated[
    float | None, typer.Option("--seconds", min=1, help="What the solver may take for each bound; 120 if not said.")
]
NOTICE = (
    "# The order of a plan: written by `assess plan --deep`, read by `assess report` while the numbers stay.\n"
    "# What is decided about single initiatives stands in decisions.yaml.\n"
)


def plan(  # noqa: PLR0913 - the options of a command
    path: EngagementPath,
    *,
    rubrics: Rubrics = None,
    output: Annotated[PlanFormat, typer.Option("--format", help="How to print.")] = PlanFormat.text,
    quick: Annotated[
        bool, typer.Option("--quick", help="Take the plan in which always the best comes next, and try no other.")
    ] = False,
    deep: Annotated[
        bool, typer.Option("--deep", help="Search for long, and keep the order in the engagement for every report.")
    ] = False,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, max=2**53, help="What the trials of the search follow from; else 0.")
    ] = None,
    prove: Prove = False,
    with_it: Favourites = None,
    seconds: Seconds = None,
) -> None:
    """Print the plan of an engagement: what is done when, by whom, and where that leads.

    The same engagement gives the same plan on every machine: orders are tried so many times, and never for so long.
    """
    if quick and (deep or seed is not None):
        raise typer.BadParameter("with --quick nothing is searched, so there is no seed and nothing to keep")
    _refuse_proofs(output, prove=prove, told=bool(with_it) or seconds is not None)
    from assess import workflow
    from assess.cli.plan_formats import plan_calendar, plan_json, plan_rows, plan_table

    with documents_checked("nothing was printed"):
        found = workflow.assess(path, rubrics or (), _search(quick=quick, deep=deep, seed=seed))
        if deep:
            _keep_order(path, found)
        proof = proved(found, with_it or (), seconds or SECONDS) if prove else None
    complain(problem for problem in found.problems if problem.code == "planned_before")
    match output:
        case PlanFormat.json:
            print_json({**plan_json(found), **({"proof": proof_json(found, proof)} if proof else {})})
        case PlanFormat.csv:
            typer.echo(plan_rows(found), nl=False)
        case PlanFormat.ics:
            typer.echo(plan_calendar(found), nl=False)
        case PlanFormat.text:
            typer.echo("\n\n".join([plan_table(found), *([proof_text(found, proof)] if proof else [])]))
        case _:
            assert_never(output)


def _refuse_proofs(output: PlanFormat, *, prove: bool, told: bool) -> None:
    """Refuse what belongs to a proof where none is asked for, and a proof where it has no place."""
    if told and not prove:
        raise typer.BadParameter("--with and --seconds say what --prove is to do", param_hint="--prove")
    if prove and output not in (PlanFormat.text, PlanFormat.json):
        message = f"a bound has no place in {output.value}; print it as text or json"
        raise typer.BadParameter(message, param_hint="--prove")


def _search(*, quick: bool, deep: bool, seed: int | None) -> "PlanSearch | None":
    """How the plan is looked for; None for as always, with the order that is kept."""
    from assess.model.roadmap import DEEP_TRIALS, QUICK, TRIALS, PlanSearch

    if quick:
        return QUICK
    if deep or seed is not None:
        return PlanSearch(trials=DEEP_TRIALS if deep else TRIALS, seed=seed or 0)
    return None


def _keep_order(path: Path, found: "Assessment") -> None:
    """Write the order of a plan into its engagement; raises DocumentError where it cannot be kept."""
    from assess.cli.files import refuse_occupied, write_whole
    from assess.collect import plan_file
    from assess.documents.writer import dump
    from assess.model.kept_plan import KeptPlan

    file = plan_file(path)
    refuse_occupied(file)
    order = found.plan.order
    kept = KeptPlan(
        assess="plan-order/1",
        rubric=found.rubric.id,
        seed=order.seed,
        trials=order.trials,
        numbers=order.numbers,
        order=order.names,
    )
    write_whole(file, NOTICE + dump(kept.model_dump(mode="json")))
    typer.echo(f"{file} written: the best of {order.trials} orders", err=True)
