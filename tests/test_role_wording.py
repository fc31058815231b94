"""What single roles read of a question, in every place where a role reads, answers or is quoted."""

import json

import pytest
from factories import built, level, node, question
from fleet import FLEET, engagement, handed_out, home_of, read, rubric, told
from hypothesis import given
from hypothesis import strategies as st

from assess.authoring.diff import compare_rubrics
from assess.authoring.migrate import migrated
from assess.authoring.schema import schemas
from assess.authoring.writing import rubric_files
from assess.collect.values import read_value
from assess.explain import explain
from assess.load import load
from assess.translations import digest, translatable_texts, translated
from assess.validate import validate
from assess.workflow import assess, report

LABELS = "options: {absent: Nothing that I have seen, proven: They have a date and it is kept}"
SWAPPED = "options: {absent: They have a date and it is kept, proven: Nothing that I have seen}"


def even(text):
    return " ".join(text.casefold().split())


@pytest.fixture
def fleet(tmp_path):
    return rubric(tmp_path)


# --- what it reads ---


def test_a_role_reads_its_own_text_help_and_labels_and_the_rest_as_everybody(fleet):
    checks, squeal = fleet.questions()
    own, base = fleet.wording(checks, "driver"), fleet.wording(checks, "garage")
    assert (own.text, own.help) == ("What happens to the brakes of your van?", "")
    assert [*own.labels().values()] == [
        "Nothing that I have seen", "When a driver complains", "They have a date and it is kept",
    ]  # fmt: skip
    assert (own.evidence, own.allow) == ("off", ("na",))
    assert base == fleet.wording(checks, "GA") == fleet.wording(checks)
    assert (base.help, base.evidence) == ("Look at the job cards of the last quarter.", "required_from started")
    assert base.allow == ("unknown", "declined")
    assert [option.key for option in own.options] == [option.key for option in base.options]
    assert fleet.wording(squeal, "record").text == "Does a card of last month say so?"
    assert fleet.wording(squeal, "record").labels() == {"no": "No", "yes": "Yes"}


def test_the_answers_file_of_a_role_says_what_that_role_reads_and_nothing_that_does_not_hold_for_it(fleet):
    driver, garage = handed_out(fleet, "driver"), handed_out(fleet, "garage")
    assert "What happens to the brakes of your van?" in driver
    assert "#   2 = proven: They have a date and it is kept" in driver
    assert "#   1 = started: When a driver complains" in driver
    assert "#   yes: Mine did" in driver
    assert "job cards" not in driver
    assert "name dated evidence" not in driver
    assert "On a date for every van" not in driver
    assert "(Look at the job cards of the last quarter.)" in garage
    assert "From started on, name dated evidence" in garage
    assert "yes or no" in handed_out(fleet, "record")


def test_a_form_that_takes_no_evidence_does_not_speak_of_it(tmp_path):
    silent = rubric(tmp_path, FLEET.replace("        weight: 0\n", "        weight: 0\n        evidence: off\n"))
    assert "evidence" not in handed_out(silent, "driver")
    assert "evidence: [{title" in handed_out(silent, "garage")


# --- what it answers ---


@pytest.mark.parametrize(
    ("role", "line", "value"),
    [
        ("driver", "brake_checks: They have a date and it is kept", "proven"),
        ("driver", 'brake_checks: "  NOTHING that I  have seen "', "absent"),
        ("driver", "brake_checks: When a driver complains", "started"),
        ("driver", "brake_checks: {value: nothing that i have seen, note: Mine is new}", "absent"),
        ("driver", "brake_checks: 2", "proven"),
        ("garage", "brake_checks: On a date for every van", "proven"),
        ("driver", "brake_squeal: Mine was quiet", "no"),
        ("driver", "brake_squeal: true", "yes"),
    ],
)
def test_an_option_is_named_by_key_number_or_the_label_the_role_reads(tmp_path, fleet, role, line, value):
    given, _ = read(tmp_path, fleet, **{role: [line]})
    assert given == {role: {line.partition(":")[0]: value}}


