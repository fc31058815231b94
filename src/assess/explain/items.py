"""The steps from answers to the value of one question."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assess.explain.context import INDENT, ExplainContext, indented
from assess.formula import conditions_of
from assess.formula.items import combined
from assess.formula.readings import months_before
from assess.formula.worked_answers import answer_value, is_stepped, worked, worth_rule
from assess.model.answers import Answer, AnswerValue
from assess.model.engagement import EvidenceItem
from assess.model.questions import Option, Question
from assess.model.scorecard import ItemScore, RoleReading
from assess.numbers import counted, measured, short, six
from assess.words import ended, listed

STATES = {"unknown": "don't know", "declined": "declined", "na": "not applicable"}


def item_lines(book: ExplainContext, name: str) -> Iterator[str]:
    """One question: its value, and every step from the answers to it."""
    item, question = book.scorecard.items[name], book.rubric.question_by_id[name]
    yield f"{name}: {question.text}"
    if item.weight:
        yield from indented(_value(book, item))
        yield from indented(_steps(book, item, question))
        return
    yield f"{INDENT}A fact: it has no score of its own; conditions read it."
    yield from indented(_fact(book, item, question))
    yield from indented(_readers(book, name))


def reading_lines(book: ExplainContext, name: str) -> Iterator[str]:
    """One question as a condition reads it: what was answered by whom, and what that came to."""
    item, question = book.scorecard.items[name], book.rubric.question_by_id[name]
    yield f"{name}: {question.text}"
    if item.weight and item.value is not None:
        yield from indented(_value(book, item))
    yield from indented(_fact(book, item, question))


def _fact(book: ExplainContext, item: ItemScore, question: Question) -> Iterator[str]:
    """What was answered, and what stands where answers differ or nobody knows."""
    name = question.id
    if item.state == "hidden":
        yield f"{_hidden(book, question)}: it is shown only when {question.show_when}."
    if item.state == "missing":
        yield f"{_nobody(book, question)}."
    yield from _answers(book, item, question)
    if not item.weight and len({s.answer.value for s in book.sheet.answers(name) if s.answer.state == "value"}) > 1:
        yield from filter(None, [question.traits.differing])
    if item.state == "unknown" and question.unknown_as:
        yield f"Nobody asked knows: conditions read it as '{question.unknown_as}'."
    yield from _agreed(book, item, question)


def _value(book: ExplainContext, item: ItemScore) -> Iterator[str]:
    if item.value is None:
        yield "No score."
    else:
        of = f"on {book.range(item.id)} ({six(item.value)} of 100)"
        yield f"Score {book.native(item.id, item.value)} {of}."
    if item.low is not None and item.high is not None and item.low < item.high:
        low, high = book.native(item.id, item.low, item.high), book.native(item.id, item.high, item.low)
        yield f"It may still be anything from {low} to {high}."


def _steps(book: ExplainContext, item: ItemScore, question: Question) -> Iterator[str]:
    """What happened, in the order in which it counts; steps that change nothing are named all the same."""
    yield from _without_value(book, item, question)
    yield from _answers(book, item, question)
    if item.state == "value":
        yield from _together(book, item)
        yield from _conflict(book, item)
        yield from _agreed(book, item, question)
        yield from _evidence(book, item)
    elif item.id in book.sheet.settled:
        yield from _agreed(book, item, question)


def _without_value(book: ExplainContext, item: ItemScore, question: Question) -> Iterator[str]:
    policies, asked = book.rubric.policies, book.roles(book.rubric.asked(question))
    if item.state == "missing":
        zero = policies.missing == "zero"
        then = "it counts as 0, the worst answer" if zero else "it is left out and the rest weighs more"
        yield f"{_nobody(book, question)}; until it is, {then}."
    if item.state == "unknown":
        zero = policies.unknown == "zero"
        yield f"Nobody who was asked knows ({asked}); {'the worst answer counts' if zero else 'as if unanswered'}."
        if any(reading.invited and reading.na for reading in item.roles):
            yield f"{INDENT}That somebody called it not applicable does not outweigh this."
    if item.state == "na":
        yield f"Does not apply; {'it counts as the target' if policies.na == 'target' else 'it is left out'}."
    if item.state == "hidden":
        yield f"{_hidden(book, question)}: it is shown only when {question.show_when}."


def _hidden(book: ExplainContext, question: Question) -> str:
    """What is said of a question that was put to nobody."""
    return "Hidden" if book.sheet.unasked(question.id) else "Not asked"


def _nobody(book: ExplainContext, question: Question) -> str:
    """That nobody who was asked gave an answer that counts."""
    asked = book.rubric.asked(question)
    if any(book.sheet.unheard(question.id, role) for role in asked):
        return f"No answer that counts by those who were asked ({book.roles(asked)})"
    return f"Not answered by anybody who was asked ({book.roles(asked)})"


def _answers(book: ExplainContext, item: ItemScore, question: Question) -> Iterator[str]:
    told = [*role_answers(book, question)]
    if book.rubric.scored(question) and not is_stepped(book.rubric, question):
        yield f"What an answer is worth: {worth_rule(book.rubric, question, _key)}."
    if told:
        yield "Answers by role:"
    for role, said in told:
        yield f"{INDENT}{said}"
        yield from indented(indented(_asked_as(book, question, role)))
        yield from indented(indented(_reasons(book, question, role)))
    for (role, why), times in sorted(Counter(book.sheet.unasked(item.id)).items()):
        yield f"{counted(times, 'answer', 'answers')} of {book.role(role)} {_do(times)} not count: {why}."


def role_answers(book: ExplainContext, question: Question) -> Iterator[tuple[str, str]]:
    """Every role that answered a question, or of which too few did, with its title and what it said."""
    item = book.scorecard.items[question.id]
    for reading in item.roles:
        if reading.n or reading.unknown or reading.declined or reading.na or _is_few(book, reading, question):
            asked = "" if reading.invited else " (not asked; counts only against a claim)"
            yield reading.role, f"{book.role(reading.role)}{asked}: {_said(book, item, question, reading)}"


def _is_few(book: ExplainContext, reading: RoleReading, question: Question) -> bool:
    """Whether a role was asked whose anonymous people gave too few answers."""
    return reading.invited and book.sheet.unheard(question.id, reading.role)


def _do(times: int) -> str:
    return "does" if times == 1 else "do"


def _said(book: ExplainContext, item: ItemScore, question: Question, reading: RoleReading) -> str:
    few = book.sheet.few
    given = [said for said in book.sheet.answers(item.id) if said.role == reading.role]
    if not given:
        return few
    private = [said.answer for said in given if said.private]
    said = Counter(f"{_one(book, question, s.answer)}{_confidence(s.answer)}" for s in given if not s.private)
    said.update(_grouped(book, question, private))
    text = ", ".join(words if times == 1 else f"{times} x {words}" for words, times in sorted(said.items()))
    text += f"; of the anonymous {few}" if _is_few(book, reading, question) else ""
    within = _within(book, item, reading.role)
    if item.weight and reading.n > 1 and within is not None:
        text += f"; {book.compiled.items[item.id].combine} {book.pencil(item.id, within)}"
    return text


def _grouped(book: ExplainContext, question: Question, answers: Sequence[Answer]) -> Counter[str]:
    """The answers of anonymous people: each option counted by itself, figures only in their number."""
    told: Counter[str] = Counter()
    for answer in answers:
        if isinstance(answer.value, tuple):
            told.update(answer.value or ["none"])
        elif isinstance(answer.value, int | float | datetime.date) or question.traits.holds == "words":
            told["answered"] += 1
        else:
            told[_one(book, question, answer)] += 1
    return told


def _confidence(answer: Answer) -> str:
    """How sure somebody was, which changes no value; nothing where nobody said."""
    return f" ({answer.confidence} confidence)" if answer.confidence else ""


def _one(book: ExplainContext, question: Question, answer: Answer) -> str:
    """One answer by its key or number, with its points."""
    if answer.state != "value":
        return STATES[answer.state]
    value = answer_value(book.rubric, question, answer.value)
    worth = f" = {book.pencil(question.id, value)}" if value is not None and book.rubric.scored(question) else ""
    steps = "" if is_stepped(book.rubric, question) or not worth else worked(book.rubric, question, answer.value, _key)
    return f"{answer_with_unit(question, answer.value)}{worth}{f' ({steps} of 100)' if steps else ''}"


def _key(option: Option) -> str:
    return option.key or ""


def answer_with_unit(question: Question, value: AnswerValue) -> str:
    """An answer as it stands in an answers file, a number with its unit."""
    if isinstance(value, tuple):
        return " and ".join(value) or "none"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float):
        return measured(value, question.unit, one=question.unit_one)
    return "answered in words" if question.traits.holds == "words" else str(value)


def _within(book: ExplainContext, item: ItemScore, role: str) -> float | None:
    values = book.tree.heard(item.id, role).values
    return combined([values], book.compiled.items[item.id]) if values else None


def _asked_as(book: ExplainContext, question: Question, role: str) -> Iterator[str]:
    """What a role read in the place of the question, and of the options it chose."""
    own, base = book.rubric.wording(question, role), book.rubric.wording(question)
    if own.text != base.text:
        yield f"asked: {' '.join(own.text.split())}"
    given = {s.answer.value for s in book.sheet.answers(question.id) if s.role == role and s.answer.state == "value"}
    for key, label in own.labels().items():
        if label != base.labels()[key] and any(key == value or key in _ticks(value) for value in given):
            yield f"read of {key}: {' '.join(label.split())}"


def _ticks(value: AnswerValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _reasons(book: ExplainContext, question: Question, role: str) -> Iterator[str]:
    given = [said.answer for said in book.sheet.answers(question.id) if said.role == role]
    yield from (f"because: {ended(' '.join(why.split()))}" for why in sorted(answer.why for answer in given) if why)


def _together(book: ExplainContext, item: ItemScore) -> Iterator[str]:
    """The roles that were asked, as one number."""
    rule = book.compiled.items[item.id]
    means = {r.role: x for r in item.roles if r.invited and (x := _within(book, item, r.role)) is not None}
    if item.combined is None or not means:
        return
    heads = {r.role: f" ({counted(r.n, 'answer', 'answers')})" for r in item.roles} if rule.headcount else {}
    parts = listed(f"{book.pencil(item.id, x)}{heads.get(role, '')}" for role, x in means.items())
    weighing = ", by number of answers" if rule.headcount and rule.combine == "mean" else ""
    of = f"{rule.combine} of {counted(len(means), 'role', 'roles')}{weighing}"
    shown = "" if len(means) == 1 else f", {parts}"
    yield f"Roles together: {of}{shown} = {book.pencil(item.id, item.combined)}."


def _conflict(book: ExplainContext, item: ItemScore) -> Iterator[str]:
    policy = book.rubric.policies.disagreement
    named = book.compiled.items[item.id].conflict_role
    if policy is None or named is None or _within(book, item, named) is None:
        return
    distance = f"{short(policy.levels, 2)} levels or more"
    if not item.conflict:
        yield f"Disagreement: no role is {distance} from {book.role(named)}."
        return
    lowest = min(x for role in item.conflict if (x := _within(book, item, role)) is not None)
    yield f"Disagreement: {_distant(book, item)} {distance} from {book.role(named)}."
    until = "was settled, see below" if item.agreed is not None else "is settled in answers/_agreed.yaml"
    yield f"{INDENT}The lowest of them counts until that {until}: {book.pencil(item.id, lowest)}."


def _distant(book: ExplainContext, item: ItemScore) -> str:
    """The roles that are far from the named one, which comes first in a conflict."""
    return f"{book.roles(item.conflict[1:])} {'is' if len(item.conflict) == 2 else 'are each'}"  # noqa: PLR2004 - the named role, one other


def _agreed(book: ExplainContext, item: ItemScore, question: Question) -> Iterator[str]:
    if item.id not in book.sheet.settled:
        return
    settled = book.sheet.settled[item.id]
    on = f", on the answers of {book.roles(settled.basis)}" if settled.basis else ""
    yield f"Settled: {_one(book, question, settled.answer)} replaces it{on}."
    if settled.why:
        yield f"{INDENT}because: {ended(' '.join(settled.why.split()))}"


def _evidence(book: ExplainContext, item: ItemScore) -> Iterator[str]:
    """The grade of the proof, what it allows, and what was shown."""
    if item.ceiling is None or item.value is None:
        return
    held = item.claimed is not None and item.claimed > item.value
    effect = f"held down from {book.pencil(item.id, item.claimed or 0.0)}" if held else "nothing is held down"
    yield f"Evidence: {item.grade}, which allows at most {book.pencil(item.id, item.ceiling)}; {effect}."
    yield from indented(dict.fromkeys(_proofs(book, item.id)))


def _proofs(book: ExplainContext, question: str) -> Iterator[str]:
    for said in book.sheet.answers(question):
        beside = "" if said.answer.state == "value" else "; does not count, shown without an answer"
        for proof in said.answer.evidence:
            day = "without a date" if proof.dated is None else f"dated {proof.dated.isoformat()}"
            day = "dated" if proof.dated and said.private else day
            day += "" if said.private else _age(book, proof)
            title = "Shown by an anonymous role" if said.private else " ".join(proof.title.split())
            yield f"{title} ({proof.kind.replace('_', ' ')}, {day}){beside}"


def _age(book: ExplainContext, proof: EvidenceItem) -> str:
    """Why dated evidence does not count when it is too old; else nothing."""
    policy = book.rubric.policies.evidence
    if policy is None or proof.dated is None:
        return ""
    old = proof.dated < months_before(book.sheet.engagement.assessed_on, policy.max_age_months)
    return f", does not count: older than {policy.max_age_months} months" if old else ""


def _readers(book: ExplainContext, name: str) -> Iterator[str]:
    """The gates and clashes that read a question, and whether they hold."""
    word = re.compile(rf"\b{re.escape(name)}\b")
    gates = {gate.id for gate in book.rubric.all_gates()}
    clashes = {clash.id for clash in book.rubric.all_clashes()}
    for element, (key, *_), condition in conditions_of(book.rubric):
        if element in gates | clashes and word.search(condition):
            part = "gate" if element in gates else f"the {key} of clash"
            yield f"Read by {part} {element}: {condition}"
