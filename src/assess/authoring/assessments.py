"""What comes of the answers of a persona or an engagement: scores, findings and a plan, and what of it rubrics test."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assess.collect import collect_mapping, everything, open_engagement
from assess.collect.files import ENGAGEMENT
from assess.diagnose import diagnose
from assess.documents import printable
from assess.formula import Evaluation, Readings, compile_rubric, evaluate, read
from assess.model.answers import AnswerSheet
from assess.model.findings import Diagnosis, FindingKind
from assess.model.initiatives import Persona
from assess.model.roadmap import Plan
from assess.model.rubric import Rubric
from assess.model.scorecard import Scorecard
from assess.plan import plan
from assess.problems import DocumentError, Problem
from assess.scoring import score
from assess.workflow import load_answers


@dataclass(frozen=True)
class Life:
    """An organization all the way from its answers to its plan."""

    name: str
    rubric: Rubric
    sheet: AnswerSheet
    scorecard: Scorecard
    diagnosis: Diagnosis
    plan: Plan

    @cached_property
    def holding(self) -> frozenset[str]:
        """The gates that surely hold, flags and key criteria too."""
        return frozenset(gate.id for gate in self.scorecard.gates() if gate.holds) | self.found("gate")

    @cached_property
    def clashing(self) -> frozenset[str]:
        """The clashes that are printed."""
        return self.found("clash")

    @cached_property
    def planned(self) -> frozenset[str]:
        """The initiatives in the plan."""
        return frozenset(placement.initiative for placement in self.plan.placements)

    @cached_property
    def readings(self) -> Readings:
        """The answers as numbers."""
        return read(self.rubric, self.sheet)

    @cached_property
    def tree(self) -> Evaluation:
        """The evidenced tree."""
        return evaluate(compile_rubric(self.rubric), self.readings)

    @cached_property
    def claimed(self) -> Evaluation:
        """The tree without the ceilings of evidence, on which clashes are read."""
        return evaluate(compile_rubric(self.rubric), self.readings, claimed=True)

    def holds(self, gate: str) -> bool:
        """Whether a gate holds, by id or code."""
        return self.rubric.names.get(gate, gate) in self.holding

    def plans(self, initiative: str) -> bool:
        """Whether an initiative is in the plan, by id or code."""
        return self.rubric.names.get(initiative, initiative) in self.planned

    def found(self, kind: FindingKind) -> frozenset[str]:
        """What the findings of a kind are about: gates, clashes, or the criteria with a gap or a strength."""
        return frozenset(finding.id.removeprefix(f"{kind}_") for finding in self.diagnosis.of(kind))


def lived(rubric: Rubric, persona: Persona) -> Life:
    """What the rubric says of a persona; raises DocumentError when its answers do not fit."""
    sheet = everything(collect_mapping(rubric, rubric.answers_of(persona), assessed_on=persona.assessed_on))
    named = {"name": persona.title, "staff": rubric.staff_of(persona)}
    organization = sheet.engagement.organization.model_copy(update=named)
    return life_of(
        persona.id,
        rubric,
        sheet._replace(engagement=sheet.engagement.model_copy(update={"organization": organization})),
    )


def life_of(name: str, rubric: Rubric, sheet: AnswerSheet) -> Life:
    """What the rubric says of an answer sheet."""
    scorecard = score(rubric, sheet)
    diagnosis = diagnose(rubric, sheet, scorecard)
    return Life(name, rubric, sheet, scorecard, diagnosis, plan(rubric, sheet, scorecard, diagnosis))


def engagements(folder: Path, rubric: Rubric) -> Iterator[Life]:
    """What the rubric says of the `engagement_places`; those of other rubrics are left out.

    Raises DocumentError with every mistake in one, and when there is none.
    """
    for path in engagement_places(folder):
        if open_engagement(path)[0].rubric == rubric.id:
            yield life_of(called(path), rubric, load_answers(path, rubric))


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
