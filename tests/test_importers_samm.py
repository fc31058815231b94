"""SAMM core models: the ids and the sums of SAMM, and what is wrong with a model at its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importing import answer_set, refusal, said, samm_parts, write_samm

import assess
from assess.authoring.writing import rubric_files
from assess.importers import Wish, import_rubric
from assess.problems import DocumentError

UNKNOWN = {"unknown": True}


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return import_rubric(write_samm(tmp_path_factory.mktemp("samm")))


@pytest.fixture
def changed(tmp_path):
    """Imports the own model with some parts replaced, merged or (None) taken out."""

    def change(changes):
        parts = samm_parts()
        for name, change in changes.items():
            parts[name] = None if change is None else {**parts.get(name, {}), **change}
        return import_rubric(write_samm(tmp_path, {name: part for name, part in parts.items() if part is not None}))

    return change


def answers(**levels):
    """`SO1="most half"`: the answers to both streams of a level; - for none."""
    pairs = [
        (level, stream, word)
        for level, words in levels.items()
        for stream, word in zip("ab", words.split(), strict=True)
    ]
    return {f"q_q{level.lower()}{stream}": word for level, stream, word in pairs if word != "-"}


# --- what becomes of the parts ---


def test_everything_is_there_once(own):
    assert own.counts == {
        "functions": 2,
        "practices": 3,
        "levels": 9,
        "activities": 18,
        "questions": 18,
        "answer sets": 2,
    }


def test_parts_keep_the_ids_of_samm_and_its_codes(own):
    nodes = own.rubric.node_by_id
    for name, code in (("f_f1", "G"), ("p_p_so", "G-SO"), ("l_so2", "G-SO-2"), ("a_so2b", "G-SO-2-B")):
        assert nodes[name].code == code
        assert own.rubric.id_of(code) == name
    assert own.rubric.home_of["q_qso2b"] == "a_so2b"
    assert set(own.rubric.option_sets) == {"s_s1", "s_s2"}


def test_words_stand_where_they_are_of_use(own):
    practice, activity = own.rubric.node_by_id["p_p_so"], own.rubric.node_by_id["a_so2b"]
    asked = own.rubric.question_by_id["q_qso2b"]
    assert (practice.title, practice.summary, practice.notes) == ("Soil", "About Soil.", "Soil.\n\nAnd more.")
    assert (activity.title, activity.summary, activity.why) == ("Do SO2B", "Dig.", "It grows")
    assert activity.notes == "Stream B Line B\n\nDig deep.\n\nBuilds on G-SO-1-B"
    assert asked.help == "A yes needs all of these: It is written down; It is looked after."
    assert [option.key for option in own.rubric.options_of(asked)] == ["no", "some", "half", "most"]
    assert own.rubric.levels[1].says == "Step 1."


def test_id_and_version_are_those_of_the_source_unless_said(own, tmp_path):
    assert (own.rubric.id, own.rubric.version, own.rubric.title) == ("samm", "OWN1", "OWASP SAMM (OWN1)")
    named = import_rubric(write_samm(tmp_path), wish=Wish("my_samm", "2.2.0")).rubric
    assert (named.id, named.version) == ("my_samm", "2.2.0")


def test_the_same_model_gives_the_same_bytes(own, tmp_path):
    assert rubric_files(import_rubric(write_samm(tmp_path)).rubric) == rubric_files(own.rubric)


# --- the sums of SAMM ---


def test_levels_practices_functions_and_the_whole_by_hand(own):
    scores = assess.score(
        own.rubric,
        answers(
            SO1="most some",
            SO2="half no",  # (1 + .25)/2 = .625; (.5 + 0)/2 = .25; level 3 is not answered: 0
            WA1="most most",
            WA2="most most",
            WA3="most most",  # 1 + 1 + 1
            BR1="half half",
            BR3="some -",  # .5; 0; (.25 + 0)/2 = .125
        ),
    )
    points = {name: score.points for name, score in scores.scores.items()}
    assert [points[name] for name in ("l_so1", "l_so2", "l_so3", "p_p_so")] == [0.625, 0.25, 0, 0.875]
    assert [points[name] for name in ("p_p_wa", "p_p_br")] == [3, 0.625]
    assert points["f_f1"] == pytest.approx((0.875 + 3) / 2)  # the mean of two practices
    assert points["f_f2"] == pytest.approx(0.625)
    assert points["overall"] == pytest.approx((1.9375 + 0.625) / 2)
    assert scores["overall"].scale == (0, 3)


def test_everything_is_three_and_nothing_is_zero(own):
    everything = assess.score(own.rubric, {question.id: "most" for question in own.rubric.questions()})
    assert (everything["overall"].points, everything["overall"].level) == (3, "level_3")
    nothing = assess.score(own.rubric, {"q_qso1a": UNKNOWN})["overall"]
    assert (nothing.points, nothing.low, nothing.high, nothing.coverage) == (0, 0, 100, 0)


def test_a_whole_first_level_reaches_maturity_1_and_an_activity_its_own_steps(own):
    scores = assess.score(own.rubric, answers(SO1="most most", WA1="most most", BR1="most most"))
    assert [scores[name].level for name in ("overall", "p_p_so", "a_so1a", "a_so2a")] == [
        "level_1",
        "level_1",
        "fully",
        "not_done",
    ]


def test_two_questions_of_one_activity_count_as_their_mean(changed):
    more = samm_parts()["questions/SO1A"] | {"id": "Qmore", "text": "And more?", "order": 2}
    scores = assess.score(
        changed({"questions/more": more}).rubric, {"q_qso1a": "most", "q_qmore": "no", "q_qso1b": "most"}
    )
    assert [scores[name].points for name in ("a_so1a", "l_so1")] == [0.5, 0.75]


def test_releases_that_spell_keys_otherwise_give_the_same_rubric(own, tmp_path):
    """The first releases wrote `answerset` and `maturitylevel`, all files side by side."""
    parts = {}
    for name, part in samm_parts().items():
        old = {"answerSet": "answerset", "maturityLevel": "maturitylevel", "relatedActivities": "relatedactivities"}
        parts[name.replace("/", " ")] = {old.get(key, key): value for key, value in part.items()}
    assert import_rubric(write_samm(tmp_path, parts)).rubric == own.rubric


def test_an_answer_set_that_changed_its_meaning_is_seen_under_its_id(own, changed):
    stricter = [("Never", 0), ("Once", 0.25), ("Every year", 0.5), ("Every month", 1)]
    later = changed({"answer_sets/s2": answer_set("s2", stricter)}).rubric
    before, after = own.rubric.option_sets, later.option_sets
    assert [name for name in before if before[name] != after[name]] == ["s_s2"]
    assert [option.key for option in before["s_s2"]] == [option.key for option in after["s_s2"]]
    assert {**own.rubric.model_dump(), "option_sets": 0} == {**later.model_dump(), "option_sets": 0}


# --- what is wrong with a model ---


def test_a_sound_model_has_notes_only(own):
    assert {problem.severity for problem in own.problems} == {"note"}
    (left_out,) = said(own.problems, "import_left_out")
    assert left_out == ("note", "'color' has no place in a rubric and is left out, here and 1 more times")
    placeholder = next(problem for problem in own.problems if problem.code == "import_gap")
    assert placeholder.message == "only placeholders stand in results"
    assert placeholder.location.file.endswith("BR1A.yml")
    assert placeholder.source.strip() == "- result1"


def test_two_questions_of_one_id_are_told_apart_and_the_first_file_keeps_it(changed):
    found = changed({"questions/WA1A": {"id": "QSO1A"}})
    ((severity, message),) = said(found.problems, "import_duplicate")
    assert severity == "warning"
    assert message.endswith("SO1A.yml:4")
    assert found.rubric.home_of["q_qso1a"] == "a_so1a"
    assert found.rubric.home_of["q_qso1a_2"] == "a_wa1a"


def test_two_activities_of_one_id_are_refused(tmp_path):
    parts = samm_parts()
    parts["activities/WA1A"]["id"] = "SO1A"
    found = refusal(write_samm(tmp_path, parts))
    assert [problem.location.file.rsplit("/", 1)[-1] for problem in found if problem.code == "import_duplicate"] == [
        "WA1A.yml"
    ]
    assert [severity for severity, _ in said(found, "import_duplicate")] == ["error"]


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("questions/SO1A", {"answerSet": "s9"}, "there is no answer set with the id 's9'"),
        ("questions/SO1A", {"answerSet": None}, "'answerSet' is missing: it says where this question belongs"),
        ("activities/SO1A", {"level": "SOA"}, "'SOA' is the id of a stream, not of a practice level"),
        ("practice_levels/SO-1", {"maturityLevel": "m9"}, "there is no maturity level with the id 'm9'"),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused_at_its_key(tmp_path, name, change, message):
    parts = samm_parts()
    parts[name].update(change)
    (found,) = [problem for problem in refusal(write_samm(tmp_path, parts)) if problem.severity == "error"]
    assert (found.code, found.message) == ("import_reference", message)
    (key,) = change
    assert found.source.startswith(f"{key}:")


@pytest.mark.parametrize(
    ("name", "change", "code", "message"),
    [
        (
            "activities/SO2A",
            {"relatedActivities": ["P-SO"]},
            "import_reference",
            "'P-SO' is the id of a practice, not of an activity",
        ),
        (
            "activities/SO2A",
            {"relatedActivities": "- Soil\n"},
            "import_reference",
            "there is no activity with the id 'Soil'",
        ),
        (
            "activities/SO2A",
            {"stream": "WAA"},
            "import_reference",
            "the stream and the level belong to two practices; the activity counts where its level does",
        ),
        (
            "activities/SO2A",
            {"relatedActivites": ["SO1A"]},
            "import_left_out",
            "the key 'relatedActivites' is not read; did you mean 'relatedActivities'?",
        ),
        ("questions/SO1A", None, "import_gap", "no question asks about this activity; it is left out"),
        ("activities/SO1A", {"level": "SO2"}, "import_gap", "stream A has no activity at this level"),
        (
            "activities/SO1A",
            {"level": "SO2"},
            "import_duplicate",
            "stream A has several activities at this level; here each counts as much as a stream",
        ),
        (
            "business_functions/Empty",
            {"type": "Function", "id": "F9", "name": "Empty"},
            "import_gap",
            "there is no practice to score; this part is left out",
        ),
        (
            "security_practices/Odd",
            {"type": "Practice", "id": "P9", "name": "Odd", "function": "F1"},
            "import_gap",
            "the practice has nothing at level 1, 2, 3; its scale is that much shorter",
        ),
        (
            "questions/SO1A",
            {"text": "Do you do SO1B?"},
            "import_duplicate",
            "another question reads the same; this one is imported with its id behind it",
        ),
        (
            "answer_sets/s1",
            answer_set("s1", [("No", 0), ("No", 0.25), ("B", 0.5), ("C", 1)]),
            "import_duplicate",
            "two answers of a set read 'No'; the second is imported with 'some' behind it",
        ),
        (
            "answer_sets/s1",
            answer_set("s1", [("No", 0), ("A", 0.3), ("B", 0.6)]),
            "import_answers",
            "the answers run from 0 to 0.6, not from 0 to 1; they are stretched to it",
        ),
        (
            "answer_sets/s1",
            answer_set("s1", [("No", 0), ("A", 0.5), ("B", 0.5), ("C", 1)]),
            "import_answers",
            "the values do not rise with the order of the answers",
        ),
        (
            "answer_sets/s1",
            {"values": [{"text": "No", "value": 0, "weight": 2}, {"text": "Yes", "value": 1}]},
            "import_answers",
            "the weights of the answers are not all 1; SAMM's tools leave them aside, and so does the rubric",
        ),
        (
            "notes",
            {"type": "Activty", "id": "x"},
            "import_left_out",
            "the file is passed over: 'type' names no part of a SAMM model; did you mean 'Activity'?",
        ),
    ],
)
def test_what_is_odd_is_a_warning_and_the_rest_is_imported(changed, name, change, code, message):
    found = changed({name: change})
    assert ("warning", message) in said(found.problems, code)
    assert all(problem.location for problem in found.problems)


def test_answers_that_do_not_rise_are_still_counted_as_they_are(changed):
    values = answer_set("s1", [("No", 0), ("A", 0.5), ("B", 0.5), ("C", 1)])
    rubric = changed({"answer_sets/s1": values}).rubric
    assert rubric.question_by_id["q_qso1a"].type == "choice"
    points = [assess.score(rubric, {"q_qso1a": key})["a_so1a"].points for key in ("no", "some", "half", "most")]
    assert points == [0, 0.5, 0.5, 1]


def test_other_steps_than_those_of_samm_give_activities_no_levels_of_their_own(changed):
    rubric = changed({"answer_sets/s1": answer_set("s1", [("No", 0), ("Partly", 0.6), ("Yes", 1)])}).rubric
    assert rubric.node_by_id["a_so1a"].levels == ()
    assert [option.key for option in rubric.option_sets["s_s1"]] == ["answer_0", "answer_1", "answer_2"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([("No", 0)], "a set needs at least two answers"),
        ([("A", 1), ("B", 1)], "all answers of the set count the same"),
    ],
)
def test_an_answer_set_that_cannot_tell_anything_apart_is_refused(tmp_path, values, message):
    found = refusal(write_samm(tmp_path, samm_parts() | {"answer_sets/s1": answer_set("s1", values)}))
    assert ("error", message) in said(found, "import_answers")


def test_a_file_that_is_no_yaml_is_refused_at_its_place_with_all_other_mistakes(tmp_path):
    parts = samm_parts()
    parts["activities/SO1A"].pop("title")
    write_samm(tmp_path, parts)
    (tmp_path / "model" / "questions" / "SO1A.yml").write_text("type: Question\ntext: What: how?\n")
    found = {problem.code: problem for problem in refusal(tmp_path)}
    assert (found["yaml_syntax"].location.line, found["yaml_syntax"].location.column) == (2, 11)
    assert found["missing_key"].message == "'title' is missing"


def test_a_folder_without_a_model_is_refused_and_hidden_files_are_passed_over(tmp_path):
    hidden = tmp_path / ".github"
    hidden.mkdir()
    (hidden / "a.yml").write_text("on: push\n")
    (found,) = refusal(tmp_path)
    assert (found.code, found.severity) == ("import_format", "error")
    assert found.hint


def test_a_model_in_which_nothing_can_be_answered_is_refused(tmp_path):
    parts = {name: part for name, part in samm_parts().items() if not name.startswith("questions")}
    assert ("error", "the model has no question to answer") in said(refusal(write_samm(tmp_path, parts)), "import_gap")


def test_functions_of_one_initial_share_no_code(changed):
    rubric = changed({"business_functions/Kitchen": {"name": "Grill"}}).rubric
    assert [(node.id, node.code) for node in rubric.principles] == [("f_f1", "G"), ("f_f2", None)]
    assert rubric.node_by_id["p_p_br"].code == "G-BR"


# --- anything in any file ---

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 200) | st.floats(0, 1) | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)
KEYS = sorted({(name, key) for name, part in samm_parts().items() if "SO" in name or "s1" in name for key in part})


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.sampled_from([*KEYS, ("maturity_levels/1", "number"), ("business_functions/Garden", "name")]), ANYTHING)
def test_anything_anywhere_is_imported_or_refused_in_words(tmp_path_factory, place, value):
    parts = samm_parts()
    name, key = place
    parts[name][key] = value
    folder = write_samm(tmp_path_factory.mktemp("odd"), parts)
    try:
        found = import_rubric(folder).problems
    except DocumentError as error:
        found = error.problems
    assert all(problem.message for problem in found)
