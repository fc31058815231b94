"""What is written as an answer becomes a value, a state or a problem; evidence and notes go with it."""

import datetime

import pytest
from collecting import SERVICE, gathered, only, told, written
from hypothesis import given
from hypothesis import strategies as st

from assess.collect import collect_mapping
from assess.model.answers import Answer
from assess.problems import DocumentError, errors

HUGE = pytest.param(10**5000, id="huge")


def value(answer, question="purpose"):
    """What an answer becomes through the Python interface."""
    sheet = collect_mapping(SERVICE, {question: answer}, assessed_on=datetime.date(2026, 6, 30))
    return sheet.respondents[0].answers[question].value


# --- values


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("purpose", "defined", "defined"),
        ("purpose", "0", "absent"),
        ("purpose", "2", "practised"),
        ("purpose", "'1'", "defined"),
        ("purpose", "partly", "defined"),
        ("purpose", "all of them", "practised"),
        ("aim", "defined", "defined"),
        ("reach", "1", "never"),
        ("reach", "always", "always"),
        ("sector", "2", "public"),
        ("written", "yes", "yes"),
        ("written", "no", "no"),
        ("written", "true", "yes"),
        ("written", "FALSE", "no"),
        ("tools", "mail", ("mail",)),
        ("tools", "[mail, chat]", ("chat", "mail")),
        ("tools", "[1, mail]", ("chat", "mail")),
        ("tools", "nothing", ("nothing",)),
        ("channels", "[]", ()),
        ("share", "12.5", 12.5),
        ("share", "1e1", 10.0),
        ("staff", "12", 12.0),
        ("since", "2025-01-31", datetime.date(2025, 1, 31)),
        ("story", "3", "3"),
        ("story", "no", "no"),
        ("story", "'  two  words '", "two  words"),
    ],
)
def test_what_is_written_becomes_an_answer(tmp_path, question, text, expected):
    sheet, problems = gathered(written(tmp_path, {"anna": f"{question}: {text}"}))
    assert errors(problems) == ()
    ((_, found),) = sheet.respondents[0].answers.items()
    assert found.state == "value"
    assert found.value == expected
    assert type(found.value) is type(expected)


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("purpose", 1, "defined"),
        ("reach", 1, "never"),
        ("written", True, "yes"),
        ("written", {"value": False}, "no"),
        ("tools", {"mail", "chat"}, ("chat", "mail")),
        ("tools", ("mail",), ("mail",)),
        ("share", 3, 3.0),
        ("since", datetime.date(2025, 1, 1), datetime.date(2025, 1, 1)),
        ("since", datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC), datetime.date(2025, 1, 1)),
    ],
)
def test_python_values_become_answers(question, answer, expected):
    assert value(answer, question) == expected


