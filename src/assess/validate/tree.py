"""A tree that adds up: levels, scales, weights, aggregation, and nothing that depends on itself."""

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from assess.documents import SourceMap
from assess.formula import nodes as f
from assess.formula.aggregations import aggregation
from assess.formula.compile import compile_rubric, threshold
from assess.formula.normalise import brought_by, counts_in_node, ends_of, pair_of, scale_of, stages_of, weights_of
from assess.model.aggregation import EVERY_STAGE, EXAMPLES
from assess.model.betterness import is_low
from assess.model.nodes import Node
from assess.model.rubric import ROOT, Rubric
from assess.numbers import TOLERANCE
from assess.problems import Problem, listing, nearest

Found = Iterator[Problem]
SOME_WEIGHT = "give at least one of them a weight above 0"
SOME_SCORE = "add `score:`, the points of whoever stands there"


def _one_of(children: Iterable[str]) -> str:
    """The names that would fit."""
    return f"one of: {listing(sorted(children))}"


def levels(rubric: Rubric, sources: SourceMap) -> Found:
    """Levels start at 0, rise, and have keys of their own."""
    for node in rubric.tree():
        found, anchor = node.levels, node.id
        thresholds = [level.at for level in found]
        if found and thresholds[0] != 0:
            hint = "let it begin `at: 0`: whoever has reached nothing else stands there"
            yield sources.problem("scale", "the first level starts at 0", anchor, "levels", 0, "at", hint=hint)
        for place in range(1, len(found)):
            if thresholds[place] <= thresholds[place - 1]:
                message = f"level '{found[place].key}' does not lie above the one before it"
                hint = "list the levels by `at`, the lowest first"
                yield sources.problem("scale", message, anchor, "levels", place, "at", hint=hint)
            if found[place].key in [level.key for level in found[:place]]:
                message = f"two levels have the key '{found[place].key}'"
                hint = "give each a key of its own"
                yield sources.problem("duplicate_id", message, anchor, "levels", place, "key", hint=hint)


def scales(rubric: Rubric, sources: SourceMap) -> Found:
    """Scales run upwards; a node with a scale by nature does not declare another."""
    for node in rubric.tree():
        anchor, settings = node.id, node.aggregate
        scale = rubric.scale if node is rubric.root else node.scale
        if scale is None:
            continue
        if scale.min >= scale.max:
            hint = "exchange them; where more points are worse, say `better: low`"
            yield sources.problem("scale", "`min` is not below `max`", anchor, "scale", hint=hint)
        by_nature = node is not rubric.root and aggregation(settings).how in ("stages", "ladder")
        nature = scale_of(rubric, anchor) if by_nature else scale
        if (nature.min, nature.max) != (scale.min, scale.max):
            message = f"a {settings.kind} node runs from {nature.min:g} to {nature.max:g} by nature"
            yield sources.problem("scale", message, anchor, "scale", hint="leave `scale` out")


def content(rubric: Rubric, sources: SourceMap) -> Found:
    """Every node has something to score."""
    if not rubric.principles:
        hint = "add a file with `assess: principle/1`, or `principles:` in rubric.yaml"
        yield sources.problem("empty_node", "the rubric has no principles", "", hint=hint)
    elif not any(weights_of(rubric, rubric.root).values()):
        yield sources.problem("weights", "all principles weigh nothing", "", "principles", hint=SOME_WEIGHT)
    for node in rubric.nodes():
        if not (node.criteria or node.reads) and not any(
            counts_in_node(rubric, node, q) and q.weight for q in node.questions
        ):
            hint = "add a scored question; facts (weight 0, texts, dates) have no score"
            if aggregation(node.aggregate).how == "rules" and node.questions:
                hint = "leave `weight: 0` out: a table gives the score, but what it reads has to count as answered"
            yield sources.problem("empty_node", f"'{node.id}' has nothing to score", node.id, hint=hint)
        elif not any(weights_of(rubric, node).values()):
            message = f"all children of '{node.id}' weigh nothing"
            yield sources.problem("weights", message, node.id, hint=SOME_WEIGHT)


