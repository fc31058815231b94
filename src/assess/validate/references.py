"""Names that lead somewhere: references, conditions and codes."""

from collections.abc import Iterable, Iterator, Mapping

from assess.conditions import ConditionError
from assess.documents import SourceMap
from assess.formula import conditions_of, scale_of, translate_condition
from assess.model.anatomy import name_of, names_in, naming_fields, references_in
from assess.model.fields import Record
from assess.model.initiatives import Persona
from assess.model.nodes import Cap
from assess.model.rubric import Rubric
from assess.problems import Problem, listing, nearest

Found = Iterator[Problem]
Table = tuple[str, tuple[str | int, ...], Mapping[str, object]]


def unknown(
    sources: SourceMap, anchor: str, route: tuple[str | int, ...], what: str, name: str, known: Iterable[str]
) -> Problem:
    """A name that leads nowhere, at its place below an element, with the nearest of those known, or all."""
    known = [*known]
    message = f"there is no {what} '{name}'{nearest(name, known)}"
    place, at_key = sources.naming(anchor, *route, name=name)
    names = [] if nearest(name, known) else [*known]
    hint = f"one of: {listing(names)}" if names else ""
    return sources.problem("unknown_name", message, anchor, *place, at_key=at_key, hint=hint)


def conditions(rubric: Rubric, sources: SourceMap) -> Found:
    """Every condition can be read and names what is there."""
    for anchor, route, text in conditions_of(rubric):
        try:
            translate_condition(rubric, text)
        except ConditionError as error:
            yield sources.problem(
                "condition",
                error.message,
                anchor,
                *route,
                hint=error.hint,
                offset=error.offset,
                length=error.length,
            )


def codes(rubric: Rubric, sources: SourceMap) -> Found:
    """Codes are unique and no code is another's id."""
    seen: dict[str, str] = {}
    named = [(n.code, n.id) for n in rubric.nodes()] + [(i.code, i.id) for i in rubric.initiatives]
    for code, name in named + [(role.code, role.id) for role in rubric.roles]:
        if code is None:
            continue
        if code in seen:
            message = f"the code '{code}' of '{name}' is already that of '{seen[code]}'"
            yield sources.problem("duplicate_id", message, name, "code")
        seen[code] = name


def caps(rubric: Rubric, sources: SourceMap) -> Found:
    """What a gate caps is a node, at a level of that node or a number on its scale."""
    holders: list[tuple[str, Cap | None]] = [(gate.id, gate.cap) for gate in rubric.all_gates()]
    holders += [(clash.id, clash.cap) for clash in rubric.all_clashes()]
    nodes = {name: found for name, found in rubric.names.items() if found in rubric.node_by_id}
    for anchor, cap in holders:
        if cap is None:
            continue
        if not cap.of:
            hint = "name what it caps, such as `of: [a_criterion]`"
            yield sources.problem("gate", f"'{anchor}' caps nothing", anchor, "cap", "of", hint=hint)
        for place, name in enumerate(cap.of):
            if name not in nodes:
                yield unknown(sources, anchor, ("cap", "of", place), "node", name, nodes)
            elif isinstance(cap.at, str) and cap.at not in (keys := [x.key for x in rubric.levels_of(nodes[name])]):
                yield unknown(sources, anchor, ("cap", "at"), f"level of '{name}'", cap.at, keys)
            elif not isinstance(cap.at, str):
                yield from _off_scale(rubric, sources, anchor, nodes[name], cap.at)


def _off_scale(rubric: Rubric, sources: SourceMap, anchor: str, node: str, points: float) -> Found:
    scale = scale_of(rubric, node)
    if scale.min < scale.max and not scale.min <= points <= scale.max:
        message = f"{points:g} lies outside the scale of '{node}', {scale.min:g} to {scale.max:g}"
        hint = "name a number on it, or a level"
        yield sources.problem("scale", message, anchor, "cap", "at", hint=hint)


def ways_out(rubric: Rubric, sources: SourceMap) -> Found:
    """Gates have an effect and name known initiatives that lift them; so do clashes."""
    for gate in rubric.all_gates():
        yield from _initiative_names(rubric, sources, gate.id, "lifted_by", gate.lifted_by)
        yield from _initiative_names(rubric, sources, gate.id, "blocks", gate.blocks)
        if (gate.cap is None) == (not gate.flag):
            hint = "give it `cap: {of: [...], at: ...}` or `flag: true`"
            yield sources.problem("gate", f"'{gate.id}' needs a cap or a flag, one of the two", gate.id, hint=hint)
        if not gate.lifted_by:
            message = f"nothing is named that lifts '{gate.id}'"
            yield sources.problem("gate", message, gate.id, hint="add `lifted_by: [...]`", severity="warning")
    for clash in rubric.all_clashes():
        yield from _initiative_names(rubric, sources, clash.id, "initiatives", clash.initiatives)


