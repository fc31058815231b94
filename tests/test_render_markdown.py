"""The escape: any text leaves the structure of a page unchanged and reads back exactly, in two parsers."""

from html.parser import HTMLParser

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import example, given
from hypothesis import strategies as st
from rendering import PARSER

from assess.render.markdown import (
    Markdown,
    anchor,
    block_id,
    code,
    concat,
    escape,
    flat,
    heading,
    join,
    link,
    strong,
    web_link,
)
from assess.render.tables import table

PAGE = """\
# {0}

{0}

## <a id="x"></a>{0}

Before {0} after **{0}** and [{0}](#x).
{0}

- {0}
- [ ] {0}

1. {0}

> [!NOTE]
> {0}
>
> {0}

{1}

End
"""
MARKS = "\\`*_[]|~$<>&#+-=.!:;@^(){}'\"/ \n\t1w0ax\u05d0\u00e9\U0001f642\u3000"
PIECES = [
    "# ", "## x #", "- ", "+ ", "* ", "1. ", "1) ", "> ", "---", "===", "***", "___", "| a | b |", "|--|", ":-:",
    "```", "~~~",
    "`a`", "``", "**b**", "_i_", "~~s~~", "~s~", "<b>", "</a>", "<!--", "-->", "<!-- assess:i01 -->", "<details>",
    "&amp;", "&#64;",
    "&copy", "[a](b)", "![a](b)", "[^1]", "[^1]: x", "[a]: http://b", "[x] ", "[ ] ", "- [ ] x", "[!NOTE]",
    "http://a.b", "https://a.b/c?d=e&f",
    "www.a.bc", "ftp://a.b", "mailto:a@b.cd", "xmpp:a@b.cd", "a@b.cd", "@user", "#12", "<http://a.b>", "\\", "\\\\",
    "\\|", "$x$", "$$", ":tada:",
    "    code", "\t", "\n\n", "\r\n", "2.4", "-5 %", "C #", "C#", "0.0", "\u200b", "\u202e",
    "\u05e9\u05dc\u05d5\u05dd", "\ufeff", "\x00", "\x85", "\u2028",
    "\U0001f468\u200d\U0001f469\u200d\U0001f466", "{{ x }}", "{% x %}", "http:", "//a.b", "WWW.A.BC", "HTTP://A.B",
    "a_b", "_", "__",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(MARKS, max_size=4)), min_size=1, max_size=8).map(" ".join),
    st.text(MARKS, min_size=1, max_size=30),
    st.text(min_size=1, max_size=60),
).filter(lambda text: flat(text) != "")


def page(text):
    return PAGE.format(escape(text), table([text, "B"], [(text, strong(text)), ("x", text)]))


def in_markdown_it(source):
    """The structure of a page without its texts and comments, and its texts block by block."""
    shape, texts = [], []
    for token in PARSER.parse(source):
        if token.type != "inline":
            shape.append((token.type, token.tag))
            continue
        shape += [
            (t.type, dict(t.attrs))
            for t in token.children or ()
            if t.type not in ("text", "text_special", "html_inline")
        ]
        texts.append(
            "".join(t.content for t in token.children or () if t.type in ("text", "text_special", "softbreak"))
        )
    return shape, texts


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.shape, self.texts = [], [""]

    def handle_starttag(self, tag, attributes):
        self.shape.append((tag, tuple(attributes)))
        if tag in ("p", "h1", "h2", "li", "td", "th", "code"):
            self.texts.append("")

    def handle_endtag(self, tag):
        self.shape.append(tag)
        if tag in ("p", "h1", "h2", "li", "td", "th", "code"):
            self.texts.append("")

    def handle_data(self, text):
        self.texts[-1] += text


def in_cmark(source):
    reader = Reader()
    reader.feed(
        cmarkgfm.github_flavored_markdown_to_html(source, Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES)
    )
    return reader.shape, [text.strip() for text in reader.texts if text.strip()]


PLAIN = page("word")


@given(TEXTS)
@example("| a | b |\n|---|---|\n- [x] *c* `d` <i>e</i> &lt; [^1] \\")
@example("a_b_c _d_ http://x.y www.z.de a@b.cd @me #1 $x$ -5 % 2.4")
def test_any_text_leaves_the_structure_of_a_page_unchanged(text):
    assert in_markdown_it(page(text))[0] == in_markdown_it(PLAIN)[0]
    assert in_cmark(page(text))[0] == in_cmark(PLAIN)[0]