def shares(rubric: Rubric, sources: SourceMap) -> Found:
    """Points add up to 100 and ranks name every child, each once."""
    for node in rubric.tree():
        anchor, rule = node.id, rubric.as_written.node_by_id[node.id].weights
        children = set(weights_of(rubric, node))
        for key, name in (*(("points", name) for name in rule.points), *(("rank", name) for name in rule.rank)):
            if rubric.names.get(name, name) not in children:
                message = f"'{name}' is not a scored child of '{_called(rubric, node)}'"
                place, at_key = sources.naming(anchor, "weights", key, name=name)
                yield sources.problem("weights", message, anchor, *place, at_key=at_key, hint=_one_of(children))
        if rule.points and abs(sum(rule.points.values()) - 100) > TOLERANCE:
            message = f"the points add up to {sum(rule.points.values()):g}, not to 100"
            hint = "share out 100 points in all"
            yield sources.problem("weights", message, anchor, "weights", "points", hint=hint)
        ranked = [rubric.names.get(name, name) for name in rule.rank]
        if ranked and sorted(ranked) != sorted(children):
            message, hint = "a rank order names every scored child once", f"in an order: {listing(sorted(children))}"
            yield sources.problem("weights", message, anchor, "weights", "rank", hint=hint)


def _called(rubric: Rubric, node: Node) -> str:
    return rubric.id if node is rubric.root else node.id


def readings(rubric: Rubric, sources: SourceMap) -> Found:
    """What a node reads is a scored question of another node, named once; a ladder reads its own alone."""
    for node in rubric.nodes():
        own = [question.id for question in node.questions]
        for place, name in enumerate(reading.question for reading in node.reads):
            asked, hint = rubric.question_by_id.get(name), ""
            if asked is None:
                message = f"there is no question '{name}'{nearest(name, rubric.question_by_id)}"
            elif name in own or name in [reading.question for reading in node.reads[:place]]:
                message = f"'{name}' counts in '{node.id}' already"
            elif not rubric.scored(asked):
                message = f"'{name}' has no score that could count here"
                hint = "give it what makes an answer worth something where it stands"
            elif aggregation(node.aggregate).how == "ladder":
                message = "a ladder reads the questions that stand in it, one after another"
            else:
                continue
            code = "unknown_name" if asked is None else "aggregate"
            yield sources.problem(code, message, node.id, "reads", place, "question", hint=hint)


def settings_of_aggregation(rubric: Rubric, sources: SourceMap) -> Found:
    """The settings of an aggregation fit its kind."""
    for node in rubric.tree():
        anchor, settings = node.id, node.aggregate
        how = aggregation(settings)
        given = [key for key in type(settings).model_fields if getattr(settings, key) not in (None, (), {})]
        for key in given:
            if key not in ("kind", *how.settings):
                known = listing([f"`{name}`" for name in how.settings])
                hint = f"take it out; its settings are {known}" if known else "take it out"
                message = f"{settings.kind} has no setting `{key}`"
                yield sources.problem("aggregate", message, anchor, "aggregate", hint=hint)
        for key in how.needed:
            if key not in given:
                hint = f"such as `aggregate: {EXAMPLES[settings.kind]}`"
                yield sources.problem("aggregate", f"{settings.kind} needs `{key}`", anchor, "aggregate", hint=hint)
        yield from _floor(rubric, sources, node)
        yield from _thresholds(rubric, sources, node)


def _thresholds(rubric: Rubric, sources: SourceMap, node: Node) -> Found:
    """Thresholds lie on 0..100; those that are given by stage are there for every stage that has parts."""
    settings = node.aggregate
    for key in ("reach", "lower", "must", "should"):
        written, place = getattr(settings, key), ("aggregate", settings.kind, key)
        for text in (written or {}).values():
            if threshold(text)[1] > 100:  # noqa: PLR2004 - the top of every scale
                message = f"`{key}` lies above 100, the top of what a child can reach"
                yield sources.problem("scale", message, node.id, *place, hint="name a threshold from 0 to 100")
        if written and EVERY_STAGE not in written and aggregation(settings).how != "stages":
            message, hint = f"{settings.kind} has no stages, so `{key}` is one threshold", "such as `>= 75`"
            yield sources.problem("aggregate", message, node.id, *place, hint=hint)
        elif written and EVERY_STAGE not in written:
            yield from _by_stage(rubric, sources, node, key)


