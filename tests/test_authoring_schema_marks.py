"""Schemas mark no sound document, and mark mistakes of form at their place."""

import re
from pathlib import Path

import pytest
from factories import HEAD
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from marking import SCHEMAS, documents, marks

from assess.authoring.schema.shape import FRACTION
from assess.documents import parse, read, resolve
from assess.documents.writer import dump
from assess.problems import DocumentError
from assess.resources import shipped
from assess.workflow import reviewed_rubric

FOREIGN = Path(__file__).parent / "foreign"


# --- sound documents ---


@pytest.mark.parametrize("folder", ["rubrics", "sample_orgs"])
def test_no_shipped_document_is_marked(folder):
    checks = {kind: Draft202012Validator(schema) for kind, schema in SCHEMAS.items()}
    marked_ = {}
    for path in documents(shipped(folder)):
        data = resolve(read(path).data)
        errors = [error.json_path for error in checks[data["assess"].partition("/")[0]].iter_errors(data)]
        marked_ |= {str(path): errors} if errors else {}
    assert marked_ == {}


@pytest.mark.parametrize("path", sorted(FOREIGN.glob("*.yaml")), ids=lambda path: path.stem)
def test_models_of_others_are_not_marked(path):
    text = path.read_text(encoding="utf-8")
    assert marks("rubric", text if "assess:" in text else HEAD + text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("rubric", "version: 1.0"),
        ("rubric", "levels: [{key: a, title: 1, at: 0}, {key: b, title: No, at: 200/3}]"),
        ("rubric", "policies: {min_coverage: 2/3, evidence: {}}"),
        ("rubric", "weights: equal"),
        ("rubric", "weights: {points: {a: 60, b: 40}}"),
        ("rubric", "aggregate: {geometric: {floor: coinr}}"),
        ("rubric", "aggregate: {power: {p: -1, floor: 1}}"),
        ("rubric", "option_sets: {agree: [{key: no, label: No}, {key: yes, label: 2}]}"),
        ("rubric", "headlines: [{says: x}]"),
        ("rubric", "roles: [{id: a, title: A, minutes: 10}, {id: b, title: B, minutes: {core: 10, full: 20}}]"),
        ("principle", "questions: [{id: q, type: yesno, text: Q, ask: [a]}]"),
        ("principle", "criteria: [{id: c, title: C, asked_in: {C1: [q.text, the words], C2: {in: q, phrase: words}}}]"),
        ("principle", "asked_in: {C1: [{in: q.text, phrase: the words}, {in: q, phrase: words}]}"),
        ("principle", "questions: [{id: q, type: number, text: Q, unknown_as: 0, ask: {a: ~, b: Else}}]"),
        ("principle", "gates: [{id: g, when: a = no, because: B, cap: {of: [a], at: 1.5}}]"),
        ("principle", "criteria: [{id: c, title: C, criteria: [{id: d, title: D, weight: 0.5}]}]"),
        ("answers", "answers:"),
        ("answers", "answers: {a: , b: no, c: 3, d: [x, 2], e: 2026-06-30, f: true}"),
        ("answers", "answers: {a: {value: , note: , evidence: [{title: T, dated: , file: x}]}}"),
        ("agreed", "answers: {a: {value: 1, basis: [x], why: y}, b: }"),
        ("engagement", "answers: {boss: {a: 1}, b: {na: true, why: x}}"),
        ("migrations", "migrations: [{from: 1, to: 2.0, merge: {a: [b, c], d: {of: [e], rule: mean}}}]"),
        ("translation", "texts: {a.text: {says: A, of: 12345678}, levels.low.title: {says: 2}}\nlanguage: de"),
        ("overlay", "override: {a: {weight: ~, says: {gap: No.}}, overall: {policies: {min_cell: 3}}}"),
        ("overlay", "move: {a: {to: b, before: c}}"),
        ("overlay", "add: {a: {questions: [{id: q, type: yesno, text: Q}]}, overall: {roles: [{id: r, title: R}]}}"),
    ],
)
def test_what_the_language_takes_is_not_marked(kind, text):
    key = text.partition(":")[0]
    assert [place for place, word in marks(kind, f"assess: {kind}/1\n{text}\n") if word != "required" or place] == []
    assert key in SCHEMAS[kind]["properties"]