@pytest.mark.parametrize(
    ("question", "answer", "words", "hint"),
    [
        ("purpose", "definned", "'definned' is not an answer to 'purpose'; did you mean 'defined'?", "absent, defined"),
        ("purpose", "all", "'all' is not an answer to 'purpose'", "write one of: absent, defined, practised"),
        ("purpose", "3", "'3'", "position from 0 to 2"),
        ("purpose", "-1", "'-1'", "position from 0 to 2"),
        ("purpose", "1" * 50, "is not an answer", "position from 0 to 2"),
        ("purpose", "true", "'true'", "absent"),
        ("purpose", "[defined]", "takes one answer, not a list", "absent"),
        ("purpose", "N/A", "'N/A'", "write {na: true, why: the reason}"),
        ("reach", "0", "'0'", "position from 1 to 3"),
        ("sector", "public sector", "'public sector' is not", "retail, public"),
        ("written", "Yes", "did you mean 'yes'?", "write yes"),
        ("written", "y", "'y' is not an answer", "write yes"),
        ("written", "Off", "'Off' is not an answer", "write no"),
        ("purpose", "1.0", "'1.0' is not an answer", "write 1"),
        ("purpose", "9.0", "'9.0' is not an answer", "position from 0 to 2"),
        ("purpose", "Practised", "'Practised' is not an answer", "write practised"),
        ("sector", "PUBLIC", "'PUBLIC' is not an answer", "write public"),
        ("tools", "[chat, ~]", "an entry of the answer to 'tools' is empty", "take it out"),
        ("channels", "[null]", "an entry of the answer to 'channels' is empty", "take it out"),
        ("since", "20260601", "'20260601' is not a date", "write the day as 2026-06-30"),
        ("since", "2026-W23", "'2026-W23' is not a date", "write the day as 2026-06-30"),
        ("since", "2026-W23-1", "'2026-W23-1' is not a date", "write the day as 2026-06-30"),
        ("written", "1", "'1'", "yes or no"),
        ("written", "[yes]", "a list is not", "yes or no"),
        ("tools", "[chat, nothing]", "'nothing' stands alone", "by itself"),
        ("tools", "[]", "names nothing", "write nothing, or leave"),
        ("tools", "1,2", "'1,2'", "write [1, 2]"),
        ("tools", "chat, mail", "'chat, mail' is not an answer", "write [chat, mail]"),
        ("tools", "chat, post", "'chat, post' is not an answer", "write one of: chat, mail"),
        ("share", "101", "101 is more than 100%", "unit"),
        ("share", "-1", "-1 is less than 0%", "unit"),
        ("share", "12%", "'12%' is not a number", "digits and a point"),
        ("share", "3,5", "'3,5' is not a number", "digits and a point"),
        ("share", ".nan", "'.nan' is not a number", "digits"),
        ("share", "1e999", "is not a number", "digits"),
        ("share", "declined", "is a state", "{declined: true}"),
        ("share", "don't know", "is not a number", "{unknown: true}"),
        ("staff", "2.5", "whole numbers, not 2.5", "round"),
        ("since", "2025-02-30", "'2025-02-30' is not a date", "2026-06-30"),
        ("since", "May", "'May' is not a date", "2026-06-30"),
        (
            "since",
            "2026-07-01",
            "answered with 2026-07-01, after the day",
            "or assessed_on of the engagement, which is 2026",
        ),
        ("since", "{value: 2026-07-01}", "answered with 2026-07-01, after the day", "correct the date"),
        ("story", "[a]", "takes a text, not a list", "words"),
    ],
)
def test_what_is_no_answer_is_said_with_its_place_and_a_way_out(tmp_path, question, answer, words, hint):
    _, problems = gathered(written(tmp_path, {"anna": f"plain: yes\n{question}: {answer}"}))
    problem = only(problems)
    assert told(problems) == [("answer", "error", 7)]
    assert words in problem.message
    assert hint in problem.hint
    assert problem.source.strip().startswith(question)


def test_every_wrong_tick_of_a_list_is_told_at_its_own_place(tmp_path):
    _, problems = gathered(written(tmp_path, {"anna": "tools:\n  - chatt\n  - mail\n  - mail\n  - 9"}))
    assert told(problems) == [("answer", "error", 7), ("answer", "error", 9), ("answer", "error", 10)]
    assert "did you mean 'chat'?" in problems[0].message
    assert "twice" in problems[1].message


@pytest.mark.parametrize("answer", [1.5, HUGE, object(), b"defined", float("nan"), True, {1: 2}, [[]], {"value": []}])
def test_odd_python_values_are_refused_in_words(answer):
    with pytest.raises(DocumentError) as refused:
        value(answer)
    assert "purpose" in refused.value.problems[0].message


@pytest.mark.parametrize("answer", [HUGE, "9" * 5000, float("inf"), True, None.__class__])
def test_odd_numbers_are_refused_in_words(answer):
    with pytest.raises(DocumentError) as refused:
        value(answer, "share")
    assert len(refused.value.problems[0].message) < 200


def test_long_and_invisible_texts_are_refused():
    for text in ("x" * 30_000, "\u200b"):
        with pytest.raises(DocumentError, match="the answer to 'story'"):
            value(text, "story")


# --- states and long forms


def test_a_long_form_keeps_everything_that_was_said(tmp_path):
    (tmp_path / "map.pdf").touch()
    answers = """
    proved:
      value: practised
      confidence: low
      note: Only one shop.
      evidence: [{id: ev1, title: Map, kind: record, dated: 2026-06-30, file: map.pdf, url: "https://example.org/a"}]
    """
    sheet, problems = gathered(written(tmp_path, {"anna": answers.strip("\n")}))
    assert problems == ()
    answer = sheet.respondents[0].answers["proved"]
    assert (answer.value, answer.confidence, answer.note) == ("practised", "low", "Only one shop.")
    assert answer.evidence[0].dated == datetime.date(2026, 6, 30)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("{na: true, why: No requests}", Answer("na", why="No requests")),
        ("{unknown: true}", Answer("unknown")),
        ("{declined: true, value: ~, na: false}", Answer("declined")),
    ],
)
def test_states_are_kept(tmp_path, answer, expected):
    sheet, problems = gathered(written(tmp_path, {"anna": f"purpose: {answer}"}))
    assert problems == ()
    assert sheet.respondents[0].answers["purpose"] == expected


