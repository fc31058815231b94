"""The last look at a document: one title, whole tables, no dead link, nothing left open."""

import pytest

from assess.render.checksum import is_untouched, seal
from assess.render.lint import lint, slug
from assess.render.markdown import code

GOOD = """\
# Title

## <a id="a"></a>Part one

| A | B |
| :-- | --: |
| [x](#a) | \\| |
| `a` | y |

### Sub *two* `code`

[one](#part-one) [two](#sub-two-code) [a](#a) \\[no\\](#nowhere)

### Sub *two* `code`

[again](#sub-two-code-1)

<details><summary>s</summary>

in

</details>
"""


def test_a_whole_document_is_clean():
    assert lint(GOOD) == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("## A\n", 1, "a heading of level 2 below one of level 0"),
        ("text\n", 1, "the document has 0 titles of level 1; it needs exactly one"),
        ("# A\n\n# B\n", 1, "the document has 2 titles of level 1; it needs exactly one"),
        ("# A\n\n### B\n", 3, "a heading of level 3 below one of level 1"),
        ("# A\n\n| a | b |\n| - | - |\n| c |\n", 5, "a row of 1 cells in a table of 2 columns"),
        ("# A\n\n| a | b |\n| - | - |\n| c | d | e |\n", 5, "a row of 3 cells in a table of 2 columns"),
        ("# A\n\n| a | b |\n| - |\n| c | d |\n", 3, "rows that look like a table and are none"),
        ("# A\n\n| a |\n\n", 3, "rows that look like a table and are none"),
        ("# A\n\n[x](#y)\n", 3, "a link to '#y', which is nowhere"),
        ("# A\n\n| a |\n| - |\n| [x](#y) |\n", 5, "a link to '#y', which is nowhere"),
        ('# A\n\n<a id="x"></a> <a id="x"></a>\n', 1, "the anchor 'x' stands 2 times"),
        ("# A\n\n<details>\n\n", 3, "<details> is never closed"),
        ("# A\n\n</details>\n", 3, "</details> without <details>"),
    ],
)
def test_what_is_broken_is_found_at_its_line(text, line, message):
    assert (line, message) in lint(text)


def test_a_bar_after_two_backslashes_ends_a_cell():
    assert lint("# A\n\n| a | b |\n| - | - |\n| \\\\| d |\n") == ()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Where you stand", "where-you-stand"), ("A: b, c", "a-b-c"), ("**Bold** \\*x\\*", "bold-x"), ("[x](#y) `c`",
        "x-c"),
        ('<a id="i01"></a>I-01 Größe', "i-01-größe"), ("a_b", "a_b"),
    ],
)  # fmt: skip
def test_slugs_are_those_of_github(title, expected):
    assert slug(title) == expected


def test_a_sealed_text_is_untouched_until_somebody_edits_it():
    text = seal(GOOD)
    assert text.startswith(GOOD)
    assert text.splitlines()[-1].startswith("<!-- assess:seal sha256:")
    assert is_untouched(text)
    assert is_untouched(text.replace("\n", "\r\n"))
    assert not is_untouched(text.replace("in\n", "out\n"))
    assert not is_untouched(text + "more\n")
    assert not is_untouched(GOOD)
    assert not is_untouched("")


def test_a_text_without_a_last_line_break_gets_one():
    assert seal("a").startswith("a\n<!--")
    assert is_untouched(seal("a"))


def test_a_back_tick_that_is_escaped_hides_no_anchor():
    assert lint('# A\n\nOne \\` <a id="b"></a> two \\` and [there](#b)\n') == ()
    assert lint('# A\n\nOne `<a id="b"></a>` and [there](#b)\n') == ((3, "a link to '#b', which is nowhere"),)


@pytest.mark.parametrize("name", ["minutes [v2](#3).pdf", "a](#b)", "[x](#y) ` [z](#w)"])
def test_what_looks_like_a_link_inside_code_is_none(name):
    assert lint(f"# T\n\n| A |\n| :-- |\n| {code(name)} |\n\n- {code(name)} and {code(name)}\n") == ()
    assert lint(f"# T\n\n{code(name)} [x](#y)\n") == ((3, "a link to '#y', which is nowhere"),)
