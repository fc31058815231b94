"""The answers of one mapping on their way to the new version: renamed, split, merged, rescaled, retired."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from assess.authoring.diff import Difference, compare_rubrics
from assess.authoring.migrate.values import (
    empty,
    in_force,
    keyed,
    merged,
    misfit,
    numbered,
    rescaled,
    stepped,
    unchanged,
)
from assess.collect.inline import spokesman
from assess.model.migrations import MergeRule, Migration
from assess.model.questions import Question
from assess.model.rubric import Rubric

Fate = Literal["carried", "renamed", "split", "merged", "rescaled", "unasked", "retired", "unknown"]
FATES: tuple[Fate, ...] = ("carried", "renamed", "rescaled", "merged", "split", "unasked", "retired", "unknown")
"""What can become of an answer; of several the last one counts."""
_SET_ASIDE: tuple[Fate, ...] = ("unasked", "retired")
NUMBERED = "the option is given by its number, and the old version says which it is: name it with --from"


class MigrationPath(NamedTuple):
    """Two versions of a rubric and the steps between them; start: the old version.

    old: None when it is not at hand; then only `renamed_from` and the steps say what became of a question.
    role: whose answers go this way, for they may name an option in the words of their role; empty for nobody's alone.
    """

    new: Rubric
    old: Rubric | None
    start: str
    steps: tuple[Migration, ...]
    difference: Difference | None
    role: str = ""

    def speaker(self, rubric: Rubric, question: Question) -> str:
        """In whose words a question was answered."""
        return self.role or spokesman(rubric, question)

    def question(self, name: str) -> str:
        """What a question is called in the new version, where it is still one; else the name itself."""
        if self.old is not None and self.old.names.get(name) in self.old.question_by_id:
            name = self.old.names[name]
        return now(self.new, name)


class AnswerFate(NamedTuple):
    """What became of one old answer; targets: the questions of the new version it answers; why: of what is lost."""

    name: str
    entry: object
    fate: Fate
    targets: tuple[str, ...] = ()
    why: str = ""


class Carried(NamedTuple):
    """An answer of the new version; origin: the place, from 0, of the old one it stands in place of."""

    name: str
    entry: object
    origin: int
    reasons: tuple[str, ...] = ()


class MigratedAnswers(NamedTuple):
    """What became of each answer of a mapping, blank ones aside, and what the mapping holds from now on."""

    fates: Mapping[int, AnswerFate]
    entries: tuple[Carried, ...]


class _MovingAnswer(NamedTuple):
    """An old answer, or several that became one: the places they come from, and the answers as they are by now.

    marks: what happened so far, by place. lost: the version in which it was retired, or why it cannot go on.
    """

    name: str
    origins: tuple[int, ...]
    entries: tuple[object, ...]
    rule: MergeRule = "first"
    marks: tuple[tuple[int, Fate], ...] = ()
    reasons: tuple[str, ...] = ()
    lost: str = ""

    def marked(self, fate: Fate) -> tuple[tuple[int, Fate], ...]:
        """The marks with one more for every place."""
        return (*self.marks, *((place, fate) for place in self.origins))


class _Arrival(NamedTuple):
    """A traveller at its end: the new answer, or why there is none; unfit: why single answers are not part of it."""

    traveller: _MovingAnswer
    carried: Carried | None
    why: str = ""
    unfit: Mapping[int, str] = MappingProxyType({})


def road(new: Rubric, version: str, old: Rubric | None = None) -> MigrationPath:
    """The way from a version of a rubric to a newer one; steps from a version nothing leads on from are none."""
    following = {step.start: step for step in new.migrations}
    steps: list[Migration] = []
    at = version
    while at != new.version and at in following and following[at] not in steps:
        steps.append(following[at])
        at = following[at].to
    old = new if old is None and version == new.version else old
    return MigrationPath(new, old, version, tuple(steps), compare_rubrics(old, new) if old else None)


def now(rubric: Rubric, name: str) -> str:
    """The id of a question by id or former id; other names stay."""
    found = rubric.names.get(name, "")
    return found if found in rubric.question_by_id else name


def travel(way: MigrationPath, answers: Mapping[str, object]) -> MigratedAnswers:
    """What becomes of the answers of one mapping of question to answer."""
    travellers = [_started(way, place, name, entry) for place, (name, entry) in enumerate(answers.items())]
    for step in way.steps:
        travellers = list(_through(way.new, step, [*_by_role(way, step, travellers)]))
    arrivals = _settled(way, travellers, tuple(answers.items()))
    fates = {
        place: _fate(
            way, place, (name, entry), [_seen_from(place, a) for a in arrivals if place in a.traveller.origins]
        )
        for place, (name, entry) in enumerate(answers.items())
        if not empty(entry)
    }
    return MigratedAnswers(fates, tuple(arrival.carried for arrival in arrivals if arrival.carried))


def _started(way: MigrationPath, place: int, name: str, entry: object) -> _MovingAnswer:
    """An answer as it sets out; numbers of options are turned to keys while the list they count in is at hand."""
    question = way.old.question_by_id.get(way.old.names.get(name, "")) if way.old else None
    if question is not None and way.old is not None:
        entry = keyed(way.old, question, entry, way.speaker(way.old, question))
    return _MovingAnswer(way.question(name), (place,), (entry,))


def _by_role(way: MigrationPath, step: Migration, travellers: Sequence[_MovingAnswer]) -> Iterator[_MovingAnswer]:
    """Travellers after what a step says of their role: answers that become others, questions it is asked no longer."""
    role = way.new.names.get(way.role, way.role)
    unasked = {now(way.new, name): roles for name, roles in step.unasked.items()}
    for before in travellers:
        for new, how in step.answers.items():
            if not before.lost and how.role == role and now(way.new, how.of) == before.name:
                entries = tuple(stepped(rescaled(entry, how.keys), how.numbers) for entry in before.entries)
                reason = f"made of the answer to '{before.name}'"
                other = before._replace(name=now(way.new, new), entries=entries, marks=before.marked("rescaled"))
                yield other._replace(reasons=(*before.reasons, reason))
        why = None if before.lost else unasked.get(before.name, {}).get(role)
        if why is None:
            yield before
        else:
            told = f"{step.to} does not ask it of this role" + (f": {why}" if why else "")
            yield before._replace(lost=told, marks=before.marked("unasked"))


def _through(rubric: Rubric, step: Migration, travellers: Sequence[_MovingAnswer]) -> Iterator[_MovingAnswer]:
    """Travellers after one step: rescaled where they are, then retired, split or merged, then rescaled there."""
    scales = {now(rubric, name): keys for name, keys in step.rescale.items()}
    retired = {now(rubric, name) for name in step.retire}
    splits = {now(rubric, old): new for old, new in step.split.items()}
    merges = {now(rubric, old): to for to, merge in step.merge.items() for old in merge.of}
    gathered: dict[str, list[_MovingAnswer]] = {}
    for before in travellers:
        found = _rescaled(before, scales)
        if found.lost or found.name not in {*retired, *splits, *merges}:
            yield found
        elif found.name in retired:
            yield found._replace(lost=step.to, marks=found.marked("retired"))
        elif found.name in splits:
            reason = f"one of {len(splits[found.name])} questions that were asked as '{found.name}'"
            for name in splits[found.name]:
                other = found._replace(name=now(rubric, name), marks=found.marked("split"))
                other = other._replace(reasons=(*found.reasons, reason))
                yield other if other.name == found.name else _rescaled(other, scales)
        else:
            gathered.setdefault(merges[found.name], []).append(found)
    for to, parts in gathered.items():
        order = [now(rubric, name) for name in step.merge[to].of]
        one = _merged(now(rubric, to), sorted(parts, key=lambda part: order.index(part.name)), step.merge[to].rule)
        yield one if one.name in order else _rescaled(one, scales)


def _rescaled(found: _MovingAnswer, scales: Mapping[str, Mapping[str, str]]) -> _MovingAnswer:
    keys = scales.get(found.name)
    if keys is None or found.lost:
        return found
    if any(numbered(entry) for entry in found.entries):
        return found._replace(lost=NUMBERED)
    entries = tuple(rescaled(entry, keys) for entry in found.entries)
    if entries == found.entries:
        return found
    reason = f"the answers to '{found.name}' were given other steps"
    return found._replace(entries=entries, marks=found.marked("rescaled"), reasons=(*found.reasons, reason))


def _merged(name: str, parts: Sequence[_MovingAnswer], rule: MergeRule) -> _MovingAnswer:
    """Several travellers as one; the answers wait for the last version, which says what they are worth."""
    names = " and ".join(f"'{part.name}'" for part in parts)
    return _MovingAnswer(
        name,
        tuple(place for part in parts for place in part.origins),
        tuple(entry for part in parts for entry in part.entries),
        rule,
        tuple(mark for part in parts for mark in part.marked("merged")),
        (*(reason for part in parts for reason in part.reasons), f"made of the answers to {names} ({rule})"),
    )


def _settled(
    way: MigrationPath, travellers: Sequence[_MovingAnswer], written: Sequence[tuple[str, object]]
) -> list[_Arrival]:
    """Every traveller at its end; of two that would answer one question the one that was asked so all along stays."""
    arrivals = [_arrived(way, traveller, written) for traveller in sorted(travellers, key=lambda one: one.origins)]
    first: dict[str, _Arrival] = {}
    for arrival in arrivals:
        name = arrival.traveller.name
        if arrival.carried and (name not in first or written[arrival.traveller.origins[0]][0] == name):
            first[name] = arrival
    return [
        arrival
        if arrival.carried is None or first[arrival.traveller.name] is arrival
        else arrival._replace(carried=None, why=f"'{arrival.traveller.name}' is answered already")
        for arrival in arrivals
    ]


def _arrived(way: MigrationPath, traveller: _MovingAnswer, written: Sequence[tuple[str, object]]) -> _Arrival:
    question = way.new.question_by_id.get(traveller.name)
    if traveller.lost:
        return _Arrival(traveller, None, traveller.lost)
    if question is None:
        why = f"version {way.new.version} does not ask it, and no step says what became of it"
        return _Arrival(traveller, None, why)
    role = way.speaker(way.new, question)
    given = [part for part in zip(traveller.origins, traveller.entries, strict=True) if not empty(part[1])]
    unfit = {place: why for place, entry in given if (why := _unfit(way, question, entry))}
    if len(given) == 1 and misfit(way.new, question, given[0][1], role) and _wrong_before(way, *written[given[0][0]]):
        return _Arrival(traveller, Carried(question.id, written[given[0][0]][1], given[0][0], traveller.reasons))
    fitting = [in_force(way.new, question, entry, role) for place, entry in given if place not in unfit]
    if given and not fitting:
        return _Arrival(traveller, None, unfit[given[0][0]])
    entry = merged(way.new, question, fitting, traveller.rule) if fitting else None
    origin = min(traveller.origins)
    if (
        entry is not None
        and len(traveller.origins) == 1
        and unchanged(way.new, question, written[origin][1], entry, role)
    ):
        entry = written[origin][1]
    return _Arrival(traveller, Carried(question.id, entry, origin, traveller.reasons), unfit=unfit)


def _unfit(way: MigrationPath, question: Question, entry: object) -> str:
    """Why a question does not take an answer as it arrives: numbers of old options are keys by now, if they ever were.

    A number that is left could be read as another option than the one it named.
    """
    found = misfit(way.new, question, entry, way.speaker(way.new, question))
    if found or not (question.traits.lists and numbered(entry)):
        return found
    return NUMBERED if way.old is None else "it was no option, and its number would be read as one"


def _wrong_before(way: MigrationPath, name: str, entry: object) -> bool:
    """Whether an answer was a mistake in the old version; it stays where it is, for `assess check` to find."""
    before = way.old.question_by_id.get(way.old.names.get(name, "")) if way.old else None
    if before is None or way.old is None:
        return False
    return bool(misfit(way.old, before, entry, way.speaker(way.old, before)))


def _seen_from(place: int, arrival: _Arrival) -> _Arrival:
    """An arrival as it is for one of the answers that set out: nowhere where that one did not fit."""
    why = arrival.unfit.get(place)
    return arrival._replace(carried=None, why=why) if why else arrival


def _fate(way: MigrationPath, place: int, given: tuple[str, object], arrivals: Sequence[_Arrival]) -> AnswerFate:
    """What became of one answer: the gravest of all that happened to it on the way to where it arrived.

    Of an answer that became another one nothing is lost when its own question is gone.
    """
    name, entry = given
    reached = [arrival for arrival in arrivals if arrival.carried]
    here = way.question(name)
    gone = here not in way.new.question_by_id
    missed = [a for a in arrivals if not a.carried and not (reached and gone and a.traveller.name == here)]
    lost = "; ".join(arrival.why for arrival in missed)
    if not reached:
        fate = next((f for f in _SET_ASIDE if all((place, f) in arrival.traveller.marks for arrival in arrivals)), None)
        return AnswerFate(name, entry, fate or "unknown", (), f"in {lost}" if fate == "retired" else lost)
    targets = tuple(arrival.traveller.name for arrival in reached)
    marks: list[Fate] = [fate for arrival in reached for at, fate in arrival.traveller.marks if at == place]
    arrived = [arrival.carried.entry for arrival in reached if arrival.carried]
    marks += ["renamed"] if targets != (name,) or arrived != [entry] else ["carried"]
    return AnswerFate(name, entry, max(marks, key=FATES.index), targets, lost)
