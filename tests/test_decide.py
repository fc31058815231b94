"""`assess decide` adds one entry, leaves the rest of the file as it is, and writes nothing that check would refuse."""

import pytest
from conftest import ENGAGEMENT
from hypothesis import given
from hypothesis import strategies as st

from assess.documents import parse
from assess.documents.additions import with_entry
from assess.documents.edits import UneditableError
from assess.documents.writer import dump
from assess.workflow import assess

ONE = """\
# Ours.
assess: decisions/1
initiatives:        # the plan
- initiative: I-01  # first
  pin: true
  who: Board
  why: |
    Two lines,
      # and no comment

# What we say.
words:
  - {node: HEA, text: Slow., who: A. Lee}

# The end.
"""


def added(run, place, *words):
    found = run("decide", place.org, *words)
    assert found.exit_code == 0, found.output
    return found


def kept(place, text):
    (place.org / "decisions.yaml").write_text(text, encoding="utf-8")


def test_the_first_decision_makes_the_file(run, place):
    found = added(run, place, "I-02", "--pin", "--not-after", "2026-09-01", "--who", "Board", "--why", "Promised.")
    text = (place.org / "decisions.yaml").read_text()
    assert parse(text, "d").data == {
        "assess": "decisions/1",
        "rubric": "small",
        "initiatives": [
            {"initiative": "I-02", "pin": "true", "not_after": "2026-09-01", "who": "Board", "why": "Promised."}
        ],
    }
    assert "initiative: I-02" in found.output
    steering = assess(place.org, [place.rubrics]).decisions.steering
    assert steering.pinned == {"i02"}


def test_an_entry_goes_to_the_end_of_its_list_and_all_else_stays(run, place):
    kept(place, ONE)
    added(run, place, "I-02", "--effort", "2-3.5", "--after", "I-01", "--who", "B", "--why", "Their: estimate")
    before = ONE[: ONE.index("\n# What we say.")]
    entry = "- {initiative: I-02, effort: [2, 3.5], after: [I-01], who: B, why: 'Their: estimate'}\n"
    lines = (place.org / "decisions.yaml").read_text()
    assert lines.startswith(before)
    assert lines.endswith(ONE[ONE.index("\n# What we say.") :])
    assert parse(f"x:\n{entry}", "d").data["x"][0] == parse(lines, "d").data["initiatives"][1]
    added(run, place, "mend", "--words", "It is new.", "--who", "A. Lee")
    added(run, place, "gap_mend", "--accept-until", "2026-12-31", "--who", "B", "--why", "Later.")
    found = assess(place.org, [place.rubrics])
    assert [entry.node for entry in found.decisions.words] == ["hear", "mend"]
    assert [entry.finding for entry in found.decisions.findings] == ["gap_mend"]
    assert "# The end." in (place.org / "decisions.yaml").read_text()


def test_line_ends_and_mark_of_another_editor_stay(run, place):
    kept(place, "")
    (place.org / "decisions.yaml").write_bytes(b"\xef\xbb\xbf" + ONE.replace("\n", "\r\n").encode())
    added(run, place, "gap_mend", "--hide", "--who", "B", "--why", "Later.")
    content = (place.org / "decisions.yaml").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf# Ours.\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_words_get_the_figures_of_today(run, place):
    added(run, place, "mend", "--words", "It is new.", "--who", "A. Lee")
    added(run, place, "gap_mend", "--text", "Nobody mends.", "--who", "A. Lee", "--why", "Clearer.")
    assert "own_figures" not in run("check", place.org).output
    place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: begun")
    assert run("check", place.org).output.count("the papers say so") == 2