@given(TEXTS)
def test_any_text_reads_back_exactly(text):
    expected = [part.replace("word", flat(text)) for part in in_markdown_it(PLAIN)[1]]
    assert in_markdown_it(page(text))[1] == expected
    expected = [part.replace("word", flat(text)) for part in in_cmark(PLAIN)[1]]
    assert in_cmark(page(text))[1] == expected


@given(TEXTS)
def test_code_reads_back_in_a_paragraph_and_in_a_cell(text):
    source = f"{code(text)} end of it\n\n{table(['head of it'], [(code(text),)])}\n"
    shape, texts = in_cmark(source)
    assert texts == [flat(text), "end of it", "head of it", flat(text)]
    assert shape == in_cmark(source.replace(code(text), "`x`"))[0]


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_texts_put_together_stay_texts(texts):
    line = str(concat([*texts, strong(texts[0]), texts[-1]]))
    assert "\n" not in line
    shape, _ = in_markdown_it(f"{line}\n")
    assert [
        kind for kind, _ in shape if kind in ("paragraph_open", "link_open", "code_inline", "em_open", "s_open")
    ] == ["paragraph_open"]
    joined = in_cmark(f"{join(texts, ' · ')}\n")[1]
    assert joined == [" · ".join(flat(text) for text in texts)]


@given(TEXTS, TEXTS)
def test_links_go_where_they_say_and_nowhere_else(text, target):
    shape, texts = in_markdown_it(f"{link(text, target)} {web_link(text, target)}\n")
    links = [attributes["href"] for kind, attributes in shape if kind == "link_open"]
    assert links[0].startswith("#")
    assert all(href.lower().startswith(("http", "mailto:")) for href in links[1:])
    assert texts == [f"{flat(text)} {flat(text)}"]


@pytest.mark.parametrize(
    "text",
    ["2.4", "-5 %", "#1", "C#", "R 4", "a - b", "1.5 to 2", "Q & A", "(x)", "3 > 2", "i01", "snake_case", "half: full"],
)
def test_ordinary_prose_stays_as_it_is(text):
    assert escape(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a", "\\# a"), ("- a", "\\- a"), ("1. a", "1\\. a"), ("2026. a", "2026\\. a"), ("---", "\\---"), ("=",
        "\\="),
        ("C #", "C \\#"), ("a|b", "a\\|b"), ("<b>", "&lt;b>"), ("&lt;", "&amp;lt;"), ("@me", "@<!-- -->me"), ("[x]",
        "\\[x\\]"),
        ("http://a.b", "http&#58;//a.b"), ("www.a.b", "www\\.a.b"), ("a\n b", "a b"), ("\\", "\\\\"), ("", ""),
        (" \n ", ""),
    ],
)  # fmt: skip
def test_what_means_something_is_escaped(text, expected):
    assert escape(text) == expected


def test_what_is_cut_out_of_markdown_is_a_plain_text_again():
    shown = escape("a|b")
    for piece in (
        shown[1:],
        shown.replace("a", "b"),
        shown.strip("\\"),
        shown.join([shown, "b"]),
        f"{shown}",
        shown * 2,
        shown.upper(),
    ):
        assert not isinstance(piece, Markdown)


def test_adding_a_text_to_markdown_escapes_it():
    assert strong("a") + " | b" == "**a** \\| b"
    assert "b | " + strong("a") == "b \\| **a**"


def test_longer_texts_than_a_field_takes_are_printed_whole():
    assert len(escape("x " * 30_000)) == 59_999


def test_names_of_places_cannot_end_their_tag():
    assert anchor('x"><b>') == '<a id="x-b-"></a>'
    assert block_id("a --> <b>") == "<!-- assess:a-b- -->"
    assert link("t", "a) [b](c") == "[t](#a-b-c)"


def test_addresses_other_than_web_and_mail_are_not_linked():
    assert web_link("file", "javascript:alert(1)") == "file"
    assert web_link("file", "file:///etc/passwd") == "file"
    assert web_link("site", "https://a.b/c d") == "site"
    assert web_link("site", "https://a.b/(c)?d=e&f=g") == "[site](https://a.b/%28c%29?d=e&amp;f=g)"


def test_headings_stop_at_six():
    assert heading(8, "a", "b") == '###### <a id="b"></a>a'
    assert heading(1, "a") == "# a"