def _by_stage(rubric: Rubric, sources: SourceMap, node: Node, key: str) -> Found:
    """Every stage that a threshold is asked of has one, and no other; nothing is below the first when it is climbed."""
    given = {int(stage) for stage in getattr(node.aggregate, key)}
    there = {*stages_of(rubric, node).values()}
    wanted = there - {max(there, default=0)} if key == "lower" else there
    for stage in sorted(wanted - given):
        message, hint = f"stage {stage} has no threshold in `{key}`", f'add `{stage}: ">= 50"`, or write one for all'
        yield sources.problem("aggregate", message, node.id, "aggregate", node.aggregate.kind, key, hint=hint)
    for stage in sorted(given - wanted):
        message, hint = f"`{key}` asks nothing of stage {stage} in '{_called(rubric, node)}'", "take that stage out"
        yield sources.problem("aggregate", message, node.id, "aggregate", node.aggregate.kind, key, hint=hint)


def _floor(rubric: Rubric, sources: SourceMap, node: Node) -> Found:
    """The floor of a power mean lies on 0..100; that of a sum is a number below its ceiling."""
    settings, kind = node.aggregate, node.aggregate.kind
    message = ""
    if aggregation(settings).how != "sum":
        if settings.floor not in (None, "coinr") and not 0 <= float(settings.floor) < 100:  # noqa: PLR2004 - of 100
            message = f"the floor of a {kind} mean lies from 0 up to below 100"
    elif settings.floor == "coinr":
        message = "the floor of a sum is a number of points"
    elif settings.floor is not None and settings.ceiling is not None and settings.floor >= settings.ceiling:
        message = "the floor of the sum does not lie below its ceiling"
    elif _is_point(rubric, node):
        message = f"whatever its parts bring, the sum is {brought_by(rubric, node.id).min:g}"
    if message:
        hint = "name another floor, or leave it out"
        yield sources.problem("aggregate", message, node.id, "aggregate", kind, "floor", hint=hint)


def _is_point(rubric: Rubric, node: Node) -> bool:
    """Whether the floor or ceiling of a sum leaves only one number of points."""
    reached = brought_by(rubric, node.id)
    return any(weights_of(rubric, node).values()) and reached.max - reached.min <= TOLERANCE


def _pair(rubric: Rubric, sources: SourceMap, node: Node) -> Found:
    """A ratio or a difference reads two of its children, has no other, and divides nothing negative."""
    settings, kind = node.aggregate, node.aggregate.kind
    named = dict(zip(("of", "by" if settings.by else "less"), pair_of(settings), strict=True))
    children = {q.id for q in node.questions if counts_in_node(rubric, node, q)} | {child.id for child in node.criteria}
    children |= {reading.question for reading in node.reads}
    for key, name in named.items():
        if isinstance(name, str) and name and name not in children:
            message = f"'{name}' is not a scored child of '{_called(rubric, node)}'"
            yield sources.problem("aggregate", message, node.id, "aggregate", kind, key, hint=_one_of(children))
        elif name and settings.by and (min(ends_of(rubric, name)) if isinstance(name, str) else name) < 0:
            message = f"'{name}' can be negative, and a ratio needs points from 0 up"
            hint = "let its points begin at 0, or take a difference"
            yield sources.problem("aggregate", message, node.id, "aggregate", kind, key, hint=hint)
    if len({*named.values()}) == 1 and settings.of:
        message = f"'{settings.of}' cannot be compared with itself"
        yield sources.problem("aggregate", message, node.id, "aggregate", kind, hint=_one_of(children))
    for name in sorted(children - {*named.values()}):
        message = f"a {kind} compares two parts, and '{name}' is another one beside them"
        hint = "put it into a node of its own, or give a question `weight: 0`"
        yield sources.problem("aggregate", message, name, hint=hint)


def _downwards(rubric: Rubric, sources: SourceMap, node: Node) -> Found:
    """Where more points are worse no stages are climbed, and a sum adds what counts the same way."""
    how, kind = aggregation(node.aggregate).how, node.aggregate.kind
    if is_low(rubric, node.id) and how in ("stages", "tally"):
        message = f"{kind} counts what is reached, and more points are worse in '{_called(rubric, node)}'"
        hint = "say `better: high` for this node, and let the node above turn it round"
        yield sources.problem("aggregate", message, node.id, "aggregate", hint=hint)
    for child in node.criteria if how == "sum" else ():
        if is_low(rubric, child.id) is not is_low(rubric, node.id):
            message = f"a sum adds points, and those of '{child.id}' count the other way than those of the sum"
            yield sources.problem("aggregate", message, child.id, "better", hint="leave `better` out of one of them")


