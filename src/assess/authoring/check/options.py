"""Options and questions that change nothing."""

from collections.abc import Iterator

from assess.authoring.check.context import Found, Subject
from assess.authoring.check.variables import Variable, cell_in_words
from assess.formula import nodes as f
from assess.formula.normalise import option_scores
from assess.model.finding_texts import figures_in
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.problems import Problem, listing


def dead_ticks(subject: Subject) -> Found:
    """Every option of a question of several options is worth something, or a condition reads it."""
    marks = subject.marks
    for question in subject.rubric.questions():
        counted = question.id in marks.counted or ("count", question.id) in marks.points
        if question.traits.reads != "ticks" or question.id not in subject.read or counted:
            continue
        dead = [*_dead_ticks(subject, question, marks.ticked.get(question.id, set()))]
        if dead:
            keys = listing([f"'{key}'" for _, key in dead])
            yield _dead(subject, question, dead[0][0], f"ticking {keys} of '{question.id}' changes nothing")


def _dead_ticks(subject: Subject, question: Question, named: set[str]) -> Iterator[tuple[int, str]]:
    """The options of a question that nothing counts and nothing reads, with their places."""
    scores = option_scores(subject.rubric, question)
    for place, (option, score) in enumerate(zip(subject.rubric.options_of(question), scores, strict=True)):
        worth = _valued(subject, question) and (score or option.must is not None)
        if option.key not in named and not worth and not option.exclusive:
            yield place, option.key or ""


def _valued(subject: Subject, question: Question) -> bool:
    """Whether the value of a question counts: scored, and not in a table, which reads its answer instead."""
    table = subject.how(subject.rubric.home_of[question.id]) in ("rules", "ladder")
    return subject.rubric.scored(question) and not table


def same_choices(subject: Subject) -> Found:
    """A condition tells any two options of a choice apart, unless scores say how many points each brings."""
    named = _choices_named(subject)
    for question in subject.rubric.questions():
        if question.traits.worth != "scores" or question.id not in subject.read:
            continue
        seen: dict[bool, str] = {}
        for place, option in enumerate(subject.rubric.options_of(question)):
            if option.key in named.get(question.id, ()) or option.score is not None:
                continue
            told = option.stop
            if told in seen:
                message = f"no score and no condition tells '{option.key}' of '{question.id}' from '{seen[told]}'"
                yield _dead(subject, question, place, message)
            seen.setdefault(told, option.key or "")


def _choices_named(subject: Subject) -> dict[str, set[str]]:
    """The options of each choice that conditions name."""
    found: dict[str, set[str]] = {}
    for chosen in f.parts_within(subject.tests):
        if isinstance(chosen, f.Chose):
            found.setdefault(chosen.question, set()).update(chosen.keys)
    return found


def _dead(subject: Subject, question: Question, place: int, message: str) -> Problem:
    key = subject.rubric.options_of(question)[place].key
    return subject.found(
        "dead_option",
        message,
        question.id,
        *(() if question.options_from else ("options", place)),
        hint="give it a score, let a condition name it, or take it out if nobody wants to know",
        severity="note",
        witness=f"{question.id}: {key}",
    )


def unused_sets(subject: Subject) -> Found:
    """Every shared list of options is used by a question."""
    used = {question.options_from for question in subject.rubric.questions()}
    for name in subject.rubric.option_sets:
        if name not in used:
            message = f"no question takes its options from '{name}'"
            hint = "take it out, or name it in `options_from`"
            yield subject.found("dead_option", message, "", "option_sets", name, hint=hint, severity="warning")


def dead_questions(subject: Subject) -> Found:
    """Every question counts in a score, or is read by a condition or quoted by a text."""
    quoted = _quoted(subject.rubric)
    for question in subject.rubric.questions():
        if question.traits.reads == "presence" or _valued(subject, question) or question.id in subject.read | quoted:
            continue
        message = f"nothing reads the answer to '{question.id}'"
        hint = "let a gate, a clash or a headline read it, or ask one question less"
        slot = Variable("answer", question.id)
        first, last = (cell_in_words(subject.rubric, slot, subject.domains.of(slot)[place]) for place in (0, -1))
        witness = f"{question.id}: {last} instead of {first}"
        yield subject.found("dead_question", message, question.id, hint=hint, severity="note", witness=witness)


def _quoted(rubric: Rubric) -> frozenset[str]:
    """The questions of which some text quotes the answer."""
    named = (figure.question for _, _, text in rubric.quoting_texts() for figure in figures_in(text))
    return frozenset(rubric.names[name] for name in named if name in rubric.names)


OPTION_RULES = (dead_ticks, same_choices, unused_sets, dead_questions)