def _initiative_names(rubric: Rubric, sources: SourceMap, anchor: str, key: str, names: tuple[str, ...]) -> Found:
    for place, name in enumerate(names):
        if rubric.names.get(name) not in rubric.initiative_by_id:
            yield unknown(sources, anchor, (key, place), "initiative", name, rubric.initiative_by_id)


def roles(rubric: Rubric, sources: SourceMap) -> Found:
    """Every role a question or policy names is there."""
    known = [name for name, found in rubric.names.items() if found in rubric.role_by_id]
    policies = rubric.policies
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("policies", "anonymous", place), name) for place, name in enumerate(policies.anonymous)
    ]
    if policies.disagreement:
        named.append((("policies", "disagreement", "role"), policies.disagreement.role))
    if policies.perception:
        named.append((("policies", "perception", "claim"), policies.perception.claim))
        practice = policies.perception.practice
        named += [(("policies", "perception", "practice", place), name) for place, name in enumerate(practice)]
    for route, name in named:
        if name not in known:
            yield unknown(sources, "", route, "role", name, known)
    for question in rubric.questions():
        for name in question.ask:
            if name not in known:
                yield unknown(sources, question.id, ("ask",), "role", name, known)


def level_names(rubric: Rubric, sources: SourceMap) -> Found:
    """The levels that policies name are there."""
    keys = [level.key for level in rubric.levels]
    for key in ("target", "red_at"):
        name = getattr(rubric.policies, key)
        if name is not None and name not in keys:
            yield unknown(sources, "", ("policies", key), "level", name, keys)


def personas(rubric: Rubric, sources: SourceMap) -> Found:
    """What a persona expects names things of the rubric, and so does what it is like."""
    gates = [*(gate.id for gate in rubric.all_gates()), *(node.id for node in rubric.nodes())]
    clashes = [clash.id for clash in rubric.all_clashes()]
    known_personas = [persona.id for persona in rubric.personas]
    for persona in rubric.personas:
        if persona.like is not None and persona.like not in known_personas:
            yield unknown(sources, persona.id, ("like",), "persona", persona.like, known_personas)
        elif persona.like is not None and persona.id in (x.id for x in rubric.likenesses(persona)[1:]):
            message, hint = f"'{persona.id}' is in the end like itself", "let one of them say all its answers itself"
            yield sources.problem("persona", message, persona.id, "like", hint=hint)
        expect = persona.expect
        named: list[tuple[str, Iterable[str], Iterable[str]]] = [
            ("scores", expect.scores, rubric.node_by_id),
            ("levels", expect.levels, rubric.node_by_id),
            ("gates", expect.gates, gates),
            ("not_gates", expect.not_gates, gates),
            ("clashes", expect.clashes or (), clashes),
            ("planned", expect.planned, rubric.initiative_by_id),
        ]
        for key, names, known in named:
            for name in names:
                if rubric.names.get(name, name) not in known:
                    yield unknown(sources, persona.id, ("expect", key), "such thing as", name, known)


def repeated(rubric: Rubric, sources: SourceMap) -> Found:
    """What is said by name of an element is said once of it, whatever it is called."""
    for anchor, route, table in _tables(rubric, "", ()):
        seen: dict[str, str] = {}
        for name in table:
            first = seen.setdefault(rubric.names.get(name, name), name)
            if first != name:
                message = f"'{name}' is what '{first}' is, and stands here again; the last of them counts"
                place, at_key = sources.naming(anchor, *route, name=name)
                yield sources.problem(
                    "duplicate_id", message, anchor, *place, at_key=at_key, hint="keep one", severity="warning"
                )


def _tables(record: Record, anchor: str, route: tuple[str | int, ...]) -> Iterator[Table]:
    """Every mapping from names, in a record and those in it, with its place below an element."""
    if not isinstance(record, Rubric) and "id" in names_in(type(record)):
        anchor, route = name_of(record), ()
    for key in naming_fields(type(record)):
        value = getattr(record, key)
        if key in references_in(type(record)) and isinstance(value, Mapping):
            yield anchor, (*route, key), value
        for step, inner in _entries(value):
            if isinstance(inner, Record) and not isinstance(inner, Persona):  # whose names stay as they are
                yield from _tables(inner, anchor, (*route, key, *step))


def _entries(value: object) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """A value, or what stands in it, each with the step that leads there."""
    if isinstance(value, tuple):
        yield from (((place,), inner) for place, inner in enumerate(value))
    elif isinstance(value, Mapping):
        yield from (((key,), inner) for key, inner in value.items())
    else:
        yield (), value


REFERENCE_RULES = (
    repeated,
    codes,
    conditions,
    caps,
    ways_out,
    roles,
    level_names,
    personas,
)