@pytest.mark.parametrize(
    ("role", "line", "says"),
    [
        ("driver", "brake_checks: On a date for every van", "'On a date for every van' is not an answer"),
        ("garage", "brake_checks: They have a date and it is kept", "is not an answer to 'brake_checks'"),
        ("record", "brake_squeal: Mine did", "'Mine did' is not an answer to 'brake_squeal'"),
        ("driver", "brake_checks: {unknown: true}", "'brake_checks' does not take 'unknown'"),
        ("garage", "brake_checks: {na: true, why: Hired vans}", "'brake_checks' cannot be called not applicable"),
    ],
)
def test_what_another_role_reads_or_may_say_is_no_answer_of_this_one(tmp_path, fleet, role, line, says):
    _, problems = read(tmp_path, fleet, **{role: [line]})
    assert any(says in message for _, message, _ in problems)


def test_only_roles_of_whom_evidence_is_asked_are_told_that_it_is_missing(tmp_path, fleet):
    _, problems = read(tmp_path, fleet, driver=["brake_checks: proven"])
    assert [code for code, _, _ in problems] == []
    _, problems = read(tmp_path, fleet, garage=["brake_checks: proven"])
    assert [code for code, _, _ in problems] == ["evidence_missing"]


def test_the_document_quotes_each_role_in_the_words_it_read(tmp_path):
    rubric(tmp_path)
    home = engagement(
        tmp_path, driver=["brake_checks: proven", "brake_squeal: yes"], record=["brake_squeal: yes"],
        garage=["brake_checks: proven"],
    )  # fmt: skip
    text = report(assess(home, [tmp_path / "rubrics"]))
    assert "Mine did" in text
    assert "They have a date and it is kept" in text
    assert "On a date for every van" in text


def test_an_editor_takes_what_is_read_of_an_option_and_nothing_else(fleet):
    whole = json.loads(schemas(fleet)["answers.schema.json"])

    def takes(question, value):
        defined = whole["$defs"][f"value of {question}"]
        return any(value in part.get("enum", ()) for part in defined["anyOf"])

    labels = ["They have a date and it is kept", "On a date for every van", "When a driver complains"]
    assert all(takes("brake_checks", label) for label in labels)
    assert all(takes("brake_squeal", answer) for answer in ("yes", "Mine did", "Mine was quiet"))
    assert not takes("brake_squeal", "Yes")
    assert not takes("brake_checks", "Mine did")


def test_an_explanation_says_what_each_role_read(tmp_path):
    rubric(tmp_path)
    home = engagement(tmp_path, driver=["brake_checks: proven"], garage=["brake_checks: started"])
    lines = explain(assess(home, [tmp_path / "rubrics"]), "brake_checks")
    assert "asked: What happens to the brakes of your van?" in lines
    assert "read of proven: They have a date and it is kept" in lines
    assert lines.count("asked:") == 1
    assert "read of started" not in lines


@given(st.data())
def test_a_role_means_the_same_by_key_number_and_label(data):
    labels = data.draw(
        st.lists(st.text("abc xyz", min_size=1).filter(str.strip), min_size=3, max_size=3, unique_by=even)
    )
    own = {f"k{place}": label for place, label in enumerate(labels) if data.draw(st.booleans())}
    kind = data.draw(st.sampled_from(["level", "scale", "choice"]))
    asked = question("q", kind, 3, ask={"boss": {"options": own}, "team": {}})
    found = built(node("p", asked, level("r")))
    role = data.draw(st.sampled_from(["boss", "team"]))
    read = found.wording(found.question_by_id["q"], role)
    for place, option in enumerate(read.options, 0 if kind == "level" else 1):
        ways = [option.key, str(place), option.label, f" {option.label.upper()} "]
        if len({even(label) for label in read.labels().values()}) == len(read.options):
            assert {read_value(found, found.question_by_id["q"], way, role) for way in ways} == {option.key}


