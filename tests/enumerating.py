"""Small instances of planning, and the best plan of each by trying every subset of initiatives in every week.

Whether a plan keeps the rules is counted here week by week, without the calendar; what it is worth says the planner.
"""

import random
from collections.abc import Iterator

from planning import KEYS, criterion, gate, initiative, rubric_of, sheet_of

from assess.model.findings import Diagnosis, Finding, Message
from assess.plan.calendar import Slot
from assess.plan.planner import Planner
from assess.scoring import score_organization

NAMES = ("a", "b", "c", "d")
SLACK = 1e-9


def instance(seed, most=5):
    """An organization with four or five initiatives of two owners and all rules on, and what was found in it."""
    chance = random.Random(seed)
    ids = [f"i{k}" for k in range(chance.choice([n for n in (4, 5) if n <= most]))]
    rubric = rubric_of(
        [_initiative(chance, ids[:k], name) for k, name in enumerate(ids)],
        criteria=[],
        principles=[_principle(chance, "p", ("a", "b"), ids), _principle(chance, "q", ("c", "d"), ids)],
        aggregate=chance.choice(["arithmetic", {"geometric": {"floor": 1}}, {"geometric": {"floor": 1}}]),
        policies={"plan": _rules(chance)},
    )
    levels = {name: chance.choice([0, 0, 1, 1, 2, 3]) for name in NAMES}
    facts = {name: chance.choice(["yes", "no"]) for name in NAMES}
    weeks = chance.sample(range(6), chance.choice([0, 1, 2]))
    sheet = sheet_of(
        levels,
        facts,
        capacity={"team": chance.choice([2, 3, 4]), "boss": chance.choice([2, 3, 5])},
        no_start=[_week(sheet_of({}).engagement.assessed_on, week) for week in weeks],
        decisions={"initiatives": _decided(chance, ids)},
    )
    findings = [
        Finding(f"f{k}", chance.choice(["clash", "gate", "gap"]), "a", "Title", "", red=True, initiatives=tuple(names))
        for k, names in enumerate(chance.sample(ids, chance.choice([1, 2])) for _ in range(chance.choice([0, 1, 2, 3])))
    ]
    remedies = tuple(chance.sample(ids, chance.choice([0, 1, 2])))
    message = Message("headline_1", "You never ask.", initiatives=remedies)
    return score_organization(rubric, sheet), Diagnosis("", tuple(findings), message=message)


def _initiative(chance, before, name):
    lifts = {node: chance.choice(KEYS[2:]) for node in chance.sample(NAMES, chance.choice([1, 1, 2]))}
    return initiative(
        name,
        lifts,
        needs=chance.sample(before, 1) if before and chance.random() < 0.3 else [],
        effort=chance.choice([1, 1, 2, 3]),
        weeks=chance.choice([1, 2, 3]),
        owner=chance.choice(["team", "boss"]),
        running=chance.choice([None, None, {"days": 1, "per": "month"}, {"days": 1, "per": "quarter"}]),
        not_before=chance.choice([None, None, None, "a >= defined", "p >= ad_hoc and b_fact = no", "q > 20"]),
        needs_to={"practised": chance.sample(before, 1)} if before and chance.random() < 0.3 else {},
        foundation=chance.choice([None, None, None, "training"]),
    )


def _principle(chance, name, criteria, ids):
    capped = [criterion(criteria[0], key=chance.random() < 0.4), criterion(criteria[1])]
    said = chance.choice([f"{criteria[1]}_fact = no", f"share({criteria[0]}_fact = no by team) > 50"])
    more = {"blocks": chance.sample(ids, 1)} if chance.random() < 0.3 else {}
    lifted = chance.sample(ids, chance.choice([0, 1, 2]))
    gates = [gate([chance.choice([*criteria, name])], "ad_hoc", lifted, id=f"g_{name}", when=said, **more)]
    return {"id": name, "title": name.upper(), "criteria": capped, "gates": gates if chance.random() < 0.6 else []}


def _rules(chance):
    return {
        "periods": 2, "weeks": 4, "at_once": chance.choice([1, 2, 3]), "at_owner": chance.choice([1, 2]),
        "per_period": chance.choice([1, 2, 3]), "per_week": chance.choice([1, 2]), "tail": chance.choice([4, 16]),
        "min_gain": 0.01, "windows": {"ad_hoc": 0, "defined": 1, "practised": 2, "leading": 4}, "owner_share": 1,
    }  # fmt: skip


