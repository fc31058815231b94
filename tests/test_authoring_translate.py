"""The file of a translation: every text has its place in it, and nothing that somebody wrote there is lost."""

import pytest
from ferry import FERRY
from hypothesis import given
from hypothesis import strategies as st

from assess.authoring.check import audit
from assess.authoring.translate import translation_sheet
from assess.documents import parse
from assess.load import load
from assess.model.fields import clean
from assess.problems import DocumentError, errors
from assess.resources import shipped
from assess.translations import digest, fresh, translatable_texts
from assess.validate import validate

CLOCK = "What stands on the board?"


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "ferry"
    folder.mkdir()
    (folder / "rubric.yaml").write_text(FERRY, encoding="utf-8")
    return folder


def sheet(home, file=None, language="de"):
    rubric, sources = load(home)
    assert errors(validate(rubric, sources)) == ()
    return translation_sheet(rubric, sources, language, home, file)


def entries_of(text):
    return parse(text, "de.yaml").data["texts"]


def write(file, text):
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def filled(text):
    """A sheet with a translation for every text: its name and a word."""
    lines, name = [], ""
    for line in text.splitlines():
        name = line.strip().removesuffix(":") if line.startswith("  ") and line[2] not in "# " else name
        lines.append(line.replace('says: ""', f'says: "{name} auf Deutsch{quotes(name)}"'))
    return "\n".join(lines) + "\n"


def quotes(name):
    return " {late}" if name in ("headline_1.says", "stopped.because.known.1") else ""


# --- places for all ---


def test_every_text_has_a_place_below_it_and_its_mark_in_the_order_of_the_rubric(home):
    texts = translatable_texts(load(home)[0])
    found = sheet(home)
    assert list(entries_of(found.text)) == list(texts)
    assert {name: entry["of"] for name, entry in entries_of(found.text).items()} == {
        key: digest(text) for key, text in texts.items()
    }
    assert "  #| Hang it\n  clocks.steps.2:\n" in found.text
    assert found.share == (len(texts), 0, 0)


@pytest.mark.parametrize("name", ["complaint_handling", "social_business"])
def test_a_shipped_rubric_takes_its_sheet_and_waits_for_all_of_it(tmp_path, name):
    rubric, sources = load(shipped("rubrics") / name)
    found = translation_sheet(rubric, sources, "fr", shipped("rubrics") / name, None)
    assert found.text.count('says: ""') == len(translatable_texts(rubric)) > 200
    place = write(tmp_path / "fr.yaml", found.text)
    assert translation_sheet(rubric, sources, "fr", tmp_path / "elsewhere", place).text == found.text


def test_places_that_wait_are_no_translations(home):
    write(home / "translations" / "de.yaml", sheet(home).text)
    rubric, sources = load(home)
    assert errors(validate(rubric, sources)) == ()
    assert fresh(rubric, "de") == {}
    assert [p.code for p in audit(rubric, sources) if "translation" in p.code] == ["missing_translation"]
    assert sheet(home).share.fitting == 0


def test_a_sheet_that_is_filled_in_translates_all_and_is_written_again_as_it_is(home):
    file = write(home / "translations" / "de.yaml", filled(sheet(home).text))
    rubric, sources = load(home)
    assert errors(validate(rubric, sources)) == ()
    assert fresh(rubric, "de") == {key: f"{key} auf Deutsch{quotes(key)}" for key in translatable_texts(rubric)}
    again = sheet(home, file)
    assert again.text == file.read_text(encoding="utf-8")
    assert again.share == (len(translatable_texts(rubric)), len(translatable_texts(rubric)), 0)


@pytest.mark.slow
@given(st.text(min_size=1).map(clean).filter(lambda text: text.strip()))
def test_whatever_is_said_in_a_translation_is_said_in_the_sheet_as_well(tmp_path_factory, said):
    home = tmp_path_factory.mktemp("ferry")
    (home / "rubric.yaml").write_text(FERRY, encoding="utf-8")
    rubric, sources = load(home)
    held = rubric.model_copy(update={"translations": (translation_of({"hours.title": said}),)})
    found = translation_sheet(held, sources, "de", home, None)
    assert entries_of(found.text)["hours.title"]["says"] == said


