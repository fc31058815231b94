"""`assess rubric test`: the personas of a rubric as its tests, and what of the rubric they reach."""

import textwrap
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.files import write_whole
from assess.cli.options import Rubrics
from assess.cli.output import MISSED, PROBLEMS, align_columns, documents_checked, print_json, problem_text
from assess.problems import DocumentError, listing, nearest

if TYPE_CHECKING:
    from assess.authoring.test.coverage import Coverage
    from assess.authoring.test.outcomes import Outcome
    from assess.authoring.test.runs import Run
    from assess.authoring.test.survivors import Survivors
    from assess.authoring.test.updates import Rewriting
    from assess.documents import SourceMap
    from assess.model.initiatives import Persona
    from assess.model.rubric import Rubric

HEADING = ("", "persona", "overall", "level", "gates", "clashes", "planned")
NUMBERS = frozenset({2, 4, 5, 6})
MOST, WIDTH = 12, 110


class TrialFormat(StrEnum):
    """How the outcome of the personas is printed."""

    text = "text"
    json = "json"
    junit = "junit"


Name = Annotated[str, typer.Argument(metavar="NAME", help="A rubric by name or path.")]
One = Annotated[str | None, typer.Option("--persona", metavar="ID", help="Run this one alone.")]
Explain = Annotated[
    str | None, typer.Option("--explain", metavar="NODE", help="Show how a score of the --persona came about.")
]
Update = Annotated[bool, typer.Option("--update", help="Write what came out into the `expect:` of those that failed.")]
Cover = Annotated[
    float | None,
    typer.Option("--cover", metavar="PERCENT", min=0, max=100, help="Exit with 3 when less of the rubric is reached."),
]
Mutate = Annotated[bool, typer.Option("--mutate", help="Say which single changes of the rubric no persona notices.")]
Engagements = Annotated[
    Path | None, typer.Option("--engagements", metavar="FOLDER", help="Engagements that count for coverage too.")
]


def run_personas(  # noqa: PLR0913 - the options of a command
    name: Name,
    rubrics: Rubrics = None,
    persona: One = None,
    engagements: Engagements = None,
    explain: Explain = None,
    *,
    cover: Cover = None,
    update: Update = False,
    mutate: Mutate = False,
    output: Annotated[TrialFormat, typer.Option("--format", help="How to print.")] = TrialFormat.text,
) -> None:
    """Run the personas of a rubric as its tests.

    Each persona is scored, diagnosed and planned, and held against what its `expect:` says. Then comes what of the
    rubric no persona reaches: options, gates, clashes, rules, levels, headlines, initiatives and texts.
    """
    from assess.resources import find_rubric

    refuse_unfit(persona, explain, mutate or (engagements if cover is None else cover) is not None)
    with documents_checked():
        place = find_rubric(name, rubrics or ())
        if persona is not None and explain is not None:
            typer.echo(explain_persona(place, persona, explain))
            return
        run, sources = run_of(place, persona, engagements)
        for told in write_updates(run, sources) if update else ():
            typer.echo(told, err=output is not TrialFormat.text)
        if update and run.failed:
            run, sources = run_of(place, persona, engagements)
        run = try_changes(run, sources) if mutate else run
    print_run(run, output)
    missed = coverage_shortfall(run, cover)
    if missed:
        typer.echo(missed, err=True)
    if run.failed or missed:
        raise typer.Exit(PROBLEMS if run.failed else MISSED)


def refuse_unfit(persona: str | None, explain: str | None, whole: bool) -> None:  # noqa: FBT001 - what was asked for
    """Raise a usage error for options that make no sense together; `whole`: one of them needs all personas."""
    if explain is not None and persona is None:
        raise typer.BadParameter("say whose score: --persona ID", param_hint="--explain")
    if whole and persona is not None:
        options = "--cover, --engagements and --mutate"
        message = f"one persona says nothing about what is reached; leave out {options}, or --persona"
        raise typer.BadParameter(message, param_hint="--persona")


