"""Pages of HTML: they say what the papers say, lead where these lead, need nothing else, and no text can break them."""

import os
import posixpath
import re
import subprocess
import sys
from itertools import pairwise
from urllib.parse import unquote

import cmarkgfm
import pytest
from auditing import NAMES
from auditing import text as roadmap_of
from cmarkgfm.cmark import Options
from paging import Reader
from picturing import TITLES, gaps, outlook, planned
from rendering import document

from assess import workflow
from assess.charts import draw_gaps, draw_outlook, draw_plan
from assess.formats import html_book, html_pages
from assess.formats.tree import PieceKind, read_paper
from assess.model.roadmap import QUICK
from assess.problems import DocumentError
from assess.render import is_untouched
from assess.render.lint import slug
from assess.resources import shipped

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" aria-labelledby="t d">{}</svg>'
CHART = SVG.format(
    '<title id="t">Now</title><desc id="d">0 &lt; 4</desc><defs><marker id="m"><path d="M0 0"/></marker></defs>'
    '<rect width="9" height="9" fill="#FFFFFF"/><line x1="0" x2="9" marker-end="url(#m)"/><text x="1">A &amp; B</text>'
)
PAPERS = {
    "roadmap.md": """# Acme: roadmap

Made on 2026-06-30 for [us](https://acme.example/?a=1&b=2), not [you](javascript:alert(1)).

## For the board

![Now, for each part](charts/gaps.svg)

See [the card](cards/i1.md#steps), [it all](cards/i1.md), [figures](internal/report.json) and [below](#what-is-open).

## What is open

| Part | Now | Then |  |
| :-- | --: | :-: | --- |
| *Listening* | 0.86 | 3.00 | x |
|  | 1 | 2 | 3 |

## What is open

| Who | What |
| --- | --- |
| You | this |
""",
    "cards/i1.md": """# I-1 Desk

[Back](../roadmap.md#for-the-board), [missing](../other.md), [up](../roadmap.md)

## Steps

- [ ] Name the **people**.
- [x] Count.

  Every day.
- no box

![Now](../charts/gaps.svg)
""",
    "internal/answers.md": "# Answers\n\nSecret.\n",
    "internal/report.json": "{}",
    "charts/gaps.svg": CHART,
}
# What somebody may write into a field, and what it would be in a page that does not take care.
ATTACKS = {
    "script": "</title></style></script><script>alert(1)</script>",
    "handler": '"><img src=x onerror=alert(1)> <svg onload=alert(1)>',
    "address": "[go](javascript:alert(1)) <javascript:alert(1)> <a href='data:text/html,x'>x</a>",
    "data": "![x](data:image/svg+xml;base64,PHN2Zy8+) ![x](https://track.example/p.gif)",
    "section": "]]> <![CDATA[ x ]]> <?php x ?> <!DOCTYPE x [<!ENTITY a 'b'>]>",
    "bidi": "\u202eevil\u202c \u2066x \u200f",
    "unseen": "a\u200bb\ufeffc\u00add \x1b[31m \x08 \x7f \x85",
    "huge": "w" * 4000 + " | " + "b" * 900,
    "marks": "**b** _i_ ~~s~~ `c` # h\n\n- [ ] l\n\n> q\n\n| a | b |\n| - | - |\n\n    code\n\n---\n<details>",
    "braces": "{{ 7*7 }} {% raw %} ${x} #{x} <%= x %>",
    "typst": '#set page(fill: red) $x^2$ #read("/etc/passwd") @ref <label>',
    "entities": "&lt;script&gt; &#60;b&#62; &amp;amp; &nbsp; &#0; &#x202e;",
    "style": "</style><style>*{background:url(https://track.example/)}</style> @import url(x)",
    "comment": "--> <!-- x --> <!-- assess:seal sha256:0 --> <a id='~main'></a> <code> <br>",
}


@pytest.fixture(scope="module")
def pages():
    return {path: Reader(page) for path, page in html_pages(PAPERS).items()}


@pytest.fixture(scope="module")
def book():
    return Reader(html_book(PAPERS))


def shape(page):
    """Tags with their attributes, line ends aside, and the values of those that follow texts."""
    following = {"id", "href", "aria-label"}
    return [
        (tag, {name: "" if name in following else value for name, value in attributes.items()})
        for tag, attributes in Reader(page).tags
        if tag != "br"
    ]


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_in_every_text_leaves_the_page_as_it_is_with_plain_words(name):
    attacked = html_book({"roadmap.md": document(lambda word: f"{word} {ATTACKS[name]}")})
    plain = html_book({"roadmap.md": document(lambda word: f"{word} plain")})
    assert shape(attacked) == shape(plain)
    assert all(href.startswith("#") for href in Reader(attacked).hrefs())


