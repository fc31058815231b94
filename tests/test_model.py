"""The nouns: texts cleaned at the border, numbers and dates read as written, lookups by id, code and former id."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ConfigDict, TypeAdapter, ValidationError

from assess.documents import parse, validated
from assess.model.answers import Answer, AnswerSheet, Said, Voice
from assess.model.engagement import Engagement, Organization
from assess.model.fields import MAX_TEXT, Count, Date, Flag, Id, Key, Number, Plain, Text, Words, clean
from assess.model.findings import Diagnosis, Finding
from assess.model.initiatives import Persona
from assess.model.questions import Level, Question, Role
from assess.model.rubric import ROOT, Rubric
from assess.model.scorecard import NodeScore, Scorecard


def made(kind, value):
    return TypeAdapter(kind, config=ConfigDict(strict=True)).validate_python(value)


def refused(kind, value):
    with pytest.raises(ValidationError):
        made(kind, value)


RUBRIC = """\
id: r
title: R
version: "1"
levels: [{key: low, title: Low, at: 0}, {key: high, title: High, at: 50}]
roles:
  - {id: boss, title: Boss}
  - {id: team, code: TM, title: Team}
  - {id: log, title: Log, people: false}
option_sets:
  agree: [{key: never, label: Never}, {key: always, label: Always}]
gates:
  - {id: top, when: inner_a = no, because: B}
principles:
  - id: outer
    code: A
    title: Outer
    criteria:
      - id: inner
        code: A-1
        title: Inner
        renamed_from: [old_inner]
        questions:
          - {id: inner_a, type: yesno, text: Is inner_a so?}
          - {id: inner_b, type: yesno, text: Is inner_b so?, renamed_from: [former_b], ask: {TM: In your words?}}
          - {id: inner_c, type: yesno, text: Is inner_c so?, ask: [log, boss]}
        gates:
          - {id: g, when: inner_a = no, because: B}
  - id: other
    title: Other
    levels: [{key: own, title: Own, at: 10}]
    clashes:
      - {id: k, claim: inner_a = yes, practice: inner_a = no, says: S}
initiatives:
  - {id: i1, code: I-1, title: Do, effort: {low: 1, high: 2}, weeks: 1, owner: boss}