def test_an_engagement_of_one_file_keeps_its_decisions(run, place):
    one = place.root / "one.yaml"
    one.write_text(ENGAGEMENT + "answers:\n  boss: {hear_count: defined, mend_cause: begun}\n")
    for words in (
        ["I-01", "--pin", "--why", "So."],
        ["I-02", "--exclude", "--why", "So."],
        ["mend", "--words", "New."],
    ):
        result = run("decide", one, *words, "--who", "B")
        assert result.exit_code == 0, result.output
    decisions = assess(one, [place.rubrics]).decisions
    assert (decisions.steering.pinned, decisions.steering.excluded) == ({"i01"}, {"i02"})
    assert decisions.words[0].node == "mend"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["I-09", "--pin"], "'I-09' is not an initiative of 'small'"),
        (["I-01", "--exclude"], "'I-01' is pinned and excluded"),
        (["I-01", "--pin"], "'pin' of i01 is decided at"),
        (["I-02", "--not-before", "2026-02-30"], "is not a date"),
        (["I-02", "--not-before", "2036-02-20"], "lies outside of the plan"),
        (["I-02", "--effort", "soon"], "'effort'"),
        (["I-02", "--effort", "-3"], "'effort' must be at least 0, got -3"),
        (["I-02", "--effort", "10-6"], "goes from 10 to 6 person-days"),
        (["gap_mend", "--accept-until", "2025-01-01", "--dated", "2026-01-01"], "which was over when it was decided"),
        (["I-02", "--pin", "--weeks", "0"], "'weeks' must be at least 1, got 0"),
        (["I-02", "--pin", "--owner", ""], "'owner' needs an id or a code"),
        (["I-02", "--pin", "--not-after", ""], "'not_after': '' is not a date"),
        (["I-02", "--pin", "--dated", ""], "'dated': '' is not a date"),
        (["I-02", "--weeks", "0"], "'weeks' must be at least 1, got 0"),
    ],
)
def test_what_check_would_refuse_is_not_written(run, place, words, told):
    kept(place, ONE)
    found = run("decide", place.org, *words, "--who", "B", "--why", "So.")
    assert found.exit_code == 1
    assert told in found.output
    assert "nothing was written" in found.output
    assert (place.org / "decisions.yaml").read_text() == ONE


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Another.", "'text' of node hear is decided at"),
        ("", "'text' is empty"),
    ],
)
def test_words_that_check_would_refuse_are_not_written(run, place, words, told):
    kept(place, ONE)
    found = run("decide", place.org, "HEA", "--words", words, "--who", "B")
    assert found.exit_code == 1
    assert told in found.output
    assert (place.org / "decisions.yaml").read_text() == ONE


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["I-01", "--pin"], "a decision has a reason"),
        (["I-01", "--why", "So."], "say what was decided (of an initiative: --pin"),
        (["mend", "--words", "New.", "--why", "So."], "own words have no reason; say it in the words"),
        (["I-01", "--pin", "--hide", "--why", "So."], "one decision is about an initiative and a finding"),
    ],
)
def test_a_decision_that_is_none_is_wrong_usage(run, place, words, told):
    found = run("decide", place.org, *words, "--who", "B")
    assert found.exit_code == 2
    assert told in " ".join(found.output.split())
    assert not (place.org / "decisions.yaml").exists()


def test_what_cannot_be_added_to_is_left_alone_with_the_entry_to_write(run, place):
    text = "assess: decisions/1\ninitiatives: [{initiative: I-01, pin: true, who: B, why: So.}]\n"
    kept(place, text)
    found = run("decide", place.org, "I-02", "--pin", "--who", "B", "--why", "So.")
    assert found.exit_code == 1
    assert "initiative: I-02, pin: true" in found.output
    assert (place.org / "decisions.yaml").read_text() == text


def test_an_acceptance_that_has_ended_and_a_finding_that_is_not_there_are_told(run, place):
    found = added(run, place, "silence_mend", "--accept-until", "2026-01-01", "--who", "B", "--why", "So.")
    assert "(expired)" in found.output
    assert "(idle_decision)" in found.output


def test_a_pin_that_finds_no_place_is_told_at_once(run, place):
    added(run, place, "I-02", "--effort", "500", "--who", "B", "--why", "So.")
    found = added(run, place, "I-02", "--pin", "--who", "B", "--why", "So.")
    assert "I-02 is pinned and finds no place within the plan" in found.output


TEXTS = st.text(st.sampled_from("ab:#-'\"{[,}]|> \n"), min_size=1).filter(lambda text: text.strip())


@given(st.lists(TEXTS, min_size=1, max_size=3), TEXTS, st.sampled_from(["", "# end\n", "more: 1\n"]), st.booleans())
def test_what_is_added_is_read_as_it_was_meant_and_the_rest_as_before(texts, new, ending, deep):
    route = ("above", "list") if deep else ("list",)
    entries = [{"text": text, "n": 1} for text in texts]
    text = dump({"above": {"list": entries}} if deep else {"list": entries}) + ending
    document = parse(text, "d")
    changed = parse(with_entry(text, document, route, {"text": new, "n": 2}), "d")
    wanted = parse(dump({"list": [*entries, {"text": new, "n": 2}]}), "d").data["list"]
    found = changed.data["above"]["list"] if deep else changed.data["list"]
    assert found == wanted
    assert changed.data.get("more") == document.data.get("more")


@pytest.mark.parametrize("text", ["list: []\n", "list: {a: 1}\n", "list: one\n", "a: 1\n...\n"])
def test_what_is_written_otherwise_is_not_added_to(text):
    with pytest.raises(UneditableError):
        with_entry(text, parse(text, "d"), ("list",), {"text": "x"})
