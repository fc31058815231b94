"""Small rubrics and answer sheets for tests, from plain values; and hypothesis strategies that draw them."""

import datetime
import json
import re
from itertools import product

from hypothesis import strategies as st

from assess.documents import SourceMap, parse, validated
from assess.formula import compile_rubric, evaluate, read_sheet
from assess.model.answers import Answer, AnswerSheet, Settlement, Voice
from assess.model.engagement import Engagement, EvidenceItem, Organization
from assess.model.rubric import Rubric
from assess.problems import errors
from assess.scoring import score
from assess.validate import validate

ON = datetime.date(2026, 6, 30)
HEAD = "assess: rubric/1\nid: r\ntitle: R\nversion: '1'\n"
LEVELS = [{"key": f"l{place}", "title": f"Level {place}", "at": 25 * place} for place in range(5)]
ROLES = [{"id": role, "title": role.title()} for role in ("boss", "team", "log")]
CEILINGS = {"evidence": {"stated": 50, "documented": 75, "confirmed": 100, "max_age_months": 12}}

NA = Answer("na", why="no")
UNKNOWN = Answer("unknown")
DECLINED = Answer("declined")


def written(text, *, sound=True):
    """The rubric of a YAML text without its head; unless told otherwise it must be sound."""
    document = parse(HEAD + text, "rubric.yaml")
    rubric, problems = validated(document, Rubric, {k: v for k, v in document.data.items() if k != "assess"})
    assert not problems, problems
    return checked(rubric) if sound else rubric


def built(*principles, **more):
    """The rubric of plain mappings, with roles boss, team and log and five levels."""
    head = {"id": "r", "title": "R", "version": "1", "roles": ROLES, "levels": LEVELS}
    return checked(Rubric.model_validate({**head, "principles": list(principles), **more}))


def checked(rubric):
    wrong = errors(validate(rubric, SourceMap()))
    assert not wrong, wrong
    return rubric


def node(name, *children, **more):
    """A principle or criterion; children with a type are questions."""
    questions = [child for child in children if "type" in child]
    criteria = [child for child in children if "type" not in child]
    return {"id": name, "title": f"Node {name}", "questions": questions, "criteria": criteria, **more}


def question(name, kind, options=(), **more):
    """A question; options are given, or so many with the keys k0, k1, ..."""
    if isinstance(options, int):
        options = [{"key": f"k{place}", "label": f"Answer {place}"} for place in range(options)]
    found = {"id": name, "type": kind, "text": f"What about {name}?", "allow": ["na", "unknown", "declined"]}
    return {**found, **({"options": list(options)} if options else {}), **more}


def percent(name, **more):
    """A number question whose answer is its value."""
    return question(name, "number", goalposts={"worst": 0, "best": 100}, **more)


def level(name, options=5, **more):
    return question(name, "level", options, **more)


def fact(name, **more):
    return question(name, "yesno", weight=0, **more)


def gate(name, when, of, at):
    """A cap on one node while a condition holds."""
    return {"id": name, "when": when, "cap": {"of": [of], "at": at}, "because": "b"}


def clash(of, at, **more):
    """What the boss claims of q against what the team does, with a cap on one node."""
    halves = {"claim": "q >= k3 by boss", "practice": "q <= k1 by team"}
    return {"id": "k", **halves, "says": "They differ", "cap": {"of": [of], "at": at}, **more}


def answered(value):
    """An answer from a raw value; None is no answer."""
    if isinstance(value, Answer):
        return value
    return Answer("value", float(value) if isinstance(value, int) else value)


def proved(value, *items):
    """An answer with evidence, each item as (kind, date)."""
    proof = tuple(EvidenceItem(title="Proof", kind=kind, dated=dated) for kind, dated in items)
    return Answer("value", value, evidence=proof)


def said(role, **answers):
    """Somebody in a role and what they answered."""
    given = {question: answered(value) for question, value in answers.items() if value is not None}
    return Voice(role, given)


