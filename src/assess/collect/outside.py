"""What lies outside of the part of a rubric that an engagement asks: it counts in nothing."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from assess.collect.fingerprint import sheet_fingerprint
from assess.model.answers import AnswerSheet, Voice
from assess.model.rubric import Rubric

Kept = TypeVar("Kept")


def is_outside(rubric: Rubric, question: str, role: str = "") -> bool:
    """Whether the whole rubric puts a question to a role, and the part at hand does not; both by id.

    Without a role: whether the part does not have it. Never where the rubric is the whole.
    """
    whole, part = rubric.whole.question_by_id.get(question), rubric.question_by_id.get(question)
    if whole is None or rubric.whole is rubric:
        return False
    return part is None or (role in rubric.whole.asked(whole) and role not in rubric.asked(part))


def answers_inside(rubric: Rubric, sheet: AnswerSheet) -> AnswerSheet:
    """The answers of a sheet to the part of a rubric that is asked, as if nobody had been asked the rest.

    Whoever answered nothing but the rest took no part. The sheet itself where nothing lies outside.
    """
    if rubric.whole is rubric:
        return sheet
    voices = tuple(_voice(rubric, voice) for voice in sheet.voices)
    found = sheet._replace(
        voices=tuple(
            voice for voice, before in zip(voices, sheet.voices, strict=True) if voice.answers or voice is before
        ),
        settled={name: settled for name, settled in sheet.settled.items() if not is_outside(rubric, name)},
        crowds=_cells(rubric, sheet.crowds),
        put=_cells(rubric, sheet.put),
    )
    return sheet if found == sheet else found._replace(hash=sheet_fingerprint(found))


def _voice(rubric: Rubric, voice: Voice) -> Voice:
    outside = {name for name in (*voice.answers, *voice.unasked) if is_outside(rubric, name, voice.role)}
    if not outside:
        return voice
    answers = {name: answer for name, answer in voice.answers.items() if name not in outside}
    return voice._replace(answers=answers, unasked={n: why for n, why in voice.unasked.items() if n not in outside})


def _cells(rubric: Rubric, cells: Mapping[tuple[str, str], Kept]) -> Mapping[tuple[str, str], Kept]:
    return MappingProxyType({cell: kept for cell, kept in cells.items() if not is_outside(rubric, *cell)})
