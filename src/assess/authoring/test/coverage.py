"""Which parts of a rubric its personas reach: what nobody reaches has never been seen to work."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assess.authoring.assessments import clashing, holding, planned
from assess.authoring.test.condition_changes import list_thresholds
from assess.authoring.test.noticing import dependents_of, notices
from assess.formula import Evaluation, compile_rubric
from assess.formula.nodes import All, Constant, FirstMatch, Formula, Test
from assess.model.finding_texts import QUOTED
from assess.model.headlines import Headline
from assess.model.initiatives import Persona
from assess.model.rubric import Rubric
from assess.workflow import Assessment

Parts = Iterator[str]


class Coverage(NamedTuple):
    """The parts of one kind, in the order of the rubric, and those of them that were reached."""

    kind: str
    title: str
    parts: tuple[str, ...]
    reached: frozenset[str]

    @property
    def missed(self) -> tuple[str, ...]:
        """The parts that were not."""
        return tuple(part for part in self.parts if part not in self.reached)


class _Kind(NamedTuple):
    """A kind of part: what a reader calls it, all of a rubric, and those one organization reaches."""

    title: str
    parts: Callable[[Rubric], Iterable[str]]
    reached: Callable[[Assessment], Iterable[str]]


class _Expected(NamedTuple):
    """A kind of part of which an expectation must speak, else it could be taken out and nobody would notice."""

    title: str
    parts: Callable[[Rubric], Iterable[str]]
    noticed: Callable[[Assessment, Persona], Iterable[str]]


def coverage(rubric: Rubric, reached: Iterable[Mapping[str, frozenset[str]]]) -> tuple[Coverage, ...]:
    """What of a rubric is reached together, kind by kind; kinds of which the rubric has nothing are left out."""
    everything = tuple(reached)
    kinds = [(name, kind.title, kind.parts) for name, kind in KINDS.items()]
    kinds += [(name, kind.title, kind.parts) for name, kind in EXPECTED.items()]
    found = []
    for name, title, parts_of in kinds:
        parts = tuple(dict.fromkeys(parts_of(rubric)))
        together = frozenset(parts).intersection(part for one in everything for part in one.get(name, ()))
        found += [Coverage(name, title, parts, together)] if parts else []
    return tuple(found)


def reached_by(of: Assessment, persona: Persona | None = None) -> Mapping[str, frozenset[str]]:
    """What one organization reaches, by kind; also a name or two of what is no part of the rubric's.

    persona: the persona it is, when all came out as it expects; without one nobody notices a key criterion or a flag.
    """
    reached = {name: frozenset(kind.reached(of)) for name, kind in KINDS.items()}
    return reached | (
        {name: frozenset(kind.noticed(of, persona)) for name, kind in EXPECTED.items()} if persona else {}
    )


def share_reached(found: Iterable[Coverage]) -> float:
    """The percentage of all parts that was reached; 100 without parts."""
    kinds = tuple(found)
    total = sum(len(kind.parts) for kind in kinds)
    return 100 * sum(len(kind.reached) for kind in kinds) / total if total else 100.0


def _options(rubric: Rubric) -> Parts:
    for question in rubric.questions():
        yield from (f"{question.id}: {option.key}" for option in rubric.options_of(question))


def _chosen(of: Assessment) -> Parts:
    answers = [(q.id, said.answer) for q in of.rubric.questions() for said in of.sheet.answers(q.id)]
    answers += [(question, settled.answer) for question, settled in of.sheet.settled.items()]
    for question, answer in answers:
        keys = answer.value if isinstance(answer.value, tuple) else (answer.value,)
        yield from (f"{question}: {key}" for key in keys)


def _gates(rubric: Rubric) -> Parts:
    return (gate.id for gate in rubric.all_gates())


def _no_gates(of: Assessment) -> Parts:
    """The gates that surely do not hold: one that waits for an answer shows nothing."""
    return (gate.id for gate in of.rubric.all_gates() if of.tree.truth(gate.when) is False)


def _thresholds(rubric: Rubric) -> Parts:
    return iter(_compared(rubric))


def _met(of: Assessment) -> Parts:
    return (part for part, (text, claims) in _compared(of.rubric).items() if _tree(of, claims).truth(text))


def _not_met(of: Assessment) -> Parts:
    return (part for part, (text, claims) in _compared(of.rubric).items() if _tree(of, claims).truth(text) is False)


def _tree(of: Assessment, claims: str) -> Evaluation:
    return of.claimed if claims else of.tree


def _compared(rubric: Rubric) -> Mapping[str, tuple[str, str]]:
    """Every comparison with a threshold in a gate or clash: what it is called, its text, and the clash it is of."""
    if _compared not in rubric.derived:
        conditions = [(gate.id, gate.when, "") for gate in rubric.all_gates()]
        conditions += [(c.id, half, c.id) for c in rubric.all_clashes() for half in (c.claim, c.practice)]
        rubric.derived[_compared] = {
            f"{name}: {text}": (text, clash) for name, when, clash in conditions for text in list_thresholds(when)
        }
    found: Mapping[str, tuple[str, str]] = rubric.derived[_compared]
    return found


def _clashes(rubric: Rubric) -> Parts:
    return (clash.id for clash in rubric.all_clashes())


def _no_clashes(of: Assessment) -> Parts:
    """The clashes one half of which is surely not true."""
    clashes, tree = of.rubric.all_clashes(), of.claimed
    return (clash.id for clash in clashes if False in (tree.truth(clash.claim), tree.truth(clash.practice)))


def _cases(rubric: Rubric) -> Parts:
    for cases in _tables(rubric).values():
        yield from (name for name, _ in cases)


def _matched(of: Assessment) -> Parts:
    for node, cases in _tables(of.rubric).items():
        if of.scorecard.scores[node].category is not None:
            yield next(name for name, when in cases if of.tree.test(when).point)


def _tables(rubric: Rubric) -> Mapping[str, tuple[tuple[str, Test], ...]]:
    """The first-match tables of a rubric by node: what each case or stage is called, and when it is taken."""
    found = {}
    for node, rule in compile_rubric(rubric).nodes.items():
        if isinstance(rule.formula, FirstMatch):
            found[node] = tuple(_named(node, (*rule.formula.cases, (All(()), rule.formula.default))))
    return found


def _named(node: str, cases: Sequence[tuple[Test, Formula]]) -> Iterator[tuple[str, Test]]:
    """Cases by the category they come to, and by their place where several come to one; a ladder has none."""
    labels = [then.label if isinstance(then, Constant) else "" for _, then in cases]
    for place, ((when, _), label) in enumerate(zip(cases, labels, strict=True), 1):
        if label:
            which = "otherwise" if place == len(cases) else f"case {place}"
            yield f"{node}: {label}" + (f" ({which})" if labels.count(label) > 1 else ""), when


def _levels(rubric: Rubric) -> Parts:
    for node in rubric.node_by_id:
        yield from (f"{node}: {level.key}" for level in rubric.levels_of(node))


def _stood_at(of: Assessment) -> Parts:
    return (f"{name}: {score.level}" for name, score in of.scorecard.scores.items())


def _headlines(rubric: Rubric) -> Parts:
    return (_headline(place, headline) for place, headline in enumerate(rubric.headline_by_id.values(), 1))


def _headline(place: int, headline: Headline) -> str:
    return f"{place}: {headline.says.sample}"


def _chosen_headline(of: Assessment) -> Parts:
    """The headline that was printed."""
    for place, (name, headline) in enumerate(of.rubric.headline_by_id.items(), 1):
        if name == of.diagnosis.message.id:
            yield _headline(place, headline)


def _initiatives(rubric: Rubric) -> Parts:
    return iter(rubric.initiative_by_id)


def _asked_for(of: Assessment) -> Parts:
    """What is in the plan, and what a finding asks for and was left out with its reason."""
    yield from planned(of.plan)
    yield from (out.initiative for out in of.plan.left_out if out.wanted)


def _texts(rubric: Rubric) -> Parts:
    for node in rubric.nodes():
        for kind, texts in (("gap", node.says.gap), ("strength", node.says.strength)):
            yield from (_at(node.id, kind, level) for level in texts)
    yield from (name for name, _, _ in _by_cause(rubric))


def _at(node: str, kind: str, level: str) -> str:
    return f"{node}: {kind} at {level}" if level else f"{node}: {kind}"


def _by_cause(rubric: Rubric) -> Iterator[tuple[str, str, str]]:
    """Every text of a gate or clash that is said in some cases only: what it is called, its element, and the text."""
    rules = [(gate.id, gate.because) for gate in rubric.all_gates()]
    rules += [(clash.id, clash.says) for clash in rubric.all_clashes()]
    for element, text in rules:
        for route, says in () if text.always else text.texts():
            place = f" {int(route[1]) + 1}" if len(route) > 1 else ""
            yield f"{element}: {route[0]}{place}", element, says


def _printed(of: Assessment) -> Parts:
    for finding in of.diagnosis.of("gap", "strength"):
        says = of.rubric.node_by_id[finding.node].says
        texts = says.gap if finding.kind == "gap" else says.strength
        chosen = (level for level, text in texts.items() if not level or _reads_like(text, finding.says))
        yield from (_at(finding.node, finding.kind, level) for level in chosen)
    for name, element, text in _by_cause(of.rubric):
        if _reads_like(text, of.scorecard.texts[element].text):
            yield name


def _reads_like(text: str, said: str) -> bool:
    """Whether something that was said is a text with its figures."""
    words = "(.+)".join(re.escape(part) for part in QUOTED.split(text)[::2])
    return re.fullmatch(words, said, re.DOTALL) is not None


def _conditional(rubric: Rubric) -> Parts:
    return (question.id for question in rubric.questions() if question.show_when)


def _shown(of: Assessment) -> Parts:
    return (name for name, item in of.scorecard.items.items() if item.state != "hidden")


def _hidden(of: Assessment) -> Parts:
    return (name for name, item in of.scorecard.items.items() if item.state == "hidden")


def _keys(rubric: Rubric) -> Parts:
    return (node.id for node in rubric.nodes() if node.key)


def _keys_noticed(of: Assessment, persona: Persona) -> Parts:
    """The key criteria without which something would come out otherwise than expected."""
    for node in of.rubric.tree():
        for cap in of.tree.node(node.id).caps:
            named = cap.id in (of.rubric.names[name] for name in persona.expect.gates)
            if cap.kind == "key" and cap.holds and (named or (cap.binds and _misses_key(of, persona, node.id, cap.id))):
                yield cap.id


def _misses_key(of: Assessment, persona: Persona, node: str, key: str) -> bool:
    """Whether something comes out otherwise for a persona once a criterion is no key of its node any more."""
    rule = of.compiled.nodes[node]
    free = rule._replace(caps=tuple(cap for cap in rule.caps if cap.key != key))
    without = of.compiled._replace(nodes={**of.compiled.nodes, node: free})
    return notices(persona, (of.tree, of.claimed), without, dependents_of(of.compiled).of((), (key,)))


def _flags(rubric: Rubric) -> Parts:
    return (gate.id for gate in rubric.all_gates() if gate.flag)


def _flags_noticed(of: Assessment, persona: Persona) -> Parts:
    """The flags that a persona says are raised; they move no score."""
    return (of.rubric.names[name] for name in persona.expect.gates)


KINDS = {
    "option": _Kind("options chosen", _options, _chosen),
    "shown": _Kind("questions with a condition, shown", _conditional, _shown),
    "hidden": _Kind("questions with a condition, hidden", _conditional, _hidden),
    "gate": _Kind("gates that hold", _gates, lambda of: holding(of.tree)),
    "no_gate": _Kind("gates that do not hold", _gates, _no_gates),
    "threshold": _Kind("thresholds met", _thresholds, _met),
    "no_threshold": _Kind("thresholds not met", _thresholds, _not_met),
    "clash": _Kind("clashes found", _clashes, lambda of: clashing(of.claimed)),
    "no_clash": _Kind("clashes not found", _clashes, _no_clashes),
    "case": _Kind("cases of rules and stages", _cases, _matched),
    "level": _Kind("levels of nodes", _levels, _stood_at),
    "headline": _Kind("headlines printed", _headlines, _chosen_headline),
    "initiative": _Kind("initiatives asked for", _initiatives, _asked_for),
    "text": _Kind("texts of gaps and strengths", _texts, _printed),
}
EXPECTED = {
    "key": _Expected("key criteria noticed", _keys, _keys_noticed),
    "flag": _Expected("flags expected", _flags, _flags_noticed),
}
