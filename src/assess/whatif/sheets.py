"""An answer sheet with other answers, as far as it is known who would then have been asked what."""

from collections.abc import Iterable, Mapping

from assess.collect import ask_again
from assess.formula import EvaluatedOrganization, Evaluation, compile_rubric, read_sheet
from assess.formula import nodes as f
from assess.formula.asked import crowd_truth
from assess.model.answers import Answer, AnswerSheet, Settlement, Voice
from assess.model.rubric import Rubric
from assess.whatif.scenario import Scenario, TriedAnswer

WHY = "What if."
Cell = tuple[str, str]


class UntoldError(Exception):
    """What cannot be told: which anonymous people would then have been asked these questions; `questions` by id."""

    def __init__(self, questions: Iterable[str]) -> None:
        """Keep the questions, each once."""
        self.questions = (*dict.fromkeys(questions),)
        super().__init__(", ".join(self.questions))


def changed_sheet(organization: EvaluatedOrganization, rubric: Rubric, scenario: Scenario) -> AnswerSheet:
    """The sheet of an organization as a scenario has it, with what each person was asked judged anew.

    rubric: as the scenario has it. Raises UntoldError where that would depend on what anonymous people said.
    """
    sheet = organization.sheet
    settled = {**sheet.settled, **{t.question: _settled(rubric, t) for t in scenario.answers if not t.role}}
    engagement = sheet.engagement.model_copy(
        update={
            "assessed_on": scenario.on or sheet.engagement.assessed_on,
            "start_on": scenario.start or sheet.engagement.start_on,
            "capacity": {**sheet.engagement.capacity, **scenario.capacity},
            "done": (*dict.fromkeys((*sheet.engagement.done, *scenario.done)),),
        }
    )
    changed = sheet._replace(
        engagement=engagement,
        voices=_said_otherwise(sheet.voices, [tried for tried in scenario.answers if tried.role]),
        settled={name: settled[name] for name in rubric.question_by_id if name in settled},
        granted={**sheet.granted, **scenario.proofs},
    )
    return ask_again(rubric, _regrouped(organization, rubric, changed))


def _settled(rubric: Rubric, tried: TriedAnswer) -> Settlement:
    return Settlement(tried.answer, rubric.asked(rubric.question_by_id[tried.question]), WHY)


def _said_otherwise(voices: tuple[Voice, ...], changes: Iterable[TriedAnswer]) -> tuple[Voice, ...]:
    """Everybody who is heard in a role says the same; where nobody is, somebody says this and nothing else.

    An answer with a value keeps the evidence beside it.
    """
    for role, given in _by_role(changes).items():
        if not any(voice.role == role for voice in voices):
            voices = (*voices, Voice(role, {}))
        voices = tuple(
            voice._replace(answers={**voice.answers, **_beside(voice, given)}) if voice.role == role else voice
            for voice in voices
        )
    return voices


def _by_role(changes: Iterable[TriedAnswer]) -> dict[str, dict[str, Answer]]:
    found: dict[str, dict[str, Answer]] = {}
    for tried in changes:
        found.setdefault(tried.role, {})[tried.question] = tried.answer
    return found


def _beside(voice: Voice, given: Mapping[str, Answer]) -> dict[str, Answer]:
    """New answers with the evidence, the comment and the confidence of those in whose place they stand."""
    return {
        name: voice.answers[name]._replace(state=answer.state, value=answer.value, why=answer.why)
        if name in voice.answers
        else answer
        for name, answer in given.items()
    }


def _regrouped(organization: EvaluatedOrganization, rubric: Rubric, sheet: AnswerSheet) -> AnswerSheet:
    """The sheet with the anonymous answers to questions that would then still have been asked.

    Only what is agreed on otherwise can be judged without knowing who said what; it is by the rule of forecasts.
    """
    before = organization.tree
    readings = read_sheet(rubric, sheet)._replace(agreed=before.readings.settled)
    after = Evaluation(compile_rubric(rubric), readings)
    crowds, put = dict(sheet.crowds), dict(sheet.put)
    untold: list[str] = []
    for name, role in sorted({*crowds, *put}):
        visible = before.compiled.items[name].visible
        if visible is None or not any(_differs(before, after, read) for read in f.names_read(visible)):
            continue
        truth = crowd_truth(after, name, role)
        agreed = all(_is_agreed_alone(before, after, read) for read in f.names_read(visible))
        if not agreed or (truth.possible and not truth.sure):
            untold.append(name)
        put[name, role] = truth.sure
        if not truth.possible:
            crowds.pop((name, role), None)
    if untold:
        raise UntoldError(untold)
    return sheet._replace(crowds=crowds, put=put)


def _differs(before: Evaluation, after: Evaluation, read: str) -> bool:
    """Whether what a condition reads under a name, or whether that was asked, is another than before."""
    if read not in before.compiled.items:
        return before.node(read)[:3] != after.node(read)[:3]
    return not (_is_said_alike(before, after, read) and _is_settled_alike(before, after, read)) or _asked_by_other(
        before, after, read
    )


def _is_said_alike(before: Evaluation, after: Evaluation, read: str) -> bool:
    """Whether a question has the same answers, counted on the same day where days matter, and the same proof.

    What is agreed on anew may be proved anew as well.
    """
    roles = before.compiled.rubric.role_by_id
    said = all(before.readings.of(read, role) == after.readings.of(read, role) for role in roles)
    dated = before.compiled.rubric.question_by_id[read].traits.holds == "date"
    same_day = before.readings.assessed_on == after.readings.assessed_on or not dated
    proved = before.grade(read) == after.grade(read) or not _is_settled_alike(before, after, read)
    return said and same_day and proved


def _is_settled_alike(before: Evaluation, after: Evaluation, read: str) -> bool:
    old, new = before.readings.settled.get(read), after.readings.settled.get(read)
    return (old and old[:2]) == (new and new[:2])


def _asked_by_other(before: Evaluation, after: Evaluation, read: str) -> bool:
    """Whether what decides on a question itself is another than before."""
    return any(_differs(before, after, deeper) for deeper in f.names_read(before.compiled.items[read].visible))


def _is_agreed_alone(before: Evaluation, after: Evaluation, read: str) -> bool:
    """Whether a name reads otherwise than before because of what is agreed on and of nothing else."""
    if read not in before.compiled.items:
        same_rubric = before.compiled.nodes == after.compiled.nodes
        return same_rubric and all(_is_said_alike(before, after, name) for name in before.compiled.items)
    deeper = f.names_read(before.compiled.items[read].visible)
    return _is_said_alike(before, after, read) and all(_is_agreed_alone(before, after, name) for name in deeper)
