"""A rubric to the files of its folder, in the words of the rubric language; defaults are left unsaid."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

from assess.documents import resolve
from assess.documents.writer import dump
from assess.model.aggregation import Aggregate, Weights
from assess.model.fields import Plain
from assess.model.finding_texts import ANY_LEVEL, Cause, FindingText
from assess.model.initiatives import Effort, Running, Span
from assess.model.questions import Asking, Question
from assess.model.rubric import Rubric

R = TypeVar("R", bound=BaseModel)
_LONGEST_NAME = 40
_ELSEWHERE = ("principles", "initiatives", "sources", "claims", "references", "personas", "hash", "text_hash")
_LEDGER = ("sources", "claims", "references")


def rubric_files(rubric: Rubric) -> Mapping[str, str]:
    """Path below the folder to YAML text; `load` makes the same rubric of them, save its hash."""
    own = {key: value for key, value in _fields(rubric).items() if key not in _ELSEWHERE}
    files = {"rubric.yaml": dump({"assess": "rubric/1", **own})}
    for name, principle in _named("principles", [(p.title, p.id, p) for p in rubric.principles]):
        files[name] = dump({"assess": "principle/1", **_fields(principle)})
    if rubric.initiatives:
        files["initiatives.yaml"] = dump({"assess": "initiatives/1", "initiatives": _plain(rubric.initiatives)})
    if ledger := {key: _plain(getattr(rubric, key)) for key in _LEDGER if getattr(rubric, key)}:
        files["claims.yaml"] = dump({"assess": "claims/1", **ledger})
    for name, persona in _named("personas", [(p.id, p.id, p) for p in rubric.personas]):
        files[name] = dump({"assess": "persona/1", **_fields(persona)})
    return files


def _named(folder: str, parts: Sequence[tuple[str, str, R]]) -> Iterator[tuple[str, R]]:
    """Parts with the paths of their files, which keep the order: a number, then the title, or the id for want of it."""
    digits = max(2, len(str(len(parts))))
    for place, (title, identity, part) in enumerate(parts, 1):
        words = re.sub("[^a-z0-9]+", "_", title.lower())[:_LONGEST_NAME].strip("_")
        yield f"{folder}/{place:0{digits}}_{words or identity}.yaml", part


def _fields(record: BaseModel) -> dict[str, object]:
    """The keys of a record that say something, in the order of the model."""
    fields = type(record).model_fields
    said = {
        name: getattr(record, name)
        for name, field in fields.items()
        if field.is_required() or getattr(record, name) != field.get_default(call_default_factory=True)
    }
    return {fields[name].alias or name: _plain(value) for name, value in said.items()}


def _plain(value: object) -> object:
    """A value of the model as YAML can say it."""
    if isinstance(value, BaseModel):
        return _record(value)
    if isinstance(value, Mapping):
        if value.keys() == {ANY_LEVEL}:
            return value[ANY_LEVEL]
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return _single(value)


def _record(record: BaseModel) -> object:
    """A record, those with a short form in it."""
    return _SHORT.get(type(record), _fields)(record)


def _single(value: object) -> object:
    """A text, number or date; whole numbers without a point."""
    if isinstance(value, Plain):
        return resolve(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def _aggregate(aggregate: Aggregate) -> object:
    """`sum`, or `{geometric: {floor: 1}}`."""
    settings = {key: value for key, value in _fields(aggregate).items() if key != "kind"}
    return {aggregate.kind: settings} if settings else aggregate.kind


def _weights(weights: Weights) -> object:
    return weights.rule or _fields(weights)


def _span(span: Span) -> object:
    return [_single(span.low), _single(span.high)]


def _days(days: Effort | Running) -> object:
    """Days of the owner, or of each role without more words."""
    by_role = {role: _plain(found) for role, found in days.roles.items()}
    return {**by_role, **{key: value for key, value in _fields(days).items() if key != "roles"}}


def _asking(asking: Asking) -> object:
    """The text of a role alone where there is nothing else to it."""
    found = _fields(asking)
    return found.get("text") if found.keys() <= {"text"} else found


def _question(question: Question) -> object:
    """A question, its roles as a list where none has anything of its own."""
    found = _fields(question)
    if question.ask and all(asking == Asking() for asking in question.ask.values()):
        found["ask"] = list(question.ask)
    return found


def _telling(text: FindingText) -> object:
    """One text for every case, or those of each."""
    return text.always or _fields(text)


def _cause(cause: Cause) -> object:
    return _fields(cause) if cause.when else cause.says


_SHORT: Mapping[type[BaseModel], Callable[[Any], object]] = {
    Aggregate: _aggregate,
    Weights: _weights,
    Span: _span,
    Effort: _days,
    Running: _days,
    Asking: _asking,
    Question: _question,
    FindingText: _telling,
    Cause: _cause,
}
"""The records that have a short form, and how it is written."""
