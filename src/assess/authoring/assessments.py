"""What comes of the answers of a persona or an engagement: scores, findings and a plan, and what of it rubrics test."""

from collections.abc import Iterator
from pathlib import Path

from assess.collect import collect_mapping, everything, open_engagement
from assess.collect.files import ENGAGEMENT
from assess.documents import printable
from assess.formula import Evaluation
from assess.model.answers import AnswerSheet
from assess.model.initiatives import Persona
from assess.model.roadmap import Plan
from assess.model.rubric import Rubric
from assess.problems import DocumentError, Problem
from assess.workflow import Assessment, assess_sheet, load_answers


def answers_of(rubric: Rubric, persona: Persona) -> AnswerSheet:
    """The answers of a persona as a sheet; raises DocumentError when they do not fit."""
    sheet = everything(collect_mapping(rubric, rubric.answers_of(persona), assessed_on=persona.assessed_on))
    named = {"name": persona.title, "staff": rubric.staff_of(persona)}
    organization = sheet.engagement.organization.model_copy(update=named)
    return sheet._replace(engagement=sheet.engagement.model_copy(update={"organization": organization}))


def holding(tree: Evaluation) -> frozenset[str]:
    """The gates that surely hold, flags and key criteria too."""
    caps = frozenset(cap.id for result in tree.nodes.values() for cap in result.caps if cap.holds)
    return caps | frozenset(gate.id for gate in tree.compiled.rubric.all_gates() if tree.truth(gate.when))


def clashing(claimed: Evaluation) -> frozenset[str]:
    """The clashes both halves of which surely hold, on a tree without the ceilings of evidence."""
    clashes = claimed.compiled.rubric.all_clashes()
    return frozenset(each.id for each in clashes if claimed.truth(each.claim) and claimed.truth(each.practice))


def planned(plan: Plan) -> frozenset[str]:
    """The initiatives in a plan."""
    return frozenset(placement.initiative for placement in plan.placements)


def engagements(folder: Path, rubric: Rubric) -> Iterator[tuple[str, Assessment]]:
    """What the rubric says of the `engagement_places`; those of other rubrics are left out.

    Raises DocumentError with every mistake in one, and when there is none.
    """
    for path in engagement_places(folder):
        if open_engagement(path)[0].rubric == rubric.id:
            yield called(path), assess_sheet(rubric, load_answers(path, rubric))


def engagement_places(folder: Path) -> list[Path]:
    """The engagements in a folder in the order of their names, or the one it is; raises DocumentError for none."""
    if folder.is_file() or _is_engagement(folder):
        return [folder]
    places = [path for path in _entries(folder) if _is_engagement(path)]
    if not places:
        message = f"{printable(str(folder))} holds no engagements"
        hint = "name an engagement, or the folder above several"
        raise DocumentError([Problem("file_missing", message, hint=hint)])
    return places


def called(path: Path) -> str:
    """What an engagement is called: its folder, or its file without the suffix."""
    whole = path.resolve()
    return whole.stem if whole.is_file() else whole.name


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _is_engagement(path: Path) -> bool:
    return (path / ENGAGEMENT).is_file()