@pytest.mark.parametrize("answer", ["", "~", "''", "{}", "{value: }", "{note: ~, evidence: ~}"])
def test_blank_answers_are_absent(tmp_path, answer):
    sheet, problems = gathered(written(tmp_path, {"anna": f"purpose: {answer}\nplain: yes"}))
    assert problems == ()
    assert set(sheet.respondents[0].answers) == {"plain"}


@pytest.mark.parametrize(
    ("line", "code", "words", "hint"),
    [
        ("purpose: na", "answer", "'na' is a state", "{na: true, why: the reason}"),
        ("story: unknown", "answer", "'unknown' is a state", "{unknown: true}"),
        ("purpose: {value: defined, unknown: true}", "answer", "says value and unknown at once", "exactly one"),
        ("purpose: {note: Hm}", "answer", "says neither a value nor a state", "exactly one"),
        ("purpose: {na: true}", "not_applicable", "without a reason", "add why"),
        ("reach: {na: true, why: Because}", "not_applicable", "cannot be called", "_agreed.yaml"),
        ("reach: {declined: true}", "answer", "'reach' does not take 'declined'", "states it takes: unknown"),
        ("written: {unknown: true}", "answer", "does not take 'unknown'", "states it takes: none"),
        ("purpose: {value: definned}", "answer", "did you mean 'defined'?", "absent"),
        ("purpose: {valeu: defined}", "unknown_key", "did you mean 'value'?", ""),
        ("purpose: {value: defined, confidence: lots}", "shape", "'lots'", ""),
        ("purpos: defined", "unknown_question", "did you mean 'purpose'?", "correct the name"),
        ("LIS-1: defined", "unknown_question", "Purpose", "answer purpose, proved, logged"),
        ("lis: defined", "unknown_question", "Listening", "answer lis_purpose, lis_reach"),
    ],
)
def test_each_mistake_in_an_answer_has_its_code_and_line(tmp_path, line, code, words, hint):
    _, problems = gathered(written(tmp_path, {"anna": f"plain: yes\n{line}"}))
    problem = only(problems)
    assert told(problems) == [(code, "error", 7)]
    assert words in problem.message
    assert hint in problem.hint


def test_a_wrong_key_does_not_hide_a_wrong_value(tmp_path):
    _, problems = gathered(written(tmp_path, {"anna": "purpose: {value: definned, note: [x]}"}))
    assert sorted(p.code for p in problems) == ["answer", "shape"]


def test_not_applicable_needs_no_permission_where_it_is_settled(tmp_path):
    agreed = "reach: {na: true, basis: [anna], why: No customers}"
    sheet, problems = gathered(written(tmp_path, {"anna": "reach: {na: true}"}, agreed=agreed))
    assert problems == ()
    assert sheet.respondents[0].answers["reach"].state == "na"
    assert sheet.settled["reach"].answer == Answer("na", why="No customers")


def test_a_rubric_may_forbid_not_applicable_altogether(tmp_path):
    strict = SERVICE.model_copy(update={"policies": SERVICE.policies.model_copy(update={"na": "forbid"})})
    _, problems = gathered(written(tmp_path, {"anna": "purpose: {na: true, why: Because}"}), strict)
    assert told(problems) == [("not_applicable", "error", 6)]


def test_a_question_answered_by_its_old_and_its_new_name_is_answered_twice(tmp_path):
    _, problems = gathered(written(tmp_path, {"anna": "aim: defined\npurpose: absent"}))
    assert told(problems) == [("answer", "error", 7)]
    assert "as 'aim' and as 'purpose'" in problems[0].message


# --- evidence and notes


