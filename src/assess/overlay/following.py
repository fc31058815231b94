"""What goes with the elements an overlay drops: what they alone decide, and the names that lead to them."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from assess.documents import Document, Part
from assess.model.fields import Plain
from assess.model.finding_texts import figures_in
from assess.model.rubric import ROOT
from assess.overlay.elements import Element, elements, words_of

# An entry of these lists and mappings is a name among others, and goes with what it names.
_NAMING = ("lifted_by", "blocks", "initiatives", "needs", "needs_to", "lifts", "of", "rank")
# They tell of other rubrics, or of what stands outside; the ledger is kept by itself.
_APART = ("personas", "claims", "references", "sources", "translations", "migrations")
_EXCERPT = 40
_KINDS = {"headlines": "headline", "gates": "gate", "clashes": "clash", "initiatives": "initiative"}


class Followed(NamedTuple):
    """What went with the dropped elements: the names of elements, and what is told of them and of others."""

    names: tuple[str, ...]
    told: tuple[str, ...]


def follow(root: Part, gone: AbstractSet[str], own: Document) -> Followed:
    """Take out what can only be decided by what is gone, and every name of it in a list.

    own: the overlay; what is written there stays, for its author to mend. A gate goes when its condition reads nothing
    that is left, or nothing is left that it holds down; a clash when one of its halves reads nothing that is left; a
    headline when it names what is gone; an initiative when all it lifts is gone and nothing else asks for it.
    """
    following = _Following(root, set(gone), own)
    while following.step():
        pass
    lost = tuple(words for home, words in following.lost if home not in following.along)
    return Followed(tuple(following.along), (*following.ended, *lost))


class _Following:
    """The elements of a base on their way after those that were dropped."""

    def __init__(self, root: Part, gone: set[str], own: Document) -> None:
        self.root, self.gone, self.own = root, gone, own
        self.along: list[str] = []
        self.ended: list[str] = []
        self.lost: list[tuple[str, str]] = []
        self.emptied: list[Part] = []

    def step(self) -> bool:
        """Once over all elements; whether anything more went."""
        before = len(self.along)
        self.loosen(self.root)
        found = [element for element in elements(self.root) if element.part.document is not self.own]
        self.known = {name for element in elements(self.root) for name in element.names() if element.key != "roles"}
        for place, element in enumerate(found):
            if self.ends(element):
                self.take(element, place)
        return len(self.along) > before

    def take(self, element: Element, place: int) -> None:
        """Take an element out."""
        names = element.names()
        shown = names[0] if names else _excerpt(element.part.entries.get("says"))
        element.home.remove(element.part)
        self.gone.update(names)
        self.along.extend(names or (f"{element.key} {place}",))
        self.ended.append(f"{_KINDS[element.key]} {shown}")

    def ends(self, element: Element) -> bool:
        """Whether nothing can decide or needs an element any more."""
        part = element.part
        if element.key == "headlines":
            return self.reads(part, "when") or self.quotes(part, "says") or self.quotes(part, "cause")
        if element.key == "clashes":
            return self.undecided(part, "claim") or self.undecided(part, "practice")
        if element.key == "gates":
            cap = part.entries.get("cap")
            return self.undecided(part, "when") or (cap is not None and self.holds_nothing(cap, "of"))
        if element.key != "initiatives" or not self.holds_nothing(part, "lifts"):
            return False
        if self.is_needed(element):
            part.entries["enabler"] = Part(Plain("true"), part.document, part.route)
            return False
        return True

    def is_needed(self, element: Element) -> bool:
        """Whether a gate, a clash, a headline or an initiative that is left asks for an initiative."""
        names = set(element.names())
        return any(
            names & set(_listed(inner))
            for part in _mappings(self.root)
            if part is not element.part
            for key, inner in part.entries.items()
            if key in ("lifted_by", "initiatives", "needs", "needs_to")
        )

    def words(self, part: Part, key: str) -> frozenset[str]:
        """The names in a condition."""
        inner = part.entries.get(key)
        return frozenset(words_of(inner)) if inner is not None and inner.document is not self.own else frozenset()

    def reads(self, part: Part, key: str) -> bool:
        """Whether a condition reads something that is gone."""
        return bool(self.words(part, key) & self.gone)

    def undecided(self, part: Part, key: str) -> bool:
        """Whether a condition reads what is gone, and nothing that is left."""
        words = self.words(part, key)
        return bool(words & self.gone) and not words & (self.known - self.gone)

    def quotes(self, part: Part, key: str) -> bool:
        """Whether the texts behind a key quote an answer that is gone."""
        inner = part.entries.get(key)
        texts = _texts(inner) if inner is not None and inner.document is not self.own else ()
        return any(figure.question in self.gone for text in texts for figure in figures_in(text))

    def holds_nothing(self, part: Part, key: str) -> bool:
        """Whether a list or mapping held names of what is gone alone."""
        inner = part.entries.get(key)
        return inner in self.emptied and not (inner.items or inner.entries)

    def loosen(self, part: Part, home: str = "") -> None:
        """Take every name of what is gone out of the lists and mappings below a part."""
        home = ROOT if part is self.root else part.text("id") or part.text("code") or home
        for key, inner in [*part.entries.items()]:
            if part is self.root and key in _APART:
                continue
            if key in _NAMING or (part is self.root and key == "scopes"):
                for each in (inner, *inner.entries.values()):
                    self.loosen_names(each, key, home)
                self.empty_scopes(part, key)
            self.loosen(inner, home)
            if key in ("cap", "caps") and "when" not in part.entries and self.holds_nothing(inner, "of"):
                del part.entries[key]
                self.ended.append(f"the {key} of {home}")
        for inner in part.items:
            self.loosen(inner, home)

    def empty_scopes(self, part: Part, key: str) -> None:
        """Take out the scopes that held nothing else."""
        scopes = part.entries[key].entries if key == "scopes" else {}
        for name in [name for name, held in scopes.items() if held in self.emptied and not held.items]:
            del scopes[name]
            self.ended.append(f"scope {name}")

    def loosen_names(self, part: Part, key: str, home: str) -> None:
        """Take names out of one list, or out of the keys of one mapping."""
        named = [item for item in part.items if isinstance(item.value, str) and item.value in self.gone]
        lost = [item for item in named if item.document is not self.own]
        keys = [name for name, to in part.entries.items() if name in self.gone and to.document is not self.own]
        for item in lost:
            part.items.remove(item)
        for name in keys:
            del part.entries[name]
        names = [*(str(item.value) for item in lost), *keys]
        if names:
            self.emptied.append(part)
            self.lost.append((home, f"{', '.join(names)} in {home} ({key})"))


def _listed(part: Part) -> Iterator[str]:
    """The names in a list, or in the lists of a mapping."""
    for item in (*part.items, *(item for inner in part.entries.values() for item in inner.items)):
        if isinstance(item.value, str):
            yield item.value


def _mappings(part: Part) -> Iterator[Part]:
    """Every mapping in a part, itself first."""
    if part.entries:
        yield part
    for inner in (*part.items, *part.entries.values()):
        yield from _mappings(inner)


def _texts(part: Part) -> Iterator[str]:
    """Every text in a part."""
    if isinstance(part.value, str):
        yield part.value
    for inner in (*part.items, *part.entries.values()):
        yield from _texts(inner)


def _excerpt(part: Part | None) -> str:
    """The beginning of the first text in a part, in quotation marks."""
    text = next(_texts(part), "") if part else ""
    return f'"{text[:_EXCERPT].rstrip()}{"..." if len(text) > _EXCERPT else ""}"'
