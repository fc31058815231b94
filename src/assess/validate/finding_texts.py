"""Texts of findings: the figures they quote, the levels they speak of, and who has to decide."""

from collections.abc import Iterator

from assess.documents import SourceMap
from assess.model.finding_texts import ANY_LEVEL, QUOTED, Decision, Figure, figure_of
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.problems import Problem, listing, nearest
from assess.validate.references import unknown

Found = Iterator[Problem]

_WAYS_OUT = {
    "option": "say the case in words instead: `known: [{when: QUESTION = yes, says: ...}]`",
    "options": "say the case in words instead: `known: [{when: has(QUESTION, OPTION), says: ...}]`",
    "words": "it may name people and is never quoted",
}
_GENTLE = "write {question} or {question by role}"


def figures(rubric: Rubric, sources: SourceMap) -> Found:
    """What stands in braces is a question whose answer can stand in a sentence, and a role that is asked it."""
    for anchor, route, text in rubric.quoting_texts():
        for braces in QUOTED.finditer(text):
            figure, place = figure_of(braces[1]), (braces.start(), len(braces[0]))
            fault = _fault(rubric, figure) if figure else _no_figure(anchor, braces[0])
            if fault:
                message, hint = fault
                yield sources.problem(
                    "unknown_name", message, anchor, *route, hint=hint, offset=place[0], length=place[1]
                )


def _no_figure(anchor: str, braces: str) -> tuple[str, str] | None:
    """What is wrong with braces that quote nothing: outside headlines they are words, as they always were."""
    return (f"'{braces}' quotes nothing", _GENTLE) if anchor.startswith("headline:") else None


def _fault(rubric: Rubric, figure: Figure) -> tuple[str, str] | None:
    """What is wrong with a figure, and the way out."""
    question = rubric.question_by_id.get(rubric.names.get(figure.question, ""))
    if question is None:
        quotable = [known.id for known in rubric.questions() if known.traits.is_quotable]
        message = f"there is no question '{figure.question}' to quote{nearest(figure.question, quotable)}"
        return message, _GENTLE
    if not question.traits.is_quotable:
        message = f"the answer to '{question.id}', a question of type {question.type}, cannot be quoted"
        return message, _WAYS_OUT[question.traits.holds].replace("QUESTION", question.id)
    return _role_fault(rubric, question, figure.role) if figure.role else None


def _role_fault(rubric: Rubric, question: Question, name: str) -> tuple[str, str] | None:
    role, asked = rubric.names.get(name, ""), rubric.asked(question)
    if role not in rubric.role_by_id:
        return f"there is no role '{name}'{nearest(name, rubric.role_by_id)}", _GENTLE
    if role not in asked:
        message = f"'{question.id}' is never put to '{role}', so there is nothing to quote"
        return message, f"it is put to {listing(asked)}"
    return None


def levels(rubric: Rubric, sources: SourceMap) -> Found:
    """Texts by level speak of levels of their node; a node that has none takes one text."""
    for node in rubric.nodes():
        keys = [level.key for level in rubric.levels_of(node.id)]
        for kind, texts in (("gap", node.says.gap), ("strength", node.says.strength)):
            for key in texts:
                if key not in (ANY_LEVEL, *keys):
                    message = f"there is no level of '{node.id}' '{key}'{nearest(key, keys)}"
                    hint = f"levels are {listing(keys)}" if keys else "write one text: the rubric has no levels"
                    yield sources.problem("unknown_name", message, node.id, "says", kind, key, at_key=True, hint=hint)


def decisions(rubric: Rubric, sources: SourceMap) -> Found:
    """A decision is one of three, and somebody takes it."""
    named = [(gate.id, gate.decision) for gate in rubric.all_gates()]
    named += [(clash.id, clash.decision) for clash in rubric.all_clashes()]
    for anchor, decision in named:
        if decision is not None:
            yield from _decided(rubric, sources, anchor, decision)


def _decided(rubric: Rubric, sources: SourceMap, anchor: str, decision: Decision) -> Found:
    said = [verb for verb in ("stop", "hold", "allow") if getattr(decision, verb)]
    if len(said) != 1:
        message = "a decision is one of `stop`, `hold` and `allow`"
        yield sources.problem("gate", message, anchor, "decision", hint="keep the one that somebody can do at once")
    if rubric.names.get(decision.who) not in rubric.role_by_id:
        yield unknown(sources, anchor, ("decision", "who"), "role", decision.who, rubric.role_by_id)


def headlines(rubric: Rubric, sources: SourceMap) -> Found:
    """A headline goes by a name of its own, and what answers it is an initiative."""
    unnamed = [f"headline_{place}" for place, headline in enumerate(rubric.headlines, 1) if not headline.id]
    for place, headline in enumerate(rubric.headlines):
        if headline.id in unnamed:
            message = f"'{headline.id}' is what a headline without an id goes by"
            hint = "give it a name of its own"
            yield sources.problem("duplicate_id", message, f"headline:{place}", "id", hint=hint)
        for index, name in enumerate(headline.initiatives):
            if rubric.names.get(name) not in rubric.initiative_by_id:
                route = ("initiatives", index)
                yield unknown(sources, f"headline:{place}", route, "initiative", name, rubric.initiative_by_id)


FINDING_TEXT_RULES = (figures, levels, decisions, headlines)
