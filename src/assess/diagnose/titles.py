"""Titles that tell one finding from another."""

from collections import Counter
from collections.abc import Sequence


def told_apart(titles: Sequence[str]) -> tuple[str, ...]:
    """The titles, with a number behind each that several have, because headings and links are read by it."""
    many, counted = Counter(titles), Counter[str]()
    told = []
    for title in titles:
        counted[title] += 1
        told.append(f"{title} ({counted[title]} of {many[title]})" if many[title] > 1 else title)
    return tuple(told)
