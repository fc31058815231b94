"""What cannot be seen and belongs to the spelling stays in every text; what steers the eye or the terminal goes."""

# ruff: noqa: RUF001 - letters of other scripts look like Latin ones

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assess.documents import printable
from assess.model.fields import clean
from assess.render.markdown import escape, flat

WORDS = {
    "Persian, a prefix and a plural": "نمی\u200cدانم خانه\u200cها",
    "Persian, the sign of an era": "۱۴۰۳ ه\u200d.ش",
    "Urdu": "کھانے\u200cپینے کی جگہ",
    "Arabic, a shape by itself": "ه\u200d و \u200dه",
    "Uyghur, three joiners that undo a ligature": "ل\u200d\u200c\u200dا",
    "Hindi": "न्\u200dयाय क्\u200cष",
    "Bengali": "র\u200d্যাব উৎ\u200cকট",
    "Tamil": "க்\u200cஷ",
    "Malayalam": "അവന്\u200d",
    "Sinhala": "ශ්\u200dරී",
    "Kannada": "ರ್\u200dಯಾ",
    "Mongolian": "ᠬᠠᠷ\u180eᠠ",
    "Thai, a place to break the line": "บริการ\u200bลูกค้า",
    "Khmer, a place to break the line": "សេវា\u200bអតិថិជន",
    "Burmese, a place to break the line": "ဖောက်သည်\u200bများ",
    "Hebrew, a mark behind a digit": "בשעה 9\u200f-17",
    "Hebrew, a mark behind a Latin name": "C++\u200e, כך",
    "Arabic, the Arabic mark": "الرقم 5\u061c-3",
    "a quotation isolated from what is around it": "She said \u2067שלום (1)\u2069 and left",
    "isolates in one another": "\u2066a \u2067ב \u2068c\u2069\u2069\u2069",
    "a couple with a heart": "👩\u200d❤️\u200d💋\u200d👨",
    "a family": "👨\u200d👨\u200d👧\u200d👦",
    "a profession with a tone of skin": "👩🏾\u200d🚒 🧑🏻\u200d🤝\u200d🧑🏿",
    "hair, and a person walking": "🧑\u200d🦱 🚶🏽\u200d♀️\u200d➡️",
    "flags": "🏳️\u200d⚧️ 🏴\u200d☠️ 🏳️\u200d🌈",
    "a flag of a region": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "a bear and a bird": "🐻\u200d❄️ 🐦\u200d🔥",
}
GOES = {
    "a joiner between Latin letters": ("de\u200dsk \u200cx\u200c", "desk x"),
    "a joiner that joins nothing": ("ب \u200c ج", "ب  ج"),
    "a joiner of emoji beside letters": ("a\u200d👧 👩\u200d x", "a👧 👩 x"),
    "a space of no width": ("Ca\u200bff\u200b", "Caff"),
    "a space of no width beside one letter": ("ไทย\u200b x", "ไทย x"),
    "a byte-order mark": ("\ufeffDesk\ufeff", "Desk"),
    "a word joiner and invisible signs": ("a\u2060b\u2061c\u2064d", "abcd"),
    "a soft hyphen": ("Kunden\u00addienst", "Kundendienst"),
    "overrides": ("\u202etxet\u202c \u202dx", "txet x"),
    "embeddings, ended or not": ("\u202bשלום\u202c \u202aa", "שלום a"),
    "isolates without their end": ("\u2066a \u2067ב\u2069", "a \u2067ב\u2069"),
    "an end without its isolate": ("a\u2069 b", "a b"),
    "an isolate that ends in another line": ("\u2067a\nb\u2069", "a\nb"),
    "marks of direction where nothing runs leftwards": ("\u200e30.06.2026\u200f", "30.06.2026"),
    "letters hidden behind a text": ("x\U000e0041\U000e0042", "x"),
    "letters hidden behind another flag": ("🏁\U000e0067\U000e007f", "🏁"),
    "what once shaped digits": ("a\u206fb", "ab"),
}


@pytest.mark.parametrize("text", WORDS.values(), ids=WORDS.keys())
def test_spelling_stays_in_the_text_in_print_and_on_the_terminal(text):
    written = unicodedata.normalize("NFC", text)
    assert clean(text) == written
    assert flat(text) == " ".join(written.split())
    assert escape(written).replace("\\", "") == written
    assert printable(written) == written


@pytest.mark.parametrize(("text", "left"), GOES.values(), ids=GOES.keys())
def test_what_changes_only_what_a_reader_sees_goes_and_a_message_shows_it(text, left):
    assert clean(text) == left
    assert flat(text) == " ".join(left.split())
    shown = printable(text.replace("\n", " "))
    assert shown != text
    assert clean(shown) == shown


@given(
    st.text(
        alphabet="aمक👩👧🏻️่ก\u200b\u200c\u200d\u200e\u200f\u202e\u2066\u2067\u2069\n\x00\u0301\U000e0061", max_size=30
    )
)
@example("\u0301\u0e48\u200c")
@example("a\u200b\u0301\u0e48\u200c\u0301")
def test_the_same_characters_stay_everywhere_and_cleaning_twice_is_cleaning_once(text):
    once = clean(text)
    assert clean(once) == once
    assert "\u202e" not in once
    assert once.count("\u2069") == sum(map(once.count, "\u2066\u2067"))
    if "\n" not in once:
        assert printable(once) == once


def test_an_id_with_a_letter_nobody_sees_is_named():
    assert printable("he\u200card") == "he\\u200card"
    assert printable("desk\u200f") == "desk\\u200f"
