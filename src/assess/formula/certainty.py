"""Who stands behind a score: roles asked and heard, answers asked for and given, and what is shown by evidence.

What these words mean is written down in docs/method.md, section 3.7.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from assess.formula.asked import crowd_truth
from assess.formula.evaluate import Evaluation
from assess.formula.normalise import questions_read_in
from assess.formula.readings import STATED
from assess.model.answers import AnswerSheet
from assess.model.answers import Voice as Spoken
from assess.model.nodes import Node, walk
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.numbers import counted
from assess.words import listed


class AskedCell(NamedTuple):
    """A required question that was surely put to somebody of a role, and whether one of them filled it.

    filled: a value, or that it does not apply; a don't know and a refusal fill nothing.
    """

    question: str
    role: str
    filled: bool


class AnonymousGroup(NamedTuple):
    """The anonymous people of a role: how many questions were put to any of them, and on how many they count.

    alone: how many others in the role, anonymous too, gave leave to count alone.
    """

    role: str
    asked: int
    counting: int
    alone: int = 0


class RoleCertainty(NamedTuple):
    """A role that is asked: how many were invited (None where nobody said so) and were heard; its cells.

    heard: people with an answer below; anonymous ones only where their answers count on one of the questions below.
    people: False for logs and registers, of which files are counted. drafts: how many of those heard did not submit.
    """

    role: str
    people: bool
    invited: int | None
    heard: int
    drafts: int
    asked: int
    filled: int


class Certainty(NamedTuple):
    """What a node rests on: the roles asked about it, and its scored questions that apply, have a value, are shown.

    Questions that are not required are left out, as from coverage; of groups they are counted.
    """

    voices: tuple[RoleCertainty, ...]
    scored: int
    answered: int
    backed: int
    groups: tuple[AnonymousGroup, ...] = ()

    @property
    def people(self) -> int:
        """How many people were heard, those of logs and registers aside."""
        return sum(voice.heard for voice in self.voices if voice.people)

    @property
    def silent(self) -> tuple[str, ...]:
        """The roles that are asked and in which nobody wrote an answer; of anonymous people it is not told."""
        groups = {group.role for group in self.groups}
        return tuple(voice.role for voice in self.voices if not voice.heard and voice.role not in groups)

    @property
    def asked(self) -> int:
        """The cells."""
        return sum(voice.asked for voice in self.voices)

    @property
    def filled(self) -> int:
        """The cells that are filled."""
        return sum(voice.filled for voice in self.voices)

    @property
    def drafts(self) -> int:
        """The answers files that were not submitted."""
        return sum(voice.drafts for voice in self.voices)

    @property
    def files(self) -> int:
        """Everybody heard, logs and registers included."""
        return sum(voice.heard for voice in self.voices)


def _cells(tree: Evaluation, questions: list[Question]) -> Iterator[AskedCell]:
    for question in (question for question in questions if question.required):
        for role in tree.compiled.rubric.asked(question):
            if tree.asking(question.id).of(role).sure:
                given = tree.heard(question.id, role)
                yield AskedCell(question.id, role, bool(given.raws or given.na))


def groups(tree: Evaluation, sheet: AnswerSheet, questions: Iterable[Question]) -> Iterator[AnonymousGroup]:
    """The anonymous people of every role that has some and is asked any of these questions."""
    put: dict[str, list[str]] = {}
    for question in questions:
        for role in tree.compiled.rubric.asked(question):
            if sheet.shy.get(role) and crowd_truth(tree, question.id, role).sure:
                put.setdefault(role, []).append(question.id)
    for role in (role.id for role in tree.compiled.rubric.roles if role.id in put):
        names = put[role]
        alone = sum(voice.private for voice in sheet.voices if voice.role == role)
        yield AnonymousGroup(role, len(names), sum((name, role) in sheet.crowds for name in names), alone)


def certainties(tree: Evaluation, sheet: AnswerSheet) -> Mapping[str, Certainty]:
    """What every node rests on, by its id."""
    nodes, shown = tree.compiled.rubric.tree(), backed(tree, sheet)
    below = {node.id: questions_below(tree.compiled.rubric, node) for node in nodes}
    return {name: _certainty(tree, sheet, questions, shown) for name, questions in below.items()}


def questions_below(rubric: Rubric, node: Node) -> list[Question]:
    """The questions a node rests on, in the order of the tree, each once: those below it, and those it reads."""
    asked = (question for part in walk(node) for question in (*part.questions, *questions_read_in(rubric, part)))
    return [*{question.id: question for question in asked}.values()]


def _certainty(tree: Evaluation, sheet: AnswerSheet, questions: list[Question], shown: frozenset[str]) -> Certainty:
    rules = tree.compiled.items
    scored = [question.id for question in questions if question.required and rules[question.id].weight > 0]
    apply = [name for name in scored if tree.item(name).state not in ("na", "hidden")]
    answered = [name for name in apply if tree.item(name).state == "value"]
    voices = tuple(_voices(tree.compiled.rubric, sheet, questions, [*_cells(tree, questions)]))
    told = tuple(groups(tree, sheet, questions))
    return Certainty(voices, len(apply), len(answered), sum(name in shown for name in answered), told)


def _voices(
    rubric: Rubric, sheet: AnswerSheet, questions: list[Question], found: list[AskedCell]
) -> Iterator[RoleCertainty]:
    names = [question.id for question in questions]
    asked = {role for question in questions for role in rubric.asked(question)}
    for role in (role for role in rubric.roles if role.id in asked):
        heard = [who for who in sheet.voices if who.role == role.id and any(_spoke(who, name) for name in names)]
        own = [cell for cell in found if cell.role == role.id]
        # Nobody is heard whose answers count nowhere; where too few of a group spoke, that they did is a secret too.
        shy = sheet.shy.get(role.id, 0) if any((name, role.id) in sheet.crowds for name in names) else 0
        yield RoleCertainty(
            role=role.id,
            people=role.people,
            invited=sheet.engagement.invited.get(role.id),
            heard=len(heard) + shy,
            drafts=sum(who.draft for who in heard) + (sheet.unfinished.get(role.id, 0) if shy else 0),
            asked=len(own),
            filled=sum(cell.filled for cell in own),
        )


def _spoke(who: Spoken, name: str) -> bool:
    return name in who.answers and name not in who.unasked


def backed(tree: Evaluation, sheet: AnswerSheet) -> frozenset[str]:
    """The questions with evidence that counts; with any evidence beside a value where the rubric does not grade it."""
    given = [(name, a) for who in sheet.voices for name, a in who.answers.items() if name not in who.unasked]
    given += [(name, answer) for (name, _), answers in sheet.crowds.items() for answer in answers]
    found = {name for name, answer in given if answer.state == "value" and answer.evidence}
    found |= sheet.granted.keys()
    rules = tree.compiled.items
    return frozenset(name for name in found if rules[name].ceilings is None or tree.grade(name) > STATED)


def who(rubric: Rubric, found: Certainty, staff: int | None = None) -> str:
    """Who was heard, and of how many, as a sentence; staff: the organization's head count."""
    people = [voice for voice in found.voices if voice.people]
    roles = f"{sum(bool(voice.heard) for voice in people)} of {counted(len(people), 'role', 'roles')} asked"
    # Of how many of a group something was said here is told only where it counts.
    untold = {group.role for group in found.groups}
    invited = [voice for voice in found.voices if voice.heard or voice.role not in untold]
    few = [voice for voice in invited if voice.invited and voice.heard < voice.invited]
    of = [f"{rubric.role_by_id[voice.role].title}: {voice.heard} of {voice.invited} invited" for voice in few]
    of = [f"the organization has a staff of {staff}", *of] if staff else of
    beside = f" ({'; '.join(of)})" if of else ""
    heard = [voice for voice in found.voices if voice.heard and not voice.people]
    files = [f"{counted(voice.heard, 'file', 'files')} of {rubric.role_by_id[voice.role].title}" for voice in heard]
    written = f", beside {listed(files)}" if files else ""
    return f"Answers come from {counted(found.people, 'person', 'people')} in {roles}{beside}{written}."


