"""Questions that can be answered and valued: options, scores, ranges, texts."""

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise

from assess.documents import SourceMap
from assess.formula.aggregations import aggregation
from assess.formula.normalise import counts_in_node, option_scores
from assess.model.betterness import is_low
from assess.model.question_types import QUESTION_TYPES, SPECIAL
from assess.model.questions import Question
from assess.model.rubric import ROOT, Rubric
from assess.problems import Problem, Severity, listing
from assess.validate.references import unknown

Found = Iterator[Problem]


def fitting_keys(rubric: Rubric, sources: SourceMap) -> Found:
    """A question has only the keys its type can use."""
    for question in rubric.questions():
        for key in SPECIAL:
            if key in question.model_fields_set and getattr(question, key) and key not in question.traits.keys:
                message = f"a question of type {question.type} has no `{key}`"
                fitting = [name for name, traits in QUESTION_TYPES.items() if key in traits.keys]
                hint = f"take it out, or ask with another type: {listing(fitting)}"
                yield sources.problem("question", message, question.id, key, at_key=True, hint=hint)
        if question.unit_one and not question.unit:
            message, hint = "`unit_one` is the unit of the number 1 alone", "name the unit of the others with `unit`"
            yield sources.problem("question", message, question.id, "unit_one", at_key=True, hint=hint)
        valued = [key for key in ("goalposts", "band", "steps") if getattr(question, key)]
        if len(valued) > 1:
            named = {"goalposts": "goalposts", "band": "a band", "steps": "steps"}
            message = f"{' and '.join(named[key] for key in valued)} are different ways to value a number"
            yield sources.problem("question", message, question.id, valued[-1], at_key=True, hint="keep one of them")
        if question.options and question.options_from:
            message, hint = "options stand here and in a shared list", "keep one of them"
            yield sources.problem("question", message, question.id, "options_from", at_key=True, hint=hint)


def options(rubric: Rubric, sources: SourceMap) -> Found:
    """Listed questions have at least two options with different keys and labels."""
    for question in rubric.questions():
        if not question.traits.lists:
            continue
        if question.options_from and question.options_from not in rubric.option_sets:
            yield unknown(
                sources, question.id, ("options_from",), "option set", question.options_from, rubric.option_sets
            )
            continue
        found = rubric.options_of(question)
        if len(found) < 2:  # noqa: PLR2004 - a choice needs two
            message = f"a question of type {question.type} needs at least two options"
            hint = "add another one, or ask with a yesno"
            yield sources.problem("option", message, question.id, "options", hint=hint)
        yield from _named(question, sources, [option.key for option in found], "key")
        yield from _named(question, sources, [option.label.casefold() for option in found], "label")


def _named(question: Question, sources: SourceMap, words: list[str | None], what: str) -> Found:
    for place, word in enumerate(words):
        route = () if question.options_from else ("options", place)
        if word is None:
            hint = "keys may be left out only where there are as many options as levels"
            message = f"option {place + 1} of '{question.id}' has no key"
            yield sources.problem("option", message, question.id, *route, hint=hint)
        elif word in words[:place]:
            code = "option" if what == "key" else "duplicate_text"
            message = f"two options of '{question.id}' have the {what} '{word}'"
            hint = "give one of them another, or take it out"
            yield sources.problem(code, message, question.id, *route, hint=hint)


def scores(rubric: Rubric, sources: SourceMap) -> Found:
    """Scores are given to all options or none, and rise along ordered options; a ladder has rules of its own."""
    steps = {q.id for node in rubric.nodes() if aggregation(node.aggregate).how == "ladder" for q in node.questions}
    for question in rubric.questions():
        if not question.traits.lists or question.traits.holds != "option" or question.id in steps:
            continue
        given = [option.score for option in rubric.options_of(question)]
        known = [score for score in given if score is not None]
        if known and len(known) < len(given):
            message = f"some options of '{question.id}' have a score and some have none"
            hint = "give each a score, 0 where it is worth nothing; or take all out"
            yield sources.problem("option", message, question.id, "options", hint=hint)
        elif question.traits.worth == "steps" and any(b <= a for a, b in pairwise(known)):
            hint = "list the options from worst to best, or make it a choice"
            message = f"the scores of '{question.id}' do not rise"
            yield sources.problem("option", message, question.id, "options", hint=hint)
        elif known and len(set(known)) == 1 and rubric.scored(question):
            message = f"all options of '{question.id}' have the same score"
            hint = "let them differ; or put the question below `facts`, where it has none"
            yield sources.problem("option", message, question.id, "options", hint=hint)


