"""Translations: used while they fit, never when stale, and one character of a text tells."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.authoring.check import audit
from assess.authoring.diff import compare_rubrics
from assess.documents import SourceMap
from assess.load import load
from assess.model.translations import Translated, Translation
from assess.problems import DocumentError
from assess.scaffold import scaffold
from assess.translations import digest, fresh, names_of_texts, translatable_texts, translated
from assess.validate import validate

WHOLE = "`assess rubric translate r --language de -o FILE` writes them all"
DAY = datetime.date(2026, 6, 30)
RUBRIC = """\
assess: rubric/1
id: r
title: Pace
version: "1"
levels: [{key: low, title: Low, at: 0}, {key: top, title: Top, at: 50}]
roles: [{id: boss, code: BO, title: Boss}, {id: team, title: Team}]
option_sets: {often: [{key: never, label: Never}, {key: always, label: Always}]}
principles:
  - id: p
    code: P-1
    title: Quick
    summary: How quick it is.
    questions:
      - id: q
        type: level
        text: How fast is it?
        help: Look at the log.
        ask: {BO: "How fast, boss?", team: ~}
        options: [{label: Slow}, {label: Fast}]
        renamed_from: [old_q]
      - {id: s, type: scale, text: How often?, options_from: often}
      - {id: f, type: yesno, text: Is it so?}
