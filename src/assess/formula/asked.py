"""Whom a question with a condition was put to: judged person by person, on the own answers where there are some."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Protocol, assert_never

from assess.formula import nodes as f
from assess.formula.compile import Compiled
from assess.formula.ranges import FALSE, TRUE, UNDECIDED, Truth, conjunction, disjunction, negation
from assess.formula.readings import STATED, Readings, RoleAnswers, evidence_shown, grade, summarise_answers
from assess.model.answers import Answer, Voice
from assess.model.policies import EvidencePolicy


class Audience(NamedTuple):
    """Whom a question was put to: whether to anybody, and the answers of those to whom it surely was.

    waiting: answers with a value of people who may still turn out to have been asked. roles: whether it was put to
    anybody of a role, where that can differ from role to role.
    """

    asked: Truth
    by_role: Mapping[str, RoleAnswers] = MappingProxyType({})
    grade: int = STATED
    waiting: tuple[Answer, ...] = ()
    roles: Mapping[str, Truth] = MappingProxyType({})

    def of(self, role: str) -> Truth:
        """Whether the question was put to anybody of a role that it is meant for."""
        return self.roles.get(role, self.asked)


EVERYBODY, NO_ONE = Audience(TRUE), Audience(FALSE)
Own = Mapping[str, Answer | None]


class AskedTree(Protocol):
    """What is needed of the tree a condition is tried on."""

    compiled: Compiled
    readings: Readings

    def test(self, test: f.Test) -> Truth:
        """The truth of a test."""

    def asking(self, name: str) -> Audience:
        """Whom a question was put to, and whose answers count."""

    def personal(self, role: str, own: Own) -> "AskedTree":
        """The tree in which one person's own answers stand for everybody's."""


def asking(tree: AskedTree, name: str) -> Audience:
    """Whom a question that has a condition was put to."""
    rule, readings = tree.compiled.items[name], tree.readings
    truths = _truths(tree, name)
    given: dict[str, list[Answer]] = {}
    for voice, truth in truths:
        if truth.sure and name in voice.answers:
            given.setdefault(voice.role, []).append(voice.answers[name])
    unsure = [v.answers[name] for v, t in truths if t.possible and not t.sure and name in v.answers]
    for role in (role.id for role in readings.rubric.roles if (name, role.id) in readings.crowds):
        truth = crowd_truth(tree, name, role)
        if truth.sure:
            given.setdefault(role, []).extend(readings.crowds[name, role])
        elif truth.possible:
            unsure += readings.crowds[name, role]
    roles = {role: disjunction([*_audience(tree, name, role, truths)]) for role in rule.invited}
    asked = disjunction([*roles.values()])
    question = readings.rubric.question_by_id[name]
    policy = readings.rubric.policies.evidence or EvidencePolicy()
    proofs = evidence_shown(answer for answers in given.values() for answer in answers)
    return Audience(
        asked if rule.invited else disjunction([asked, _together(tree, name)]),
        {role: summarise_answers(readings.rubric, question, answers) for role, answers in given.items()},
        grade(proofs, policy, readings.assessed_on),
        tuple(answer for answer in unsure if answer.state == "value"),
        roles,
    )


def _truths(tree: AskedTree, name: str) -> list[tuple[Voice, Truth]]:
    """Every voice and whether it was asked; those who answered alike are tried once."""
    visible = tree.compiled.items[name].visible
    known: dict[tuple[object, ...], Truth] = {}
    found = []
    for voice in tree.readings.voices:
        own = own_answers(tree, visible, voice) if visible else {}
        alike = (voice.role, *((read, answer and answer.value) for read, answer in own.items())) if own else ()
        if alike not in known:
            known[alike] = truth_for(tree, name, voice)
        found.append((voice, known[alike]))
    return found


def _audience(tree: AskedTree, name: str, role: str, truths: Sequence[tuple[Voice, Truth]]) -> Iterator[Truth]:
    """Whether each person of a role was asked; what all say decides for those not heard."""
    own = [truth for voice, truth in truths if voice.role == role]
    yield from own
    if (name, role) in tree.readings.crowds or (name, role) in tree.readings.put:
        yield crowd_truth(tree, name, role)
    elif not own or role in tree.readings.shy:
        yield _together(tree, name)


def _together(tree: AskedTree, name: str) -> Truth:
    """Whether a question is asked by what all say together."""
    visible = tree.compiled.items[name].visible
    return TRUE if visible is None else tree.test(visible)


def crowd_truth(tree: AskedTree, name: str, role: str) -> Truth:
    """Whether a question was put to anonymous people of a role, one by one, as it was found when they were counted.

    Where something else is taken as settled than was then, who said what is not known any more: it is undecided, unless
    they all stand or fall by what all say.
    """
    visible, cell = tree.compiled.items[name].visible, (name, role)
    if visible is None or cell in tree.readings.crowds:
        return TRUE if visible is None else _still(tree, role, visible, TRUE)
    put = tree.readings.put.get(cell)
    if any(_is_touched(tree, read) for read in f.names_read(visible)):
        return _still(tree, role, visible, TRUE if put else UNDECIDED)
    return UNDECIDED if put is None else TRUE if put else FALSE


def _still(tree: AskedTree, role: str, test: f.Test, untouched: Truth) -> Truth:
    """Whether a test holds for each of the anonymous people of a role who were counted.

    untouched: what is known of it where nothing that it reads is settled otherwise than it was then.
    """
    if untouched.sure and not any(_is_touched(tree, read) for read in f.names_read(test)):
        return untouched
    match test:
        case f.Not(part):
            return negation(_still(tree, role, part, UNDECIDED))
        case f.All(parts):
            return conjunction([_still(tree, role, part, untouched) for part in parts])
        case f.Any(parts):
            return disjunction([_still(tree, role, part, UNDECIDED) for part in parts])
        case f.Compare() | f.Chose() | f.Ticked() | f.InState():
            return _still_alone(tree, role, test)
        case _:
            assert_never(test)


def _still_alone(tree: AskedTree, role: str, test: f.Test) -> Truth:
    """The same of a test without parts, by what it reads."""
    own = [read for read in f.names_read(test) if _is_own(tree, role, read)]
    if not own or any(other != role for other in _roles(test)):
        return tree.test(test)
    if any(crowd_truth(tree, read, role).possible for read in own):
        return UNDECIDED
    return tree.personal(role, dict.fromkeys(own)).test(test)


def _is_own(tree: AskedTree, role: str, read: str) -> bool:
    """Whether what anonymous people of a role were asked may differ by what each of them answered to a question."""
    items, cell = tree.compiled.items, (read, role)
    if read not in items or read in tree.readings.settled or role not in items[read].invited:
        return False
    return cell in tree.readings.crowds or items[read].visible is not None


def _is_touched(tree: AskedTree, read: str) -> bool:
    """Whether something else is settled than when answers were counted, of what a name stands for or is asked by."""
    settled, agreed = tree.readings.settled, tree.readings.agreed
    if settled == agreed:
        return False
    if read not in tree.compiled.items:
        return True
    reads = f.names_read(tree.compiled.items[read].visible)
    return settled.get(read) != agreed.get(read) or any(_is_touched(tree, other) for other in reads)


def truth_for(tree: AskedTree, name: str, voice: Voice) -> Truth:
    """Whether a question was put to one person, as far as its condition says."""
    visible = tree.compiled.items[name].visible
    if visible is None:
        return TRUE
    own = own_answers(tree, visible, voice)
    return personal_truth(tree, visible, voice.role, own) if own else tree.test(visible)


def own_answers(tree: AskedTree, visible: f.Test, voice: Voice) -> Own:
    """The values one person gave to the questions a condition reads; None for one that was not put to this person.

    What was settled replaces them.
    """
    items, settled = tree.compiled.items, tree.readings.settled
    found: dict[str, Answer | None] = {}
    for read in dict.fromkeys(f.names_read(visible)):
        if read not in items or read in settled or voice.role not in items[read].invited:
            continue
        answer, truth = voice.answers.get(read), truth_for(tree, read, voice)
        if not truth.possible and tree.asking(read).asked.possible:
            found[read] = None
        elif truth.sure and answer is not None and answer.state == "value":
            found[read] = answer
    return found


def personal_truth(tree: AskedTree, visible: f.Test, role: str, own: Own) -> Truth:
    """A condition tried on own answers, and on what all say where there are none."""
    return _tried(tree, tree.personal(role, own), role, visible)


def _tried(everybody: AskedTree, person: AskedTree, role: str, test: f.Test) -> Truth:
    match test:
        case f.Not(part):
            return negation(_tried(everybody, person, role, part))
        case f.All(parts):
            return conjunction([_tried(everybody, person, role, part) for part in parts])
        case f.Any(parts):
            return disjunction([_tried(everybody, person, role, part) for part in parts])
        case f.Compare() | f.Chose() | f.Ticked() | f.InState():
            # What another role says, or how many of a role say it, is nothing a person answers alone.
            alone = all(other == role for other in _roles(test))
            return person.test(test) if alone else everybody.test(test)
        case _:
            assert_never(test)


def _roles(part: object) -> Iterator[str]:
    """The roles a test names; of a share, none that a person could be in."""
    for found in f.parts_within(part):
        if isinstance(found, f.Share):
            yield ""
        elif isinstance(found, f.Leaf | f.Chose) and found.role:
            yield found.role