def parts(rubric: Rubric, sources: SourceMap) -> Found:
    """The children of a node, and the categories of a table, fit its aggregation."""
    for node in rubric.tree():
        anchor, settings = node.id, node.aggregate
        yield from _stages(rubric, sources, node)
        yield from _downwards(rubric, sources, node)
        for category in sorted({*(case.category for case in settings.cases), settings.otherwise or ""} - {""}):
            if category not in settings.values:
                message = f"the category '{category}' has no value in `values`"
                hint = f"say there what it is worth, from 0 to 100: `{category}: 50`"
                yield sources.problem("aggregate", message, anchor, "aggregate", hint=hint)
        if aggregation(settings).compares:
            yield from _pair(rubric, sources, node)
        if aggregation(settings).how == "ladder":
            yield from _ladder(rubric, sources, node)


def _stages(rubric: Rubric, sources: SourceMap, node: Node) -> Found:
    if aggregation(node.aggregate).how != "stages":
        return
    missing = [name for name in weights_of(rubric, node) if name not in stages_of(rubric, node)]
    for name in missing:
        message = f"'{name}' has no `stage`, which its node '{_called(rubric, node)}' reads"
        yield sources.problem("aggregate", message, name, hint="add `stage: 1` or the stage it belongs to")


def _ladder(rubric: Rubric, sources: SourceMap, node: Node) -> Found:
    if node.criteria or node is rubric.root:
        message, hint = "a ladder reads questions, one after another", "put them below a criterion of their own"
        yield sources.problem("aggregate", message, node.id, "aggregate", hint=hint)
        return
    read = [question for question in node.questions if counts_in_node(rubric, node, question)]
    for question in read:
        if not question.traits.on_ladder:
            message = f"a ladder cannot read a question of type {question.type}"
            hint = "ask with options of which one is chosen, or with a yesno"
            yield sources.problem("aggregate", message, question.id, "type", hint=hint)
        for option in rubric.options_of(question):
            if option.stop and option.score is None:
                message = f"option '{option.key}' ends the ladder and needs a score"
                yield sources.problem("aggregate", message, question.id, "options", hint=SOME_SCORE)
            elif option.score is None and question is read[-1]:
                message = f"option '{option.key}' answers the last question of a ladder and needs a score"
                yield sources.problem("aggregate", message, question.id, "options", hint=SOME_SCORE)


def circles(rubric: Rubric, sources: SourceMap) -> Found:
    """No score depends on itself, and no initiative needs itself."""
    needs = {i.id: [rubric.names[name] for name in i.needs if name in rubric.names] for i in rubric.initiatives}
    if circle := _circle(needs):
        message = f"initiatives need each other in a circle: {' -> '.join(circle)}"
        yield sources.problem("cycle", message, circle[0], "needs", hint="take one of these `needs` out")
    compiled = compile_rubric(rubric)
    reads: dict[str, list[str]] = {}
    for name, rule in compiled.nodes.items():
        keys = [cap.key for cap in rule.caps if cap.key]
        reads[name] = [*f.names_read(rule.formula), *f.names_read(rule.caps), *keys]
    for name, item in compiled.items.items():
        reads[name] = list(f.names_read(item.visible))
    if circle := _circle(reads):
        message = f"scores depend on each other in a circle: {' -> '.join(circle)}"
        anchor = next((name for name in circle if name != ROOT), circle[0])
        yield sources.problem("cycle", message, anchor, hint="let the gate test a fact instead")


def _circle(reads: Mapping[str, Iterable[str]]) -> list[str]:
    """The first circle found, closed, in the order of reading; empty when there is none."""
    order = TopologicalSorter[str](dict.fromkeys(sorted(reads), ()))
    for name, others in reads.items():
        for other in others:
            order.add(other, name)  # the search for a circle goes from each node to those that wait for it
    try:
        order.prepare()
    except CycleError as error:
        return [*error.args[1]]
    return []


TREE_RULES = (
    levels,
    scales,
    content,
    shares,
    readings,
    settings_of_aggregation,
    parts,
)
# These compile the rubric, which takes sound names and shapes.
COMPILED_RULES = (circles,)