"""


@pytest.fixture
def rubric():
    found, problems = validated(parse(RUBRIC, "rubric.yaml"), Rubric)
    assert problems == ()
    return found


def test_texts_lose_what_nobody_can_see_and_keep_what_people_write():
    assert clean("a\u200bb\u202ec\ufeffd\x00e\x9ff") == "abcdef"
    assert clean("one\r\ntwo\rthree\u2028four\tfive") == "one\ntwo\nthree\nfour five"
    assert clean("e\u0301") == "é"
    assert clean("שלום 🙂 — „so“") == "שלום 🙂 — „so“"


def test_a_text_beyond_its_limit_is_refused_and_not_cut():
    assert len(clean("x" * MAX_TEXT)) == MAX_TEXT
    with pytest.raises(ValueError, match="20001 characters"):
        clean("x" * (MAX_TEXT + 1))


@given(st.text(max_size=300))
def test_cleaning_twice_is_cleaning_once(text):
    once = clean(text)
    assert clean(once) == once
    assert not any(sign in once for sign in "\x00\r\u200b\u202e\ufeff")


def test_what_stands_without_quotes_becomes_what_the_field_needs():
    assert made(Text, Plain("1.10")) == "1.10"
    assert made(Number, Plain("1.10")) == 1.1
    assert made(Number, Plain("1e3")) == 1000
    assert made(Count, Plain("-7")) == -7
    assert made(Flag, Plain("true")) is True
    assert made(Date, Plain("2026-06-30")) == datetime.date(2026, 6, 30)
    assert made(Date, "2026-06-30") == datetime.date(2026, 6, 30)


def test_what_stands_in_quotes_is_a_text_and_no_number():
    refused(Number, "1.10")
    refused(Count, "7")
    refused(Flag, "true")
    refused(Flag, Plain("yes"))
    refused(Text, 7)


def test_numbers_that_are_none_are_refused():
    for text in ("1,5", "ten", "1_000", "0x10", "nan", ".inf", "9" * 5000, "1e999", ""):
        refused(Number, Plain(text))
    refused(Number, float("nan"))
    refused(Number, float("inf"))
    refused(Count, Plain("1.5"))
    refused(Date, "2026-02-30")


def test_ids_are_short_lower_case_and_not_reserved():
    assert made(Id, "lwp_purpose") == "lwp_purpose"
    for text in ("", "1a", "Aa", "a-b", "a" * 41, "overall", "unknown", "not", "a b", "a\n"):
        refused(Id, text)
    assert made(Key, "yes") == "yes"
    refused(Words, "  \n ")


def test_records_are_closed_and_cannot_be_changed():
    with pytest.raises(ValidationError):
        Organization.model_validate({"name": "A", "nmae": "B"})
    with pytest.raises(ValidationError):
        Organization(name="A").name = "B"


def test_everything_is_found_by_id_code_and_former_id(rubric):
    for name, found in [
        ("inner", "inner"), ("A-1", "inner"), ("old_inner", "inner"), ("A", "outer"), ("inner_b", "inner_b"),
        ("former_b", "inner_b"), ("TM", "team"), ("I-1", "i1"), ("g", "g"), ("top", "top"), ("k", "k"), (ROOT, ROOT),
    ]:  # fmt: skip
        assert rubric.id_of(name) == found
    with pytest.raises(KeyError):
        rubric.id_of("nobody")


def test_the_tree_is_walked_parents_first_and_everything_has_a_home(rubric):
    assert [node.id for node in rubric.nodes()] == ["outer", "inner", "other"]
    assert [question.id for question in rubric.questions()] == ["inner_a", "inner_b", "inner_c"]
    assert rubric.home_of == {
        "outer": ROOT,
        "other": ROOT,
        "inner": "outer",
        "inner_a": "inner",
        "inner_b": "inner",
        "inner_c": "inner",
    }
    assert [gate.id for gate in rubric.all_gates()] == ["top", "g"]
    assert [clash.id for clash in rubric.all_clashes()] == ["k"]


def test_the_root_is_the_node_above_all_others(rubric):
    root = rubric.node_by_id[ROOT]
    assert [*rubric.tree()] == [root, *rubric.nodes()]
    assert (root.title, root.criteria, root.levels) == (rubric.title, rubric.principles, rubric.levels)
    assert [gate.id for gate in root.gates] == ["top"]
    assert [node.id for node in rubric.upwards("inner_a")] == ["inner", "outer", ROOT]
    assert [node.id for node in rubric.upwards("other")] == ["other", ROOT]
    assert [*rubric.upwards(ROOT)] == [root]
    assert rubric.model_copy(update={"title": "Another"}).root.title == "Another"


def test_without_ask_all_people_are_asked_and_never_the_logs(rubric):
    asked = {question.id: rubric.asked(question) for question in rubric.questions()}
    assert asked == {"inner_a": ("boss", "team"), "inner_b": ("team",), "inner_c": ("boss", "log")}


def test_a_role_is_asked_in_its_own_words(rubric):
    second = rubric.question_by_id["inner_b"]
    assert rubric.wording(second, "team").text == "In your words?"
    assert rubric.wording(second, "boss").text == "Is inner_b so?"
    assert rubric.wording(rubric.question_by_id["inner_c"], "boss").text == "Is inner_c so?"


def options(rubric, **more):
    asked = Question.model_validate({"id": "q", "type": "level", "text": "T", **more}, strict=False)
    holder = rubric.principles[0].model_copy(update={"questions": (asked,)})
    found = Rubric(**{name: getattr(rubric, name) for name in ("id", "title", "version", "levels", "option_sets")})
    whole = found.model_copy(update={"principles": (holder,)})
    return [(option.key, option.label) for option in whole.options_of(asked)]


def test_options_take_the_keys_of_the_levels_when_there_are_as_many(rubric):
    assert options(rubric, options=[{"label": "No"}, {"label": "Yes"}]) == [("low", "No"), ("high", "Yes")]
    assert options(rubric, options=[{"label": "No", "key": "mine"}, {"label": "Yes"}]) == [
        ("mine", "No"),
        ("high", "Yes"),
    ]
    assert options(rubric, options=[{"label": "Only"}]) == [(None, "Only")]


def test_options_can_be_shared(rubric):
    assert options(rubric, type="scale", options_from="agree") == [("never", "Never"), ("always", "Always")]
    assert options(rubric, type="yesno") == [("no", "No"), ("yes", "Yes")]


def test_a_node_is_read_against_its_own_levels_or_those_of_the_rubric(rubric):
    assert [level.key for level in rubric.levels_of("other")] == ["own"]
    assert [level.key for level in rubric.levels_of("inner")] == ["low", "high"]
    assert [level.key for level in rubric.levels_of(ROOT)] == ["low", "high"]


@pytest.mark.parametrize(
    ("kind", "more", "scored"),
    [
        ("level", {}, True), ("level", {"weight": 0}, False), ("yesno", {}, True),
        ("text", {}, False), ("date", {}, False), ("number", {}, False),
        ("number", {"goalposts": {"worst": 0, "best": 9}}, True),
        ("choice", {"options": [{"key": "a", "label": "A"}]}, False),
        ("choice", {"options": [{"key": "a", "label": "A", "score": 1}]}, True),
    ],
)  # fmt: skip
def test_facts_are_questions_without_a_score(kind, more, scored):
    node = {"id": "p", "title": "P", "questions": [{"id": "q", "type": kind, "text": "T", **more}]}
    rubric = Rubric.model_validate({"id": "r", "title": "R", "version": "1", "principles": [node]}, strict=False)
    assert rubric.scored(rubric.question_by_id["q"]) is scored


def test_an_aggregate_can_be_a_word_or_carry_settings(rubric):
    def aggregate(value):
        return rubric.model_validate(
            {"id": "r", "title": "R", "version": "1", "aggregate": value}, strict=False
        ).aggregate

    assert (aggregate("min").kind, aggregate({"min": None}).kind) == ("min", "min")
    assert (aggregate({"geometric": {"floor": 0}}).kind, aggregate({"geometric": {"floor": 0}}).floor) == (
        "geometric",
        0,
    )
    assert aggregate({"geometric": {"floor": "coinr"}}).floor == "coinr"
    with pytest.raises(ValidationError):
        aggregate("average")


def test_answers_are_found_by_question():
    engagement = Engagement(
        assess="engagement/1", organization=Organization(name="A"), rubric="r", assessed_on=datetime.date(2026, 6, 30)
    )
    one, two = (
        Voice("boss", {"q": Answer("value", "yes")}),
        Voice("team", {"q": Answer("unknown")}, unasked={"q": "no shop"}),
    )
    sheet = AnswerSheet(
        engagement, (two, one), crowds={("q", "guest"): (Answer("unknown"),)}, shy={"guest": 5, "team": 1}
    )
    assert sheet.answers("q") == (Said("boss", Answer("value", "yes")), Said("guest", Answer("unknown"), private=True))
    assert sheet.unasked("q") == (("team", "no shop"),)
    assert [sheet.unheard("q", role) for role in ("boss", "guest", "team")] == [False, False, True]
    assert sheet.heads() == {"boss": 1, "guest": 5, "team": 2}


def test_scores_are_found_by_id_and_code_and_printed_on_their_own_scale():
    score = NodeScore(
        "n", "N-1", "criterion", "N", 25.0, 25.0, 25.0, None, 1.0, None, None, 1.0, 25.0, (), "", scale=(0.0, 4.0)
    )
    card = Scorecard("r", "1", "", "A", "2026-06-30", {"n": score}, {}, {"N-1": "n"})
    assert card["n"] is card["N-1"]
    assert card["n"].points == 1.0
    with pytest.raises(KeyError):
        card["m"]


def test_findings_are_picked_by_kind_in_their_order():
    findings = tuple(Finding(name, kind, "n", "T", "S") for name, kind in [("a", "gap"), ("b", "gate"), ("c", "gap")])
    assert [finding.id for finding in Diagnosis("", findings).of("gap", "clash")] == ["a", "c"]


def test_a_persona_answers_as_those_it_is_like_save_where_it_answers_itself():
    on = datetime.date(2026, 6, 30)
    base = Persona(id="base", title="B", assessed_on=on, staff=9, answers={"team": {"q": "yes", "s": 1}})
    near = Persona(id="near", title="N", like="base", assessed_on=on, answers={"TM": {"s": 2}})
    far = Persona(id="far", title="F", like="near", assessed_on=on, answers={"boss": {"q": "no"}})
    roles = (Role(id="boss", title="Boss"), Role(id="team", code="TM", title="Team"))
    rubric = Rubric(id="r", title="R", version="1", roles=roles, personas=(base, near, far))
    assert rubric.answers_of(base) == {"team": {"q": "yes", "s": 1}}
    assert rubric.answers_of(far) == {"team": {"q": "yes", "s": 2}, "boss": {"q": "no"}}
    assert (rubric.staff_of(far), rubric.likenesses(far)) == (9, (far, near, base))


def test_a_threshold_may_be_a_fraction():
    document = parse("key: third\ntitle: A third\nat: 100/3\n", "level.yaml")
    level, problems = validated(document, Level)
    assert problems == ()
    assert level.at == 100 / 3
    for wrong in ("at: 1/0", "at: 400/3", "at: one/3"):
        assert validated(parse(f"key: k\ntitle: T\n{wrong}\n", "level.yaml"), Level)[1]
