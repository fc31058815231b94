"""What comes of the answers of a persona or an engagement: scores, findings and a plan, and what of it rubrics test."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assess.collect import collect_mapping, everything, open_engagement
from assess.collect.files import ENGAGEMENT
from assess.documents import printable
from assess.formula import Evaluation
from assess.model.answers import AnswerSheet, Voice
from assess.model.engagement import EvidenceItem, EvidenceKind
from assess.model.initiatives import Persona
from assess.model.roadmap import QUICK, Plan
from assess.model.rubric import Rubric
from assess.problems import DocumentError, Problem
from assess.workflow import Assessment, assess_sheet, load_answers

ASSUMED = "What the persona is taken to prove"
PROOF: Mapping[str, tuple[EvidenceKind, ...]] = {
    "stated": (),
    "documented": ("document",),
    "confirmed": ("document", "third_party"),
}
"""What stands beside an answer for it to be proved so well: docs/rubric-language.md, section 8, `evidence`."""


def answers_of(rubric: Rubric, persona: Persona) -> AnswerSheet:
    """The answers of a persona as a sheet; raises DocumentError when they do not fit."""
    sheet = everything(collect_mapping(rubric, rubric.answers_of(persona), assessed_on=persona.assessed_on))
    named = {"name": persona.title, "staff": rubric.staff_of(persona)}
    organization = sheet.engagement.organization.model_copy(update=named)
    sheet = sheet._replace(engagement=sheet.engagement.model_copy(update={"organization": organization}))
    return _proved(rubric, sheet, PROOF[proof_of(rubric, persona) or "stated"])


def proof_of(rubric: Rubric, persona: Persona) -> str | None:
    """How well a persona proves what nobody shows evidence for, itself or as the personas it is like."""
    return next((known.proof for known in rubric.likenesses(persona) if known.proof), None)


def _proved(rubric: Rubric, sheet: AnswerSheet, kinds: Sequence[EvidenceKind]) -> AnswerSheet:
    """The sheet with evidence of its day beside every level answer to a question that nobody shows any for."""
    on = sheet.engagement.assessed_on
    proof = tuple(EvidenceItem(title=ASSUMED, kind=kind, dated=on) for kind in kinds)
    given = [pair for voice in sheet.voices for pair in voice.answers.items() if pair[1].state == "value"]
    shown = {name for name, answer in given if answer.evidence}
    levels = {question.id for question in rubric.questions() if question.traits.anchored} - shown

    def with_proof(voice: Voice) -> Voice:
        answers = {
            name: answer._replace(evidence=proof) if name in levels and answer.state == "value" else answer
            for name, answer in voice.answers.items()
        }
        return voice._replace(answers=answers)

    return sheet._replace(voices=tuple(map(with_proof, sheet.voices))) if proof else sheet


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
            yield called(path), assess_sheet(rubric, load_answers(path, rubric), search=QUICK)


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
