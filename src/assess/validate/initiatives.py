"""What initiatives lift, need, take and are owned by is there and adds up."""

from collections.abc import Collection, Iterator, Sequence

from assess.documents import SourceMap
from assess.model.initiatives import Initiative
from assess.model.rubric import Rubric
from assess.problems import Problem
from assess.validate.references import unknown

Found = Iterator[Problem]


def initiatives(rubric: Rubric, sources: SourceMap) -> Found:
    """What initiatives lift, need and are owned by is there."""
    nodes = [node.id for node in rubric.nodes()]
    levels = {level.key for node in nodes for level in rubric.levels_of(node)}
    for initiative in rubric.initiatives:
        yield from _lifts(rubric, sources, initiative, nodes)
        yield from _needs(rubric, sources, initiative, levels)
        if rubric.names.get(initiative.owner) not in rubric.role_by_id:
            yield unknown(sources, initiative.id, ("owner",), "role", initiative.owner, rubric.role_by_id)


def _lifts(rubric: Rubric, sources: SourceMap, initiative: Initiative, known: Sequence[str]) -> Found:
    for name, level in initiative.lifts.items():
        node = rubric.names.get(name, "")
        if node not in known:
            yield unknown(sources, initiative.id, ("lifts",), "criterion", name, known)
        elif level not in (keys := [found.key for found in rubric.levels_of(node)]):
            yield unknown(sources, initiative.id, ("lifts", name), "level", level, keys)
    if not initiative.lifts and not initiative.enabler:
        hint = "say what it lifts, or `enabler: true` when others need it"
        yield sources.problem(
            "initiative", f"'{initiative.id}' lifts nothing", initiative.id, hint=hint, severity="warning"
        )


def _needs(rubric: Rubric, sources: SourceMap, initiative: Initiative, levels: Collection[str]) -> Found:
    known = rubric.initiative_by_id
    for place, name in enumerate(initiative.needs):
        if rubric.names.get(name) not in known:
            yield unknown(sources, initiative.id, ("needs", place), "initiative", name, known)
    for level, names in initiative.needs_to.items():
        if level not in levels:
            yield unknown(sources, initiative.id, ("needs_to",), "level", level, levels)
        for place, name in enumerate(names):
            if rubric.names.get(name) not in known:
                yield unknown(sources, initiative.id, ("needs_to", level, place), "initiative", name, known)
            elif rubric.names[name] == initiative.id:
                message = f"'{initiative.id}' waits for itself"
                hint = "name what comes besides its own work, or take it out"
                yield sources.problem("cycle", message, initiative.id, "needs_to", level, place, hint=hint)


def days(rubric: Rubric, sources: SourceMap) -> Found:
    """Days are said in one of the two ways, of roles that are there, the lower first, the owner's among them."""
    for initiative in rubric.initiatives:
        yield from _effort(rubric, sources, initiative)
        yield from _running(sources, initiative)
        for key, roles in (
            ("effort", initiative.effort.roles),
            ("running", initiative.running.roles if initiative.running else {}),
            ("posts", initiative.posts),
        ):
            for role in roles:
                if rubric.names.get(role) not in rubric.role_by_id:
                    yield unknown(sources, initiative.id, (key,), "role", role, rubric.role_by_id)


def _effort(rubric: Rubric, sources: SourceMap, initiative: Initiative) -> Found:
    effort, whole = initiative.effort, initiative.effort.low is not None and initiative.effort.high is not None
    if whole == bool(effort.roles) or (effort.low is None) != (effort.high is None):
        message = "the effort is said in one of two ways: of the owner alone, or by role"
        hint = f"write `{{low: 6, high: 12}}`, or `{{{initiative.owner}: [6, 12], participants: [2, 4]}}`"
        yield sources.problem("initiative", message, initiative.id, "effort", hint=hint)
        return
    for role, span in initiative.days_by_role().items():
        if span.low > span.high:
            message = "the lower effort is above the higher one"
            place, hint = ("effort", *([role] if effort.roles else [])), "write the fewest days first, then the most"
            yield sources.problem("initiative", message, initiative.id, *place, hint=hint)
    if effort.roles and rubric.names.get(initiative.owner) not in {rubric.names.get(role) for role in effort.roles}:
        message = f"'{initiative.owner}' owns '{initiative.id}' and has no days in it"
        hint = f"add `{initiative.owner}: [low, high]`, or name another owner"
        yield sources.problem("initiative", message, initiative.id, "effort", hint=hint)
    if initiative.grows and effort.participants is None:
        message = "it grows with the people concerned, and no participants are named"
        yield sources.problem("initiative", message, initiative.id, "grows", hint="add `participants` to the effort")


def _running(sources: SourceMap, initiative: Initiative) -> Found:
    running = initiative.running
    by_role = running and (running.roles or running.participants)
    if running and by_role and running.per != "quarter":
        message = f"days by role are those of a quarter, and `per: {running.per}` goes with `days`"
        hint = "write the days of a quarter, and take `per` out"
        yield sources.problem("initiative", message, initiative.id, "running", "per", hint=hint)
    if running and (running.days is not None) == bool(by_role):
        message = "the running cost is said in one of two ways: of the owner alone, or by role"
        hint = f"write `{{days: 1, per: month}}`, or `{{{initiative.owner}: 3}}` for days a quarter"
        yield sources.problem("initiative", message, initiative.id, "running", hint=hint)
    if initiative.exit and (initiative.stop_when or initiative.keeps):
        message = "`exit` and `stop_when` with `keeps` say the same"
        hint = "keep `stop_when` and `keeps`, and take `exit` out"
        yield sources.problem("initiative", message, initiative.id, "exit", hint=hint)


def windows(rubric: Rubric, sources: SourceMap) -> Found:
    """How long a level is lived is said of levels that are there."""
    for node in rubric.nodes():
        known = [level.key for level in rubric.levels_of(node.id)]
        for key in node.windows:
            if key not in known:
                yield unknown(sources, node.id, ("windows",), "level", key, known)
    everywhere = [level.key for node in rubric.tree() for level in rubric.levels_of(node.id)]
    for key in rubric.policies.plan.windows:
        if key not in everywhere:
            yield unknown(sources, "", ("policies", "plan", "windows"), "level", key, everywhere)
    work_to = rubric.policies.plan.work_to
    if work_to is not None and work_to not in everywhere:
        yield unknown(sources, "", ("policies", "plan", "work_to"), "level", work_to, everywhere)


def unread_rules(rubric: Rubric, sources: SourceMap) -> Found:
    """Rules of the plan that older versions read, or read otherwise."""
    policy = rubric.policies.plan
    for key, instead in (
        ("review_cycles", "windows: {practised: 13}"),
        ("sizes", "curve: {meant_for: 1000, power: 0.3}"),
    ):
        if key in policy.model_fields_set:
            message = f"`{key}` is no longer read"
            hint = f"take it out; `{instead.split(':')[0]}` stands for it now, such as `{instead}`"
            place = ("policies", "plan", key)
            yield sources.problem("idle_key", message, "", *place, hint=hint, severity="note")
    if policy.at_once and "at_owner" not in policy.model_fields_set:
        message = (
            f"`at_once: {policy.at_once}` holds for the whole organization; in older versions it held for each owner"
        )
        hint = (
            f"if that was meant, write `at_owner: {policy.at_once}` in its place; else say what one owner carries "
            f"beside it, such as `at_owner: {policy.at_owner}`"
        )
        yield sources.problem("at_once", message, "", "policies", "plan", "at_once", hint=hint, severity="note")


INITIATIVE_RULES = (initiatives, days, windows)