# --- what is said of it ---


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("{absent: Nothing", "{absnt: Nothing", "'absnt' is not an option of 'brake_checks'; did you mean 'absent'?",
         "there are: absent, started, proven"),
        ('{"yes": Mine did,', '{"maybe": Perhaps,', "'maybe' is not an option of 'brake_squeal'", "there are: no, yes"),
        ("proven: They have a date and it is kept}", "proven: When A Driver complains}",
         "'driver' reads the same words for 'proven' as for 'started': 'When A Driver complains'", "other words"),
        ("evidence: off", "evidence: required_from best", "'best' is not an option of 'brake_checks'", ""),
        ("GA: ~", "GA: ~\n          garage: Who?", "'garage' and 'GA' are the same role, asked 'brake_checks' twice",
         "keep one of them"),
        ("allow: [na]", "allow: [nay]", "'nay' is not one of na, unknown, declined; did you mean 'na'?", ""),
        ("help: none", "hlep: none", "unknown key 'hlep'; did you mean 'help'?", ""),
        ("          driver:\n", "          drivers:\n", "there is no role 'drivers'; did you mean 'driver'?", ""),
    ],
)  # fmt: skip
def test_a_mistake_in_the_words_of_a_role_is_said_at_its_place_with_a_way_out(tmp_path, old, new, message, hint):
    ((line, said, way_out),) = told(tmp_path, (old, new))
    assert new.strip().splitlines()[-1].strip() in line
    assert said == message
    assert hint in way_out


@pytest.mark.parametrize(
    ("old", "new", "warned"),
    [
        (LABELS, SWAPPED, []),
        (LABELS, "options: {absent: On a date for every van, proven: Never}", ["driver' reads for 'absent'"]),
        (
            LABELS,
            "options: {started: '2', proven: Well}",
            ["reads for 'started' what stands for 'proven': '2'"],
        ),
        (
            "{label: When a driver complains}",
            "{label: '0'}",
            ["'0' of 'started' is what stands for 'absent'"],
        ),
        ("{label: When a driver complains}", "{label: proven}", ["the label 'proven' of 'started' is what stands for"]),
        ("{label: When a driver complains}", "{label: '1'}", []),
        ("{label: When a driver complains}", "{label: '7'}", []),
    ],
)
def test_a_label_that_reads_like_another_option_is_warned_of(tmp_path, old, new, warned):
    found = [p.message for p in validate(*load(home_of(tmp_path, FLEET.replace(old, new)))) if p.code == "option"]
    assert len(found) == len(warned)
    assert all(says in message for says, message in zip(warned, found, strict=True))


def test_a_key_criterion_always_applies_whichever_role_may_say_otherwise(tmp_path):
    key = ("  - id: brakes\n    title: Brakes\n", "  - id: brakes\n    title: Brakes\n    key: true\n")
    ((line, said, _),) = told(tmp_path, key)
    assert (line, said) == ("allow: [na]", "'brake_checks' belongs to a key criterion, which always applies")
    assert told(tmp_path, key, ("            allow: [na]\n", "")) == []


# --- another language, another version, another file ---


def test_the_words_of_a_role_are_translated_with_the_rest(fleet):
    texts = translatable_texts(fleet)
    checks = "brake_checks.ask.driver"
    assert texts[checks] == "What happens to the brakes of your van?"
    assert f"{checks}.help" not in texts
    assert texts[f"{checks}.options.proven"] == "They have a date and it is kept"
    assert texts["brake_squeal.ask.driver.options.yes"] == "Mine did"
    said = {"says": "Sie haben einen Termin", "of": digest("They have a date and it is kept")}
    german = {"language": "de", "texts": {f"{checks}.options.proven": said}}
    spoken = translated(type(fleet).model_validate({**fleet.model_dump(), "translations": [german]}), "de")
    assert "2 = proven: Sie haben einen Termin" in handed_out(spoken, "driver")
    assert "2 = proven: On a date for every van" in handed_out(spoken, "garage")


