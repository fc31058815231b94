"""A text of the base that changed below an override is told, by the mark of what was overridden."""

import pytest
from overlaying import BASE, HEAD, written

from assess.problems import DocumentError, errors
from assess.translations import digest
from assess.workflow import checked_rubric, load_rubric, reviewed_rubric

SO = digest("How is it?")
OVER = """\
override:
  fq: {text: How is it now?, options: {mid: {label: Middling}}, help: New.}
  FIR-1: {weight: 2, title: Foremost}
  first_b: {title: Second of all}
"""
MARKS = "of: {{fq.text: {}, fq.options.mid.label: {}, FIR-1.title: {}, first_b.title: {}}}\n"
FRESH = MARKS.format(SO, digest("So so"), digest("First of all"), digest("Second of all"))


@pytest.fixture
def told(tmp_path):
    """What is said in an overlay over a base with some words in the place of others: line, code, message and hint."""

    def of(text, *exchanges, base=None):
        files = base or BASE
        for old, new in exchanges:
            assert any(old in content for content in files.values())
            files = {name: content.replace(old, new) for name, content in files.items()}
        written(tmp_path / "base", files)
        try:
            _, problems = reviewed_rubric(written(tmp_path / "mine", {"rubric": HEAD + text}))
        except DocumentError as error:
            problems = errors(error.problems)
        codes = ("stale_override", "unmarked_override", "unknown_name")
        return [(p.location.line, p.code, p.message, p.hint) for p in problems if p.code in codes]

    of.folder = tmp_path
    return of


def test_overrides_that_fit_their_base_are_told_of_by_nobody(told):
    assert told(FRESH + OVER) == []


def test_overrides_without_marks_are_one_note_with_all_marks(told):
    ((line, code, message, hint),) = told(OVER)
    assert (line, code) == (5, "unmarked_override")
    assert message == "4 texts of the base are overridden, and nothing says how they read then"
    (marks,) = [part for part in hint.split("`") if part.startswith("of: ")]
    assert told(f"{marks}\n{OVER}") == []
    _, warned = checked_rubric(told.folder / "mine")
    assert "unmarked_override" not in [problem.code for problem in warned]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("text: How is it?", "text: How is it today?", "fq.text"),
        ("{label: So so}", "{label: Not so good}", "fq.options.mid.label"),
        ("title: First of all", "title: First of the first", "FIR-1.title"),
    ],
)
def test_a_text_of_the_base_that_changed_is_told_with_the_mark_of_today(told, old, new, name):
    ((line, code, message, hint),) = told(FRESH + OVER, (old, new))
    today = new.partition(": ")[2].rstrip("}")
    assert (line, code) == (5, "stale_override")
    assert message == f"'{name}' reads otherwise in the base since it was overridden: \"{today}\""
    assert f"`{name}: {digest(today)}`" in hint
    assert told(FRESH.replace(digest(old.partition(": ")[2].rstrip("}")), digest(today)) + OVER, (old, new)) == []


def test_what_is_no_text_and_what_the_overlay_leaves_alone_needs_no_mark(told):
    assert told("override: {first_a: {weight: 3}, gb: {cap: {at: mid}}, overall: {policies: {min_cell: 3}}}\n") == []
    assert told(FRESH + OVER, ("text: Is it so?", "text: Is it true?"), ("title: The other", "title: Another")) == []


def test_the_words_of_all_roles_have_one_mark(told):
    text = "override: {fq: {ask: {boss: How are you?, team: ~}}}\n"
    ((_, _, message, hint),) = told(text)
    assert message.startswith("1 text of the base is overridden")
    marks = hint.split("`")[1]
    assert told(f"{marks}\n{text}") == []
    ((_, code, message, _),) = told(f"{marks}\n{text}", ('"How, boss?"', '"How so, boss?"'))
    assert (code, message) == ("stale_override", "'fq.ask' reads otherwise in the base since it was overridden")
    assert told("override: {fq: {ask: [boss]}}\nof: {}\n", ('{boss: "How, boss?", team: ~}', "[boss, team]")) == []


def test_a_mark_is_that_of_the_base_s_own_words_whatever_its_terms_read_as(told):
    base = {**BASE, "rubric": BASE["rubric"].replace("headlines:\n", "terms: {it: it}\nheadlines:\n")}
    assert told("terms: {it: the shop}\n" + FRESH + OVER, base=base) == []
    rubric = load_rubric(told.folder / "mine")
    assert rubric.question_by_id["ff"].text == "Is the shop so?"
    assert rubric.question_by_id["fq"].text == "How is it now?"


@pytest.mark.parametrize("name", ["fq.txt", "sq.text", "fq.help"])
def test_a_mark_of_nothing_that_is_overridden_is_a_mistake(told, name):
    ((line, code, message, _),) = told(f"of: {{{name}: 0123abcd}}\n{OVER}")
    assert (line, code) == (5, "unknown_name")
    assert message.startswith(f"no text of the base is overridden at '{name}'")
    assert ("did you mean 'fq.text'?" in message) == (name != "fq.help")
