"""The parts of a fact: what was said, what registers show, and what comes next.

People are never quoted in their own words here, and nothing is told of what all of an anonymous group answered.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assess.diagnose.caps import held_by, holds_down
from assess.diagnose.case import DiagnoseContext
from assess.diagnose.grounds import Ground
from assess.diagnose.quotes import plain_answer, roles_heard
from assess.diagnose.signals import Signal, registers_on
from assess.formula.finding_texts import quoted_figure
from assess.model.answers import AnswerValue, Voice
from assess.model.facts import ClaimTold, NextStep, PaperSource, RegisterAnswer
from assess.model.finding_texts import Figure
from assess.model.questions import Question
from assess.model.scorecard import ItemScore


def claims_told(case: DiagnoseContext, signals: Iterable[Signal]) -> tuple[ClaimTold, ...]:
    """What was claimed, each once; empty for what has no claim half, or where its words would tell on people."""
    read = dict.fromkeys(ground for signal in signals for ground in signal.claim)
    return tuple(dict.fromkeys(told for ground in read for told in _claims(case, ground)))


def _claims(case: DiagnoseContext, ground: Ground) -> Iterator[ClaimTold]:
    question = case.rubric.question_by_id[ground.question]
    settled = case.sheet.settled.get(question.id) if ground.role is None else None
    if settled:
        yield from _claim(case, question, None, (settled.answer.value,))
        return
    for role in roles_heard(case, ground):
        if may_be_told(case, question, role):
            yield from _claim(case, question, role, case.tree.heard(question.id, role).raws)


def _claim(
    case: DiagnoseContext, question: Question, role: str | None, raws: Sequence[AnswerValue]
) -> Iterator[ClaimTold]:
    """What a role claimed, or what was agreed without one; nothing where no one answer stands for all."""
    wording = case.rubric.wording(question, role or "")
    if question.traits.options:
        labels = {**wording.labels(), **question.sentences}
        words = labels.get(str(raws[0]), "") if len(set(raws)) == 1 else ""
    else:
        figure = quoted_figure(case.given_claims, Figure(question.id, role or ""))
        words = figure.shown if figure else ""
    if words:
        by = _named(case, question, role) if role else ""
        alone = says_it_alone(question, raws)
        yield ClaimTold(question.id, wording.text, words, by, in_words=alone, agreed=role is None)


def says_it_alone(question: Question, raws: Iterable[AnswerValue]) -> bool:
    """Whether an answer can be read without its question: an anchor, a sentence for a yes, a number of something."""
    return question.traits.anchored or bool(question.of) or any(raw in question.sentences for raw in raws)


def may_be_told(case: DiagnoseContext, question: Question, role: str) -> bool:
    """Whether what a role answered can be told without telling what each of an anonymous group said."""
    raws = case.tree.heard(question.id, role).raws
    return not (is_anonymous_group(case, question.id, role) and len(set(raws)) < 2)  # noqa: PLR2004 - all alike


def is_anonymous_group(case: DiagnoseContext, question: str, role: str) -> bool:
    """Whether anonymous people are among those of a role whose answers to a question count."""
    return any(said.private for said in case.sheet.answers(question) if said.role == role)


def _named(case: DiagnoseContext, question: Question, role: str) -> str:
    """The title of a role, where it is a register, a function that is asked as such, or of enough people."""
    several = len(case.tree.heard(question.id, role).raws) >= case.sheet.least
    return case.role(role) if several or question.office or not case.rubric.role_by_id[role].people else ""


def shown_by(case: DiagnoseContext, signals: Iterable[Signal]) -> tuple[RegisterAnswer, ...]:
    """What registers and functions answered to what signals read, in their order, comments first."""
    read = dict.fromkeys(ground for signal in signals for ground in signal.practice)
    found = dict.fromkeys(answer for ground in read for answer in register_answers(case, ground))
    return tuple(sorted(found, key=lambda answer: not answer.comments))


def register_answers(case: DiagnoseContext, ground: Ground) -> Iterator[RegisterAnswer]:
    """What each register answered to a question, and the function whose statement it is."""
    question = case.rubric.question_by_id[ground.question]
    by_role: dict[str, list[Voice]] = {}
    for voice in registers_on(case, ground):
        by_role.setdefault(voice.role, []).append(voice)
    for role, voices in by_role.items():
        yield _answer(case, question, role, voices)
    if question.office:
        for role in roles_heard(case, ground):
            if role not in by_role and not is_anonymous_group(case, question.id, role) and _spoke(case, question, role):
                yield _answer(case, question, role, ())


def _spoke(case: DiagnoseContext, question: Question, role: str) -> bool:
    return bool(case.tree.heard(question.id, role).raws)


def _answer(case: DiagnoseContext, question: Question, role: str, voices: Sequence[Voice]) -> RegisterAnswer:
    """What a role answered; with comments and papers of registers, and without those of people."""
    answers = [voice.answers[question.id] for voice in voices]
    papers = [PaperSource(item.title, item.dated, item.place) for answer in answers for item in answer.evidence]
    return RegisterAnswer(
        question=question.id,
        asked=case.rubric.wording(question, role).text,
        role=case.role(role),
        answered=plain_answer(case, question, role),
        in_words=says_it_alone(question, case.tree.heard(question.id, role).raws),
        comments=tuple(dict.fromkeys(answer.note.strip() for answer in answers if answer.note.strip())),
        sources=tuple(dict.fromkeys(papers)),
        office=not voices,
    )


def held_down(case: DiagnoseContext, signals: Iterable[Signal]) -> tuple[str, ...]:
    """What signals hold down, and the score each node would have without; in words, each once."""
    return tuple(dict.fromkeys(words for signal in signals if (words := _held(case, signal))))


def _held(case: DiagnoseContext, signal: Signal) -> str:
    finding = signal.finding
    if finding.kind == "disagreement":
        return ""
    if finding.id == f"cap_{finding.node}_{signal.home}":
        return finding.because
    name = finding.id.partition("_")[2]
    return holds_down(case, name, held_by(case, name))


def next_step(case: DiagnoseContext, signals: Sequence[Signal]) -> NextStep:
    """What comes next for the signals of a fact, the leading one first."""
    found = [signal.finding for signal in signals]
    initiatives = tuple(dict.fromkeys(name for finding in found for name in finding.initiatives))
    return NextStep(
        who=tuple(_who(case, signals, initiatives)),
        settle=next((finding.settle for finding in found if finding.settle), ""),
        decision=next((finding.decision for finding in found if finding.decision), None),
        initiatives=initiatives,
    )


def _who(case: DiagnoseContext, signals: Iterable[Signal], initiatives: Iterable[str]) -> Iterable[str]:
    """The owner of the first initiative, as decided; without one the roles that contradict each other."""
    owners: Mapping[str, str] = case.decisions.steering.owners
    for name in initiatives:
        if initiative := case.rubric.initiative_by_id.get(name):
            return (owners.get(name, initiative.owner),)
    return dict.fromkeys(role for signal in signals for role in _apart(case, signal))


def _apart(case: DiagnoseContext, signal: Signal) -> tuple[str, ...]:
    item: ItemScore | None = case.scorecard.items.get(signal.finding.question)
    return item.conflict if item and signal.finding.kind == "disagreement" else ()