def test_an_attack_is_read_as_it_was_written():
    text = Reader(html_book({"roadmap.md": document(lambda word: f"{word} {ATTACKS['script']}")})).text
    assert text.count("Care") > 1
    assert text.count(ATTACKS["script"]) > 100


@pytest.mark.parametrize("name", ["bidi", "unseen"])
def test_what_turns_or_hides_a_text_is_not_in_the_page(name):
    page = html_book({"roadmap.md": f"# Title\n\n{ATTACKS[name]} <https://x.example/{ATTACKS[name].split()[0]}>\n"})
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b\u202a-\u202e\u2066\ufeff]", page) == []


def test_a_page_runs_and_loads_nothing(pages, book):
    for page in (*pages.values(), book):
        tags = {tag for tag, _ in page.tags}
        assert tags & {"script", "img", "link", "iframe", "object", "embed", "form", "base", "foreignobject"} == set()
        named = {name for _, attributes in page.tags for name in attributes}
        assert [name for name in named if name.startswith("on") or name in ("src", "style", "srcset", "action")] == []
        policy = next(each["content"] for each in page.all("meta") if "http-equiv" in each)
        assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_raw_html_of_a_template_is_shown_and_not_run():
    page = html_book({"roadmap.md": "# Title\n\n<script>x</script>\n\n<div onclick='x'>**bold**</div> a <b>b</b>\n"})
    assert {tag for tag, _ in Reader(page).tags} & {"script", "div", "b"} == set()
    assert "<script>x</script>" in Reader(page).text


def test_a_page_names_its_language_title_and_parts(pages):
    page = pages["roadmap.html"]
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("main")) == 1
    assert len(page.all("h1")) == 1
    assert "<title>Acme: roadmap</title>" in html_pages(PAPERS)["roadmap.html"]
    assert '<html lang="de">' in html_book(PAPERS, "de")


def test_headings_have_the_names_github_gives_them(pages):
    assert [i for i in pages["roadmap.html"].ids() if "." not in i] == [
        "~main", "acme-roadmap", "for-the-board", "what-is-open", "what-is-open-1",
    ]  # fmt: skip
    for title in ("1. Café & crème — *now*", "A_b-C 50 %, `x`", "Größe / Maß"):
        assert read_paper(f"# {title}\n").children[0].name == slug(title.replace("*", ""))


def test_links_lead_from_page_to_page(pages):
    assert pages["roadmap.html"].hrefs() == [
        "#~main", "https://acme.example/?a=1&b=2",
        "cards/i1.html#steps", "cards/i1.html", "internal/report.json", "#what-is-open",
    ]  # fmt: skip
    for path, page in pages.items():
        for href in page.hrefs():
            file, _, name = href.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
            if target in pages:
                assert not name or unquote(name) in pages[target].ids(), href
            else:
                assert href.startswith("https:") or target in PAPERS, href


def test_links_of_a_book_lead_within_it_and_what_is_internal_stays_out(book):
    ids = book.ids()
    assert len(ids) == len(set(ids))
    inside = [href for href in book.hrefs() if href.startswith("#")]
    assert [href for href in inside if unquote(href[1:]) not in ids] == []
    assert [href for href in book.hrefs() if href not in inside] == ["https://acme.example/?a=1&b=2"]
    assert {"#cards-i1~steps", "#cards-i1~", "#cards-i1~i-1-desk", "#for-the-board", "#~main"} <= set(inside)
    assert "Secret" not in book.text
    assert "figures" in book.text
    assert len(book.all("h1")) == 1


def test_a_link_that_leads_nowhere_is_its_words(pages):
    assert "you" in pages["roadmap.html"].text
    assert "missing" in pages["cards/i1.html"].text
    assert not any("javascript" in href or "other" in href for page in pages.values() for href in page.hrefs())


def test_tables_tell_what_their_rows_and_columns_are(pages):
    page = pages["roadmap.html"]
    scopes = [(tag, each.get("scope", "")) for tag, each in page.tags if tag in ("th", "td")]
    assert scopes[:8] == [("th", "col")] * 3 + [("td", ""), ("th", "row")] + [("td", "")] * 3
    assert scopes[8:12] == [("td", "")] * 4
    wide = [each for each in page.all("div") if each.get("class") == "wide"]
    assert wide == [{"class": "wide", "role": "group", "tabindex": "0", "aria-label": "Part, Now, Then"}]


def test_boxes_to_tick_are_named_by_their_words():
    page = html_pages(PAPERS)["cards/i1.html"]
    open_box = '<label><input type="checkbox" disabled> <span>Name the <strong>people</strong>.</span></label>'
    assert f'<li class="task">{open_box}</li>' in page
    assert '<label><input type="checkbox" disabled checked> <span>Count.</span></label><p>Every day.</p>' in page
    assert page.count("<input") == 2