@pytest.mark.parametrize(
    ("item", "code", "severity", "words"),
    [
        ("dated: 2026-07-01", "evidence_date", "error", "dated 2026-07-01, after"),
        ("dated: 2026-02-30", "shape", "error", "2026-02-30"),
        ("file: /etc/passwd", "file_missing", "error", "outside"),
        ("file: ../other/map.pdf", "file_missing", "error", "outside"),
        ("file: 'C:\\map.pdf'", "file_missing", "error", "outside"),
        ("file: 'a\\..\\..\\map.pdf'", "file_missing", "error", "outside"),
        ("file: link/map.pdf", "file_missing", "error", "outside"),
        ("file: map.pdf", "file_missing", "warning", "is not in the engagement's folder"),
        (f"file: {'x' * 5000}", "file_missing", "warning", "is not in the engagement's folder"),
        ("url: ftp://example.org/a", "shape", "error", "not the address"),
        ("url: javascript:alert(1)", "shape", "error", "not the address"),
        ("url: 'http://[x/'", "shape", "error", "not the address"),
        ("kind: rumour", "shape", "error", "rumour"),
    ],
)
def test_evidence_that_cannot_be(tmp_path, item, code, severity, words):
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = tmp_path / "client"
    folder.mkdir()
    (folder / "link").symlink_to(outside)
    answers = f"purpose:\n  value: defined\n  evidence:\n    - title: Map\n      {item}"
    _, problems = gathered(written(folder, {"anna": answers}))
    assert told(problems) == [(code, severity, 10)]
    assert words in problems[0].message


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("proved: defined", "evidence_missing"),
        ("proved: {value: practised, evidence: [{title: Undated}]}", "evidence_missing"),
        ("sector: retail", "evidence_missing"),
        ("logged: yes", "note_missing"),
    ],
)
def test_what_a_question_demands_and_does_not_get_is_a_warning(tmp_path, line, code):
    sheet, problems = gathered(written(tmp_path, {"anna": line}))
    assert told(problems) == [(code, "warning", 6)]
    assert problems[0].location.column == 3  # at the name of the question
    assert problems[0].hint
    assert sheet.respondents[0].answers


def test_one_warning_for_a_question_that_nobody_proves_and_none_once_somebody_does(tmp_path):
    stated = "proved: practised"
    dated = "proved: {value: practised, evidence: [{title: Map, dated: 2026-05-30}]}"
    _, problems = gathered(written(tmp_path / "unproved", {"anna": stated, "bert": stated}))
    assert [problem.code for problem in problems] == ["evidence_missing"]
    assert gathered(written(tmp_path / "proved", {"anna": stated, "bert": dated}))[1] == ()


@pytest.mark.parametrize(
    "line", ["proved: absent", "proved: {unknown: true}", "logged: {value: yes, note: In the shop}"]
)
def test_nothing_is_demanded_below_the_level_or_of_a_state(tmp_path, line):
    assert gathered(written(tmp_path, {"anna": line}))[1] == ()


# --- properties


QUESTIONS = st.sampled_from([question.id for question in SERVICE.questions()])
PLAIN = st.text() | st.sampled_from(["na", "yes", "0", "1", "-0", "٣", "1e5", "true", "2026-01-01", "chat", ""])
ANYTHING = st.recursive(
    PLAIN | st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN | st.integers(), inner, max_size=3),
    max_leaves=6,
)
LONG = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("value", "na", "unknown", "why", "note", "confidence", "evidence"), ANYTHING)
)


def answered_or_refused(question, answer):
    """The answer, or what was wrong with it."""
    try:
        sheet = collect_mapping(SERVICE, {question: answer}, assessed_on=datetime.date(2026, 6, 30))
    except DocumentError as refused:
        return None, refused.problems
    return sheet.respondents[0].answers[question], ()


@given(question=QUESTIONS, answer=ANYTHING | LONG)
def test_anything_as_an_answer_is_an_answer_or_a_problem(question, answer):
    found, problems = answered_or_refused(question, answer)
    assert bool(problems) == (found is None)
    assert all(problem.message.isprintable() and problem.severity == "error" for problem in problems)
    assert found is None or (found.state == "value") == (found.value is not None)


@given(question=QUESTIONS, text=st.text(min_size=1))
def test_any_text_in_a_file_is_an_answer_or_a_problem(tmp_path_factory, question, text):
    folder = tmp_path_factory.mktemp("client")
    try:
        sheet, problems = gathered(written(folder, {"anna": f"{question}: {text}"}))
    except UnicodeEncodeError:
        return
    assert problems or sheet.respondents
    assert all(problem.location for problem in problems)