def test_an_answer_may_be_given_in_the_language_the_form_was_handed_out_in(tmp_path, fleet):
    said = {
        "brake_checks.ask.driver.options.proven": "Sie haben einen Termin",
        "brake_checks.options.started": "Wenn ein Fahrer klagt",
        "brake_squeal.ask.driver.options.no": "Meiner war still",
    }
    texts = {key: {"says": words, "of": digest(translatable_texts(fleet)[key])} for key, words in said.items()}
    both = type(fleet).model_validate({**fleet.model_dump(), "translations": [{"language": "de", "texts": texts}]})
    lines = ["brake_checks: sie haben einen Termin", "brake_squeal: Meiner war still"]
    given, problems = read(tmp_path, both, driver=lines, garage=["brake_checks: Wenn ein Fahrer klagt"])
    assert given["driver"] == {"brake_checks": "proven", "brake_squeal": "no"}
    assert given["garage"] == {"brake_checks": "started"}
    _, problems = read(tmp_path, both, garage=["brake_checks: Sie haben einen Termin"], driver=["brake_squeal: Nein"])
    assert [code for code, _, _ in problems] == ["answer", "answer"]


def test_an_exchange_of_a_roles_labels_is_a_change_of_scale_and_another_word_is_not(tmp_path, fleet):
    swapped = rubric(tmp_path / "b", FLEET.replace(LABELS, SWAPPED))
    found = {(change.name, change.field, change.sense) for change in compare_rubrics(fleet, swapped).changes}
    assert found == {
        ("brake_checks by driver: absent", "label", "scale"),
        ("brake_checks by driver: proven", "label", "scale"),
    }
    edits = [("Mine did", "Mine squealed"), ("help: none", "help: Ask a mate"), ("Does a card", "Does any card")]
    text = FLEET
    for old, new in edits:
        text = text.replace(old, new)
    found = {
        (change.name, change.field, change.sense)
        for change in compare_rubrics(fleet, rubric(tmp_path / "c", text)).changes
    }
    assert found == {
        ("brake_squeal by driver: yes", "label", "meaning"),
        ("brake_squeal", "wording", "meaning"),
        ("brake_checks", "role_help", "cosmetic"),
    }


def test_what_a_role_may_say_and_has_to_prove_is_told_as_a_change(tmp_path, fleet):
    text = FLEET.replace("allow: [na]", "allow: [na, unknown]").replace("evidence: off", "evidence: optional")
    found = {(c.name, c.field, c.sense, c.new) for c in compare_rubrics(fleet, rubric(tmp_path / "b", text)).changes}
    assert found == {
        ("brake_checks", "role_allow", "meaning", "driver: [na, unknown]"),
        ("brake_checks", "role_evidence", "meaning", "driver: optional"),
    }


def test_a_stored_answer_in_the_words_of_a_role_goes_over_as_the_option_it_named(tmp_path, fleet):
    step = 'migrations: [{from: "1", to: "2"}]\n'
    text = (
        FLEET.replace('version: "1"', 'version: "2"').replace("They have a date and it is kept", "On their date") + step
    )
    new = rubric(tmp_path / "new", text)
    checks = "brake_checks: They have a date and it is kept"
    home = engagement(
        tmp_path, driver=[checks, "brake_squeal: mine did"], garage=["brake_checks: When a driver complains"]
    )
    found = migrated(home, new, fleet)
    assert "brake_checks: proven" in found.files["answers/driver.yaml"]
    assert "brake_squeal: yes" in found.files["answers/driver.yaml"]
    assert "brake_checks: started" in found.files["answers/garage.yaml"]
    again = {page.role: [entry.name for entry in page.again()] for page in found.pages}
    assert again == {"driver": ["brake_checks"], "garage": []}


def test_a_rubric_with_words_of_roles_is_written_and_read_again_as_it_is(tmp_path, fleet):
    for name, text in rubric_files(fleet).items():
        path = tmp_path / "again" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    again, _ = load(tmp_path / "again")
    assert compare_rubrics(fleet, again).changes == ()
