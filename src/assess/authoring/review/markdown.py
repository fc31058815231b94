"""The pieces of a rubric as Markdown."""

from collections.abc import Iterator

from assess.authoring.review.entries import ReviewEntry, ReviewPart
from assess.render.markdown import concat, escape, heading, link, strong


def as_markdown(whole: ReviewPart) -> str:
    """One document with its contents first, so that every principle, criterion and list is found by a link."""
    lines = [heading(1, whole.title), "", *map(_entry, whole.entries), "", *_contents(whole, 0)]
    for part in whole.parts:
        lines += _part(part, 2)
    return "\n".join(lines).rstrip("\n") + "\n"


def _contents(part: ReviewPart, depth: int) -> Iterator[str]:
    for inner in part.parts:
        if inner.kind in ("list", "node"):
            yield f"{'  ' * depth}- {link(inner.title, inner.mark)}"
            yield from _contents(inner, depth + 1)


def _part(part: ReviewPart, depth: int) -> Iterator[str]:
    yield from ("", heading(depth, part.title, part.mark), "")
    yield from map(_entry, part.entries)
    for inner in part.parts:
        yield from _part(inner, depth + 1)


def _entry(entry: ReviewEntry) -> str:
    """A label with its line behind it, or its lines as a list below it."""
    label = strong(f"{entry.label}:")
    if len(entry.lines) == 1:
        return f"- {concat((label, ' ', entry.lines[0]))}"
    return "\n".join([f"- {label}", *(f"  - {escape(line)}" for line in entry.lines)])
