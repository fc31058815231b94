"""Differences between the options of questions; a list that several questions share is compared once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assess.authoring.diff.changes import ELSEWHERE, GONE, NEW, RENAMED, SAME_WORDS, Change
from assess.authoring.diff.values import classes_of, in_words, same_words
from assess.formula.normalise import TOLERANCE, option_scores, option_values
from assess.model.anatomy import change_classes_of
from assess.model.change_classes import ChangeClass
from assess.model.questions import Option, Question
from assess.model.rubric import Rubric
from assess.numbers import short

_CLASSES = classes_of(Option)
_ELSEWHERE = "a `rescale` step in migrations.yaml takes stored answers to the key that says what they said"


class Users(NamedTuple):
    """Two rubrics, and the questions, before and after, that share one list of options in each."""

    old: Rubric
    new: Rubric
    pairs: Sequence[tuple[Question, Question]]

    @property
    def names(self) -> tuple[str, ...]:
        """The questions by their new ids."""
        return tuple(after.id for _, after in self.pairs)

    @property
    def title(self) -> str:
        """The list as a reader names it."""
        after = self.pairs[0][1]
        return f"set {after.options_from}" if after.options_from else after.id

    def before(self) -> Mapping[str, Option]:
        """The old options by key."""
        return {option.key or "": option for option in self.old.options_of(self.pairs[0][0])}

    def after(self) -> Mapping[str, Option]:
        """The new options by key."""
        return {option.key or "": option for option in self.new.options_of(self.pairs[0][1])}


def option_changes(old: Rubric, new: Rubric, pairs: Sequence[tuple[Question, Question]]) -> Iterator[Change]:
    """What is different about the options of questions that are in both rubrics."""
    shared: dict[tuple[str, str], list[tuple[Question, Question]]] = {}
    for before, after in pairs:
        if before.traits.lists and after.traits.lists:
            both = before.options_from and after.options_from
            key = (before.options_from or "", after.options_from or "") if both else ("", f"own {after.id}")
            shared.setdefault(key, []).append((before, after))
    for users in shared.values():
        yield from _compared(Users(old, new, users))


def former_keys(before: Mapping[str, Option], after: Mapping[str, Option]) -> Mapping[str, str]:
    """The old key of every new option that was there before, by its new key."""
    free = {key for key in before if key not in after}
    found = {key: key for key in after if key in before}
    for key, option in after.items():
        names = [name for name in option.renamed_from if name in free]
        if key not in found and names:
            found[key] = names[0]
            free.discard(names[0])
    return found


def _compared(users: Users) -> Iterator[Change]:
    before, after = users.before(), users.after()
    known = former_keys(before, after)
    for key, option in after.items():
        if key not in known:
            yield Change("added", "option", _name(users, key), NEW, new=option.label, users=users.names)
            continue
        if known[key] != key:
            yield Change("renamed", "option", _name(users, key), RENAMED, was=known[key], users=users.names)
        yield from _fields(users, key, before[known[key]], option)
    for key, option in before.items():
        if key not in known.values():
            yield Change("removed", "option", _name(users, key), GONE, old=option.label, users=users.names)
    yield from _positions(users, known)
    if all(before[old].score == after[key].score for key, old in known.items()):
        yield from _worths(users, known)


def _name(users: Users, key: str) -> str:
    return f"{users.title}: {key}"


def _fields(users: Users, key: str, before: Option, after: Option) -> Iterator[Change]:
    for field in change_classes_of(Option):
        old, new = in_words(getattr(before, field)), in_words(getattr(after, field))
        if old != new:
            row = _label_row(users, key, before, after) if field == "label" else _CLASSES[field]
            hint = _ELSEWHERE if row is ELSEWHERE else ""
            yield Change("changed", "option", _name(users, key), row, field, old, new, users=users.names, hint=hint)


def _label_row(users: Users, key: str, before: Option, option: Option) -> ChangeClass:
    """How another label counts: as scale when it, or the one it replaces, belonged or belongs to another option."""
    if same_words(before.label, option.label):
        return SAME_WORDS
    stood = {old: found.label for old, found in users.before().items() if old != (before.key or "")}
    stands = {new: found.label for new, found in users.after().items() if new != key}
    came = any(same_words(label, option.label) for label in stood.values())
    went = any(same_words(label, before.label) for label in stands.values())
    return ELSEWHERE if came or went else _CLASSES["label"]


def _positions(users: Users, known: Mapping[str, str]) -> Iterator[Change]:
    """The order of the list, where an option that was there before stands at another place now."""
    before, after = [*users.before()], [*users.after()]
    if any(before.index(old) != after.index(key) for key, old in known.items()):
        row = _CLASSES["position"]
        old, new = ", ".join(before), ", ".join(after)
        yield Change("changed", "options", users.title, row, "position", old, new, users=users.names)


def _worths(users: Users, known: Mapping[str, str]) -> Iterator[Change]:
    """What the options are worth, for the questions for which that is something else now without a new score."""
    moved: dict[tuple[str, str], list[str]] = {}
    for before, after in users.pairs:
        old, new = _worth(users.old, before), _worth(users.new, after)
        if any(_differ(old.get(known[key]), new[key]) for key in new if key in known):
            moved.setdefault((_listed(old), _listed(new)), []).append(after.id)
    for (was, now), names in moved.items():
        yield Change("changed", "options", users.title, _CLASSES["worth"], "worth", was, now, users=tuple(names))


def _worth(rubric: Rubric, question: Question) -> Mapping[str, float | None]:
    """What each option adds or is worth on 0..100; nothing for a question that has no score."""
    if not rubric.scored(question):
        return {}
    if question.traits.worth != "ticks":
        return option_values(rubric, question)
    scores = option_scores(rubric, question)
    total = sum(score or 0 for score in scores) or 1.0
    keys = [option.key or "" for option in rubric.options_of(question)]
    return {key: 100 * (score or 0) / total for key, score in zip(keys, scores, strict=True)}


def _differ(old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return old is not new
    return abs(old - new) > TOLERANCE


def _listed(worth: Mapping[str, float | None]) -> str:
    return ", ".join(f"{key} {'-' if value is None else short(value, 2)}" for key, value in worth.items()) or "nothing"
