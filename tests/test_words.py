"""Words in a sentence: quotation marks do not nest, rows end with `and`, and no sentence ends twice."""

import datetime

import pytest

from assess.words import ended, listed, quoted, short_day


@pytest.mark.parametrize(
    ("words", "told"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_stand_in_a_row(words, told):
    assert listed(words) == told
    assert listed(iter(words)) == told


def test_quotation_marks_inside_become_single_ones():
    assert quoted('The "quick" way') == "\"The 'quick' way\""


@pytest.mark.parametrize("text", ["Done.", "Done!", "Done?", "Done…", ""])
def test_a_sentence_that_ended_stays(text):
    assert ended(f" {text} ") == text


def test_a_sentence_gets_its_full_stop():
    assert ended("Done ") == "Done."


def test_a_day_in_a_table_stays_in_one_line():
    assert short_day(datetime.date(2026, 9, 4)) == "4\N{NO-BREAK SPACE}Sep\N{NO-BREAK SPACE}2026"
