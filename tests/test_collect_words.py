"""No word of an answer is lost: unknown keys, bare words in braces, comments, in every document and in memory."""

import pytest
from collecting import ENGAGEMENT, PROPER, SERVICE, gathered, told, written
from overlaying import over
from test_load import principle
from test_load import written as rubric_written

from assess.collect import collect_mapping, open_engagement
from assess.load import load
from assess.problems import DocumentError, errors
from assess.validate import validate


def answered(folder, text):
    return gathered(written(folder, {"anna": text}))


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("purpose: {value: defined, note: Yes, but only for half}", "but only for half", 6),
        ("purpose: {na: true, why: No shop, no till}", "no till", 6),
        ("purpose:\n  value: defined\n  evidnce:", "evidnce", 8),
        ("purpose: {unknwon}", "unknwon", 6),
        ("purpose:\n  value: defined\n  evidence: [{title: Letter, second copy}]", "second copy", 8),
        ("purpose:\n  value: defined\n  evidence:\n    - title: Letter\n      datd:", "datd", 10),
        ("purpose:\n  value: defined\n  nots: ''", "nots", 8),
        ("purpose: {wibble: ~}", "wibble", 6),
        ("reach: {declined: true, why: Too early, ask again}", "ask again", 6),
    ],
)
def test_an_unknown_key_is_an_error_blank_or_not(tmp_path, text, key, line):
    sheet, problems = answered(tmp_path, text)
    assert told(problems)[0] == ("unknown_key", "error", line)
    assert f"unknown key '{key}'" in problems[0].message
    assert [p.code for p in errors(problems)] == ["unknown_key"]
    assert sheet.respondents == ()


def test_misspelt_keys_and_divided_texts_have_their_own_ways_out(tmp_path):
    _, problems = answered(tmp_path, "purpose: {value: defined, note: Yes, but only for half}\nreach:\n  valu:\n")
    assert "note: 'Yes, but only for half'" in problems[0].hint
    assert "did you mean 'value'?" in problems[1].message


@pytest.mark.parametrize("state", ["unknown", "declined", "na"])
@pytest.mark.parametrize("form", ["{{{0}}}", "{{{0}: }}", "\n  {0}:", "{{{0}: , note: Later}}"])
def test_a_state_without_true_is_an_error_with_the_fix(tmp_path, state, form):
    _, problems = answered(tmp_path, f"purpose: {form.format(state)}")
    assert [(p.code, p.severity) for p in problems] == [("answer", "error")]
    assert f"{state}: true" in problems[0].hint
    place = problems[0].location
    line = (tmp_path / "answers" / "anna.yaml").read_text(encoding="utf-8").split("\n")[place.line - 1]
    assert line[place.column - 1 :].startswith(state)


def test_a_form_with_every_key_left_blank_is_an_unanswered_question(tmp_path):
    form = "purpose:\n  value:\n  na:\n  unknown:\n  declined:\n  note:\nreach:\n  value: often\n  unknown:\nplain: {}"
    sheet, problems = answered(tmp_path, form)
    assert problems == ()
    assert list(sheet.respondents[0].answers) == ["reach"]


@pytest.mark.parametrize(
    ("agreed", "key"),
    [
        ("purpose: {value: defined, basis: [anna], why: Seen, and heard}", "and heard"),
        ("purpose:\n  value: defined\n  basis: [anna]\n  why: Seen\n  bass:", "bass"),
        ("purpose: {value: defined, basis: [anna], why: Seen, note}", "note"),
    ],
)
def test_settled_answers_lose_no_word_either(tmp_path, agreed, key):
    _, problems = gathered(written(tmp_path, PROPER, agreed=agreed))
    assert [p.code for p in problems] == ["unknown_key"]
    assert f"'{key}'" in problems[0].message


def test_a_settled_state_without_true_is_an_error(tmp_path):
    _, problems = gathered(written(tmp_path, PROPER, agreed="purpose: {na, basis: [anna], why: Seen}"))
    assert told(problems) == [("answer", "error", 3)]


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("organization: {id: acme, name: Beta, and Co}", 2),
        ("organization: {id: acme, name: Acme}\ninvited: {team: 3, customer}", 3),
        ("organization: {id: acme, name: Acme, sector}", 2),
    ],
)
def test_the_engagement_loses_no_word(tmp_path, head, line):
    text = f"assess: engagement/1\n{head}\nrubric: service\nassessed_on: 2026-06-30\n"
    with pytest.raises(DocumentError) as caught:
        gathered(written(tmp_path, PROPER, text))
    assert [(p.severity, p.location.line) for p in caught.value.problems] == [("error", line)]


@pytest.mark.parametrize(
    "inner", ["source: {system: CRM, export of May}", "source: {a: {b: c, d}}", "answers: {purpose: defined, reach}"]
)
def test_a_bare_word_in_a_free_mapping_is_an_error(tmp_path, inner):
    head = f"assess: answers/1\nrespondent: anna\nrole: team\nsubmitted: 2026-06-01\n{inner}\n"
    text = head if "answers" in inner else f"{head}answers: {{purpose: defined}}\n"
    _, problems = gathered(written(tmp_path, {"anna.yaml": text}))
    assert told(problems) == [("shape", "error", 5)]