def run_of(place: Path, persona: str | None, folder: Path | None) -> tuple["Run", "SourceMap"]:
    """One or all personas of the rubric at a place, with engagements beside them, put to the test."""
    from assess.authoring.assessments import engagements
    from assess.authoring.test.expectations import opened
    from assess.authoring.test.runs import run_all, run_one

    rubric, sources = opened(place)
    if persona is not None:
        return run_one(rubric, sources, known_persona(rubric, persona)), sources
    beside = engagements(folder, rubric) if folder else ()
    return run_all(rubric, sources, beside), sources


def try_changes(run: "Run", sources: "SourceMap") -> "Run":
    """The run, and which single changes of its rubric no persona notices."""
    from assess.authoring.test.survivors import find_survivors

    return run._replace(survivors=find_survivors(run.rubric, sources))


def known_persona(rubric: "Rubric", wanted: str) -> "Persona":
    """The persona of an id; a usage error with the nearest spelling when there is none."""
    known = {persona.id: persona for persona in rubric.personas}
    if wanted not in known:
        message = (
            f"'{wanted}' is no persona of '{rubric.id}'{nearest(wanted, known) or f'; there are {listing([*known])}'}"
        )
        raise typer.BadParameter(message, param_hint="--persona")
    return known[wanted]


def explain_persona(place: Path, persona: str, node: str) -> str:
    """How a score of a persona came about."""
    from assess.authoring.test.expectations import opened, tried
    from assess.cli.explain import known_name
    from assess.explain import explain

    rubric, sources = opened(place)
    trial = tried(rubric, sources, known_persona(rubric, persona))
    if trial.found is None:
        raise DocumentError(trial.problems)
    return explain(trial.found, known_name(rubric, node))


def write_updates(run: "Run", sources: "SourceMap") -> Iterator[str]:
    """Write what came out of the personas that failed into their files; the changed lines, and what is odd in them."""
    from assess.authoring.test.expectations import tried
    from assess.authoring.test.updates import find_unproved, rewritten

    failed = {outcome.id for outcome in run.failed}
    trials = [tried(run.rubric, sources, known) for known in run.rubric.personas if known.id in failed]
    for file in rewritten(sources, trials):
        yield difference(file)
        write_whole(file.path, file.after)
    yield from (problem_text(problem) for problem in find_unproved(sources, trials))


def difference(file: "Rewriting") -> str:
    """The lines of a file that change, as a patch."""
    name, before, after = str(file.path), file.before.splitlines(), file.after.splitlines()
    return "\n".join(unified_diff(before, after, fromfile=name, tofile=name, lineterm=""))


def print_run(run: "Run", output: TrialFormat) -> None:
    """Print a run in one of its forms."""
    from assess.authoring.test.runs import run_json, run_junit

    if output is TrialFormat.json:
        print_json(run_json(run))
    elif output is TrialFormat.junit:
        typer.echo(run_junit(run))
    else:
        typer.echo("\n\n".join(sections(run)))


def sections(run: "Run") -> Iterator[str]:
    """The parts of the printed outcome: each persona, what came out otherwise, what is reached, what is not."""
    if run.outcomes:
        yield align_columns([HEADING, *(persona_row(run.rubric, outcome) for outcome in run.outcomes)], right=NUMBERS)
    yield from (problem_text(problem) for problem in run.problems)
    if run.coverage is not None:
        yield align_columns(
            [("part of the rubric", "reached", "of"), *coverage_counts(run.coverage)], right=frozenset({1, 2})
        )
        if any(kind.missed for kind in run.coverage):
            missed = (unreached(kind.title, kind.missed) for kind in run.coverage if kind.missed)
            yield "\n".join(["never reached:", *missed])
    if run.survivors is not None:
        yield from surviving(run.survivors)
    yield closing(run)


