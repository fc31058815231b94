"""The pieces of a rubric as one page that reads on paper and on a telephone; it loads nothing and runs nothing."""

from collections.abc import Iterator
from html import escape

from assess.authoring.review.entries import ReviewEntry, ReviewPart
from assess.render.markdown import anchor_name

DEEPEST = 6
STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 50rem; margin: 0 auto; \
padding: 1rem; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.6em 0 .5em; break-after: avoid; }
h1 { font-size: 1.8rem; } h2 { font-size: 1.45rem; border-bottom: 2px solid #1a1a1a; }
h3 { font-size: 1.2rem; border-bottom: 1px solid #767676; } h4, h5, h6 { font-size: 1rem; }
nav ul { padding-left: 1.2rem; } a { color: #0b4f8a; }
dl { margin: 0; } dl > div { display: grid; grid-template-columns: 9rem 1fr; gap: .1rem 1rem; padding: .15rem 0; \
break-inside: avoid; }
.asked { border-top: 1px solid #bbb; margin-top: .4rem; font-weight: 600; }
dt { color: #505050; } dd { margin: 0; grid-column: 2; }
.question, .gate, .clash { border-left: 4px solid #767676; padding-left: .8rem; margin: 1rem 0; }
.gate { border-color: #a33b00; } .clash { border-color: #6a1b9a; }
.question > h3, .question > h4, .question > h5, .question > h6 { border: 0; margin-top: 0; }
.gate > :first-child, .clash > :first-child { margin-top: 0; }
@media (max-width: 34rem) { dl > div { grid-template-columns: 1fr; } dd { grid-column: 1; } \
.question, .gate, .clash { padding-left: .5rem; } }
@media print { body { font-size: 10pt; max-width: none; padding: 0; } a { color: inherit; text-decoration: none; } \
.gate, .clash { break-inside: avoid; } .node > h2 { break-before: page; } @page { margin: 18mm; } }
"""


def as_html(whole: ReviewPart, language: str) -> str:
    """One file; language: that of the texts, as the rubric names it."""
    title = escape(whole.title)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(language)}">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>{STYLE}</style></head>",
        "<body>",
        f"<header><h1>{title}</h1>",
        *_entries(whole.entries),
        '</header><nav aria-label="Contents">',
        *_contents(whole),
        "</nav><main>",
        *(line for part in whole.parts for line in _part(part, 2)),
        "</main></body></html>",
    ]
    return "\n".join(lines) + "\n"


def _contents(part: ReviewPart) -> Iterator[str]:
    inner = [each for each in part.parts if each.kind in ("list", "node")]
    if inner:
        yield "<ul>"
        for each in inner:
            yield f'<li><a href="#{anchor_name(each.mark)}">{escape(each.title)}</a>'
            yield from _contents(each)
            yield "</li>"
        yield "</ul>"


def _part(part: ReviewPart, depth: int) -> Iterator[str]:
    place = f' id="{anchor_name(part.mark)}"' if part.mark else ""
    level = min(depth, DEEPEST)
    yield f'<section class="{part.kind}"{place}><h{level}>{escape(part.title)}</h{level}>'
    yield from _entries(part.entries)
    for inner in part.parts:
        yield from _part(inner, depth + 1)
    yield "</section>"


def _entries(entries: tuple[ReviewEntry, ...]) -> Iterator[str]:
    if entries:
        yield "<dl>"
        for entry in entries:
            lines = "".join(f"<dd>{escape(line)}</dd>" for line in entry.lines)
            kind = f' class="{entry.kind}"' if entry.kind else ""
            yield f"<div{kind}><dt>{escape(entry.label)}</dt>{lines}</div>"
        yield "</dl>"
