"""The rubric: what good looks like, as one immutable whole with lookups by id or code."""

from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import model_validator

from assess.model.acceptances import Acceptance
from assess.model.aggregation import Aggregate, Aggregation, Weighting, Weights
from assess.model.anatomy import with_names
from assess.model.betterness import levels_of
from assess.model.change_classes import alters_print, alters_rule, alters_scale
from assess.model.extent import Extent
from assess.model.fields import (
    Decimals,
    Key,
    Many,
    NodeRef,
    Notes,
    OwnId,
    Read,
    Record,
    Text,
    Title,
    Words,
)
from assess.model.finding_texts import Figure, FindingText
from assess.model.headlines import Headline
from assess.model.initiatives import Claim, Initiative, Persona, Reference, Source
from assess.model.migrations import Migration
from assess.model.nodes import Clash, Clashes, Gate, Gates, Node, walk
from assess.model.policies import Policies
from assess.model.questions import AnswerRules, Asking, BetterEnd, Defaults, Level, Option, Question, Role, Scale, State
from assess.model.terms import NO_TERMS, Terms
from assess.model.translations import Translation
from assess.model.wording import Wording, own_texts, worded

ROOT = "overall"


class Rubric(Record, title="rubric/1"):
    """A whole rubric, with the SHA-256 over what its files say, and over their texts; empty when made in memory."""

    id: OwnId
    title: Annotated[Title, Read()]
    version: Words
    """Compared as text. Answers given to another version are refused."""
    summary: Annotated[Text, alters_print("what the client reads about the rubric"), Read()] = ""
    """One paragraph for the client."""
    licence: Annotated[Text, alters_print("who may use it")] = ""
    """Under which licence the rubric may be used."""
    language: Annotated[Text, alters_print("a label; texts are compared by themselves")] = "en"
    """The language it is written in, such as `en`."""
    translations: Annotated[Many[Translation], alters_print("the same questions in another language")] = ()
    """Its texts in other languages."""
    terms: Annotated[Terms, alters_print("what its words may be read as")] = NO_TERMS
    """Words that an engagement or an overlay may have read otherwise: a name to the word as it stands in the texts."""
    scale: Annotated[Scale, alters_scale("the points every node is printed in and caps are written in")] = Scale(
        min=0, max=100
    )
    """The native scale of every node that names none; 0 to 100 by default."""
    decimals: Annotated[Decimals | None, alters_print("how many decimals scores are printed with")] = None
    """The decimals scores are printed with, 0 to 6; by default 2 on scales up to 10 points, else 1."""
    policies: Policies = Policies()
    """The choices the rubric makes once for all its nodes."""
    levels: Many[Level] = ()
    """The levels of every node, lowest first. Targets and `lifts` need levels."""
    closed: Annotated[Literal["below", "above"], alters_scale("which side of a threshold has reached a level")] = (
        "below"
    )
    """`below`: a value on a threshold has reached the level; `above`: it has not."""
    better: Annotated[BetterEnd, alters_scale("which end of all scales is the good one")] = "high"
    """`low`: the more points, the worse, as with risks; a principle or criterion may say otherwise."""
    roles: Many[Role] = (Role(id="respondent", title="Respondent"),)
    """Who answers and who owns work; left out, there is one role, `respondent`."""
    tiers: Annotated[Many[Key], alters_rule("which parts can be asked alone")] = ()
    """How far an engagement may go, the shortest first; each holds what those before it hold."""
    scopes: Annotated[Mapping[Key, Many[NodeRef]], alters_rule("which parts can be asked alone")] = {}
    """Parts that can be assessed alone, by name: the nodes that belong to each."""
    aggregate: Annotated[Aggregation, alters_scale("how principles become the whole")] = Aggregate()
    """How the principles become the overall score."""
    weights: Annotated[Weighting, alters_scale("how much each principle counts")] = Weights()
    """How the weights of the children are found: `equal`, `{points: {a: 60, b: 40}}` or `{rank: [a, b]}`."""
    headlines: Many[Headline] = ()
    """The key message: the first whose condition surely holds."""
    defaults: Annotated[Defaults, alters_print("what it changes is told at each question")] = Defaults()
    """What questions, facts and the questions of single roles take where they do not say it themselves."""
    option_sets: Mapping[Key, Many[Option]] = {}
    """Shared lists of options, by name, for `options_from`."""
    gates: Gates = ()
    clashes: Clashes = ()
    principles: Many[Node] = ()
    """Principles that have no file of their own."""
    initiatives: Many[Initiative] = ()
    """What can be done about the findings."""
    sources: Many[Source] = ()
    """The texts the rubric is built on."""
    claims: Many[Claim] = ()
    """What the sources state, one statement each."""
    references: Many[Reference] = ()
    """What is known from outside the sources, and how well."""
    personas: Many[Persona] = ()
    """The rubric's own tests."""
    migrations: Many[Migration] = ()
    """How answers are carried over from version to version."""
    accepted: Annotated[Many[Acceptance], alters_print("what the check is told; it changes nothing else")] = ()
    """Findings of the check that stay on purpose, each with a reason."""
    notes: Notes = ""
    hash: str = ""
    text_hash: str = ""

    def __copy__(self) -> Self:
        """A copy that looks everything up anew: its principles may be others."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    @model_validator(mode="after")
    def _resolve(self) -> Self:
        """Every reference by the id in force, from the first moment on."""
        found = self.resolved()
        if found is not self:
            written, names = self.model_copy(), self.names
            self.__dict__.clear()  # what was looked up before holds other names
            self.__dict__.update(found.model_copy().__dict__, unresolved=written, names=names)
        return self

    @cached_property
    def derived(self) -> dict[Hashable, Any]:
        """What readers of the rubric worked out from it alone and want to find again."""
        return {}

    @cached_property
    def root(self) -> Node:
        """The whole as the node above the principles."""
        return Node.model_construct(
            id=ROOT,
            title=self.title,
            weights=self.weights,
            aggregate=self.aggregate,
            decimals=self.decimals,
            better=self.better,
            levels=self.levels,
            criteria=self.principles,
            gates=self.gates,
            clashes=self.clashes,
        )

    def tree(self) -> Iterator[Node]:
        """The root and every node below it, each before its children."""
        return walk(self.root)

    def nodes(self) -> Iterator[Node]:
        """Every principle and criterion, each before its children."""
        for principle in self.principles:
            yield from walk(principle)

    def upwards(self, name: str) -> Iterator[Node]:
        """A node and those above it, the root last; of a question those it hangs below."""
        if name in self.node_by_id:
            yield self.node_by_id[name]
        while name != ROOT:
            name = self.home_of[name]
            yield self.node_by_id[name]

    def questions(self) -> Iterator[Question]:
        """Every question, in the order of the tree."""
        for node in self.nodes():
            yield from node.questions

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Every id, code and former id to the id in force."""
        nodes, questions = tuple(self.nodes()), tuple(self.questions())
        former = [(item.renamed_from, item.id) for item in nodes]
        former += [(item.renamed_from, item.id) for item in questions]
        former += [(item.renamed_from, item.id) for item in self.roles]
        coded = [(item.code, item.id) for item in nodes] + [(item.code, item.id) for item in self.initiatives]
        coded += [(item.code, item.id) for item in self.roles]
        found = {name: current for names, current in former for name in names}
        found |= {code: current for code, current in coded if code} | {current: current for _, current in coded}
        found |= {question.id: question.id for question in questions}
        found |= {gate.id: gate.id for gate in self.all_gates()}
        found |= {clash.id: clash.id for clash in self.all_clashes()}
        return {name: name for name in self.headline_by_id} | found | {ROOT: ROOT}

    @property
    def as_written(self) -> "Rubric":
        """The rubric with its references in the spelling of its author; itself, unless they were resolved."""
        # Kept beside the fields only where it is another one: a rubric that held itself would equal none.
        found: Rubric = self.__dict__.get("unresolved", self)
        return found

    @cached_property
    def whole(self) -> "Rubric":
        """The rubric of which this is the part that an engagement asks; itself, unless only a part is asked."""
        return self

    @cached_property
    def extent(self) -> Extent | None:
        """How far an engagement goes; None where all of the rubric is asked."""
        return None

    def resolved(self) -> "Rubric":
        """The rubric with every reference by the id in force; personas expect and answer in their author's words."""

        def current(name: str) -> str:
            known = self.names.get(name, name)
            return name if known == name else known

        found = with_names(self, current)
        if found is not self:
            found = found.model_copy(update={"personas": self.personas})
            found.__dict__.update(unresolved=self, names=self.names)
        return found

    def id_of(self, name: str) -> str:
        """The id behind an id, code or former id; raises KeyError when there is none."""
        return self.names[name]

    @cached_property
    def node_by_id(self) -> dict[str, Node]:
        """The root, principles and criteria by id."""
        return {node.id: node for node in self.tree()}

    @cached_property
    def question_by_id(self) -> Mapping[str, Question]:
        """Questions by id."""
        return {question.id: question for question in self.questions()}

    @cached_property
    def headline_by_id(self) -> Mapping[str, Headline]:
        """Headlines by id, in their order; those without one by their place, unless something else is called so."""
        return {headline.id or f"headline_{place}": headline for place, headline in enumerate(self.headlines, 1)}

    @cached_property
    def initiative_by_id(self) -> Mapping[str, Initiative]:
        """Initiatives by id."""
        return {initiative.id: initiative for initiative in self.initiatives}

    @cached_property
    def role_by_id(self) -> Mapping[str, Role]:
        """Roles by id."""
        return {role.id: role for role in self.roles}

    @cached_property
    def home_of(self) -> Mapping[str, str]:
        """The node each question and each node hangs below; principles hang below the root."""
        found: dict[str, str] = {}
        for node in self.tree():
            found |= {child.id: node.id for child in node.criteria}
            found |= {question.id: node.id for question in node.questions}
        return found

    def all_gates(self) -> Iterator[Gate]:
        """Every gate, those of the rubric itself first."""
        for node in self.tree():
            yield from node.gates

    def all_clashes(self) -> Iterator[Clash]:
        """Every clash, those of the rubric itself first."""
        for node in self.tree():
            yield from node.clashes

    def finding_texts(self) -> Iterator[tuple[str, str, FindingText]]:
        """Every text that fits its cause: the anchor of its element, its key, and the text."""
        for gate in self.all_gates():
            yield from ((gate.id, key, text) for key, text in (("because", gate.because), ("so", gate.so)))
        for clash in self.all_clashes():
            yield from ((clash.id, key, text) for key, text in (("says", clash.says), ("so", clash.so)))
        for place, headline in enumerate(self.headlines):
            yield f"headline:{place}", "says", headline.says
            yield f"headline:{place}", "cause", headline.cause

    def quoting_texts(self) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
        """Every text that may quote figures: the anchor of its element, its route, and the text."""
        for anchor, key, text in self.finding_texts():
            yield from ((anchor, (key, *route), says) for route, says in text.texts())
        for node in self.nodes():
            for kind, texts in (("gap", node.says.gap), ("strength", node.says.strength)):
                yield from ((node.id, ("says", kind, key) if key else ("says", kind), x) for key, x in texts.items())
        yield from ((question.id, ("of",), question.of) for question in self.questions() if question.of)

    def quotable(self, figure: Figure) -> bool:
        """Whether a figure names a question, and a role if any."""
        role = self.names.get(figure.role) in self.role_by_id if figure.role else True
        return role and self.names.get(figure.question) in self.question_by_id

    @cached_property
    def options_by_question(self) -> Mapping[str, tuple[Option, ...]]:
        """The options of every question, shared lists opened and missing keys filled with the level keys."""
        return {question.id: self._options(question) for question in self.questions()}

    def options_of(self, question: Question) -> tuple[Option, ...]:
        """The options of a question of this rubric."""
        return self.options_by_question[question.id]

    def _options(self, question: Question) -> tuple[Option, ...]:
        if question.traits.options:
            return tuple(Option(key=key, label=label) for key, label in question.traits.options)
        options = self.option_sets.get(question.options_from or "", ()) or question.options
        if len(options) == len(self.levels):
            pairs = zip(options, self.levels, strict=True)
            return tuple(o if o.key else o.model_copy(update={"key": level.key}) for o, level in pairs)
        return tuple(options)

    def scored(self, question: Question) -> bool:
        """Whether a question has a value of its own and counts in a mean."""
        if question.weight == 0 or question.traits.scored != "declared":
            return question.weight != 0 and question.traits.scored == "always"
        return question.has_figures or any(option.score is not None for option in self.options_of(question))

    def likenesses(self, persona: Persona) -> tuple[Persona, ...]:
        """The persona and those it is like, nearest first; a circle ends where it closes, on its first member."""
        by_id = {known.id: known for known in self.personas}
        found = [persona]
        while (like := found[-1].like) in by_id and found[-1] not in found[:-1]:
            found.append(by_id[like or ""])
        return tuple(found)

    def answers_of(self, persona: Persona) -> Mapping[str, object]:
        """The answers of a persona: its own over those of the personas it is like, role by role."""
        found: dict[str, object] = {}
        by_role: dict[str, dict[str, object]] = {}
        for known in reversed(self.likenesses(persona)):
            for name, given in known.answers.items():
                role = self.names.get(name, name)
                if role in self.role_by_id and isinstance(given, Mapping):
                    by_role.setdefault(role, {}).update(given)
                else:
                    found[name] = given
        return {**found, **by_role}

    def staff_of(self, persona: Persona) -> int | None:
        """How many people a persona employs, itself or as the personas it is like."""
        return next((known.staff for known in self.likenesses(persona) if known.staff is not None), None)

    def levels_of(self, node: str) -> tuple[Level, ...]:
        """The levels a node is read against, the worst first."""
        return levels_of(self, node)

    def asked(self, question: Question) -> tuple[str, ...]:
        """The ids of the roles invited to a question, in the order of the rubric; without `ask`, all people."""
        if not question.ask:
            return tuple(role.id for role in self.roles if role.people)
        invited = {self.names.get(name, name) for name in question.ask}
        return tuple(role.id for role in self.roles if role.id in invited)

    def wording(self, question: Question, role: str = "") -> Wording:
        """What a role reads here of a question and may answer it with; without a role, what the question says."""
        key = ("wording", question.id, self.names.get(role, role))
        if key not in self.derived:
            self.derived[key] = self._wording(self.question_by_id.get(question.id, question), key[2])
        found: Wording = self.derived[key]
        return found

    def _wording(self, question: Question, role: str) -> Wording:
        own = {self.names.get(name, name): asking for name, asking in question.ask.items()}
        nearest = {self.names.get(name, name): rules for name, rules in self.defaults.roles.items()}
        defaults = (
            nearest.get(role, AnswerRules()),
            self.defaults.questions if question.weight else self.defaults.facts,
        )
        return worded(question, self.options_of(question), own.get(role, Asking()), defaults)

    def parts_of(self, question: Question) -> Mapping[str, str]:
        """What stands where in a question: `text`, `help`, its options by key, roles by their id and as they are named.

        Behind the empty text stands all of it.
        """
        asked = {name: "\n".join(own_texts(asking)) for name, asking in question.ask.items()}
        by_name = {name: asked[own] for own in asked for name in (own, self.names.get(own, own))}
        parts = {**by_name, **self.wording(question).labels(), "text": question.text, "help": question.help}
        return {**parts, "": "\n".join((*parts.values(),))}

    def title_for(self, node: Node, role: str) -> str:
        """What a role reads above its questions in a node, where that is not the title of the node itself."""
        return next((text for name, text in node.titles.items() if self.names.get(name, name) == role), "")

    def wordings(self, question: Question) -> Mapping[str, Wording]:
        """What each role that is asked a question reads of it, by the id of the role."""
        return {role: self.wording(question, role) for role in self.asked(question)}

    def states_of(self, question: Question, role: str = "") -> tuple[State, ...]:
        """The states besides an answer that a question takes from a role; without a role, from anybody it is asked."""
        if role:
            return self.wording(question, role).allow
        taken = {state for wording in self.wordings(question).values() for state in wording.allow}
        return tuple(state for state in get_args(State) if state in taken)

    def takes_evidence(self, question: Question) -> bool:
        """Whether anybody who is asked a question is offered to show evidence beside the answer."""
        return any(wording.evidence != "off" for wording in self.wordings(question).values())
