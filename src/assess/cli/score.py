"""`assess score`: the scores as a table or as JSON."""

from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.drawing import draw_and_keep, drawn_text
from assess.cli.options import Draws, EngagementPath, Format, Output, Rubrics, Seed
from assess.cli.output import MISSED, align_columns, counted_problems, documents_checked, print_json
from assess.problems import listing, nearest

if TYPE_CHECKING:
    from assess.formula.certainty import Certainty
    from assess.workflow import Assessment

HEADING = ("", "score", "level", "could be", "claimed", "answered", "held down by")
NUMBERS = frozenset({1, 4, 5})
DOES_NOT_APPLY = "does not apply"


def score(
    path: EngagementPath,
    rubrics: Rubrics = None,
    output: Output = Format.text,
    fail_under: Annotated[
        list[str] | None,
        typer.Option("--fail-under", metavar="NODE=LEVEL", help="Exit with 3 when the node is below the level."),
    ] = None,
    draws: Draws = None,
    seed: Seed = None,
) -> None:
    """Print the scores of an engagement.

    `could be` stands where open answers could still move a score; `claimed` is the score with evidence left aside.
    """
    if seed is not None and draws is None:
        raise typer.BadParameter("say how often to draw: --draws 4000", param_hint="--seed")
    from assess import workflow
    from assess.export import certainty_json, scorecard_json
    from assess.export.facts import facts_json
    from assess.model.rubric import ROOT

    with documents_checked():
        found = workflow.assess(path, rubrics or ())
        if draws is not None:
            found = draw_and_keep(path, found, draws, seed)
    certainty = found.certainties[ROOT]
    missed = [words for text in fail_under or () if (words := level_shortfall(found, text))]
    if output is Format.json:
        made = scorecard_json(found, found.diagnosis, found.problems)
        print_json({**made, "facts": facts_json(found.facts), "certainty": certainty_json(certainty)})
    else:
        said = (score_heading(found), score_table(found), acceptance_lines(found), sureness_lines(found, certainty))
        typer.echo("\n\n".join(filter(None, (*said, drawn_text(found, found.drawn) if found.drawn else ""))))
        if found.problems:
            typer.echo(f"\n{counted_problems(found.problems)}; to see them: assess check {path}", err=True)
    for words in missed:
        typer.echo(words, err=True)
    if missed:
        raise typer.Exit(MISSED)


def level_shortfall(found: "Assessment", text: str) -> str:
    """What to say when the node of a `NODE=LEVEL` is below the level, else the empty text; a usage error for others."""
    from assess.formula import begins, format_figure, target_value
    from assess.numbers import BELOW

    node, _, wanted = text.partition("=")
    card = found.scorecard.scores.get(found.scorecard.names.get(node, ""))
    if card is None:
        known = [name for name, meant in found.scorecard.names.items() if meant in found.scorecard.scores]
        message = f"'{node}' is no node of the rubric{nearest(node, known) or '; write NODE=LEVEL'}"
        raise typer.BadParameter(message, param_hint="--fail-under")
    keys = [level.key for level in found.rubric.levels_of(card.id)]
    if not keys:
        raise typer.BadParameter("this rubric has no levels", param_hint="--fail-under")
    if wanted not in keys:
        said = (
            f"'{wanted}' is not a level of '{node}'{nearest(wanted, keys)}" if wanted else f"name a level: {node}=LEVEL"
        )
        message = f"{said}; levels are {', '.join(keys)}"
        raise typer.BadParameter(message, param_hint="--fail-under")
    if card.level in keys and keys.index(card.level) >= keys.index(wanted):
        return ""
    start = begins(found.rubric, card.id, target_value(found.rubric, card.id, wanted), card.scale)
    value = format_figure(found.rubric, card.id, card.value, card.scale)
    begins_there = f"lies {start}" if start.startswith(BELOW) else f"begins at {start}"
    return f"missed: {node} is {value}, and {wanted} {begins_there}"


def score_heading(found: "Assessment") -> str:
    """Who was assessed when, by which rubric, and the headline."""
    from assess.scope import extent_in_words

    engagement, rubric = found.sheet.engagement, found.rubric
    first = f"{engagement.organization.name}, {engagement.assessed_on.isoformat()}, {rubric.id} {rubric.version}"
    extent = [extent_in_words(rubric.extent)] if rubric.extent else []
    return "\n".join([first, *extent, found.diagnosis.headline]).rstrip()


def sureness_lines(found: "Assessment", certainty: "Certainty") -> str:
    """Who stands behind the scores, who was not heard, and how much of what was asked for is there."""
    from assess.formula.certainty import anonymity, share_filled, silence, who

    staff = found.sheet.engagement.organization.staff
    rubric = found.rubric
    told = (
        who(rubric, certainty, staff),
        silence(rubric, certainty),
        anonymity(rubric, certainty),
        share_filled(certainty),
    )
    return "\n".join(filter(None, told))


def acceptance_lines(found: "Assessment") -> str:
    """What the scores above would be where what is accepted for a time counts as met; empty where they are the same."""
    from assess.formula import format_figure
    from assess.model.rubric import ROOT

    changed = found.with_acceptances
    if not changed:
        return ""
    said = []
    for name, value in changed.items():
        card = found.scorecard.scores[name]
        title = "overall" if name == ROOT else card.code or name
        said.append(f"{title} {format_figure(found.rubric, name, value, card.scale, card.value)}")
    accepted = listing([finding.id for finding in found.diagnosis.accepted])
    return f"Accepted for a time, and open in the scores above: {accepted}.\nCounted as met: {', '.join(said)}."


def score_table(found: "Assessment") -> str:
    """Every node with its score, level, claim, coverage, binding cap and, where answers are open, bounds."""
    from assess.formula import format_figure, tight
    from assess.model.rubric import ROOT
    from assess.numbers import NOT_SCORED, percent

    rows = [HEADING]
    depth = {ROOT: 0}
    for name, card in found.scorecard.scores.items():
        if name != ROOT:
            depth[name] = depth[found.rubric.home_of[name]] + 1
        titles = {level.key: level.title for level in found.rubric.levels_of(name)}
        near = tight(found.rubric, name, card.scale, card.low, card.high)
        told = (card.value, card.low, card.high)
        value, low, high = (format_figure(found.rubric, name, x, card.scale, *near) for x in told)
        claimed = format_figure(found.rubric, name, card.claimed, card.scale)
        covered = percent(card.coverage)
        if card.low is None:
            value, claimed, covered = NOT_SCORED if card.only_facts else DOES_NOT_APPLY, "", ""
        title = "Overall" if name == ROOT else "  " * depth[name] + f"{card.code or name} {card.title}"
        level = card.category or titles.get(card.level or "", "")
        between = f"{low} to {high}" if low != high else ""
        caps = ", ".join(gate.id for gate in card.gates if gate.binds)
        rows.append((title, value, level, between, claimed, covered, caps))
    return align_columns(rows, right=NUMBERS)