def translation_of(texts):
    from assess.model.translations import Translation

    marked = {name: {"says": says, "of": "aaaaaaaa"} for name, says in texts.items()}
    return Translation.model_validate({"language": "de", "texts": marked})


# --- what is there ---

HELD = """\
# Made by the harbour office.
assess: translation/1
language: de
texts:
  # Say "Stunden", never "Zeiten".
  hours.title: {says: Stunden, of: MARK}   # asked twice
  board.text:
    says: |
      Was steht
      # auf der Tafel?
    of: aaaaaaaa

  # not sure
  bell.text: {says: 'Gibt es: eine Glocke?'}
  late.text:
    says: ""
    of: bbbbbbbb
# the end
"""


@pytest.fixture
def held(home):
    return write(home / "de.yaml", HELD.replace("MARK", digest("Hours")))


def test_what_stands_in_the_file_is_kept_with_its_remarks(home, held):
    found = sheet(home, held).text
    assert found.startswith("# Made by the harbour office.\nassess: translation/1\nlanguage: de\ntexts:\n")
    assert (
        '  # Say "Stunden", never "Zeiten".\n  #| Hours\n'
        f"  hours.title: {{says: Stunden, of: {digest('Hours')}}}   # asked twice\n"
    ) in found
    assert "      Was steht\n      # auf der Tafel?\n    of: aaaaaaaa\n" in found
    assert "  # not sure\n  #| Is there a bell?\n" in found
    assert "  bell.text: {says: 'Gibt es: eine Glocke?'}\n" in found
    assert found.count("# the end") == 1
    assert list(entries_of(found)) == list(translatable_texts(load(home)[0]))
    before = entries_of(held.read_text(encoding="utf-8"))
    after = entries_of(found)
    assert all(after[name]["says"] == before[name]["says"] for name in ("hours.title", "board.text", "bell.text"))


def test_what_was_made_of_another_wording_is_marked_and_counted(home, held):
    found = sheet(home, held)
    assert found.share == (len(translatable_texts(load(home)[0])), 1, 2)
    stale = f"  #| {CLOCK}\n  #! the text was changed since: read both, then write of: {digest(CLOCK)}\n  board.text:"
    assert stale in found.text
    assert "  #! nothing says which wording this translates: read both, then write of: " in found.text
    assert found.text.count("#!") == 2
    held.write_text(found.text.replace("aaaaaaaa", digest(CLOCK)), encoding="utf-8")
    assert sheet(home, held).text.count("#!") == 1


def test_a_place_that_waits_gets_the_mark_of_today(home, held):
    assert entries_of(sheet(home, held).text)["late.text"] == {"says": "", "of": digest("How late?")}


def test_writing_twice_changes_nothing_more(home, held):
    once = sheet(home, held).text
    write(held, once)
    assert sheet(home, held).text == once


def test_a_new_text_gets_its_place_and_the_rest_stays(home):
    file = write(home / "de.yaml", filled(sheet(home).text))
    (home / "rubric.yaml").write_text(
        FERRY.replace("steps: [Buy one,", "help: x\n    steps: [Buy one, Wind it,").replace("    help: x\n", ""),
        encoding="utf-8",
    )
    found = sheet(home, file)
    assert (found.share.texts - found.share.fitting - found.share.stale, found.share.stale) == (1, 1)
    assert entries_of(found.text)["clocks.steps.3"]["says"] == ""
    assert "#! the text was changed since" in found.text


def test_what_other_files_of_the_rubric_translate_stays_there(home, held):
    (more,) = (home / "more.yaml",)
    found = sheet(home, more)
    assert not {"hours.title", "board.text", "bell.text"} & entries_of(found.text).keys()
    assert found.share == sheet(home, held).share
    write(more, found.text.replace('  late.text:\n    says: ""', "  late.text:\n    says: Wie spät?"))
    held.write_text(
        held.read_text(encoding="utf-8").replace('  late.text:\n    says: ""\n    of: bbbbbbbb\n', ""), "utf-8"
    )
    rubric, sources = load(home)
    assert errors(validate(rubric, sources)) == ()
    assert fresh(rubric, "de").keys() == {"hours.title", "late.text"}


