"""The fingerprint of the numbers behind scores: of rubric and answers, without texts."""

import hashlib
import json
from collections.abc import Iterable, Iterator

from assess.formula.initiatives import least_gain
from assess.model.anatomy import change_classes_of, elements_in
from assess.model.answers import Answer, AnswerSheet
from assess.model.fields import Record
from assess.model.rubric import Rubric

DRAWN_OF = ("assessed_on", "invited", "targets", "tier", "scope", "done")
"""The settings of an engagement that draws read."""


def numbers_hash(rubric: Rubric, sheet: AnswerSheet) -> str:
    """`sha256:` and the SHA-256 over all that is computed with: what nobody computes with changes nothing in it.

    Answers that do not count are not in the sheet, and so in no hash.
    """
    engagement = sheet.engagement.model_dump(mode="json", include={*DRAWN_OF})
    content = {
        "rubric": _counted(rubric),
        "options": {name: [_counted(option) for option in found] for name, found in rubric.option_sets.items()},
        "engagement": engagement,
        "least gain": least_gain(rubric, sheet.engagement),
        "voices": sorted(_text([voice.role, _told(voice.answers.items())]) for voice in sheet.voices),
        "crowds": {" ".join(cell): sorted(_text(_plain(a)) for a in found) for cell, found in sheet.crowds.items()},
        "settled": _told((name, found.answer) for name, found in sheet.settled.items()),
        "heads": dict(sheet.heads()),
        "put": {" ".join(cell): put for cell, put in sheet.put.items()},
    }
    return f"sha256:{hashlib.sha256(_text(content).encode()).hexdigest()}"


def _counted(record: Record) -> dict[str, object]:
    """What is computed with of a record and the elements in it, with the names by which these are read."""
    classes, elements = change_classes_of(type(record)), elements_in(type(record))
    told = {name for name, each in classes.items() if each.counted}
    names = {"id", "key", "code", "options_from"} & type(record).model_fields.keys()
    found = record.model_dump(mode="json", include=told | names)
    for name in elements:
        inner = getattr(record, name)
        found[name] = [_counted(each) for each in ((inner,) if isinstance(inner, Record) else inner or ())]
    return found


def _told(found: Iterable[tuple[str, Answer]]) -> dict[str, object]:
    return {name: _plain(answer) for name, answer in found}


def _plain(answer: Answer) -> list[object]:
    """An answer with the kind and the day of its proofs, and without words."""
    return [answer.state, answer.value, sorted(_proofs(answer))]


def _proofs(answer: Answer) -> Iterator[list[str]]:
    yield from ([item.kind, item.dated.isoformat() if item.dated else ""] for item in answer.evidence)


def _text(content: object) -> str:
    """JSON with sorted keys in ASCII, days in ISO form."""
    return json.dumps(content, sort_keys=True, default=str)
