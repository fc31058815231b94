"""The rubric under audit, with everything that several rules read, worked out once and when a rule first asks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from assess.authoring.check.domains import Domains, Marks, ValueSpan
from assess.authoring.check.solver import Solver
from assess.authoring.check.synthetic import Worlds
from assess.authoring.check.truths import TRUE
from assess.authoring.check.variables import Sheet, sheet_in_words
from assess.conditions import Comparison, Literal, Name, comparisons, parse_condition
from assess.documents import Document, Route, SourceMap, problem
from assess.formula import Compiled, compile_rubric, conditions_of, scale_of, translate_condition
from assess.formula import nodes as f
from assess.formula.aggregations import aggregation
from assess.formula.compile import cap_value
from assess.formula.items import reachable
from assess.formula.worked_answers import answer_value
from assess.model.fields import Plain
from assess.model.nodes import Cap
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.numbers import short
from assess.problems import Fix, Problem, Severity

TOP = 100.0
ANSWERS = "answers"
Found = Iterator[Problem]


class Stated(NamedTuple):
    """A condition where it stands: the element, the route of its key inside, its text and its meaning."""

    anchor: str
    route: Route
    text: str
    test: f.Test


class Hold(NamedTuple):
    """What holds nodes down: a gate, or the practice half of a clash with a cap; `at` is per node on 0..100."""

    stated: Stated
    kind: str
    at: Mapping[str, float]


class WrittenValue(NamedTuple):
    """A value of a document and where it stands."""

    document: Document
    route: Route
    value: str


def _off_scale(rubric: Rubric, part: Comparison) -> str:
    """What to say of a node that is compared with a number outside its scale; empty for anything else."""
    name = rubric.names.get(part.left.text, "") if isinstance(part.left, Name) else ""
    numbers = [right.value for right in part.right if isinstance(right, Literal) and isinstance(right.value, float)]
    if not numbers or name not in rubric.node_by_id:
        return ""
    scale = scale_of(rubric, name)
    if scale.min <= numbers[0] <= scale.max:
        return ""
    ends = f"{short(scale.min, 2)} to {short(scale.max, 2)}"
    return f"the scale of {name} is {ends}: compare with a number on it"


@dataclass(frozen=True)
class Subject:
    """One sound rubric and where everything in it stands."""

    rubric: Rubric
    sources: SourceMap
    seed: int = 0

    def found(  # noqa: PLR0913 - the parts of a problem
        self,
        code: str,
        message: str,
        anchor: str,
        *route: str | int,
        hint: str = "",
        severity: Severity = "error",
        sheet: Sheet | None = None,
        witness: str = "",
    ) -> Problem:
        """A problem at a route below an element, with the smallest sheet that shows it."""
        problem = self.sources.problem(code, message, anchor, *route, hint=hint, severity=severity)
        return replace(problem, witness=witness or sheet_in_words(self.rubric, sheet))

    def way_out(self, anchor: str, route: Sequence[str | int]) -> str:
        """What to compare with where a condition can never hold: what its question has, or the scale of its node."""
        texts = [stated.text for stated in self.conditions if (stated.anchor, stated.route) == (anchor, tuple(route))]
        read = [part for text in texts for part in comparisons(parse_condition(text)) if isinstance(part, Comparison)]
        hints = (_off_scale(self.rubric, part) for part in read)
        return next(filter(None, hints), "compare with an answer that can be given")

    def found_in(  # noqa: PLR0913 - the parts of a problem
        self,
        code: str,
        message: str,
        stated: Stated,
        word: str,
        *,
        hint: str = "",
        severity: Severity = "error",
        sheet: Sheet | None = None,
        witness: str = "",
    ) -> Problem:
        """A problem at a word of a condition."""
        place = re.search(rf"(?<![\w.-]){re.escape(word)}", stated.text)
        offset, length = (place.start(), len(word)) if place else (0, 0)
        problem = self.sources.problem(
            code, message, stated.anchor, *stated.route, hint=hint, severity=severity, offset=offset, length=length
        )
        return replace(problem, witness=witness or sheet_in_words(self.rubric, sheet))

    def found_at(  # noqa: PLR0913 - the parts of a problem
        self,
        text: WrittenValue,
        code: str,
        message: str,
        *,
        hint: str,
        severity: Severity,
        word: str = "",
        fix: Fix | None = None,
    ) -> Problem:
        """A problem at a text of a document, or at a word of it."""
        about = self.sources.holder(text.document, text.route)
        home, base = self.sources.anchors.get(about, (text.document, ()))
        if home.name == text.document.name:
            told = self.sources.problem(
                code,
                message,
                about,
                *text.route[len(base) :],
                hint=hint,
                severity=severity,
                offset=max(text.value.rfind(word), 0) if word else 0,
                length=len(word),
            )
        else:
            told = problem(text.document, code, message, text.route, hint=hint, severity=severity)
        return replace(told, fix=fix)

    @cached_property
    def compiled(self) -> Compiled:
        """The rubric as formulas."""
        return compile_rubric(self.rubric)

    @cached_property
    def conditions(self) -> tuple[Stated, ...]:
        """Every condition of the rubric."""
        return tuple(
            Stated(anchor, route, text, translate_condition(self.rubric, text))
            for anchor, route, text in conditions_of(self.rubric)
        )

    def stated(self, anchor: str, key: str) -> Stated:
        """The condition below a key of an element."""
        return self._by_place[anchor, key]

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str | int], Stated]:
        return {(stated.anchor, stated.route[0]): stated for stated in self.conditions if len(stated.route) == 1}

    @property
    def is_english(self) -> bool:
        """Whether rules that know English words apply."""
        return self.rubric.language.lower().startswith("en")

    @cached_property
    def texts(self) -> tuple[WrittenValue, ...]:
        """Every text of the documents, quoted or not; the answers of personas aside."""
        documents = {document.name: document for document, _ in self.sources.anchors.values()}
        return tuple(
            WrittenValue(document, route, value)
            for document in documents.values()
            for route, value in _scalars(document.data, ())
            if isinstance(value, str) and ANSWERS not in route
        )

    @cached_property
    def unquoted(self) -> tuple[WrittenValue, ...]:
        """Every unquoted value of the documents; the answers of personas may be written plainly."""
        return tuple(text for text in self.texts if isinstance(text.value, Plain))

    @cached_property
    def holds(self) -> tuple[Hold, ...]:
        """Everything that caps nodes by a condition."""
        gates: list[tuple[str, str, str, Cap | None]] = [(g.id, "when", "gate", g.cap) for g in self.rubric.all_gates()]
        gates += [(clash.id, "practice", "clash", clash.cap) for clash in self.rubric.all_clashes()]
        return tuple(
            Hold(self.stated(name, key), kind, {node: cap_value(self.rubric, node, cap) for node in cap.of})
            for name, key, kind, cap in gates
            if cap
        )

    @cached_property
    def tables(self) -> Mapping[str, f.FirstMatch]:
        """The nodes that are first-match tables, ladders or stages."""
        rules = self.compiled.nodes
        return {name: rule.formula for name, rule in rules.items() if isinstance(rule.formula, f.FirstMatch)}

    @cached_property
    def worlds(self) -> Worlds:
        """Made-up sheets as trees."""
        return Worlds(self.compiled)

    @cached_property
    def tests(self) -> tuple[f.Test, ...]:
        """Every test the rubric makes: its conditions, and the rows of ladders and stages."""
        tables = (when for table in self.tables.values() for when, _ in table.cases)
        return (*(stated.test for stated in self.conditions), *tables)

    @cached_property
    def read(self) -> frozenset[str]:
        """The questions and nodes that some test reads."""
        return frozenset(f.names_read(self.tests))

    @cached_property
    def marks(self) -> Marks:
        """The thresholds of all tests."""
        return Marks(self.tests)

    @cached_property
    def domains(self) -> Domains:
        """What every slot of a sheet can say."""
        return Domains(self.compiled, self.marks, self.spans)

    @cached_property
    def _puzzles(self) -> dict[Stated, Solver]:
        return {}

    def puzzle(self, stated: Stated) -> Solver:
        """The search for answers to one condition."""
        if stated not in self._puzzles:
            self._puzzles[stated] = self.together([stated.test])
        return self._puzzles[stated]

    def together(self, tests: Sequence[f.Test]) -> Solver:
        """The search for answers to several conditions at once."""
        return Solver(self.worlds, self.domains, tests, self.seed)

    @cached_property
    def spans(self) -> Mapping[str, ValueSpan]:
        """Between what each node can stand, caps aside; a little too wide where its children depend on each other."""
        return {name: self._span(name) for name in self.compiled.nodes}

    def _span(self, name: str) -> ValueSpan:
        table = self.tables.get(name)
        if table is None:
            return ValueSpan(0.0, max(self.tops[name], 0.0))
        results = {
            then.value for then in (*(then for _, then in table.cases), table.default) if isinstance(then, f.Constant)
        }
        caps = {at for hold in self.holds for node, at in hold.at.items() if node == name and at < max(results)}
        steps = tuple(sorted(results | caps))
        return ValueSpan(steps[0], steps[-1], steps)

    @cached_property
    def tops(self) -> Mapping[str, float]:
        """The highest value of every node on 0..100, no gate holding; of a table its best row."""
        found: dict[str, float] = {}
        for name in reversed(self.rubric.node_by_id):
            found[name] = self._top(name, found)
        return found

    def _top(self, name: str, below: Mapping[str, float]) -> float:
        if self.how(name) == "pair":
            return TOP  # what it comes to is no matter of the best answers to both parts
        table = self.tables.get(name)
        if table is not None and self.how(name) in ("rules", "ladder"):
            return max(then.value for _, then in (*table.cases, (None, table.default)) if isinstance(then, f.Constant))
        children = [child for child, _ in self.compiled.nodes[name].weights]
        items = {child: self.best(self.rubric.question_by_id[child]) for child in children if child not in below}
        tree = self.worlds.above({child: below[child] for child in children if child in below}, items, self._gates)
        return tree.node(name).value or 0.0

    @cached_property
    def _gates(self) -> frozenset[str]:
        return frozenset(hold.stated.anchor for hold in self.holds)

    def how(self, name: str) -> object:
        """How the children of a node become its value, as `AGGREGATIONS` says it."""
        return aggregation(self.rubric.node_by_id[name].aggregate).how

    def best(self, question: Question) -> float:
        """The highest value an answer to a question can have, proved as well as it can be; 0..100."""
        value = reachable(self.rubric, question.id)[1]
        if question.traits.worth == "ticks":
            options = self.rubric.options_of(question)
            together = tuple(option.key for option in options if option.key and not option.exclusive)
            alone = [(option.key,) for option in options if option.key and option.exclusive]
            value = max(answer_value(self.rubric, question, ticks) or 0.0 for ticks in (together, *alone))
        ceilings = self.compiled.items[question.id].ceilings
        if ceilings is None:
            return value
        return min(value, max(ceilings) if self.rubric.takes_evidence(question) else ceilings[0])

    def ever(self, stated: Stated) -> bool:
        """Whether some answers make a condition true."""
        return self.puzzle(stated).search([TRUE]).sheet is not None


def _scalars(value: object, route: Route) -> Iterator[tuple[Route, object]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _scalars(inner, (*route, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _scalars(inner, (*route, place))
    else:
        yield route, value