@pytest.mark.usefixtures("held")
def test_a_file_for_a_translator_elsewhere_holds_what_is_translated(home, tmp_path):
    file = tmp_path / "for_them.yaml"
    first = sheet(home, file).text
    assert entries_of(first)["hours.title"] == {"says": "Stunden", "of": digest("Hours")}
    assert entries_of(first)["board.text"] == {"says": "Was steht\n# auf der Tafel?\n", "of": "aaaaaaaa"}
    write(file, first.replace("Stunden", "Fahrzeiten"))
    assert entries_of(sheet(home, file).text)["hours.title"]["says"] == "Fahrzeiten"


def test_terms_are_named_for_those_who_say_how_they_stand_in_the_language(home):
    (home / "rubric.yaml").write_text(FERRY.replace("version:", "terms: {ferry: ferry}\nversion:"), encoding="utf-8")
    assert "language: de\n# terms:" in sheet(home).text
    assert "\n#   ferry: ferry\ntexts:\n" in sheet(home).text


# --- what cannot be written ---


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("assess: persona/1\nid: x\n", "this is a persona of a rubric (persona/1)"),
        ("assess: translation/1\nlanguage: fr\ntexts: {}\n", "a translation into 'fr', and not into 'de'"),
        ("assess: translation/1\nlanguage: de\ntexts: {hours.title: {says: A}, p.x: {says: B}}\n", "no text 'p.x'"),
        ("assess: translation/1\nlanguage: de\ntexts: {hours.title: {says: A}}\n", "the texts stand in one line"),
        ("assess: translation/1\nlanguage: de\ntexts:\n  hours.title: {say: A}\n", "unknown key 'say'"),
    ],
)
def test_a_file_that_is_something_else_is_refused(home, tmp_path, text, message):
    with pytest.raises(DocumentError) as refused:
        sheet(home, write(tmp_path / "other.yaml", text))
    assert message in "\n".join(problem.message for problem in refused.value.problems)


@pytest.mark.parametrize(
    "text", ["", "\n", "assess: translation/1\nlanguage: de\n", "assess: translation/1\nlanguage: de\ntexts: {}\n"]
)
def test_a_file_without_texts_is_filled(home, text):
    found = sheet(home, write(home / "de.yaml", text) if "assess" in text else home.parent / "none.yaml")
    assert list(entries_of(found.text)) == list(translatable_texts(load(home)[0]))
    assert found.text.count("texts:") == 1


# --- the command ---


def test_the_command_writes_the_file_and_says_how_much_is_done(run, home, held):
    total = len(translatable_texts(load(home)[0]))
    shown = run("rubric", "translate", home, "--language", "de", "-o", held)
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert shown.stderr.strip().endswith(
        f"written: 1 of {total} texts (2%) stand in de, 2 read otherwise since; {total - 3} to translate."
    )
    printed = run("rubric", "translate", home, "--language", "fr")
    assert f"0 of {total} texts (0%) stand in fr; {total} to translate." in printed.stderr
    assert printed.stdout.startswith("assess: translation/1\nlanguage: fr\ntexts:\n")


def test_the_language_of_the_rubric_is_no_translation_and_mistakes_come_first(run, home):
    assert run("rubric", "translate", home, "--language", "en").exit_code == 2
    (home / "rubric.yaml").write_text(FERRY.replace("when: late > 50", "when: lat > 50"), encoding="utf-8")
    before = write(home.parent / "de.yaml", "assess: translation/1\nlanguage: de\n")
    shown = run("rubric", "translate", home, "--language", "de", "-o", before)
    assert shown.exit_code == 1
    assert "nothing was written" in shown.stderr
    assert before.read_text(encoding="utf-8") == "assess: translation/1\nlanguage: de\n"