"""
KEYS = [
    "overall.title", "levels.low.title", "levels.top.title", "boss.title", "team.title", "p.title", "p.summary",
    "q.text", "q.help", "q.ask.boss", "q.options.low", "q.options.top",
    "s.text", "option_sets.often.never", "option_sets.often.always", "f.text",
]  # fmt: skip


def written(folder, texts, language="de", name="translations/de.yaml"):
    """A folder with the rubric and a file of translations: name to mark, or to text and mark."""
    path = folder / name
    path.parent.mkdir(exist_ok=True, parents=True)
    marks = {key: f", of: '{mark}'" if mark else "" for key, mark in texts.items()}
    lines = [f"  {key}: {{says: {key} auf Deutsch{mark}}}\n" for key, mark in marks.items()]
    (folder / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    path.write_text(
        f"assess: translation/1\nlanguage: {language}\ntexts:{'' if lines else ' {}'}\n{''.join(lines)}",
        encoding="utf-8",
    )
    return load(folder)


def whole(rubric, language="de"):
    """The rubric with every text translated."""
    texts = {
        key: Translated(says=f"{key} auf Deutsch", of=digest(text)) for key, text in translatable_texts(rubric).items()
    }
    return rubric.model_copy(update={"translations": (Translation(language=language, texts=texts),)})


@pytest.fixture
def plain(tmp_path):
    return written(tmp_path, {})[0]


def test_a_mark_is_the_beginning_of_the_hash_of_the_text():
    assert digest("Was?") == "fd980590"
    assert digest("Was?") != digest("Was")


def test_every_text_has_a_key(plain):
    assert list(translatable_texts(plain)) == KEYS
    assert translatable_texts(plain)["q.ask.boss"] == "How fast, boss?"


def test_levels_of_a_node_are_translated_where_they_stand(tmp_path):
    (tmp_path / "rubric.yaml").write_text(
        RUBRIC.replace(
            "    summary:",
            "    levels: [{key: bad, title: Bad, at: 0}, {key: fine, title: Fine, at: 20}]\n    summary:",
        ),
        encoding="utf-8",
    )
    found, _ = load(tmp_path)
    assert list(translatable_texts(found)) == [*KEYS[:7], "p.levels.bad.title", "p.levels.fine.title", *KEYS[7:]]
    assert [level.title for level in translated(whole(found), "de").levels_of("p")] == [
        "p.levels.bad.title auf Deutsch",
        "p.levels.fine.title auf Deutsch",
    ]


def test_a_text_is_named_by_id_code_or_former_id(plain):
    names = names_of_texts(plain)
    assert {names["q.ask.BO"], names["old_q.ask.boss"]} == {"q.ask.boss"}
    assert (names["P-1.title"], names["BO.title"], names["old_q.help"]) == ("p.title", "boss.title", "q.help")


def test_a_rubric_in_another_language_differs_in_its_texts_only(plain):
    rubric = whole(plain)
    german = translated(rubric, "de")
    assert translatable_texts(german) == {
        **{key: f"{key} auf Deutsch" for key in translatable_texts(rubric) if not key.startswith("option_sets")},
        "s.options.never": "option_sets.often.never auf Deutsch",
        "s.options.always": "option_sets.often.always auf Deutsch",
    }
    assert german.hash == rubric.hash
    assert [q.id for q in german.questions()] == [q.id for q in rubric.questions()]
    for one, other in zip(german.questions(), rubric.questions(), strict=True):
        keys = [[option.key for option in each.options_of(asked)] for each, asked in ((german, one), (rubric, other))]
        assert keys[0] == keys[1]


def test_the_questionnaire_stands_in_the_language_where_there_is_a_fresh_translation(tmp_path):
    texts = {"q.text": digest("How fast is it?"), "q.help": "aaaaaaaa", "q.options.low": digest("Slow"), "f.text": ""}
    rubric, _ = written(tmp_path, {**texts, "s.text": digest("How often?"), "P-1.title": digest("Quick")})
    files = scaffold(translated(rubric, "de"), "x", DAY)
    assert files.keys() == scaffold(rubric, "x", DAY).keys()
    assert files["engagement.yaml"] == scaffold(rubric, "x", DAY)["engagement.yaml"]
    team = files["answers/team.yaml"]
    assert "# === P-1 P-1.title auf Deutsch ===\n" in team
    assert "  # q.text auf Deutsch\n  # (Look at the log.)\n" in team
    assert "  #   0 = low: q.options.low auf Deutsch\n  #   1 = top: Fast\n" in team
    assert "  # s.text auf Deutsch\n  #   1 = never: Never\n" in team
    assert "  # Is it so?\n" in team
    assert "  # How fast, boss?\n" in files["answers/boss.yaml"]


def test_its_own_language_is_the_rubric_itself(plain):
    assert translated(plain, "en").principles[0].title == "Quick"


def test_a_language_there_is_nothing_in_is_refused_with_those_there_are(plain):
    with pytest.raises(DocumentError) as caught:
        translated(whole(plain, "de-AT"), "de-A")
    (problem,) = caught.value.problems
    assert problem.message == "'r' has no translation into 'de-A'; did you mean 'de-AT'?"
    assert problem.hint == "it is written in en, translated into de-AT"
    with pytest.raises(DocumentError) as caught:
        translated(plain.model_copy(update={"translations": ()}), "fr")
    assert caught.value.problems[0].hint == "it is written in en and not translated"


# --- reading and checking ---


def test_a_text_the_rubric_does_not_have_is_named_at_its_key(tmp_path):
    rubric, sources = written(tmp_path, {"q.text": "", "q.txt": "", "q.options.lowest": ""})
    first, second = validate(rubric, sources)
    assert (first.code, first.message) == ("unknown_name", "the rubric has no text 'q.txt'; did you mean 'q.text'?")
    assert (first.location.file.rpartition("/")[2], first.location.line, first.location.column) == ("de.yaml", 5, 3)
    assert "did you mean" in second.message


def test_a_text_has_one_translation_into_a_language(tmp_path):
    written(tmp_path, {"p.title": "", "q.text": ""}, name="a/de.yaml")
    written(tmp_path, {"P-1.title": ""}, language="fr", name="b/fr.yaml")
    rubric, sources = written(tmp_path, {"q.help": "", "P-1.title": ""}, name="z.yaml")
    (found,) = validate(rubric, sources)
    assert (found.code, found.location.file.rpartition("/")[2], found.location.line) == ("duplicate_id", "z.yaml", 5)
    assert found.message.startswith("a second translation of 'p.title' into de; the first is in ")
    assert found.message.endswith("a/de.yaml:4")


def test_places_are_right_where_the_rubric_holds_translations_itself(tmp_path):
    written(tmp_path, {"q.none": ""}, name="a.yaml")
    (tmp_path / "rubric.yaml").write_text(RUBRIC + "translations: [{language: fr, texts: {f.none: {says: X}}}]\n")
    found = [(p.location.file.rpartition("/")[2], p.location.line) for p in validate(*load(tmp_path))]
    assert found == [("a.yaml", 4), ("rubric.yaml", 23)]


def test_a_mark_is_eight_digits(tmp_path):
    with pytest.raises(DocumentError) as caught:
        written(tmp_path, {"q.text": "3F2A"})
    assert "8 digits from 0 to 9 and a to f" in str(caught.value)
    rubric, _ = written(tmp_path, {"q.text": "12345678"})
    assert rubric.translations[0].texts["q.text"].of == "12345678"


NOWHERE = SourceMap()


def said(rubric, code, sources=NOWHERE):
    return [p for p in audit(rubric, sources) if p.code == code]


def test_without_a_mark_the_check_names_the_one_to_write(tmp_path):
    rubric, sources = written(tmp_path, {"q.text": ""})
    (found,) = said(rubric, "stale_translation", sources)
    assert found.severity == "warning"
    assert found.hint.endswith(f"write `of: {digest('How fast is it?')}`")
    again, sources = written(tmp_path, {"q.text": digest("How fast is it?")})
    assert said(again, "stale_translation", sources) == []


def test_what_is_not_translated_is_counted_once_for_a_language(tmp_path, plain):
    assert said(whole(plain), "missing_translation") == []
    written(tmp_path, {"q.help": ""}, name="other.yaml")
    rubric, sources = written(tmp_path, {"q.text": ""})
    (found,) = said(rubric, "missing_translation", sources)
    assert found.message == f"{len(KEYS) - 2} of {len(KEYS)} texts have no translation into de"
    assert found.hint == f"the first is overall.title: {{says: ..., of: {digest('Pace')}}}; {WHOLE}"
    assert (found.location.file.rpartition("/")[2], found.location.line) == ("other.yaml", 2)


@pytest.mark.slow
@given(st.data())
def test_a_text_changed_by_one_character_makes_exactly_its_translations_stale(tmp_path_factory, data):
    rubric = whole(written(tmp_path_factory.mktemp("r"), {})[0])
    key = data.draw(st.sampled_from([key for key in KEYS if key.startswith(("q.", "f."))]))
    text = translatable_texts(rubric)[key]
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("abcXYZ.!").filter(lambda letter: letter != text[place]))
    changed = text[:place] + letter + text[place + 1 :]
    edited = rubric.model_copy(
        update={"principles": tuple(replaced(node, text, changed) for node in rubric.principles)}
    )
    assert set(fresh(rubric, "de")) - set(fresh(edited, "de")) == {key}
    (found,) = said(edited, "stale_translation")
    assert found.message.startswith(f"'{key}' reads otherwise")
    assert found.hint.endswith(f"write `of: {digest(changed)}`")


def replaced(node, old, new):
    """A node in whose questions one text reads otherwise."""
    text = node.model_dump_json(by_alias=True)
    assert text.count(f'"{old}"') == 1
    return type(node).model_validate_json(text.replace(f'"{old}"', f'"{new}"'))


# --- overlays and versions ---


def test_an_overlay_has_the_translations_in_its_own_folder_only(tmp_path):
    written(tmp_path / "base", {"q.text": ""})
    (tmp_path / "base" / "rubric.yaml").write_text(RUBRIC + "translations: [{language: fr}]\n", encoding="utf-8")
    written(tmp_path / "mine", {"q.help": "", "q.txt": ""})
    head = "assess: overlay/1\nid: mine\nversion: '1'\nbase: base\n"
    (tmp_path / "mine" / "rubric.yaml").write_text(head, encoding="utf-8")
    rubric, sources = load(tmp_path / "mine")
    assert [(each.language, list(each.texts)) for each in rubric.translations] == [("de", ["q.help", "q.txt"])]
    (found,) = validate(rubric, sources)
    assert (found.location.file.rpartition("/")[2], found.location.line) == ("de.yaml", 5)


def test_a_translation_is_a_cosmetic_change(plain):
    (change,) = compare_rubrics(plain, whole(plain)).changes
    assert (change.field, change.change_class.sense, change.change_class.counted) == ("translations", "cosmetic", False)


# --- the command ---


def test_the_command_asks_in_the_language_and_says_how_much_is_not_translated(run, tmp_path):
    home = tmp_path / "rubrics" / "r"
    written(home, {"q.text": digest("How fast is it?"), "q.help": "aaaaaaaa"})
    options = ("--on", "2026-06-30", "--rubric", "r", "--rubrics", home.parent)
    found = run("new", tmp_path / "client", *options, "--language", "de")
    assert found.exit_code == 0, found.output
    kept = f"{len(KEYS) - 1} of {len(KEYS)} texts have no translation into de that fits them and stand in en.\n"
    assert found.stdout.startswith(kept)
    assert "q.text auf Deutsch" in (tmp_path / "client" / "answers" / "team.yaml").read_text(encoding="utf-8")
    found = run("new", tmp_path / "other", *options, "--language", "fr")
    assert found.exit_code == 1
    assert "'r' has no translation into 'fr'" in found.stderr
    assert "it is written in en, translated into de" in found.stderr
    assert not (tmp_path / "other").exists()