def sheet(*people, settled=None, on=ON):
    """The answers of respondents; settled: question to the value agreed."""
    engagement = Engagement(assess="engagement/1", organization=Organization(name="Acme"), rubric="r", assessed_on=on)
    agreed = {name: Settlement(answered(value), ("x",), "log") for name, value in (settled or {}).items()}
    return AnswerSheet(engagement, tuple(people), agreed)


def tree(rubric, *people, settled=None, on=ON, **how):
    """The evaluation of what respondents said."""
    return evaluate(compile_rubric(rubric), read_sheet(rubric, sheet(*people, settled=settled, on=on)), **how)


def value(rubric, *people, at="overall", **how):
    return tree(rubric, *people, **how).node(at).value


def card(rubric, *people, settled=None, **answers):
    """The scorecard of what respondents said, and of what the boss answered."""
    return score(rubric, sheet(*people, *([said("boss", **answers)] if answers else []), settled=settled))


# --- drawn by hypothesis ---

AGGREGATES = [
    "arithmetic",
    "geometric",
    {"geometric": {"floor": 0}},
    {"geometric": {"floor": "coinr"}},
    "harmonic",
    {"power": {"p": 0.5}},
    {"power": {"p": 2}},
    "min",
    "max",
    "median",
    "sum",
    "product",
    {"tally": {"reach": ">= 50"}},
    {"sum": {"offset": -0.25, "floor": -0.1}},
]
# Of two parts: these can fall when a part rises, and so are tried apart from the others.
PAIRED = [
    {"difference": {"of": "a", "less": "b"}},
    {"ratio": {"of": "a", "by": "b"}},
    {"ratio": {"of": "a", "by": "b", "zero": 2}},
]
STAGED = [
    {"staged": {"reach": ">= 50", "lower": "> 66"}},
    {"cumulative": {"reach": "> 50"}},
    {"tiers": {"must": ">= 50"}},
]
SCORED = [{"key": f"k{score}", "label": str(score), "score": score} for score in (3, 1)]
QUESTIONS = [
    lambda name: level(name, 3),
    lambda name: level(name, 4),
    lambda name: question(name, "scale", 3, reverse=True),
    lambda name: question(name, "yesno"),
    lambda name: question(name, "yesno", reverse=True),
    lambda name: question(name, "multi", 2),
    lambda name: question(name, "choice", SCORED),
]


def worse(asked):
    """What a gate may say of a question so that a better answer never makes it hold."""
    name = asked["id"]
    if asked["type"] == "yesno":
        return [f"{name} = {'yes' if asked.get('reverse') else 'no'}"]
    return {
        "level": [f"{name} < k2", f"{name} <= k0", f"{name} < k1 by boss"],
        "scale": [f"{name} >= k1"],
        "multi": [f"count({name}) < 2", f"not has({name}, k0)"],
        "choice": [f"{name} = k1", f"{name} != k3"],
    }[asked["type"]]


def answers_to(rubric, asked):
    """Every answer a question offers, the worst first."""
    if asked.type == "multi":
        keys = [option.key for option in rubric.options_of(asked)]
        picks = product([False, True], repeat=len(keys))
        return [tuple(key for key, tick in zip(keys, pick, strict=True) if tick) for pick in sorted(picks, key=sum)]
    keys = [option.key for option in rubric.options_of(asked)]
    if asked.type == "choice":
        keys = [option.key for option in sorted(rubric.options_of(asked), key=lambda option: option.score)]
    return keys[::-1] if asked.reverse else keys


@st.composite
def tables(draw, asked):
    """First-match tables in which a better answer never leads to a worse category."""
    rows = [draw(st.sampled_from(worse(each))) for each in asked]
    cases = [{"when": when, "is": f"v{place}"} for place, when in enumerate(rows)]
    values = {"v0": 0, "v1": 40, "good": 100}
    return {"rules": {"cases": cases, "otherwise": "good", "values": values}}