def ticks(rubric: Rubric, sources: SourceMap) -> Found:
    """`must` and `exclusive` belong to multi questions, whose scores are not negative and not all zero."""
    for question in rubric.questions():
        for place, option in enumerate(question.options):
            if (option.must is not None or option.exclusive) and question.traits.worth != "ticks":
                message = "`must` and `exclusive` belong to questions of which several options can be ticked"
                hint = "take them out, or ask with a multi"
                yield sources.problem("option", message, question.id, "options", place, hint=hint)
        if question.traits.worth == "ticks" and rubric.scored(question):
            found = [score or 0 for score in option_scores(rubric, question)]
            if min(found, default=0) < 0 or not sum(found):
                message = f"the scores of '{question.id}' must not be negative nor all zero"
                hint = "give what is ticked points from 0 up, and one option more than 0"
                yield sources.problem("option", message, question.id, "options", hint=hint)


def numbers(rubric: Rubric, sources: SourceMap) -> Found:
    """Goalposts and points differ, logarithms are possible, bands, steps and ranges run upwards."""
    for question in rubric.questions():
        posts, band = question.goalposts, question.band
        if posts and posts.worst == posts.best:
            message, hint = "the goalposts are the same number", "let `worst` and `best` differ"
            yield sources.problem("scale", message, question.id, "goalposts", hint=hint)
        if posts and posts.log and min(posts.worst, posts.best) <= 0:
            message, hint = "logarithms need goalposts above 0", "begin above 0, or take `log` out"
            yield sources.problem("scale", message, question.id, "goalposts", hint=hint)
        if band and not band.zero_below <= band.start <= band.to <= band.zero_above:
            message = "a band runs upwards: zero_below, from, to, zero_above"
            hint = "put the four numbers into this order"
            yield sources.problem("scale", message, question.id, "band", hint=hint)
        if any(later.start <= first.start for first, later in pairwise(question.steps)):
            message, hint = "steps run upwards: each begins above the last", "list them by `from`, the lowest first"
            yield sources.problem("scale", message, question.id, "steps", hint=hint)
        if question.steps and len({step.points for step in question.steps}) == 1:
            message = f"all steps of '{question.id}' bring the same points, so no number is better than another"
            hint = "let the points differ; or put the question below `facts`, without steps"
            yield sources.problem("scale", message, question.id, "steps", hint=hint)
        if question.min is not None and question.max is not None and question.min >= question.max:
            message, hint = "`min` is not below `max`", "exchange them, or widen the range"
            yield sources.problem("scale", message, question.id, "min", hint=hint)


def betterness(rubric: Rubric, sources: SourceMap) -> Found:
    """`better` says what `reverse`, goalposts, bands and scores do not contradict."""
    for question in rubric.questions():
        if question.better is None or "better" not in question.traits.keys:
            continue
        other = "neither" if question.band else _way_of_figures(rubric, question)
        message = ""
        if question.reverse:
            message = "`reverse` and `better` say the same; keep one"
        elif other not in (None, question.better):
            message = f"`better: {question.better}` of '{question.id}' is not what its figures say, which is {other}"
        elif question.better == "neither" and rubric.scored(question) and not (question.band or question.steps):
            message = f"'{question.id}' is scored, so some of its answers are better than others"
        if message:
            hint = "take `better` out, turn the figures round, or give a plain fact `weight: 0`"
            yield sources.problem("question", message, question.id, "better", hint=hint)


def _way_of_figures(rubric: Rubric, question: Question) -> str | None:
    """What goalposts, or the scores of a choice in the order of its options, say of `better`; None for nothing."""
    posts = question.goalposts
    if posts:
        return "high" if posts.worst < posts.best else "low"
    turn = {"high": "low", "low": "high"} if is_low(rubric, question.id) else {}
    if question.steps:
        return turn.get(question.way_of_steps or "", question.way_of_steps)
    scores = [option.score for option in rubric.options_of(question) if option.score is not None]
    if question.traits.worth != "scores" or not scores:
        return None
    if scores == sorted(scores):
        return turn.get("high", "high")
    return turn.get("low", "low") if scores == sorted(scores, reverse=True) else "neither"


def option_names(rubric: Rubric, sources: SourceMap) -> Found:
    """`unknown_as` and `evidence: required_from` name an answer the question has."""
    for question in rubric.questions():
        keys = [option.key for option in rubric.options_of(question)]
        if question.unknown_as is not None and not _assumable(question, keys):
            message = f"'{question.unknown_as}' is not an answer to '{question.id}'"
            yield sources.problem("option", message, question.id, "unknown_as", hint=_assumed(question, keys))
        for route, rule in _proofs_asked(question):
            start = rule.removeprefix("required_from ")
            if start != rule and start not in keys:
                message = f"'{start}' is not an option of '{question.id}'"
                hint = f"one of: {listing([*filter(None, keys)])}" if any(keys) else "write `required`, or `optional`"
                yield sources.problem("option", message, question.id, *route, hint=hint)


