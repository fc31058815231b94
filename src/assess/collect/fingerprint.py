"""The fingerprint of the answers that count: what was left out, and who said what, change nothing in it."""

import hashlib
import json
from collections.abc import Iterable

from assess.model.answers import Answer, AnswerSheet, Said, order


def sheet_fingerprint(sheet: AnswerSheet) -> str:
    """`sha256:` and the SHA-256 over the engagement's settings and the answers that count, as JSON with sorted keys.

    What was decided is none of both: it changes no score.
    """
    told = [voice for voice in sheet.voices if not voice.private]
    private = {name for voice in sheet.voices if voice.private for name in voice.answers}
    content = {
        "engagement": sheet.engagement.model_dump(mode="json", exclude={"answers", "agreed", "decisions"}),
        "voices": sorted(_text([voice.role, _answers(voice.answers.items())]) for voice in told),
        "private": {name: _said(s for s in sheet.answers(name) if s.private) for name in sorted(private)},
        "crowds": {" ".join(cell): [_plain(answer) for answer in found] for cell, found in sheet.crowds.items()},
        "settled": _answers((name, found.answer) for name, found in sheet.settled.items()),
        "agreed": {name: [list(found.basis), found.why] for name, found in sheet.settled.items()},
        "anonymous": dict(sheet.shy),
    }
    if sheet.put:
        content["put"] = {" ".join(cell): put for cell, put in sheet.put.items()}
    if sheet.granted:
        content["granted"] = dict(sheet.granted)
    return f"sha256:{hashlib.sha256(_text(content).encode()).hexdigest()}"


def _text(content: object) -> str:
    """JSON with sorted keys in ASCII, days in ISO form."""
    return json.dumps(content, sort_keys=True, default=str)


def _answers(found: Iterable[tuple[str, Answer]]) -> dict[str, object]:
    return {name: _plain(answer) for name, answer in found}


def _said(found: Iterable[Said]) -> list[object]:
    return [[said.role, _plain(said.answer)] for said in sorted(found, key=lambda s: (s.role, order(s.answer)))]


def _plain(answer: Answer) -> dict[str, object]:
    proofs = sorted(_text(item.model_dump(mode="json")) for item in answer.evidence)
    return {**answer._asdict(), "evidence": proofs}
