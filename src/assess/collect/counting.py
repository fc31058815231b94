"""Leaves out what does not count, before anything is computed: too few anonymous answers, and answers not asked for.

Whether a group counts depends on how many answered and never on what they said; why stands in
docs/decisions/0020-anonymous-answers-are-left-out-before-computing.md.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from assess.collect.discretion import Discretion
from assess.collect.fingerprint import sheet_fingerprint
from assess.collect.inline import is_anonymous
from assess.collect.issues import Issued, People, Receipt, issue_of, issued_text, lots, receipt_file
from assess.collect.outside import is_outside
from assess.collect.raw import Collected, Respondent
from assess.formula import Compiled, Evaluation, compile_rubric, evaluate_sheet
from assess.formula.asked import own_answers, truth_for
from assess.formula.nodes import Test, names_read
from assess.formula.ranges import Truth, disjunction
from assess.model.answers import Answer, AnswerSheet, AnswerValue, Voice, order
from assess.model.rubric import Rubric
from assess.numbers import short

PLACES = 6
NOT_KNOWN = "it is not known yet whether"
Cell = tuple[str, str]


class Unasked(NamedTuple):
    """An answer that does not count because the question was not put to its respondent, with the reason."""

    respondent: Respondent
    question: str
    why: str


class Counted(NamedTuple):
    """The answers that count, and those of each person that do not because of a condition.

    issued: the anonymous answers that count, by person, as the receipt of the issue keeps them; None without any such
    person.
    """

    sheet: AnswerSheet
    unasked: tuple[Unasked, ...]
    issued: Issued | None = None


def count_answers(rubric: Rubric, collected: Collected) -> Counted:
    """The answers that count, without a word on who gave them."""
    shy = [person for person in collected.respondents if collected.is_shy(person)]
    named = [person for person in collected.respondents if not collected.is_shy(person)]
    discretion = Discretion(rubric, collected)
    sheet = AnswerSheet(
        engagement=collected.engagement,
        voices=tuple(discretion.voice(person) for person in named),
        settled={name: discretion.settlement(found) for name, found in collected.settled.items()},
        shy=_shy_heads(rubric, collected),
        unfinished=Counter(person.role for person in shy if person.draft),
        least=rubric.policies.least,
        names=discretion.roles,
    )
    crowd = _Crowd(collected.before, discretion, shy)
    sheet, hidden = crowd.gathered(rubric, sheet)
    sheet, unasked = _asked(rubric, sheet, named)
    outside = {cell: people for cell, people in collected.before.cells.items() if is_outside(rubric, *cell)}
    issued = issue_of(collected.before, crowd.cells | outside) if shy else None
    return Counted(sheet._replace(hash=sheet_fingerprint(sheet)), (*unasked, *hidden), issued)


def receipt_of(rubric: Rubric, collected: Collected, found: Counted) -> Receipt | None:
    """What this issue has to leave behind; None for a draft, and where nobody counts as part of a group only."""
    if found.issued is None or collected.engagement.status != "final":
        return None
    issue = collected.engagement.issue
    file = receipt_file(collected.folder, issue) if collected.folder else None
    return Receipt(file, issued_text(found.issued, rubric, issue))


def everything(collected: Collected) -> AnswerSheet:
    """All answers as they were given: for invented people, to whom nothing was promised."""
    voices = tuple(Voice(person.role, person.answers, draft=person.draft) for person in collected.respondents)
    names = {person.id: person.role for person in collected.respondents}
    sheet = AnswerSheet(collected.engagement, voices, collected.settled, names=names)
    return sheet._replace(hash=sheet_fingerprint(sheet))


def _shy_heads(rubric: Rubric, collected: Collected) -> dict[str, int]:
    """How many took part as part of a group only, for every role in which somebody did or may have."""
    present = {person.role for person in collected.respondents}
    found = {role.id: 0 for role in rubric.roles if is_anonymous(rubric, role.id) and role.id not in present}
    for person in collected.respondents:
        if collected.is_shy(person):
            found[person.role] = found.get(person.role, 0) + 1
    return found


class _Crowd:
    """The anonymous people of an engagement, and which of their answers count so far."""

    def __init__(self, before: Issued, discretion: Discretion, people: Sequence[Respondent]) -> None:
        """Begin with nothing counted."""
        self.before, self.discretion, self.people = before, discretion, people
        self.cells: dict[Cell, People] = {}
        self.put: dict[Cell, bool | None] = {}
        self.kept: dict[str, dict[str, Answer]] = {person.id: {} for person in people}

    def gathered(self, rubric: Rubric, sheet: AnswerSheet) -> tuple[AnswerSheet, list[Unasked]]:
        """The sheet with the answers of every question and role that are enough.

        Questions follow the order of their conditions, because only an answer that counts decides what else was asked.
        """
        unasked: list[Unasked] = []
        # Also what nobody answered: to whom it was put shows in what else they answered.
        wanted = {q.id for q in rubric.questions() if q.show_when} if self.people else set()
        wanted |= {name for person in self.people for name in person.answers}
        for wave in _waves(compile_rubric(rubric), wanted):
            tree = evaluate_sheet(rubric, sheet)
            for name in wave:
                unasked += self.gather(tree, name)
            crowds = {cell: tuple(sorted(people.values(), key=order)) for cell, people in self.cells.items()}
            sheet = sheet._replace(crowds=crowds, put={**self.put})
        return sheet, unasked

    def gather(self, tree: Evaluation, name: str) -> list[Unasked]:
        """Let the answers to one question in where they are enough; those to which it was not put are told."""
        given = [person for person in self.people if name in person.answers]
        reasons = {p.id: _why(tree, name, Voice(p.role, self.kept[p.id])) for p in given}
        self.put |= self.putting(tree, name)
        for role in sorted({person.role for person in self.people}):
            asked = [person for person in given if person.role == role and not reasons[person.id]]
            answers = {person.id: self.discretion.answer(person, person.answers[name]) for person in asked}
            counting = lots(self.before, (name, role), answers, tree.compiled.rubric.policies.least)
            if counting:
                self.cells[name, role] = counting
            for person, answer in counting.items():
                self.kept[person][name] = answer
        # Who would be asked by an own answer that is one of too few is told of those, and not here.
        away = [p for p in given if reasons[p.id] and not truth_for(tree, name, Voice(p.role, p.answers)).sure]
        return [Unasked(person, name, reasons[person.id]) for person in away]

    def putting(self, tree: Evaluation, name: str) -> dict[Cell, bool | None]:
        """Whether a question with a condition was put to anybody in each role, by own answers that count."""
        if tree.compiled.items[name].visible is None:
            return {}
        found: dict[str, list[Truth]] = {}
        for person in self.people:
            truth = truth_for(tree, name, Voice(person.role, self.kept[person.id]))
            found.setdefault(person.role, []).append(truth)
        together = {role: disjunction(truths) for role, truths in found.items()}
        return {
            (name, role): truth.sure if truth.sure or not truth.possible else None for role, truth in together.items()
        }


def _waves(compiled: Compiled, wanted: Iterable[str]) -> Iterator[list[str]]:
    """Questions in groups: each after all that decide whether it is asked."""
    depths: dict[str, int] = {}
    grouped: dict[int, list[str]] = {}
    for name in sorted(wanted):
        grouped.setdefault(_depth(compiled, name, depths), []).append(name)
    yield from (grouped[depth] for depth in sorted(grouped))


def _depth(compiled: Compiled, name: str, known: dict[str, int]) -> int:
    """How many conditions deep a question or node lies; 0 where nothing decides on it."""
    if name not in known:
        if name in compiled.items:
            reads = set(names_read(compiled.items[name].visible))
            known[name] = 1 + max(_depth(compiled, read, known) for read in reads) if reads else 0
        else:
            rule = compiled.nodes[name]
            keys = [cap.key for cap in rule.caps if cap.key]
            reads = {*names_read(rule.formula), *names_read(rule.caps), *keys, *(child for child, _ in rule.weights)}
            known[name] = max((_depth(compiled, read, known) for read in reads), default=0)
    return known[name]


def ask_again(rubric: Rubric, sheet: AnswerSheet) -> AnswerSheet:
    """A sheet that was changed after it was counted, with what does not count of each voice, and its own fingerprint.

    Of anonymous people nothing is judged anew.
    """
    tree = evaluate_sheet(rubric, sheet)
    voices = [voice._replace(unasked=_reasons(tree, voice)) for voice in sheet.voices]
    found = sheet._replace(voices=tuple(sorted(voices, key=_place)))
    return found._replace(hash=sheet_fingerprint(found))


def _reasons(tree: Evaluation, voice: Voice) -> dict[str, str]:
    """Why answers of somebody do not count, by question."""
    found = {name: _why(tree, name, voice) for name in voice.answers if tree.compiled.items[name].visible}
    return {name: why for name, why in found.items() if why}


def _asked(rubric: Rubric, sheet: AnswerSheet, people: Sequence[Respondent]) -> tuple[AnswerSheet, list[Unasked]]:
    """The sheet with what does not count of each voice, voices in an order that tells nothing."""
    tree = evaluate_sheet(rubric, sheet)
    voices: list[Voice] = []
    unasked: list[Unasked] = []
    for person, voice in zip(people, sheet.voices, strict=True):
        reasons = _reasons(tree, voice)
        unasked += [Unasked(person, name, why) for name, why in reasons.items()]
        voices.append(voice._replace(unasked=reasons))
    return sheet._replace(voices=tuple(sorted(voices, key=_place))), unasked


def _place(voice: Voice) -> tuple[object, ...]:
    return voice.role, voice.private, sorted((name, order(answer)) for name, answer in voice.answers.items())


def _why(tree: Evaluation, name: str, voice: Voice) -> str:
    """Why a question was not put to somebody; empty when it was."""
    visible = tree.compiled.items[name].visible
    if visible is None:
        return ""
    truth = truth_for(tree, name, voice)
    if truth.sure:
        return ""
    condition = tree.compiled.rubric.question_by_id[name].show_when
    if truth.possible:
        return f"{NOT_KNOWN} {condition}"
    own = own_answers(tree, visible, voice)
    if own:
        return " and ".join(_own(read, answer) for read, answer in own.items())
    said = _tallies(tree, visible)
    return f"it is asked only when {condition}, which is not so by what all say together{f' ({said})' if said else ''}"


def _tallies(tree: Evaluation, visible: Test) -> str:
    """How often each option was chosen that a condition reads; figures are left to where they are printed."""
    told = []
    for name in (name for name in dict.fromkeys(names_read(visible)) if name in tree.compiled.items):
        raws = [raw for role in tree.compiled.items[name].invited for raw in tree.heard(name, role).raws]
        chosen = tree.compiled.rubric.question_by_id[name].traits.holds == "option"
        options = Counter(raw for raw in raws if isinstance(raw, str) and chosen)
        told += (
            [f"{name}: {', '.join(f'{times} x {raw}' for raw, times in sorted(options.items()))}"] if options else []
        )
    return "; ".join(told)


def _own(read: str, answer: Answer | None) -> str:
    """What somebody answered to a question that decides on another, or that it was not asked."""
    return f"{read} = {_written(answer.value)} in the same file" if answer else f"{read} was not asked either"


def _written(value: AnswerValue) -> str:
    """An answer as it stands in an answers file."""
    if isinstance(value, tuple):
        return f"[{', '.join(value)}]"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return short(value, PLACES) if isinstance(value, int | float) else str(value)