def test_a_chart_stands_in_the_page_with_names_of_its_own(pages, book):
    for page, prefix in ((pages["roadmap.html"], ""), (pages["cards/i1.html"], ""), (book, "cards-i1~")):
        own = f"{prefix}gaps.svg."
        assert {"role": "img", "viewbox": "0 0 9 9", "aria-labelledby": f"{own}t {own}d"} in page.all("svg")
        assert {f"{own}t", f"{own}d", f"{own}m"} <= set(page.ids())
        assert f"url(#{own}m)" in [line["marker-end"] for line in page.all("line")]
    assert ">A &amp; B</text>" in html_book(PAPERS)


def test_a_chart_that_is_not_there_is_its_words():
    for address in ("charts/gone.svg", "data:image/png;base64,PHN2Zy8+", "https://track.example/p.svg", "/p.svg"):
        page = Reader(html_book({"roadmap.md": f"# Title\n\n![Now, for each part]({address})\n"}))
        assert page.text.split() == ["Title", "Now,", "for", "each", "part"]


@pytest.mark.parametrize(
    ("picture", "reason"),
    [
        (SVG.format("<script>alert(1)</script>"), "it holds a <script>"),
        (SVG.format("<foreignObject><p/></foreignObject>"), "it holds a <foreignObject>"),
        (SVG.format('<a href="https://x.example"><text>x</text></a>'), "it holds a <a>"),
        (SVG.format("<style>*{fill:red}</style>"), "it holds a <style>"),
        (SVG.format('<p xmlns="http://www.w3.org/1999/xhtml"/>'), "it holds a <"),
        (SVG.format('<rect onclick="x"/>'), "it holds the attribute onclick"),
        (SVG.format('<rect style="fill:url(x)"/>'), "it holds the attribute style"),
        (SVG.format('<image href="https://x.example/p.png"/>'), "it holds a <image>"),
        (SVG.format('<rect fill="URL( https://x.example/#a)"/>'), "its attribute fill leads out of it"),
        (SVG.format('<rect fill="u\\72l(//x.example)"/>'), "its attribute fill leads out of it"),
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + SVG.format("<text>&a;</text>"), "it holds a declaration or a comment"),
        (SVG.format("<text>A & B</text>"), "it is not well-formed"),
        (SVG.format("<text>\x08</text>"), "it is not well-formed"),
        ("<html/>", "it is not an SVG picture"),
    ],
)
def test_a_chart_with_more_than_shapes_and_text_is_refused(picture, reason):
    with pytest.raises(DocumentError) as caught:
        html_book({"roadmap.md": "# T\n\n![x](charts/a.svg)\n", "charts/a.svg": picture})
    (problem,) = caught.value.problems
    assert problem.message.startswith("the picture charts/a.svg cannot stand in a page: ")
    assert reason in problem.message


def test_a_set_without_papers_and_a_paper_without_words_are_pages_too():
    assert Reader(html_book({})).all("main") != []
    assert "<title>roadmap.md</title>" in html_book({"roadmap.md": ""})


def test_every_kind_of_part_is_written():
    text = (
        '# a `b` ~~c~~\n\n> q\n\n> [!NOTE]\n> n\n\n3. x\n\n---\n\n```\nlet x < 1\n```\n\na\\\nb<br>c <a id="x"></a>\n'
    )
    kinds = {part.kind for part in every(read_paper(text + PAPERS["roadmap.md"] + PAPERS["cards/i1.md"]))}
    assert kinds == set(PieceKind)
    page = html_book({"roadmap.md": text})
    for shown in ("<code>b</code>", "<s>c</s>", "<blockquote>", 'role="note"', '<ol start="3">', "<hr>",
                  "<pre><code>let x &lt; 1\n</code></pre>", "a<br>b<br>c", '<span id="x">'):  # fmt: skip
        assert shown in page


def every(part):
    yield part
    for child in part.children:
        yield from every(child)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_a_long_roadmap_says_every_word_of_it_and_no_other(name):
    written = roadmap_of(name)
    page = Reader(html_book({"roadmap.md": written}))
    assert "".join(page.text.split()) == "".join(said_by_cmark(written).split())
    assert [href for href in page.hrefs() if href.startswith("#") and unquote(href[1:]) not in page.ids()] == []
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(later <= level + 1 for level, later in pairwise(levels))


SAMPLE = shipped("sample_orgs") / "lanternfolk"


def test_the_page_of_an_assessment_is_sealed_and_in_its_language():
    page = workflow.report_book(workflow.assess(SAMPLE, (), QUICK))
    assert is_untouched(page)
    assert not is_untouched(page.replace("</h1>", " x</h1>"))
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')