@st.composite
def rubrics(draw, most=2, facts=1, gates=2, *, stages=True, tabled=True, **fixed):
    """Rubrics of one to `most` principles with up to `most` criteria of up to two questions; gates are monotone.

    stages: some criteria are staged; tabled: some are first-match tables; fixed: policies that are not drawn.
    """
    weights = st.sampled_from([0.5, 1, 2, 3])
    kinds = st.sampled_from(AGGREGATES)
    shapes = st.lists(st.lists(st.integers(1, 2), min_size=1, max_size=most), min_size=1, max_size=most)
    asked, principles = [], []
    for p, shape in enumerate(draw(shapes)):
        criteria = []
        for c, count in enumerate(shape):
            found = [draw(st.sampled_from(QUESTIONS))(f"q{p}{c}{place}") for place in range(count)]
            found = [{**each, "weight": draw(weights), "stage": draw(st.integers(1, 3))} for each in found]
            asked += found
            staged, table = [st.sampled_from(STAGED)] * stages, [tables(found)] * (stages and tabled)
            how = draw(st.one_of(kinds, *staged, *table))
            more = {"weight": draw(weights), "aggregate": how, "key": draw(st.booleans())}
            criteria.append(node(f"c{p}{c}", *found, **more))
        principles.append(node(f"p{p}", *criteria, weight=draw(weights), aggregate=draw(kinds)))
    seen = [fact(f"f{place}") for place in range(draw(st.integers(0, facts)))]
    principles[0]["questions"] += seen
    held = [draw(_gate(f"g{place}", principles, asked + seen)) for place in range(draw(st.integers(0, gates)))]
    policies = {"min_coverage": draw(st.sampled_from([0, 0.5, 2 / 3, 1])), "key_headroom": 10}
    policies |= {"missing": draw(st.sampled_from(["exclude", "zero"]))}
    policies |= {"unknown": draw(st.sampled_from(["missing", "zero"]))}
    return built(*_without_na(principles), aggregate=draw(kinds), gates=held, policies=policies | fixed)


def _without_na(principles):
    for principle in principles:
        for criterion in principle["criteria"]:
            for each in criterion["questions"]:
                each["allow"] = ["unknown", "declined"] if criterion["key"] else each["allow"]
    return principles


@st.composite
def _gate(draw, name, principles, asked):
    """A cap on a node by one or two questions, or on the last principle by a criterion of the first one."""
    nodes = [each["id"] for p in principles for each in (p, *p["criteria"])]
    conditions = st.sampled_from([when for each in asked for when in worse(each)])
    when, of = draw(conditions), draw(st.sampled_from(nodes))
    if draw(st.booleans()):
        when = f"{when} {draw(st.sampled_from(['and', 'or']))} {draw(conditions)}"
    if len(principles) > 1 and draw(st.booleans()):
        when, of = f"c00 {draw(st.sampled_from(['<', '<=']))} l2", principles[-1]["id"]
    at = draw(st.sampled_from(["l0", "l1", "l2", "l3"]))
    return {"id": name, "when": when, "cap": {"of": [of], "at": at}, "because": "b", "lifted_by": []}


@st.composite
def responses(draw, rubric, roles=("boss",), states=(None, UNKNOWN, DECLINED)):
    """Respondents, one per role, each with an answer, a state or nothing for every question."""
    people = []
    for role in roles:
        given = {}
        for asked in rubric.questions():
            na = [NA] if "na" in rubric.states_of(asked) and states else []
            given[asked.id] = draw(st.sampled_from([*answers_to(rubric, asked) * 2, *states, *na]))
        people.append(said(role, **given))
    return tuple(people)


def renamed(rubric):
    """The same rubric under other ids of its nodes, questions and gates, which sort the other way round."""
    text = json.dumps(rubric.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    found = re.sub(r"\b([pcqfg])(\d+)\b", lambda m: new_name(m[0]), text)
    return Rubric.model_validate_json(found)


def new_name(name):
    return f"{'z' if name[0] == 'p' else name[0]}x{999 - int(name[1:])}"