def persona_row(rubric: "Rubric", outcome: "Outcome") -> tuple[str, ...]:
    """One persona as a row of the table."""
    from assess.formula import format_figure

    word, overall = "ok" if outcome.passed else "failed", outcome.overall
    if overall is None:
        return (word, outcome.id, *[""] * (len(HEADING) - 2))
    numbers = (str(number) for number in (outcome.gates, outcome.clashes, outcome.planned))
    return (
        word,
        outcome.id,
        format_figure(rubric, overall.id, overall.value, overall.scale),
        overall.level or "",
        *numbers,
    )


def coverage_counts(kinds: Sequence["Coverage"]) -> Iterator[tuple[str, str, str]]:
    """Each kind with how many of its parts are reached, of how many."""
    return ((kind.title, str(len(kind.reached)), str(len(kind.parts))) for kind in kinds)


def surviving(kinds: Sequence["Survivors"]) -> Iterator[str]:
    """How many changes of each kind some persona notices, and those that none does."""
    rows = [(kind.title, str(kind.noticed), str(kind.made)) for kind in kinds]
    yield align_columns([("change of the rubric", "noticed", "of"), *rows], right=frozenset({1, 2}))
    told = [(kind.title, [f"{each.element}: {each.says}" for each in kind.unnoticed]) for kind in kinds]
    if any(parts for _, parts in told):
        yield "\n".join(["no persona notices:", *(unreached(title, parts) for title, parts in told if parts)])


def unreached(title: str, missed: Sequence[str]) -> str:
    """The first parts of a kind that nobody reaches, `question: a, b` where several belong to one."""
    homes: dict[str, list[str]] = {}
    for part in missed:
        home, _, inner = part.partition(": ")
        homes.setdefault(home, []).extend([inner] if inner else [])
    words = [f"{home}: {', '.join(inner)}" if inner else home for home, inner in homes.items()]
    more = f"; and {len(words) - MOST} more" if len(words) > MOST else ""
    said = f"{title} ({len(missed)}): {'; '.join(words[:MOST])}{more}"
    return textwrap.fill(said, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def closing(run: "Run") -> str:
    """How many personas came out as expected, and how much of the rubric all of them reach."""
    from assess.authoring.test.coverage import share_reached
    from assess.numbers import apart, counted

    outcome = f"{len(run.failed)} failed" if run.failed else "all as expected"
    lines = [
        f"{counted(len(run.outcomes), 'persona', 'personas')}: {outcome}." if run.outcomes else "There are no personas."
    ]
    if any(outcome.overall for outcome in run.failed):
        lines += ["Once you have looked at it, --update writes what came out into their files."]
    if run.coverage is not None:
        beside = f"With {counted(len(run.engagements), 'engagement', 'engagements')} " if run.engagements else ""
        reached = apart(share_reached(run.coverage), 1, 100)
        lines += [f"{beside}{reached}% of the rubric is reached; --format json names all that is not."]
    if run.survivors is not None:
        lines += [share_of_changes(run.survivors)]
    return "\n".join(lines)


def share_of_changes(kinds: Sequence["Survivors"]) -> str:
    """How many changes of the rubric are noticed, of how many."""
    from assess.authoring.test.survivors import share_noticed
    from assess.numbers import apart, counted

    made = counted(sum(kind.made for kind in kinds), "single change", "single changes")
    noticed = sum(kind.noticed for kind in kinds)
    return f"{noticed} of {made} of the rubric would be noticed ({apart(share_noticed(kinds), 1, 100)}%)."


def coverage_shortfall(run: "Run", cover: float | None) -> str:
    """What to say when less of the rubric is reached than wanted, else the empty text."""
    from assess.authoring.test.coverage import share_reached
    from assess.numbers import apart, short

    if cover is None or run.coverage is None or share_reached(run.coverage) >= cover:
        return ""
    return f"{apart(share_reached(run.coverage), 1, cover)}% of the rubric is reached; {short(cover, 6)}% was wanted"
