"""One overlay on its way over its base: drop, override, add and move."""

from collections.abc import Iterable, Iterator, Mapping

from assess.documents import Document, Part, Route, part_of, problem
from assess.model.nodes import default_cap
from assess.model.rubric import ROOT
from assess.model.terms import replacing
from assess.overlay.elements import LISTS, TREE, Element, elements, list_of, references
from assess.overlay.following import follow
from assess.overlay.marks import marked
from assess.overlay.record import Move, Overlay, known_keys
from assess.overlay.terms import count_parts, miscounted, say_otherwise
from assess.overlay.wording import WORDS, forget_phrases, roles_with_own_words
from assess.problems import Problem, listing, nearest

HEAD = ("id", "title", "version", "summary", "licence")
# The first that fits counts: what is added comes before what is there, and the whole list can be said anew.
_MOST_TOLD = 40
ORDERED = "headlines"
WHOLE = ("aggregate", "weights", "ask")


class Laying:
    """One overlay on its way over its base; what does not fit is kept as a problem, and laying goes on."""

    def __init__(self, document: Document, record: Overlay, root: Part) -> None:
        self.document, self.record, self.root = document, record, root
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.known: dict[str, Element] = {}
        self.headlines = {f"headline_{at}": part for at, part in enumerate(self.listed("headlines"), 1)}
        self.gone: dict[str, int] = {}
        self.replaced: dict[str, Part] = {}

    def lay(self) -> None:
        """Drop, override, add and move, in this order; then see what still names or counts what was dropped."""
        self.learn()
        self.head()
        self.bare_personas()
        counted = count_parts(self.root)
        self.drop()
        self.override()
        self.hold_marks()
        self.follow()
        self.say_terms()
        self.add()
        self.move()
        self.miss()
        self.count_anew(counted)

    def learn(self) -> None:
        """Find every element by its names, by a former one where that is no other's now, a headline by its place."""
        found = [*elements(self.root)]
        former = {name: element for element in found for name in element.former_names()}
        places = {
            name: Element(part, self.listed(ORDERED), ORDERED, self.root)
            for name, part in self.headlines.items()
            if part in self.listed(ORDERED) and not part.text("id")
        }
        self.known = places | former | {name: element for element in found for name in element.names()}

    def head(self) -> None:
        """What the overlay says of itself goes over what the base says."""
        said, wanted = self.root.text("version"), self.record.base_version
        if wanted is not None and wanted != said:
            message = f"made for version {wanted} of '{self.root.text('id')}'; the base is version {said}"
            hint = "look through what changed in the base, then write its version here"
            self.report("version", message, ("base_version",), hint)
        for key in HEAD:
            if self.document.data.get(key) is not None:
                self.root.entries[key] = part_of(self.document, self.document.data[key], (key,))
        if self.record.accepted:
            more = part_of(self.document, self.document.data["accepted"], ("accepted",))
            list_of(self.root, "accepted", more).extend(more.items)

    def bare_personas(self) -> None:
        """The personas of the base come along to be built on: what they expect was said of the base."""
        for part in self.listed("personas"):
            part.entries.pop("expect", None)

    # --- drop ---

    def drop(self) -> None:
        """Take elements out with all that is in them."""
        for place, name in enumerate(self.record.drop):
            element = self.find(name, ("drop", place))
            if element is None or element.part not in element.home:
                continue
            element.home.remove(element.part)
            for inner in (element, *elements(element.part)):
                former = [was for was in inner.former_names() if self.known[was].part is inner.part]
                self.gone |= dict.fromkeys((*inner.names(), *former), place)
        self.forget(self.gone)
        self.learn()

    def follow(self) -> None:
        """Take out what is decided by what was dropped alone, and tell of it."""
        if not self.gone:
            return
        followed = follow(self.root, self.gone.keys(), self.document)
        self.gone |= dict.fromkeys(followed.names, 0)
        self.forget(self.gone)
        self.learn()
        if followed.told:
            message = f"with what is dropped go {listing(followed.told, most=_MOST_TOLD)}"
            hint = "what should stay is overridden so that it reads what is left, or added anew"
            self.warnings.append(
                problem(self.document, "dropped_along", message, ("drop",), at_key=True, hint=hint, severity="note")
            )

    def count_anew(self, before: Mapping[str, int]) -> None:
        """Warn of texts of the base that name a number of principles or criteria which is another now."""
        for words, where, now in miscounted(self.root, self.document, before, count_parts(self.root)):
            message = f"a text of the base in {where} speaks of '{words}'; there are {now} now"
            hint = "override the text"
            route = ("drop",) if self.record.drop else ("base",)
            self.warnings.append(
                problem(self.document, "miscounted", message, route, at_key=True, hint=hint, severity="warning")
            )

    def miss(self) -> None:
        """Report what was dropped and is still needed, with those that refer to it."""
        referring: dict[str, list[str]] = {}
        for where, key, name in references(self.root):
            if name in self.gone and name not in self.known:
                referring.setdefault(name, []).append(f"{where} ({key})")
        for name, homes in referring.items():
            message = f"'{name}' is dropped and still referred to by {listing(list(dict.fromkeys(homes)))}"
            hint = "drop those too, or override what refers to it"
            self.report("overlay", message, ("drop", self.gone[name]), hint)

    def forget(self, gone: Iterable[str]) -> None:
        """Take what was dropped out of the ledger and out of the answers of personas: nothing is decided there.

        A claim goes with its home, and where it is cited.
        """
        names = set(gone)
        homeless = [claim for claim in self.listed("claims") if claim.text("home") in names]
        self.listed("claims")[:] = [claim for claim in self.listed("claims") if claim not in homeless]
        names |= {claim.text("code") for claim in homeless}
        forget_phrases(self.root, names)
        for element in elements(self.root):
            for key in ("claims", "also", "bears_on"):
                words = element.part.entries[key].items if key in element.part.entries else []
                words[:] = [word for word in words if word.value not in names]
        for persona in self.listed("personas"):
            answers = persona.entries.get("answers")
            for table in (answers, *answers.entries.values()) if answers else ():
                for name in names & table.entries.keys():
                    del table.entries[name]

    def listed(self, key: str) -> list[Part]:
        """The elements of a list of the rubric itself."""
        return self.root.entries[key].items if key in self.root.entries else []

    # --- terms ---

    def say_terms(self) -> None:
        """Say the texts of the base in the words of the overlay; its own texts are said as they are written."""
        declared = self.root.entries.get("terms", Part({}, self.document, ("terms",))).entries
        readings: dict[str, str] = {}
        for name, word in self.record.terms.items():
            if name not in declared:
                message = f"the base declares no term '{name}'{nearest(name, declared)}"
                hint = f"its terms are: {listing([*declared])}" if declared else "take it out: the base declares none"
                self.report("unknown_name", message, ("terms", name), hint, at_key=True)
                continue
            said = part_of(self.document, self.document.data["terms"][name], ("terms", name))
            readings[str(declared[name].value)] = word
            declared[name] = said
        say_otherwise(self.root, replacing(readings), self.document)
        if "terms" in self.record.override.get(ROOT, {}):
            message, hint = "what terms read as is no key to override", "write `terms` at the top of the overlay"
            self.report("overlay", message, ("override", ROOT, "terms"), hint, at_key=True)

    # --- override ---

    def override(self) -> None:
        """Lay mappings over elements, key by key; in words that are other now no claim of the base is asked."""
        other = {name for name, patch in self.record.override.items() if patch.keys() & {*WORDS, "ask"}}
        forget_phrases(self.root, other)
        for name in self.record.override:
            part, route = self.node(name, ("override", name), at_key=True), ("override", name)
            patch = part_of(self.document, self.document.data["override"][name], route)
            if patch.entries.pop("id", None):
                self.report("overlay", "an id never changes", (*route, "id"), "drop it, and add another", at_key=True)
            if part is not None:
                self.reword(name, part, patch)
                self.merge(part, patch)

    def reword(self, name: str, part: Part, patch: Part) -> None:
        """Warn where a role goes on reading the base's own words for it."""
        for key, role in roles_with_own_words(part, patch):
            message = f"'{role}' still reads the {key} that the base has for it alone in '{name}'"
            hint = "write `ask` beside it, with what each role reads"
            route = ("override", name, key)
            self.warnings.append(
                problem(self.document, "own_words", message, route, at_key=True, hint=hint, severity="warning")
            )

    def hold_marks(self) -> None:
        """Hold what was replaced against the marks of the overlay."""
        for found in marked(self.document, self.record.of, self.replaced):
            (self.problems if found.severity == "error" else self.warnings).append(found)

    def merge(self, into: Part, patch: Part) -> None:
        """A mapping over another: an empty value takes a key away, a mapping goes on below, the rest is replaced.

        An empty key that is nowhere known stays, for the reading of the rubric to name it.
        """
        for key, value in patch.entries.items():
            known = into.entries.get(key)
            if value.value is None and (known is not None or key in known_keys()):
                self.remember(value, known)
                into.entries.pop(key, None)
            elif key in LISTS and key != ORDERED and known is not None and any(item.entries for item in known.items):
                message = f"'{key}' are changed one by one, by their own ids"
                self.report("overlay", message, value.route, "see override, drop and add", at_key=True)
            elif known is not None and known.items and value.entries and key not in WHOLE:
                self.merge_entries(key, known, value)
            elif known is not None and known.entries and value.entries and key not in WHOLE:
                self.merge(known, value)
            else:
                self.remember(value, known)
                into.entries[key] = value

    def remember(self, value: Part, known: Part | None) -> None:
        """Keep what the base has where a value of the overlay goes over it."""
        if known is not None and known.document is not self.document:
            self.replaced[".".join(map(str, value.route[1:]))] = known

    def merge_entries(self, key: str, known: Part, patch: Part) -> None:
        """Options or levels, each by its key."""
        entries = self.by_key(known)
        for name, value in patch.entries.items():
            if name not in entries:
                message = f"there is no '{name}' among these {key}{nearest(name, entries)}"
                hint = f"there are: {listing([*entries], most=12)}"
                self.report("unknown_name", message, value.route, hint, at_key=True)
            elif value.value is None:
                self.remember(value, entries[name])
                known.items.remove(entries[name])
            else:
                self.merge(entries[name], value)

    def by_key(self, known: Part) -> dict[str, Part]:
        """Options or levels by their keys; options without keys take those of the levels, as they would anyway."""
        levels = self.listed("levels")
        for option, level in zip(known.items, levels, strict=False) if len(known.items) == len(levels) else ():
            option.entries.setdefault("key", Part(level.text("key"), option.document, option.route))
        return {entry.text("key"): entry for entry in known.items}

    # --- add and move ---

    def add(self) -> None:
        """Append elements to the lists of nodes; headlines come before those of the base."""
        for name, lists in self.record.add.items():
            part = self.node(name, ("add", name), at_key=True)
            if part is None:
                continue
            for key in lists:
                added = part_of(self.document, self.document.data["add"][name][key], ("add", name, key))
                if key in LISTS and isinstance(added.value, list):
                    home = list_of(part, key, added)
                    place = 0 if key == ORDERED else len(home)
                    home[place:place] = added.items
                else:
                    message = f"'{key}' is no list of elements" if key not in LISTS else f"'{key}' needs a list"
                    hint = f"elements are: {listing(LISTS, most=12)}; to change a key write it below override"
                    self.report("overlay", message, ("add", name, key), hint, at_key=True)
        self.learn()

    def move(self) -> None:
        """Hang elements below other nodes, or put them in another order."""
        for name, where in self.record.move.items():
            element = self.find(name, ("move", name), at_key=True)
            to = self.node(where.to, ("move", name, "to")) if where.to else element.above if element else None
            if element is None or to is None:
                continue
            if to is element.part or any(inner.part is to for inner in elements(element.part)):
                message = f"'{name}' cannot hang below itself"
                self.report("overlay", message, ("move", name, "to"), "name a node that is not in it")
            elif where.to and element.key not in TREE:
                message = f"'{name}' is one of the {element.key}, which hang below no node"
                self.report("overlay", message, ("move", name, "to"), "leave `to` out")
            else:
                self.rehang(element, to, name, where)
                self.learn()

    def rehang(self, element: Element, to: Part, name: str, where: Move) -> None:
        """Put an element into the list of its new home."""
        branch = "principles" if to is self.root else "criteria"
        key = branch if element.key in ("principles", "criteria") else element.key
        element.home.remove(element.part)
        home = list_of(to, key, element.part)
        beside = where.before or where.after
        named = self.known.get(beside or "")
        places = [place for place, part in enumerate(home) if named is not None and part is named.part]
        if beside and not places:
            siblings = [part.text("id") for part in home]
            message = f"'{beside}' is not one of the {key} that '{name}' will stand among{nearest(beside, siblings)}"
            step = "before" if where.before else "after"
            self.report("unknown_name", message, ("move", name, step), f"there are: {listing(siblings, most=12)}")
        at = len(home) if not places else places[0] + (not where.before)
        home.insert(at, element.part)

    # --- names ---

    def node(self, name: str, route: Route, *, at_key: bool = False) -> Part | None:
        """The rubric itself, or an element; None with a problem when there is none."""
        if name == ROOT:
            return self.root
        element = self.find(name, route, at_key=at_key)
        return element.part if element else None

    def find(self, name: str, route: Route, *, at_key: bool = False) -> Element | None:
        """An element by id or code; None with a problem when there is none."""
        if name not in self.known:
            fact = next((fact for cap, fact in self.caps() if cap == name), "")
            message = f"there is no '{name}' in '{self.root.text('id')}'{nearest(name, self.known)}"
            message = f"'{name}' is the gate inside the fact '{fact}'" if fact else message
            hint = (
                f"change it below `override` as `{fact}: {{caps: {{...}}}}`, or take it away with `{fact}: {{caps: ~}}`"
            )
            self.report("unknown_name", message, route, hint if fact else "", at_key=at_key)
        return self.known.get(name)

    def caps(self) -> Iterator[tuple[str, str]]:
        """The id of every gate inside a fact, and of the fact."""
        for element in elements(self.root):
            inside, fact = element.part.entries.get("caps"), element.part.text("id")
            if inside and inside.entries and fact:
                yield inside.text("id") or default_cap(fact), fact

    def report(self, code: str, message: str, route: Route, hint: str = "", *, at_key: bool = False) -> None:
        """Keep a problem at a place of the overlay."""
        self.problems.append(problem(self.document, code, message, route, at_key=at_key, hint=hint))
