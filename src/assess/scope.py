"""The part of a rubric that an engagement asks: a tier, a scope, or both; whatever reads a rubric reads that part."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import assert_never

from assess import conditions
from assess.conditions import And, Call, Comparison, Condition, Not, Or
from assess.model.extent import Extent
from assess.model.finding_texts import FindingText, figures_in
from assess.model.headlines import Headline
from assess.model.initiatives import Initiative
from assess.model.nodes import Clash, Gate, Node, Says, walk
from assess.model.questions import Question
from assess.model.rubric import ROOT, Rubric

# A node of these kinds has its value from all its questions together.
_UNDIVIDED = ("rules", "ladder")


def scoped(rubric: Rubric, tier: str = "", scope: str = "") -> Rubric:
    """The rubric with what a tier and a scope hold, and nothing that could only be decided outside of it.

    Gates, clashes and headlines read what is left of their conditions; initiatives lift what is left. The rubric itself
    where both are empty, or hold all of it; `whole` leads back to it, and `extent` says how much is left.
    """
    if not tier and not scope:
        return rubric
    rubric = rubric.whole
    everything = {node.id for node in rubric.nodes()}
    inside = {
        below.id for name in rubric.scopes.get(scope, ()) for below in walk(rubric.node_by_id[name])
    } or everything
    if inside == everything and tier in ("", *rubric.tiers[-1:]):
        return rubric
    wanted = tier or (rubric.tiers[-1] if rubric.tiers else "")
    part = _Part(rubric, wanted, inside)
    return part.rubric(Extent(wanted, scope, *part.counts()))


def extent_in_words(extent: Extent) -> str:
    """How far an engagement goes, in words for whoever reads its figures."""
    parts = [f"tier {extent.tier}"] if extent.tier else []
    parts += [f"scope {extent.scope}"] if extent.scope else []
    named = " and ".join(parts)
    return (
        f"{named[:1].upper()}{named[1:]}: {extent.criteria} of {extent.all_criteria} criteria are asked about, "
        f"with {extent.questions} of {extent.all_questions} questions; nothing else counts"
    )


def tier_of(rubric: Rubric, question: Question, role: str = "") -> str:
    """From which tier on a question is asked, of a role where one is named; the last where nothing says so."""
    own = question.ask.get(role)
    if own is not None and own.tier:
        return own.tier
    tiers = (question.tier, *(node.tier for node in rubric.upwards(question.id)))
    return next((tier for tier in tiers if tier), rubric.tiers[-1] if rubric.tiers else "")


class _Part:
    """What is left of a rubric, worked out from its questions upwards."""

    def __init__(self, rubric: Rubric, tier: str, inside: AbstractSet[str]) -> None:
        self.whole = rubric
        self.tiers = frozenset(rubric.tiers[: rubric.tiers.index(tier) + 1]) if tier else frozenset({""})
        found = (self.question(q) for node in rubric.nodes() if node.id in inside for q in node.questions)
        self.asked: Mapping[str, Question] = {question.id: question for question in found if question}
        self.nodes: frozenset[str] = frozenset({ROOT})
        self.nodes = frozenset({node.id for node in rubric.nodes() if self._stays(node)}) | {ROOT}
        self.asked = {name: q for name, q in self.asked.items() if rubric.home_of[name] in self.nodes}
        gates = (self.gate(gate) for gate in rubric.all_gates())
        self.gates = {gate.id: gate for gate in gates if gate}
        clashes = (self.clash(clash) for clash in rubric.all_clashes())
        self.clashes = {clash.id: clash for clash in clashes if clash}
        self.initiatives = self._initiatives()

    def counts(self) -> tuple[int, int, int, int]:
        """Criteria and questions that are left, each with how many there are."""
        criteria = [node.id for node in self.whole.nodes() if node.questions]
        left = sum(any(q.id in self.asked for q in self.whole.node_by_id[name].questions) for name in criteria)
        return left, len(criteria), len(self.asked), sum(1 for _ in self.whole.questions())

    def question(self, question: Question) -> Question | None:
        """A question with the roles it is asked of; None where it is asked of nobody."""
        if not question.ask:
            return question if tier_of(self.whole, question) in self.tiers else None
        ask = {role: own for role, own in question.ask.items() if tier_of(self.whole, question, role) in self.tiers}
        return question.model_copy(update={"ask": ask}) if ask else None

    def _stays(self, node: Node) -> bool:
        """Whether anything below a node is asked, and all of it where it has its value from all together."""
        below = [question.id for part in walk(node) for question in part.questions]
        if node.aggregate.kind in _UNDIVIDED and not {*below} <= self.asked.keys():
            return False
        return any(name in self.asked for name in below)

    def node(self, node: Node) -> Node:
        """A node with what is left below it."""
        gates = (self.gates.get(gate.id) for gate in node.gates)
        clashes = (self.clashes.get(clash.id) for clash in node.clashes)
        return node.model_copy(
            update={
                "says": self._says(node),
                "questions": tuple(self.asked[q.id] for q in node.questions if q.id in self.asked),
                "criteria": tuple(self.node(child) for child in node.criteria if child.id in self.nodes),
                "gates": tuple(gate for gate in gates if gate),
                "clashes": tuple(clash for clash in clashes if clash),
            }
        )

    def gate(self, gate: Gate) -> Gate | None:
        """A gate with what is left of it; None where nothing decides it or nothing is held down."""
        when, of = self.condition(gate.when), self._known(gate.cap.of if gate.cap else ())
        if when is None or (gate.cap and not of):
            return None
        cap = gate.cap.model_copy(update={"of": of}) if gate.cap else None
        return gate.model_copy(update={"when": when, "cap": cap, **self._words(gate, "because", "so")})

    def clash(self, clash: Clash) -> Clash | None:
        """A clash of which both halves can be decided."""
        claim, practice = self.condition(clash.claim), self.condition(clash.practice)
        if claim is None or practice is None:
            return None
        of = self._known(clash.cap.of if clash.cap else ())
        cap = clash.cap.model_copy(update={"of": of}) if clash.cap and of else None
        halves = {"claim": claim, "practice": practice, "cap": cap}
        return clash.model_copy(update={**halves, **self._words(clash, "says", "so")})

    def _words(self, told: Gate | Clash | Headline, *keys: str) -> Mapping[str, FindingText]:
        """Texts of a finding without those that rest on what is left out."""
        found: dict[str, FindingText] = {}
        for key in keys:
            text: FindingText = getattr(told, key)
            pairs = [(cause, self.condition(cause.when) if cause.when else "") for cause in text.known]
            known = tuple(
                cause.model_copy(update={"when": when or None})
                for cause, when in pairs
                if when is not None and self._quotable(cause.says)
            )
            unknown = text.unknown if self._quotable(text.unknown) else ""
            found[key] = text.model_copy(update={"known": known, "unknown": unknown})
        return found

    def _quotable(self, text: str) -> bool:
        """Whether every answer a text quotes is asked for."""
        read = {self.whole.names.get(figure.question, "") for figure in figures_in(text)}
        return not (read & self.whole.question_by_id.keys()) - self.asked.keys()

    def _says(self, node: Node) -> Says:
        said = node.says
        left = {
            key: {level: text for level, text in texts.items() if self._quotable(text)}
            for key, texts in (("gap", said.gap), ("strength", said.strength))
        }
        return said.model_copy(update=left)

    def condition(self, text: str) -> str | None:
        """What is left of a condition: true only where the whole of it surely is; None where nothing can make it so."""
        tree = conditions.parse_condition(text)
        if not any(self._outside(part) for part in conditions.comparisons(tree)):
            return text
        left = self._left(tree, true=True)
        return conditions.spelled_out(left) if left else None

    def _left(self, tree: Condition, *, true: bool) -> Condition | None:
        """A condition without what lies outside, as far as its being `true` does not rest on it."""
        match tree:
            case Not(part):
                left = self._left(part, true=not true)
                return Not(left) if left else None
            case And(parts) | Or(parts):
                found = [self._left(part, true=true) for part in parts]
                kept = tuple(part for part in found if part)
                rests_on_all = isinstance(tree, And) is true
                if not kept or (rests_on_all and len(kept) < len(parts)):
                    return None
                return type(tree)(kept) if len(kept) > 1 else kept[0]
            case Comparison() | Call():
                return None if self._outside(tree) else tree
            case _:
                assert_never(tree)

    def _outside(self, part: Comparison | Call) -> bool:
        """Whether a comparison reads what is left out, or what a role says that is not asked it here."""
        voiced = part.left.inner if isinstance(part, Comparison) and isinstance(part.left, Call) else part
        if isinstance(voiced, Comparison) and voiced.role and isinstance(voiced.left, conditions.Name):
            name, role = (self.whole.names.get(n.text, "") for n in (voiced.left, voiced.role))
            if name in self.asked and role in self._unasked(name):
                return True
        read = {self.whole.names.get(name.text, "") for name in conditions.names(part)}
        known = self.whole.node_by_id.keys() | self.whole.question_by_id.keys()
        return bool((read & known) - self.nodes - self.asked.keys())

    def _unasked(self, question: str) -> frozenset[str]:
        """The roles that are asked a question in the whole of the rubric, and not here."""
        asked = self.whole.asked
        return frozenset(asked(self.whole.question_by_id[question])) - frozenset(asked(self.asked[question]))

    def _known(self, nodes: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in nodes if name in self.nodes)

    def _initiatives(self) -> Mapping[str, Initiative]:
        """Initiatives that lift or answer something that is left, with what they need."""
        every = self.whole.initiative_by_id
        named = {name for gate in self.gates.values() for name in gate.lifted_by}
        named |= {name for clash in self.clashes.values() for name in clash.initiatives}
        waiting = [name for name, one in every.items() if self._known(one.lifts) or name in named]
        found: dict[str, Initiative] = {}
        while waiting:
            one = every[waiting.pop()]
            if one.id not in found:
                lifts = {node: level for node, level in one.lifts.items() if node in self.nodes}
                begins = self.condition(one.not_before) if one.not_before else None
                found[one.id] = one.model_copy(
                    update={"lifts": lifts, "not_before": begins, "enabler": one.enabler or not lifts}
                )
                waiting += [name for name in one.needs if name in every]
        return {name: found[name] for name in every if name in found}

    def _headline(self, name: str, headline: Headline) -> Headline | None:
        """A headline under the name it has in the whole; None where nothing decides it or it has nothing to say."""
        when = self.condition(headline.when) if headline.when else ""
        words = self._words(headline, "says", "cause")
        if when is None or not (words["says"].known or words["says"].unknown):
            return None
        answers = tuple(one for one in headline.initiatives if one in self.initiatives)
        return headline.model_copy(update={"id": name, "when": when or None, "initiatives": answers, **words})

    def rubric(self, extent: Extent) -> Rubric:
        """The rubric that is left."""
        whole = self.whole
        root = self.node(whole.root)
        headlines = [self._headline(name, headline) for name, headline in whole.headline_by_id.items()]
        claims = tuple(claim for claim in whole.claims if claim.home in self.nodes)
        found = whole.model_copy(
            update={
                "principles": root.criteria,
                "gates": root.gates,
                "clashes": root.clashes,
                "headlines": tuple(headline for headline in headlines if headline),
                "initiatives": tuple(self.initiatives.values()),
                "claims": tuple(c.model_copy(update={"also": self._known(c.also)}) for c in claims),
                "references": tuple(
                    reference.model_copy(update={"bears_on": self._known(reference.bears_on)})
                    for reference in whole.references
                ),
                "personas": (),
            }
        )
        found.__dict__.update(whole=whole, extent=extent)
        return found