@pytest.mark.slow
@pytest.mark.parametrize("sample", sorted(SAMPLE.parent.iterdir()), ids=lambda path: path.name)
def test_the_pages_of_a_sample_say_what_its_papers_say_and_lead_where_they_lead(sample):
    files = workflow.report_set(workflow.assess(sample, (), QUICK))
    papers = {path: text for path, text in files.items() if path.endswith(".md")}
    pages = {path: Reader(page) for path, page in html_pages(files).items()}
    assert [path.removesuffix(".html") for path in pages] == [path.removesuffix(".md") for path in papers]
    for path, paper in papers.items():
        page = pages[path.removesuffix(".md") + ".html"]
        assert "".join(page.text.split()) == "".join(said_by_cmark(paper).split())
        assert len(page.all("h1")) == 1
    dead = [(path, href) for path, page in pages.items() for href in page.hrefs() if not is_alive(path, href, pages)]
    assert dead == []
    book = Reader(html_book(files))
    assert len(book.all("svg")) == len(pages["roadmap.html"].all("svg")) > 0
    assert len(book.ids()) == len(set(book.ids()))
    assert [href for href in book.hrefs() if href.startswith("#") and unquote(href[1:]) not in book.ids()] == []
    assert not any("internal" in href for href in book.hrefs())


def is_alive(path, href, pages):
    if re.match("https?:|mailto:", href):
        return True
    file, _, name = href.partition("#")
    page = pages.get(posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path)
    return page is not None and (not name or unquote(name) in page.ids())


def said_by_cmark(paper):
    """The text of a paper as GitHub's own parser reads it; the word over an alert stands in brackets there."""
    shown = cmarkgfm.github_flavored_markdown_to_html(paper, Options.CMARK_OPT_UNSAFE)
    text = Reader(f"<main>{re.sub('<!--.*?-->', '', shown, flags=re.DOTALL)}</main>").text
    return re.sub(r"\[!(\w+)\]", lambda kind: kind[1].capitalize(), text)


@pytest.mark.parametrize(
    ("name", "picture"),
    [("gaps", draw_gaps(gaps(TITLES))), ("plan", draw_plan(planned())), ("outlook", draw_outlook(outlook()))],
)
def test_every_chart_of_the_program_may_stand_in_a_page(name, picture):
    page = html_book({"roadmap.md": f"# T\n\n![x](charts/{name}.svg)\n", f"charts/{name}.svg": picture})
    assert len(Reader(page).all("text")) == picture.count("<text")


def run(folder, *words, **environment):
    command = [sys.executable, "-m", "assess", "report", str(SAMPLE), "--quick", *words]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_pages_are_the_same_bytes_whatever_the_hash_seed_the_zone_and_the_locale(tmp_path):
    for number, (seed, zone, locale) in enumerate([("1", "UTC", "C"), ("2", "Asia/Kolkata", "C.UTF-8")]):
        for name in ("all.html", "papers"):
            words = ["-o", f"{number}-{name}", *(["--format", "html"] if name == "papers" else [])]
            assert run(tmp_path, *words, PYTHONHASHSEED=seed, TZ=zone, LC_ALL=locale).returncode == 0
    files = {path.relative_to(tmp_path / "0-papers") for path in (tmp_path / "0-papers").rglob("*.html")}
    assert len(files) > 5
    for path in ("all.html", *(f"papers/{file}" for file in files)):
        assert (tmp_path / f"0-{path}").read_bytes() == (tmp_path / f"1-{path}").read_bytes()


def test_a_page_somebody_edited_is_kept_and_one_no_longer_written_goes(tmp_path):
    run(tmp_path, "-o", "papers", "--format", "html")
    scores, roadmap = tmp_path / "papers" / "scores.html", tmp_path / "papers" / "roadmap.html"
    scores.write_text("mine", encoding="utf-8")
    assert roadmap.is_file()
    done = run(tmp_path, "-o", "papers")
    assert (done.returncode, roadmap.exists(), scores.read_text(encoding="utf-8")) == (0, False, "mine")
    assert "scores.html is no longer written; it was edited, and stays" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "roadmap.pdf"], "papers are written in Markdown and HTML, not as pdf"),
        (["-o", "roadmap.DOCX"], "papers are written in Markdown and HTML, not as docx"),
        (["--format", "html"], "no folder was named"),
        (["-o", "roadmap.md", "--format", "html"], "no folder was named"),
    ],
)
def test_a_format_that_cannot_be_had_is_refused_with_the_way_out(tmp_path, words, said):
    done = run(tmp_path, *words)
    assert done.returncode == 1
    assert said in done.stderr
    assert ".html" in done.stderr.partition(said)[2]
    assert list(tmp_path.iterdir()) == []
