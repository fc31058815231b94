"""Schemas for editors: they explain every key, know the names of one rubric, and are named by documents."""

import json
import re

import pytest
from conftest import RUBRIC
from jsonschema import Draft202012Validator
from marking import SCHEMAS, documents, marks
from pydantic import BaseModel

from assess.authoring.schema import KINDS, PARTS, schemas
from assess.authoring.schema.modelines import START, documents_with_modelines, with_modeline
from assess.documents import read, resolve
from assess.formula.aggregations import AGGREGATIONS
from assess.model.sentences import sentences_of, title_of
from assess.problems import DocumentError, Problem
from assess.resources import shipped
from assess.workflow import load_rubric


def records():
    """Every record a document of some kind is made of."""
    waiting, found = [*KINDS.values(), *PARTS.values()], []
    while waiting:
        record = waiting.pop()
        if record not in found:
            found.append(record)
            waiting += [each for field in record.model_fields.values() for each in inside(field.annotation)]
    return found


def inside(annotation):
    """The records a field is made of; criteria below a criterion are nodes again."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [record for part in getattr(annotation, "__args__", ()) for record in inside(part)]


def keys(record):
    return [field.alias or name for name, field in record.model_fields.items()]


# --- all of them ---


def test_one_schema_leads_to_those_of_all_kinds():
    whole = SCHEMAS["assess"]
    assert whole["properties"]["assess"]["enum"] == [f"{kind}/1" for kind in KINDS]
    assert [rule["then"]["$ref"] for rule in whole["allOf"]] == [f"{kind}.schema.json" for kind in KINDS]
    assert {f"{name}.schema.json" for name in SCHEMAS} == schemas().keys()


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_schema_is_one(kind):
    Draft202012Validator.check_schema(SCHEMAS[kind])


def test_schemas_are_the_same_every_time():
    assert schemas() == schemas()


# --- words ---


def test_every_key_of_every_record_is_explained():
    silent = [f"{r.__name__}.{key}" for r in records() for key in keys(r) if not sentences_of(r)[key]]
    assert silent == ["Rubric.hash", "Rubric.text_hash"]


def test_no_two_records_have_one_title():
    titles = [title_of(record) for record in records()]
    assert sorted(titles) == sorted(set(titles))


def properties(schema):
    """Every property of a schema with its name, those of its definitions too."""
    if isinstance(schema, dict):
        for name, inner in schema.get("properties", {}).items() if isinstance(schema.get("properties"), dict) else ():
            yield name, inner
        schema = list(schema.values())
    for inner in schema if isinstance(schema, list) else ():
        yield from properties(inner)


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_has_a_title_and_a_sentence_for_every_key(kind):
    schema = SCHEMAS[kind]
    asked = {name: each for name, each in schema["$defs"].items() if not name.startswith("Question.")}
    bare = [
        name for name, inner in properties({**schema, "$defs": asked}) if "$ref" not in inner and "const" not in inner
    ]
    told = [name for name, inner in properties({**schema, "$defs": asked}) if {"title", "description"} <= inner.keys()]
    assert set(bare) <= {*told, *AGGREGATIONS}


def test_titles_are_made_for_people_and_no_key_offers_null():
    texts = json.dumps([SCHEMAS[kind] for kind in ("rubric", "initiatives", "claims", "engagement")])
    assert not re.search(r'"title": "[A-Z][a-z]+ ?[A-Z]?[a-z]*"', texts)
    for kind in ("rubric", "initiatives", "claims", "persona"):
        nulls = [name for name, inner in properties(SCHEMAS[kind]) if "null" in inner.get("type", ())]
        assert nulls == []


# --- for one rubric ---


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    file = tmp_path_factory.mktemp("rubrics") / "small.yaml"
    named = "          - id: hear_count"
    assert named in RUBRIC
    file.write_text(RUBRIC.replace(named, f"{named}\n            renamed_from: [hear_number]"), encoding="utf-8")
    rubric = load_rubric(file)
    return {name.partition(".")[0]: json.loads(text) for name, text in schemas(rubric).items()}


HEADS = {
    "answers": "assess: answers/1\nrespondent: r\nrole: boss\nanswers:\n",
    "agreed": "assess: agreed/1\nanswers:\n",
    "engagement": "assess: engagement/1\norganization: {name: O}\nrubric: small\nassessed_on: 2026-06-30\nanswers:\n",
}


@pytest.mark.parametrize(
    ("kind", "answer", "at"),
    [
        ("answers", "hear_count: practised", None),
        ("answers", "hear_count: 3", None),
        ("answers", "hear_count: 5", "answers.hear_count"),
        ("answers", "hear_count: practiced", "answers.hear_count"),
        ("answers", "hear_count:", None),
        ("answers", "hear_number: practised", None),
        ("answers", "heard_count: practised", "answers"),
        ("answers", "hear_count: {value: practised, note: Here}", None),
        ("answers", "hear_count: {value: practiced}", "answers.hear_count.value"),
        ("answers", "hear_count: {vale: practised}", "answers.hear_count"),
        ("answers", "hear_ways: [letter, mail]", None),
        ("answers", "hear_ways: letter", None),
        ("answers", "hear_ways: [letter, mial]", "answers.hear_ways"),
        ("answers", "hear_written: no", None),
        ("answers", "hear_written: true", None),
        ("answers", "hear_written: never", "answers.hear_written"),
        ("answers", "hear_days: 9", None),
        ("answers", "hear_days: nine", "answers.hear_days"),
        ("answers", "hear_since: 2024-02-01", None),
        ("agreed", "hear_count: {value: 1, basis: [boss], why: W}", None),
        ("agreed", "hear_count: {value: x, basis: [boss], why: W}", "answers.hear_count.value"),
        ("engagement", "boss: {hear_count: practised}", None),
        ("engagement", "boss: {hear_count: practiced}", "answers.boss.hear_count"),
        ("engagement", "hear_count: practiced", "answers.hear_count"),
    ],
)
def test_answers_are_held_against_the_questions_of_a_rubric(small, kind, answer, at):
    found = [where for where, _ in marks(kind, f"{HEADS[kind]}  {answer}\n", small)]
    assert found == ([] if at is None else [at])


def test_a_question_is_explained_with_its_help_and_options(small):
    asked = small["answers"]["$defs"]["answer to hear_count"]
    assert asked["title"] == "Which complaints are written down?"
    assert "3 = practised: " in asked["description"]
    assert [each["label"] for each in asked["defaultSnippets"]] == [
        "absent",
        "begun",
        "defined",
        "practised",
        "leading",
    ]


def test_the_names_of_a_rubric_are_offered_where_they_fit(small):
    def offered(kind, record, key):
        schema = small[kind]["$defs"][record]["properties"][key]
        return [each["label"] for each in schema.get("items", schema)["defaultSnippets"]]

    assert offered("principle", "Gate", "lifted_by") == ["i01", "i02"]
    assert offered("initiatives", "Initiative", "owner") == ["boss", "desk", "guest", "log"]
    assert "hear_no_rule" in offered("persona", "Expect", "gates")
    assert "hear_all" in offered("persona", "Expect", "gates")
    assert small["engagement"]["properties"]["targets"]["properties"].keys() >= {"default", "hear", "hear_all"}


@pytest.mark.slow
def test_the_shipped_samples_are_answers_to_their_rubric():
    rubric = load_rubric(shipped("rubrics") / "social_business")
    known = {name.partition(".")[0]: json.loads(text) for name, text in schemas(rubric).items()}
    for path in documents(shipped("sample_orgs") / "quietwater"):
        data = resolve(read(path).data)
        assert list(Draft202012Validator(known[data["assess"].partition("/")[0]]).iter_errors(data)) == [], path


# --- the first line of a file ---


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("assess: x\n", f"{START}t\nassess: x\n"),
        (f"{START}old.json\nassess: x\n", f"{START}t\nassess: x\n"),
        ("assess: x\r\nid: a\r\n", f"{START}t\r\nassess: x\r\nid: a\r\n"),
        ("\ufeffassess: x\n", f"\ufeff{START}t\nassess: x\n"),
        ("# words\nassess: x", f"{START}t\n# words\nassess: x"),
    ],
)
def test_a_text_begins_with_the_line_of_its_schema_once(before, after):
    assert with_modeline(before, "t") == after
    assert with_modeline(after, "t") == after


def test_documents_are_told_by_their_kind_and_others_left_alone(tmp_path):
    for name in ("a.yaml", "deep/b.yml", ".hidden/c.yaml", "people.yaml", "other.yaml"):
        (tmp_path / "r" / name).parent.mkdir(parents=True, exist_ok=True)
        text = {"people.yaml": "people: []\n", "other.yaml": "assess: unheard/1\n"}.get(
            name, "# x\nassess: persona/1 # y\n"
        )
        (tmp_path / "r" / name).write_text(text, encoding="utf-8")
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "persona.schema.json").write_text("{}", encoding="utf-8")
    found = {file.path.name: file for file in documents_with_modelines(tmp_path / "r", tmp_path / "s")}
    assert {name: file.after.splitlines()[0] for name, file in found.items()} == {
        "a.yaml": f"{START}../s/persona.schema.json",
        "b.yml": f"{START}../../s/persona.schema.json",
    }
    assert not any(file.right for file in found.values())


@pytest.mark.parametrize(
    ("name", "text"),
    [("P.YAML", "assess: persona/1\n"), ("p.yml", "\ufeffassess: persona/1\n"), ("p.yaml", 'assess: "persona/1"\n')],
)
def test_whatever_is_loaded_as_a_document_is_told_as_one(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "persona.schema.json").write_text("{}", encoding="utf-8")
    assert [file.path.name for file in documents_with_modelines(tmp_path, tmp_path)] == [name]


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(DocumentError, match="no folder"):
        list(documents_with_modelines(tmp_path / "none", tmp_path))


# --- the command ---


def test_the_command_writes_all_schemas_and_marks_documents(run, place):
    found = run("rubric", "schema", "--to", place.root / "s", "--rubric", "small", "--modelines", place.org)
    assert found.exit_code == 0, found.output
    assert {path.name for path in (place.root / "s").iterdir()} == schemas().keys()
    assert f"{place.org}: 6 documents name their schema, 6 of them from now on." in found.stdout
    first = (place.org / "answers" / "boss.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"{START}../../s/answers.schema.json"
    assert run("check", place.org).exit_code == 0
    again = run("rubric", "schema", "--to", place.root / "s", "--modelines", place.org)
    assert "6 documents name their schema, 0 of them" in again.stdout


def test_the_command_prints_one_schema(run):
    assert json.loads(run("rubric", "schema", "answers").stdout) == SCHEMAS["answers"]
    assert json.loads(run("rubric", "schema", "persona/1").stdout) == SCHEMAS["persona"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([], 2, "name a KIND to print its schema, or --to FOLDER"),
        (["anwers"], 2, "did you mean 'answers'?"),
        (["answers", "--modelines", "x"], 2, "say with --to where the schemas are"),
        (["answers", "--rubric", "smal"], 1, "did you mean 'small'?"),
        (["--to", "rubrics/small.yaml"], 1, "cannot be made"),
    ],
)
def test_what_the_command_cannot_do_it_says(run, place, monkeypatch, words, code, message):
    monkeypatch.chdir(place.root)
    found = run("rubric", "schema", *words)
    assert found.exit_code == code
    assert message in " ".join(found.output.replace("│", " ").split())


def test_a_folder_made_for_schemas_that_cannot_be_written_is_taken_away_again(run, tmp_path, monkeypatch):
    def full(path, _):
        raise DocumentError([Problem("file_unwritable", f"{path} cannot be written: no space left on device")])

    monkeypatch.setattr("assess.cli.rubric.schema.write_whole", full)
    made = run("rubric", "schema", "--to", tmp_path / "schemas")
    assert (made.exit_code, (tmp_path / "schemas").exists()) == (1, False)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "note").touch()
    assert run("rubric", "schema", "--to", tmp_path / "mine").exit_code == 1
    assert (tmp_path / "mine" / "note").exists()
