"""Records: what does not fit the model is said in plain words, at its place, with the way out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import only

from assess.documents import parse, shape, validated
from assess.model.engagement import AnswerEntry, Engagement
from assess.model.fields import Many, Number, Plain, Record, Text
from assess.model.initiatives import Initiative
from assess.model.nodes import Node
from assess.model.questions import Question
from assess.model.rubric import Rubric


def complaints(text, kind=Node):
    document = parse(text, "f.yaml")
    record, found = validated(document, kind)
    assert record is None
    return {(p.location.line, p.location.column): (p.code, p.message, p.hint) for p in found}


NODE = "id: a\ntitle: A\n"


@pytest.mark.parametrize(
    ("line", "column", "code", "message"),
    [
        ("weight: abc", 9, "shape", "'weight' needs a number, got 'abc'"),
        ("weight:", 1, "shape", "'weight' needs a number, got nothing"),
        ("weight: [1]", 9, "shape", "'weight' needs a number, got a list"),
        ("weight: -1", 9, "shape", "'weight' must be at least 0, got -1"),
        ("weight: 1e999", 9, "shape", "'weight': not a finite number"),
        ("stage: 2.5", 8, "shape", "'stage' needs a whole number, got 2.5"),
        ("key: yes", 6, "shape", "'key' needs true or false, got 'yes'"),
        ("kind: {a: b}", 7, "shape", "'kind' needs a text, got a mapping"),
        ("proof: x", 8, "shape", "'proof' needs a list, got 'x'"),
        ("proof: [a, '']", 12, "shape", "entry 2 of 'proof' is empty"),
        ("proof: [' ']", 9, "shape", "entry 1 of 'proof' needs some words, got ' '"),
        ("says: x", 7, "shape", "'says' needs a mapping of keys and values, got 'x'"),
        ("duty: mut", 7, "shape", "'mut' is not one of must, should, may; did you mean 'must'?"),
        ("duty: [a]", 7, "shape", "'duty' needs one of must, should, may, got a list"),
        ("lable: x", 1, "unknown_key", "unknown key 'lable'; did you mean 'scale'?"),
        ("levls: []", 1, "unknown_key", "unknown key 'levls'; did you mean 'levels'?"),
        (
            "code: lwp",
            7,
            "shape",
            "'code' needs a code such as LWP-1: a capital first, parts joined by '-' or '.', got 'lwp'",
        ),
        ("scale: {}", 1, "missing_key", "'max' is missing"),
        ("scale: {min: 1}", 9, "missing_key", "'max' is missing"),
        ("aggregate: geometrc", 12, "shape", "'geometrc' is not one of arithmetic"),
        ("aggregate: {geometrc: {floor: 1}}", 13, "shape", "'geometrc' is not one of arithmetic"),
        *(
            (
                f"aggregate: {{{kind}: {value}}}",
                12,
                "shape",
                f"'aggregate': the settings of {kind} need their names, such as {{{kind}: ",
            )
            for kind, value in (("sum", 10), ("ratio", "[a, b]"), ("geometric", 0), ("tally", '">= 75"'), ("min", 1))
        ),
        ("aggregate: {summ: 10}", 13, "shape", "'summ' is not one of arithmetic"),
        ("aggregate: {geometric: {floor: x}}", 32, "shape", "'floor' needs a number or 'coinr', got 'x'"),
        ("aggregate: {geometric: {flor: 1}}", 25, "unknown_key", "unknown key 'flor'; did you mean 'floor'?"),
        (
            "aggregate: {staged: {reach: 50}}",
            29,
            "shape",
            "'reach' needs a threshold such as '> 50' or '>= 50', got '50'",
        ),
        ("aggregate: {rules: {cases: [{when: a}]}}", 30, "missing_key", "'is' is missing"),
        (
            "aggregate: {rules: {cases: [{when: a, iss: b, is: c}]}}",
            39,
            "unknown_key",
            "unknown key 'iss'; did you mean 'is'?",
        ),
        ("weights: {rank: a}", 17, "shape", "'rank' needs a list, got 'a'"),
        ("weights: {points: {a b: 1}}", 20, "shape", "the key 'a b' needs an id or a code"),
        ("weights: {rnk: [a]}", 11, "unknown_key", "unknown key 'rnk'; did you mean 'rank'?"),
        ("criteria: [x]", 12, "shape", "entry 1 of 'criteria' needs a mapping of keys and values, got 'x'"),
        ("criteria: [{id: b}]", 13, "missing_key", "'title' is missing"),
        ("criteria: [{id: not, title: B}]", 17, "reserved", "'id': 'not' is a reserved word"),
    ],
)
def test_what_does_not_fit_is_said_without_the_names_of_types(line, column, code, message):
    found = complaints(f"{NODE}{line}\n")
    ((where, told),) = found.items()
    assert (where, told[0]) == ((3, column), code)
    assert told[1].startswith(message)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("weight: '2'", "leave the quotes out"),
        ("key: 'true'", "write true or false without quotes"),
        ("proof: x", "write [x]"),
        ("proof: {a: b}", "begin each entry with '- '"),
        ("key: Yes", "write true"),
        ("key: off", "write false"),
        ("key: maybe", "write true or false"),
        ("gates: none yet", "write - {id: ..., when: ..., because: ...}"),
        ("gates: [none yet]", "write - {id: ..., when: ..., because: ...}"),
        ("criteria: [Reach us]", "write - {id: ..., title: Reach us}"),
        ("scale: 0-4", "write {min: 0, max: 4}"),
        ("why: [draft] text", None),
        ("why: [draft]", "a text that starts with '[' needs quotes"),
        ("proof:\n  - Decide: who", "a text with ': ' needs quotes"),
        ("says: {gip: x}", ""),
        ("says: {zzz: x}", "known keys: gap, strength"),
    ],
)
def test_common_slips_come_with_the_way_out(line, hint):
    if hint is None:
        assert only(f"{NODE}{line}\n").code == "yaml_syntax"
        return
    ((*_, told),) = complaints(f"{NODE}{line}\n").values()
    assert told == hint


@pytest.mark.parametrize(
    ("kind", "text", "message", "hint"),
    [
        (Rubric, "capacity: 30", "unknown key 'capacity'", "write it as policies: {plan: {capacity: ...}}"),
        (Rubric, "policies: {capacity: 30}", "unknown key 'capacity'", "write it as policies: {plan: {capacity: ...}}"),
        (Rubric, "policies: {plan: {min_cell: 3}}", "unknown key 'min_cell'", "write it as policies: {min_cell: ...}"),
        (Rubric, "policies: {min_coverage: 50%}", "'min_coverage': a fraction of 1, not a percentage; write 0.5", ""),
        (
            Rubric,
            "policies: {min_coverage: 66.6 %}",
            "'min_coverage': a fraction of 1, not a percentage; write 0.666",
            "",
        ),
        (Rubric, "policies: {min_coverage: most%}", "'min_coverage' needs a number, got 'most%'", ""),
        (Engagement, "staff: 40", "unknown key 'staff'", "write it as organization: {staff: ...}"),
        (Engagement, "organization: {name: A, issue: 2}", "unknown key 'issue'", "it belongs at the top of the file"),
        (Engagement, "capacity: 30", "'capacity': a mapping is needed; for all alike write {default: 30}", ""),
        (Engagement, "targets: high", "'targets': a mapping is needed; for all alike write {default: high}", ""),
        (Node, "criteria: [{id: b, title: B, gap: Short.}]", "unknown key 'gap'", "write it as says: {gap: ...}"),
    ],
)
def test_a_key_or_value_of_another_place_is_told_where_it_belongs(kind, text, message, hint):
    heads = {
        Rubric: "id: a\ntitle: A\nversion: v\nprinciples: []\n",
        Engagement: "assess: engagement/1\nrubric: r\nassessed_on: 2026-06-30\n",
        Node: NODE,
    }
    named = "organization: {name: A}\n" if kind is Engagement and "organization" not in text else ""
    ((_, *told),) = complaints(f"{heads[kind]}{named}{text}\n", kind).values()
    assert told == [message, hint]


def test_settings_that_the_model_lifts_out_of_a_list_point_at_the_list():
    found = complaints("id: q\ntype: level\ntext: T\nask: [a b]\n", Question)
    assert [*found] == [(4, 6)]


def test_impossible_days_are_told_with_the_right_form():
    text = "assess: engagement/1\norganization: {name: A}\nrubric: r\nassessed_on: 2024-13-40\n"
    ((_, message, _),) = complaints(text, Engagement).values()
    assert message == "'assessed_on': '2024-13-40' is not a date; write it as 2026-06-30"


def test_a_part_of_a_document_can_be_validated_in_its_place():
    document = parse("nodes:\n  - {id: a, title: A, wieght: 1}\n", "f")
    _, (found,) = validated(document, Node, route=("nodes", 0))
    assert (found.message, found.location.column) == ("unknown key 'wieght'; did you mean 'weight'?", 23)
    trimmed = {"id": Plain("a"), "title": Plain("A")}
    record, none = validated(document, Node, trimmed, ("nodes", 0))
    assert (record.id, none) == ("a", ())


def test_alternatives_without_a_number_are_named_together():
    class Any3(Record):
        x: Number | Text | Many[Text]

    ((_, message, _),) = complaints("x: {a: b}\n", Any3).values()
    assert message == "'x' needs a number or a text or a list, got a mapping"


def test_a_kind_of_complaint_nobody_foresaw_is_still_a_sentence():
    class Odd(Record):
        x: bytes

    ((_, message, _),) = complaints("x: a\n", Odd).values()
    assert message == "'x' cannot be 'a'"


def test_texts_have_a_longest_length_and_messages_stay_short():
    assert complaints(f"{NODE}when: {'x' * 100}\nwhy: {'y' * 21_000}\n")[4, 6][1] == (
        "'why': a text of 21000 characters; at most 20000 are taken"
    )
    gate = f"gates:\n  - {{id: g, because: b, when: {'x' * 2001}}}\n"
    assert complaints(NODE + gate)[4, 31][1] == "'when' is too long; at most 2000 characters are taken"
    assert len(complaints(f"{NODE}duty: {'x' * 9000}\n")[3, 7][1]) < 120


def test_an_unknown_key_of_many_characters_is_not_compared_with_all_others():
    ((_, message, hint),) = complaints(f"{NODE}{'x' * 900}: 1\n").values()
    assert len(message) < 90
    assert hint.startswith("known keys: id, code, ")


def patterns_in(schema):
    """Every pattern of a JSON Schema, those of keys included."""
    if isinstance(schema, dict):
        yield from [schema["pattern"]] if isinstance(schema.get("pattern"), str) else []
        yield from schema.get("patternProperties", ())
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from patterns_in(inner)


def test_every_pattern_of_the_model_is_explained():
    found = {pattern for record in Record.__subclasses__() for pattern in patterns_in(record.model_json_schema())}
    assert found <= set(shape.PATTERNS)


LEAVES = st.sampled_from(
    ["x", "3", "'3'", "-1", "", "true", "[a]", "{a: b}", "2026-01-01", "'> 50'", "1e999", "geometric"]
)
KEYS = st.sampled_from([*Node.model_fields, "lable"])


@given(st.dictionaries(KEYS, LEAVES, min_size=1, max_size=6))
def test_any_mapping_is_a_record_or_problems_in_plain_words(lines):
    document = parse("".join(f"{key}: {value}\n" for key, value in lines.items()), "f")
    record, found = validated(document, Node)
    assert (record is None) == bool(found)
    for told in found:
        assert not re.search(r"Input should|float|\bint\b|\bstr\b|dict|tuple|None|function", told.message)
        assert told.location.line <= len(document.lines)


@pytest.mark.parametrize(
    ("model", "text", "hint"),
    [
        (
            AnswerEntry,
            "evidence: Board minutes of May",
            "write - {title: Board minutes of May, kind: document, dated: ",
        ),
        (AnswerEntry, "evidence: [Board minutes of May]", "write - {title: Board minutes of May, kind: document, "),
        (AnswerEntry, "evidence: 'Minutes: of May'", "write - {title: 'Minutes: of May', kind: document, dated: "),
        (AnswerEntry, "evidence: {title: Minutes}", "begin each entry with '- '"),
        (AnswerEntry, "unknown: yes", "write true"),
        (Initiative, "effort: 8-15", "write {low: 8, high: 15}"),
        (Initiative, "effort: 2.5 to 4", "write {low: 2.5, high: 4}"),
        (Initiative, "effort: 8 days", "write {low: ..., high: ...}"),
        (Initiative, "lifts: {nonusers: 3}", "write the key of a level or an option, not its number"),
    ],
)
def test_what_is_written_short_is_told_how_to_be_written_long(model, text, hint):
    head = "id: i\ntitle: T\nweeks: 2\nowner: team\n" if model is Initiative else ""
    effort = "effort: {low: 1, high: 2}\n" if model is Initiative and "effort" not in text else ""
    (found,) = [told for _, _, told in complaints(f"{head}{effort}{text}\n", model).values()]
    assert found.startswith(hint)
