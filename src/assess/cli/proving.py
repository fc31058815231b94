"""What `assess plan --prove` does: bounds what other plans can be worth, and prints it."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from assess.cli.streams import muted
from assess.numbers import native, number
from assess.problems import DocumentError, Problem, nearest

if TYPE_CHECKING:
    from assess.model.roadmap import FavouriteProof, PlanProof
    from assess.workflow import Assessment

PLACES = 3
"""Decimals of a mean over years, in which a hundredth of a level is a quarter of a level for half a year."""
NOISE = 1e-6
SECONDS = 120.0


def proved(found: "Assessment", favourites: Sequence[str], seconds: float) -> "PlanProof":
    """Bounds on what other plans are worth; raises DocumentError where highspy is not there."""
    names = [_known(found, name) for name in favourites]
    try:
        with muted():
            from assess.plan.bound import prove_plan

            return prove_plan(found, found.diagnosis, found.plan, names, seconds)
    except ModuleNotFoundError as error:
        if error.name != "highspy":
            raise
        message = "proofs need highspy, which is not installed"
        hint = "install it with this program: pip install 'social-assess[plan]'"
        raise DocumentError([Problem("extra_missing", message, hint=hint)]) from None


def _known(found: "Assessment", name: str) -> str:
    """The id of an initiative by its id or code; a usage error for what is none or cannot be planned."""
    rubric, sheet = found.rubric, found.sheet
    known = {**{i.code: i.id for i in rubric.initiatives if i.code}, **{i.id: i.id for i in rubric.initiatives}}
    if name not in known:
        raise typer.BadParameter(f"'{name}' is no initiative{nearest(name, [*known])}", param_hint="--with")
    if known[name] in sheet.engagement.done:
        raise typer.BadParameter(f"'{name}' is named as done", param_hint="--with")
    if known[name] in found.decisions.steering.excluded:
        raise typer.BadParameter(f"'{name}' is left out by decision", param_hint="--with")
    return known[name]


def proof_text(found: "Assessment", proof: "PlanProof") -> str:
    """How much better any other plan can be, and what a plan with each favourite is worth."""
    most = number(max(math.ceil(proof.percent * 10 - NOISE) / 10, 0.1), 1)
    here, limit = _mean(found, proof.level), _limit(found, proof.bound)
    first = (
        f"No plan under these rules and priorities is more than {most} % better: over {proof.weeks} weeks the score is "
    )
    lines = [f"{first}{here} on average, and no plan brings it beyond {limit}."]
    if proof.step > 1:
        lines.append(f"Starts within {proof.step} weeks were not told apart, so that the true bound is lower.")
    if not proof.finished and proof.step == 1:
        lines.append(f"The solver was stopped after {proof.seconds:g} seconds; with more time the bound may be lower.")
    return "\n".join([*lines, *(_favourite_text(found, proof, each) for each in proof.favourites)])


def _favourite_text(found: "Assessment", proof: "PlanProof", favourite: "FavouriteProof") -> str:
    known = found.rubric.initiative_by_id[favourite.initiative]
    name = known.code or known.title
    if favourite.initiative in {placed.initiative for placed in found.plan.placements}:
        return f"{name} is in the plan."
    if favourite.bound is None:
        return f"No plan under these rules and priorities has {name} in it: {'; '.join(favourite.price)}."
    lower = proof.level - favourite.bound
    said = f"No plan with {name} in it brings the average beyond {_limit(found, favourite.bound)}"
    said += f", {_distance(found, lower)} less than this one" if lower > 0 else ""
    if favourite.level is None:
        return f"{said}; none was found in time."
    return f"{said}; the best that was found has {_mean(found, favourite.level)}."


def _mean(found: "Assessment", value: float) -> str:
    """A mean of the root in its own points."""
    from assess.model.rubric import ROOT

    return number(native(value, found.scale(ROOT)), PLACES)


def _limit(found: "Assessment", value: float) -> str:
    """The same, rounded to the better side, so that what is said of it stays true."""
    from assess.model.rubric import ROOT

    low, high = found.scale(ROOT)
    step = 10**PLACES * abs(high - low) / 100
    return _mean(found, math.ceil(value * step - NOISE) / step) if low == 0 else _mean(found, value + 0.5 / step)


def _distance(found: "Assessment", points: float) -> str:
    """A difference of two means of the root in its own points, rounded down."""
    from assess.model.rubric import ROOT

    low, high = found.scale(ROOT)
    return number(math.floor(points * abs(high - low) * 10 ** (PLACES - 2) + NOISE) / 10**PLACES, PLACES)


def proof_json(found: "Assessment", proof: "PlanProof") -> dict[str, Any]:
    """The bounds as `plan/1` has them: means of the root in its own points."""
    from assess.model.rubric import ROOT

    def own(value: float | None) -> float | None:
        return None if value is None else native(value, found.scale(ROOT))

    return {
        "level": own(proof.level),
        "bound": own(proof.bound),
        "percent": proof.percent,
        "weeks": proof.weeks,
        "step": proof.step,
        "seconds": proof.seconds,
        "finished": proof.finished,
        "favourites": [
            {**each._asdict(), "level": own(each.level), "bound": own(each.bound), "price": list(each.price)}
            for each in proof.favourites
        ],
    }