SMALL = dump(
    {
        "assess": "rubric/1",
        "id": "r",
        "title": "R",
        "version": "1",
        "levels": [{"key": "low", "title": "Low", "at": 0}, {"key": "high", "title": "High", "at": "100/3"}],
        "policies": {"min_coverage": "1/2", "target": "high", "plan": {"sizes": [{"staff_below": 9, "effort": 0.5}]}},
        "aggregate": {"geometric": {"floor": 1}},
        "headlines": [{"when": "p >= high", "says": "Good."}, {"says": "Begun."}],
        "principles": [
            {
                "id": "p",
                "title": "P",
                "weights": {"points": {"q": 100}},
                "questions": [
                    {"id": "q", "type": "level", "text": "Q", "options": [{"label": "A"}, {"label": "B"}]},
                    {"id": "n", "type": "number", "text": "N", "weight": 0, "min": 0, "unit": "%"},
                    {"id": "y", "type": "yesno", "text": "Y", "weight": 0, "ask": {"respondent": "You?"}},
                ],
                "gates": [{"id": "g", "when": "y = no", "cap": {"of": ["p"], "at": "low"}, "because": "B"}],
            }
        ],
        "initiatives": [
            {
                "id": "i",
                "title": "I",
                "lifts": {"p": "high"},
                "effort": {"low": 1, "high": 2},
                "weeks": 2,
                "owner": "respondent",
            }
        ],
    }
)


ODD = [
    0,
    1,
    -3,
    2.5,
    "x",
    "high",
    "yes",
    "2026-06-30",
    "> 50",
    [],
    {},
    ["q"],
    [1],
    {"q": 1},
    {"id": "z"},
    "equal",
    "min",
]


NAMES = ["id", "title", "kind", "weight", "goalposts", "reverse", "says", "staged", "at", "notes", "flag"]


def places(value, route=()):
    """Every place in a document."""
    found = [route] if route else []
    for step, inner in (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    ):
        found += places(inner, (*route, step))
    return found


@settings(max_examples=settings.default.max_examples * 3 // 2, deadline=None)
@given(st.data())
def test_what_the_check_takes_the_schema_does_not_mark(tmp_path_factory, data):
    whole = resolve(parse(SMALL, "x").data)
    route = data.draw(st.sampled_from(places(whole)))
    home = whole
    for step in route[:-1]:
        home = home[step]
    change = data.draw(st.sampled_from(["other", "gone", "more"]))
    if change == "other" or isinstance(home, list):
        home[route[-1]] = data.draw(st.sampled_from(ODD))
    elif change == "gone":
        del home[route[-1]]
    else:
        home.setdefault(data.draw(st.sampled_from(NAMES)), data.draw(st.sampled_from(ODD)))
    text = dump(whole)
    file = tmp_path_factory.mktemp("rubric") / "r.yaml"
    file.write_text(text, encoding="utf-8")
    try:
        reviewed_rubric(file)
    except DocumentError:
        return
    assert marks("rubric", text) == [], text


# --- mistakes ---


def test_five_mistakes_are_marked_at_five_places_and_nothing_else():
    text = """\
assess: principle/1
id: p
title: P
criteria:
  - id: c
    title: C
    wieght: 2
    questions:
      - {id: a, type: scal, text: A}
      - {id: b, type: choice, text: B, options: [{lable: X, key: x}, {key: y, label: 2}]}
      - {id: d, type: level, text: D, goalposts: {worst: 1, best: 2}}
"""
    assert marks("principle", text) == [
        ("criteria.0", "additionalProperties"),
        ("criteria.0.questions.0.type", "enum"),
        ("criteria.0.questions.1.options.0", "additionalProperties"),
        ("criteria.0.questions.1.options.0", "required"),
        ("criteria.0.questions.2", "additionalProperties"),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "place"),
    [
        ("rubric", "aggregate: staged", "aggregate"),
        ("rubric", "aggregate: {staged: {floor: 1}}", "aggregate"),
        ("rubric", "weights: {points: {a: 1}, rank: [a]}", "weights"),
        ("rubric", "policies: {min_coverage: 50%}", "policies.min_coverage"),
        ("rubric", "policies: {na_share: 120}", "policies.na_share"),
        ("rubric", "id: Capital", "id"),
        ("rubric", "hash: x", ""),
        ("principle", "questions: [{id: q, text: Q}]", "questions.0"),
        ("engagement", "assessed_on: 2026", "assessed_on"),
        ("engagement", "invited: {'a b': 1}", "invited"),
        ("answers", "answers: {a: {value: 1, nte: x}}", "answers.a"),
        ("agreed", "answers: {a: 3}", "answers.a"),
        ("claims", "references: [{code: F1, says: S, source: S, standing: red}]", "references.0.standing"),
        ("principle", "assess: principle/2", "assess"),
        ("overlay", "add: {a: {question: []}}", "add.a"),
        ("overlay", "add: {a: {questions: [{id: q, type: yesno, txt: Q}]}}", "add.a.questions.0"),
        ("overlay", "move: {a: {below: b}}", "move.a"),
    ],
)
def test_a_mistake_of_form_is_marked_where_it_stands(kind, text, place):
    head = "" if text.startswith("assess") else f"assess: {kind}/1\n"
    assert place in [found for found, word in marks(kind, f"{head}{text}\n") if word != "required" or found]


def test_a_fraction_is_what_the_reader_takes_for_one():
    assert re.search(FRACTION, "2/3")
    assert not re.search(FRACTION, "2/x")
