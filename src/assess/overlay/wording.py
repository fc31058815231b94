"""What an overlay that rewords questions leaves behind: words of single roles, and proofs of where claims are asked."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from assess.documents import Part
from assess.overlay.elements import elements

WORDS = ("text", "help", "options")


def roles_with_own_words(question: Part, patch: Part) -> Iterator[tuple[str, str]]:
    """The roles that still read words of their own where the words for everybody change: the key, and the role."""
    if "ask" in patch.entries or "ask" not in question.entries:
        return
    for role, asking in question.entries["ask"].entries.items():
        own = {"text"} if isinstance(asking.value, str) else asking.entries.keys()
        yield from ((key, role) for key in WORDS if key in patch.entries and key in own)


def forget_phrases(root: Part, gone: AbstractSet[str]) -> None:
    """Leave out where a claim was asked: of a claim that is gone, and in a question that is, or reads otherwise now."""
    for element in elements(root):
        asked = element.part.entries.get("asked_in")
        for code, places in [*asked.entries.items()] if asked else ():
            if isinstance(places.value, list):
                places.items[:] = (
                    [] if _place(places) in gone else [one for one in places.items if _place(one) not in gone]
                )
            if asked and (code in gone or _place(places) in gone or not (places.items or places.entries)):
                del asked.entries[code]


def _place(asked: Part) -> str:
    """The question a phrase stands in; of a list of several phrases nothing, and of a single text that text."""
    first = asked.items[0].value if asked.items else asked.text("in") or asked.value
    return first.partition(".")[0] if isinstance(first, str) else ""


def phrases(root: Part) -> Iterator[Part]:
    """The words in which claims are asked, where a base says so."""
    for element in elements(root):
        asked = element.part.entries.get("asked_in")
        for places in asked.entries.values() if asked else ():
            first = places.items[:1]
            if first and isinstance(first[0].value, str):
                yield from places.items[1:]
            else:
                yield from (one.entries["phrase"] for one in (places, *places.items) if "phrase" in one.entries)
