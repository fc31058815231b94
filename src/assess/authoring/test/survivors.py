"""Which single changes of a rubric none of its personas notices."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assess.authoring.assessments import answers_of
from assess.authoring.test.expectations import misses
from assess.authoring.test.mutations import KINDS, Mutation, make_change
from assess.authoring.test.noticing import Trees, dependents_of, notices
from assess.documents import SourceMap
from assess.formula import Compiled, Evaluation, compile_rubric, evaluate, evaluate_sheet
from assess.formula.normalise import option_values
from assess.formula.translate import translate_condition
from assess.model.initiatives import Persona
from assess.model.nodes import Clash, Gate
from assess.model.rubric import Rubric
from assess.problems import DocumentError, Location


class Witness(NamedTuple):
    """A persona that comes out as it expects, its trees, and the questions to which somebody does not know."""

    persona: Persona
    trees: Trees
    unknown: frozenset[str]


class Unnoticed(NamedTuple):
    """A change that no persona notices: of what, which, and where it would be made."""

    element: str
    says: str
    location: Location | None


class Survivors(NamedTuple):
    """Of one kind of change how many were made, and those that no persona notices, in the order of the rubric."""

    kind: str
    title: str
    made: int
    unnoticed: tuple[Unnoticed, ...]

    @property
    def noticed(self) -> int:
        """How many some persona notices."""
        return self.made - len(self.unnoticed)


def find_survivors(rubric: Rubric, sources: SourceMap) -> tuple[Survivors, ...]:
    """The changes of every kind that a rubric has; personas that fail, and plans, notice nothing."""
    witnesses = tuple(call_witnesses(rubric))
    found = []
    for kind, (title, changes) in KINDS.items():
        made = tuple(changes(rubric))
        unnoticed = [change for change in made if not is_noticed(rubric, witnesses, change)]
        placed = tuple(Unnoticed(each.element, each.says, _place(sources, each)) for each in unnoticed)
        found += [Survivors(kind, title, len(made), placed)] if made else []
    return tuple(found)


def share_noticed(found: Sequence[Survivors]) -> float:
    """The percentage of all changes that some persona notices; 100 without changes."""
    made = sum(each.made for each in found)
    return 100 * sum(each.noticed for each in found) / made if made else 100.0


def _place(sources: SourceMap, change: Mutation) -> Location | None:
    return sources.problem("expectation", change.says, change.element, *change.route).location


def call_witnesses(rubric: Rubric) -> Iterator[Witness]:
    """The personas that expect something and come out so, plans aside."""
    for persona in rubric.personas:
        try:
            tree = evaluate_sheet(rubric, answers_of(rubric, persona))
        except DocumentError:
            continue
        trees = tree, evaluate(tree.compiled, tree.readings, claimed=True)
        if not any(True for _ in misses(persona, *trees)):
            unknown = {name for (name, _), said in tree.readings.by_role.items() if said.unknown}
            yield Witness(persona, trees, frozenset(unknown))


def is_noticed(rubric: Rubric, witnesses: Sequence[Witness], change: Mutation) -> bool:
    """Whether one of some personas comes out otherwise than it expects once a change is made."""
    rule = next((rule for rule in _rules(rubric) if rule.id == change.element), None)
    if rule is not None and not _caps(rule, change):
        return any(_finding_noticed(witness, rule, change) for witness in witnesses)
    base, other = compile_rubric(rubric), _compiled(rubric, change)
    changed = _rules_changed(base, other)
    unknown = change.kind == "unknown_as"
    reached = dependents_of(base).of({*changed, *([change.element] if unknown else [])})
    for witness in witnesses:
        moved = change.element in witness.unknown if unknown else _moves(witness, other, changed)
        if moved and notices(witness.persona, witness.trees, other, reached):
            return True
    return False


def _rules(rubric: Rubric) -> Iterator[Gate | Clash]:
    yield from rubric.all_gates()
    yield from rubric.all_clashes()


def _caps(rule: Gate | Clash, change: Mutation) -> bool:
    """Whether a score can hang on what is changed of a gate or clash; on the claim of a clash none does."""
    return rule.cap is not None and "claim" not in change.update


def _finding_noticed(witness: Witness, rule: Gate | Clash, change: Mutation) -> bool:
    """Whether a gate or clash comes or goes, and the persona says that it should not."""
    new = rule.model_copy(update=dict(change.update))
    was, will_be = _comes(witness, rule), _comes(witness, new)
    expect, names = witness.persona.expect, witness.trees[0].compiled.rubric.names
    if isinstance(rule, Clash):
        return expect.clashes is not None and was is not will_be
    return was is not will_be and rule.id in (names[name] for name in (*expect.gates, *expect.not_gates))


def _comes(witness: Witness, rule: Gate | Clash) -> bool:
    """Whether a gate surely holds, or a clash is found."""
    tree, claimed = witness.trees
    if isinstance(rule, Gate):
        return tree.truth(rule.when) is True
    return all(claimed.truth(half) for half in (rule.claim, rule.practice))


def _compiled(rubric: Rubric, change: Mutation) -> Compiled:
    """The formulas of the rubric with a change; what conditions mean is the same, where no scale can be another."""
    found = make_change(rubric, change)
    found.__dict__["options_by_question"] = rubric.options_by_question
    shared = () if change.kind == "weight" else (translate_condition, option_values)
    found.derived.update({key: rubric.derived.setdefault(key, {}) for key in shared})
    return compile_rubric(found)


def _rules_changed(base: Compiled, other: Compiled) -> frozenset[str]:
    """The nodes and questions that are worked out by another formula."""
    nodes = {name for name, rule in other.nodes.items() if rule != base.nodes[name]}
    return frozenset(nodes | {name for name, rule in other.items.items() if rule != base.items[name]})


def _moves(witness: Witness, other: Compiled, changed: frozenset[str]) -> bool:
    """Whether anything comes out otherwise where the change was made; if not, nothing does anywhere else."""
    for known in witness.trees:
        tree = known.with_formulas(other, changed)
        if any(_result(tree, name) != _result(known, name) for name in changed):
            return True
    return False


def _result(tree: Evaluation, name: str) -> tuple[object, ...]:
    """What others read of a node or question."""
    if name not in tree.compiled.nodes:
        return tree.item(name)
    found = tree.node(name)
    holding = tuple(cap.id for cap in found.caps if cap.holds)
    return (*found.range, found.coverage, found.category, found.possible, found.spare, tree.scale(name), holding)