def silence(rubric: Rubric, found: Certainty) -> str:
    """Which roles were asked and not heard, as a sentence; empty where all were heard."""
    return f"Not heard: {', '.join(rubric.role_by_id[role].title for role in found.silent)}." if found.silent else ""


def anonymity(rubric: Rubric, found: Certainty) -> str:
    """On how many questions the answers of anonymous people count, a sentence a role; empty without such people."""
    told = []
    for group in found.groups:
        whose = "anonymous answers"
        if group.alone:
            leave = "answers" if group.alone == 1 else "answer"
            whose = f"{group.alone} {leave} anonymously and may count alone; the answers of the others"
        unheard = "" if group.counting or group.alone else ", so nobody in this role counts as heard"
        told.append(f"{rubric.role_by_id[group.role].title}: {whose} count on {questions_counted(group)}{unheard}.")
    return " ".join(told)


def questions_counted(group: AnonymousGroup) -> str:
    """On how many of the questions put to a group its answers count: `3 of 5 questions`."""
    return f"{group.counting} of {counted(group.asked, 'question', 'questions')}"


def share_filled(found: Certainty) -> str:
    """How many of the cells are filled, as a sentence; empty where nothing is asked."""
    if not found.asked:
        return ""
    whole = f"Of {counted(found.asked, 'answer', 'answers')} asked for, one from each role per question"
    return f"{whole}, {found.filled} {'is' if found.filled == 1 else 'are'} there ({part(found.filled, found.asked)})."


def scored(found: Certainty) -> str:
    """How many scored questions somebody answered, without a full stop: `3 of 4 scored questions have an answer`."""
    whole = counted(found.scored, "scored question", "scored questions")
    return f"{found.answered} of {whole} {'has' if found.answered == 1 else 'have'} an answer"


def part(some: int, whole: int) -> str:
    """A share in percent that is 0 or 100 only when it is: rounded down, but up to 1% where there is anything."""
    return f"{max(some * 100 // whole, 1 if some else 0)}%"