def test_engagement_answers_and_settled_answers_warn_of_words_behind_a_hash(tmp_path):
    text = ENGAGEMENT.replace("{id: acme, name: Acme}", "\n  name: Depot #7 North")
    folder = written(tmp_path, {"anna": "story: #neverforget\npurpose: defined"}, text, "reach: ~ #later\n")
    _, problems = gathered(folder)
    assert [(p.code, p.severity) for p in problems] == [("yaml_trap", "warning")] * 3
    assert [p.location.file.rpartition("/")[2] for p in problems] == ["_agreed.yaml", "anna.yaml", "engagement.yaml"]


def test_an_engagement_that_is_refused_still_names_the_words_it_would_lose(tmp_path):
    folder = written(tmp_path, PROPER, f"{ENGAGEMENT}prepared_for: Board #2\nstatus: finl\n")
    with pytest.raises(DocumentError) as caught:
        open_engagement(folder)
    assert {p.code for p in caught.value.problems} == {"shape", "yaml_trap"}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"purpose": {"value": "defined", "wibble": None}}, "unknown key 'wibble'"),
        ({"team": {"purpose": {"value": "defined", "evidence": [{"title": "T", "datd": ""}]}}}, "unknown key 'datd'"),
        ({"purpose": {"unknown": None}}, "true is missing"),
        ({"purpose": {"value": 1, 7: None}}, "unknown key '7'"),
    ],
)
def test_answers_in_memory_lose_no_key(answers, words):
    with pytest.raises(DocumentError, match=words):
        collect_mapping(SERVICE, answers)


# Rubrics, personas, overlays, translations, migrations

HEAD = "assess: rubric/1\nid: r\ntitle: R\nversion: '1'\n"


@pytest.mark.parametrize(
    "files",
    [
        {"rubric": f"{HEAD}summary: Rule #1\n", "p": principle("a", "questions: []\n")},
        {"rubric": HEAD, "p": principle("a", "summary: Rule #1 of all\n")},
        {"rubric": f"{HEAD}migrations:\n  - from: '0' #zero\n    to: '1'\n", "p": principle("a")},
        {
            "rubric": HEAD,
            "p": principle("a"),
            "t": "assess: translation/1\nlanguage: de\ntexts:\n  a.title: {says: A}\nnotes: Um #3\n",
        },
        {
            "rubric": HEAD,
            "p": principle("a"),
            "q": "assess: persona/1\nid: n\ntitle: Shop #4\nassessed_on: 2026-06-30\nanswers: {}\n",
        },
    ],
)
def test_every_file_of_a_rubric_warns_of_words_behind_a_hash(tmp_path, files):
    try:
        rubric, sources = load(rubric_written(tmp_path, **files))
        problems = validate(rubric, sources)
    except DocumentError as error:
        problems = error.problems
    assert [p.code for p in problems if p.severity == "warning"] == ["yaml_trap"]


@pytest.mark.parametrize(
    "line",
    ["policies: {target, min_cell: 4}", "scale: {min: 0, max: 4, points}", "levels: [{key: a, title: Ah, oh, at: 0}]"],
)
def test_every_file_of_a_rubric_refuses_bare_words_in_braces(tmp_path, line):
    with pytest.raises(DocumentError) as caught:
        load(rubric_written(tmp_path, rubric=f"{HEAD}{line}\n", p=principle("a")))
    assert {(p.severity, p.location.line) for p in caught.value.problems} == {("error", 5)}


def test_a_bare_word_in_the_answers_of_a_persona_is_an_error(tmp_path):
    persona = "assess: persona/1\nid: n\ntitle: N\nassessed_on: 2026-06-30\nanswers: {boss: {q: {value: yes, note}}}\n"
    with pytest.raises(DocumentError) as caught:
        load(rubric_written(tmp_path, rubric=HEAD, p=principle("a"), n=persona))
    assert [(p.code, p.location.line) for p in caught.value.problems] == [("shape", 5)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("override: {first: {titel: }}\n", 5),
        ("override: {fq: {hlep: }}\n", 5),
        ("override:\n  overall:\n    polices:\n", 7),
        ("override: {first: {title: New, larger}}\n", 5),
    ],
)
def test_an_overlay_takes_away_no_key_that_nothing_has(tmp_path, text, line):
    with pytest.raises(DocumentError) as caught:
        load(over(tmp_path)(text))
    assert [p.location.line for p in caught.value.problems if p.severity == "error"] == [line]


def test_an_overlay_still_takes_away_what_is_known_and_not_written(tmp_path):
    rubric, _ = load(over(tmp_path)("override: {fq: {help: , ask: }}\n"))
    assert rubric.question_by_id["fq"].ask == {}


def test_a_comment_in_the_base_or_the_overlay_is_told_once(tmp_path):
    made = over(tmp_path)("notes: Rule #1\n")
    base = tmp_path / "base" / "rubric.yaml"
    base.write_text(base.read_text(encoding="utf-8").replace("title: Base", "title: Base #2"), encoding="utf-8")
    warnings = load(made)[1].warnings
    assert [w.location.file.rpartition("/")[0].rpartition("/")[2] for w in warnings] == ["base", "mine"]
