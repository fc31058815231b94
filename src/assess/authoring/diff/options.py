"""Differences between the options of questions; a list that several questions share is compared once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assess.authoring.diff.changes import ELSEWHERE, GONE, NEW, RENAMED, SAME_WORDS, Change
from assess.authoring.diff.values import classes_of, same_words, value_in_words
from assess.formula.normalise import option_scores, option_values
from assess.model.anatomy import change_classes_of
from assess.model.change_classes import ChangeClass
from assess.model.questions import Option, Question
from assess.model.rubric import Rubric
from assess.numbers import TOLERANCE, short

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
    for before, after in pairs:
        if before.traits.has_options and after.traits.has_options:
            yield from _of_roles(Users(old, new, [(before, after)]))


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
        old, new = value_in_words(getattr(before, field)), value_in_words(getattr(after, field))
        if old != new:
            labels = _Labels(_labels(users.before()), _labels(users.after()))
            row = _label_row(labels, before.key or "", key) if field == "label" else _CLASSES[field]
            hint = _ELSEWHERE if row is ELSEWHERE else ""
            yield Change("changed", "option", _name(users, key), row, field, old, new, users=users.names, hint=hint)


def _of_roles(users: Users) -> Iterator[Change]:
    """Labels in the words of single roles: those one of the two rubrics has, beside what the role reads in the other.

    Where neither says anything of its own, what everybody reads is compared and no more is said.
    """
    ((before, after),) = users.pairs
    former = former_keys(users.before(), users.after())
    for role in (role for role in users.new.asked(after) if role in users.old.asked(before)):
        then, now = users.old.wording(before, role), users.new.wording(after, role)
        if then.options == users.old.options_of(before) and now.options == users.new.options_of(after):
            continue
        own = _Labels(then.labels(), now.labels())
        for key, old in former.items():
            was, reads = own.before[old], own.after[key]
            if was != reads:
                row = _label_row(own, old, key)
                name, hint = f"{after.id} by {role}: {key}", _ELSEWHERE if row is ELSEWHERE else ""
                yield Change("changed", "option", name, row, "label", was, reads, users=(after.id,), hint=hint)


class _Labels(NamedTuple):
    """What options are called before and after, by their keys."""

    before: Mapping[str, str]
    after: Mapping[str, str]


def _label_row(labels: _Labels, old: str, key: str) -> ChangeClass:
    """How another label counts: as scale when it, or the one it replaces, belonged or belongs to another option."""
    was, now = labels.before[old], labels.after[key]
    if same_words(was, now):
        return SAME_WORDS
    came = any(same_words(label, now) for name, label in labels.before.items() if name != old)
    went = any(same_words(label, was) for name, label in labels.after.items() if name != key)
    return ELSEWHERE if came or went else _CLASSES["label"]


def _labels(options: Mapping[str, Option]) -> Mapping[str, str]:
    return {key: option.label for key, option in options.items()}


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