def _decided(chance, ids):
    by = {"who": "The board", "why": "It was promised."}
    kinds = [{}, {}, {"pin": True}, {"after": [ids[0]]}, {"exclude": True}]
    found = {"initiative": ids[-1], **by, **chance.choice(kinds)}
    return [found] if len(found) > 3 else []


def _week(first, week):
    day = first.fromordinal(first.toordinal() + 7 * week)
    return {"from": day, "to": day.fromordinal(day.toordinal() + 6)}


def plans(planner: Planner) -> Iterator[dict[str, Slot]]:
    """Every plan of what is offered that keeps the rules, with what is pinned where it was placed."""
    pinned = planner.scheduler.pinned.fixed.slots
    names = sorted({*planner.offered} - pinned.keys())

    def further(slots, rest):
        if not rest:
            if all(keeps_order(planner, name, slots) for name in slots if name not in pinned):
                yield slots
            return
        yield from further(slots, rest[1:])
        work = planner.works[rest[0]]
        for start in range(planner.outlook.rules.horizon):
            tried = {**slots, rest[0]: Slot(start, start + work.weeks)}
            if has_room(planner, tried, pinned) and may_start(planner, work, start):
                yield from further(tried, rest[1:])

    yield from further(dict(pinned), names)


def may_start(planner, work, start):
    rules = planner.outlook.rules
    last = rules.horizon if work.latest is None else work.latest
    return work.earliest <= start <= last and start not in rules.closed and start + work.weeks <= rules.horizon


def has_room(planner, slots, pinned):
    """No week and no period has more than the rules allow, but for numbers of what is pinned alone."""
    rules, works = planner.outlook.rules, planner.works
    free = slots.keys() - pinned.keys()

    def few(members, limit):
        return len(members) <= limit or not free & {*members}

    for week in range(rules.horizon):
        busy = [name for name, slot in slots.items() if slot.start <= week < slot.end]
        owned = [[name for name in busy if works[name].owner == owner] for owner in ("team", "boss")]
        begun = [name for name, slot in slots.items() if slot.start == week]
        if not (few(busy, rules.at_once) and few(begun, rules.per_week)):
            return False
        if not all(few(members, rules.at_owner) for members in owned):
            return False
    for period in range(rules.periods):
        begun = [name for name, slot in slots.items() if slot.start // rules.weeks == period]
        if not few(begun, rules.per_period):
            return False
    return all(has_days(planner, slots, owner) for owner in ("team", "boss"))


def has_days(planner, slots, owner):
    rules, works = planner.outlook.rules, planner.works
    spent = [
        sum(
            works[name].days / works[name].weeks if slot.start <= week < slot.end else works[name].running
            for name, slot in slots.items()
            if works[name].owner == owner and week >= slot.start
        )
        for week in range(rules.horizon)
    ]
    capacity = rules.capacity[owner]
    periods = [sum(spent[p * rules.weeks : (p + 1) * rules.weeks]) for p in range(rules.periods)]
    most = max(spent, default=0)
    return most <= rules.burst * capacity / rules.weeks + SLACK and max(periods) <= 0.8 * capacity + SLACK


def keeps_order(planner, name, slots):
    """What it needs has ended, what it follows as well, and its condition holds in the whole plan."""
    work, start = planner.works[name], slots[name].start
    if any(need not in slots or slots[need].end > start for need in work.needs):
        return False
    follows = [other for other in work.follows if other in slots]
    follows += [other for other in slots if name in planner.works[other].precedes]
    if any(slots[other].end > start for other in follows):
        return False
    ends = {each: slot.end for each, slot in slots.items()}
    if any(other in slots and slots[other].start < slots[name].end for other in work.precedes):
        return False
    return not work.waits or planner.scheduler.is_ready(name, start, ends)


def best_level(planner, judge, merit):
    """The highest mean level of all plans that are no worse than a merit in what comes before it, and its plan."""
    before = merit[:-1]
    found = (None, {})
    for slots in plans(planner):
        quick = judge.quick(slots)
        if all(own >= known for own, known in zip(quick, before, strict=True)):
            level = judge.path.mean({name: slot.end for name, slot in slots.items()})
            if found[0] is None or level > found[0]:
                found = level, slots
    return found