def _proofs_asked(question: Question) -> Iterator[tuple[tuple[str, ...], str]]:
    """What a question says of evidence, and of that of single roles, by its place."""
    own = [(("ask", name, "evidence"), asking.evidence) for name, asking in question.ask.items()]
    yield from ((route, rule) for route, rule in [(("evidence",), question.evidence), *own] if rule is not None)


def _assumable(question: Question, keys: list[str | None]) -> bool:
    word = question.unknown_as or ""
    if question.traits.holds == "number":
        return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", word) is not None
    return _is_day(word) if question.traits.holds == "date" else question.traits.holds == "option" and word in keys


def _assumed(question: Question, keys: list[str | None]) -> str:
    """What a don't-know may be read as."""
    forms = {"number": "write a number, such as `0`", "date": "write a day, such as `2026-06-30`"}
    return forms.get(question.traits.holds) or f"one of: {listing([*filter(None, keys)])}"


def _is_day(word: str) -> bool:
    try:
        return datetime.date.fromisoformat(word).isoformat() == word
    except ValueError:
        return False


def texts(rubric: Rubric, sources: SourceMap) -> Found:
    """No two questions of a node read the same; of two nodes, or answered otherwise, it is a warning.

    Two pairs or more, in the same two places, are a questionnaire that asks everything twice, such as how important
    something is and how well it is done.
    """
    seen: dict[str, Question] = {}
    twins: dict[tuple[str, ...], list[tuple[Question, Question]]] = {}
    for question in rubric.questions():
        twin = seen.setdefault(" ".join(question.text.casefold().split()), question)
        if twin is not question:
            places = (*_apart(rubric, twin, question), *_answers(twin), *_answers(question))
            twins.setdefault(places, []).append((twin, question))
    for pairs in twins.values():
        apart = [_asked_twice(rubric, one, two) for one, two in pairs]
        for (twin, question), otherwise in zip(pairs, apart, strict=True) if len(pairs) == 1 or not all(apart) else ():
            message = f"'{question.id}' reads the same as '{twin.id}'"
            severity: Severity = "warning" if otherwise else "error"
            hint = (
                "say in the text what is asked this time, such as how important it is" if otherwise else "ask it once"
            )
            yield sources.problem("duplicate_text", message, question.id, "text", hint=hint, severity=severity)


def _asked_twice(rubric: Rubric, one: Question, two: Question) -> bool:
    """Whether one wording is asked of two things: in two nodes, or with other answers of the same type."""
    elsewhere = rubric.home_of[one.id] != rubric.home_of[two.id]
    return elsewhere or (one.type == two.type and _answers(one) != _answers(two))


def _apart(rubric: Rubric, one: Question, two: Question) -> tuple[str, str]:
    """The principles two questions belong to, or their own nodes where that is the same one."""
    homes = principles = (rubric.home_of[one.id], rubric.home_of[two.id])
    while any(rubric.home_of[name] != ROOT for name in principles):
        first, second = (name if rubric.home_of[name] == ROOT else rubric.home_of[name] for name in principles)
        principles = (first, second)
    return homes if principles[0] == principles[1] else principles


def _answers(question: Question) -> tuple[str, ...]:
    """What a question is answered with, as far as another one may differ in it."""
    labels = (option.label for option in question.options)
    return question.type, question.options_from or "", question.unit, *labels


def key_criteria(rubric: Rubric, sources: SourceMap) -> Found:
    """A key criterion always applies."""
    for node in rubric.nodes():
        for question in node.questions:
            roles = [role for role, wording in rubric.wordings(question).items() if "na" in wording.allow]
            if node.key and counts_in_node(rubric, node, question) and roles:
                yield _never_na(rubric, sources, question, roles[0])


def _never_na(rubric: Rubric, sources: SourceMap, question: Question, role: str) -> Problem:
    own = [name for name, asking in question.ask.items() if asking.allow is not None and rubric.names.get(name) == role]
    message = f"'{question.id}' belongs to a key criterion, which always applies"
    by_default = question.allow is None and not own
    route = ("ask", own[0], "allow") if own else ("ask",) if by_default else ("allow",)
    return sources.problem("question", message, question.id, *route, hint="take `na` out of `allow`")


QUESTION_RULES = (
    fitting_keys,
    options,
    scores,
    ticks,
    numbers,
    betterness,
    option_names,
    texts,
    key_criteria,
)
