"""An independent reader of printed plans: every rule is counted again from JSON, rubric and engagement alone."""

import datetime

WEEK = datetime.timedelta(weeks=1)
SLACK = 1e-6


def day(text):
    return datetime.date.fromisoformat(text)


def weeks_of(plan, placed):
    """The weeks in which an initiative is worked on, from 0."""
    first, last = ((day(placed[key]) - day(plan["starts"])).days // 7 for key in ("starts", "ends"))
    return range(first, last + 1)


def limits(rubric, engagement):
    """What the rubric and the engagement allow, by the defaults of the method's page."""
    policy, own = rubric.policies.plan, engagement.plan
    staff = engagement.organization.staff
    large = staff is None or staff >= 100

    def said(key, default):
        if own is not None and key in own.model_fields_set:
            return getattr(own, key)
        return getattr(engagement, key, None) or getattr(policy, key) or default

    return {
        "at_once": said("at_once", 5 if large else 3),
        "at_owner": said("at_owner", 2),
        "per_period": said("per_period", 8 if large else 6),
        "per_week": said("per_week", 2),
        "burst": said("burst", 1.25),
        "free": 1 - said("reserve", 0.2) if said("reserve", 0.2) is not None else 1,
    }


def breaches(plan, rubric, engagement):
    """Everything in a printed plan that its rules do not allow."""
    allowed = limits(rubric, engagement)
    return [
        *too_many(plan, allowed),
        *too_much(plan, allowed, engagement, rubric),
        *closed_starts(plan, engagement),
        *out_of_order(plan, rubric),
        *too_early(plan, rubric),
    ]


def too_many(plan, allowed):
    """Weeks and periods with more starts, or more in work, than there may be."""
    work = {p["initiative"]: weeks_of(plan, p) for p in plan["placements"]}
    owner = {p["initiative"]: p["owner"] for p in plan["placements"]}
    for week in range(plan["periods"] * plan["weeks"]):
        busy = [name for name, weeks in work.items() if week in weeks]
        if len(busy) > allowed["at_once"]:
            yield f"week {week}: {busy} at once"
        for one in {owner[name] for name in busy}:
            if sum(owner[name] == one for name in busy) > allowed["at_owner"]:
                yield f"week {week}: {one} has {busy}"
        if sum(weeks[0] == week for weeks in work.values()) > allowed["per_week"]:
            yield f"week {week}: too many starts"
    for period in range(1, plan["periods"] + 1):
        if sum(p["period"] == period for p in plan["placements"]) > allowed["per_period"]:
            yield f"period {period}: too many starts"


def too_much(plan, allowed, engagement, rubric):
    """Weeks and periods that take more of an owner's days than they may."""
    days = {}
    horizon = plan["periods"] * plan["weeks"]
    for placed in plan["placements"]:
        weeks, again = weeks_of(plan, placed), placed["running_days_a_period"] / plan["weeks"]
        for week in range(horizon):
            more = placed["days"] / len(weeks) if week in weeks else again if week > weeks[-1] else 0
            key = placed["owner"], week
            days[key] = days.get(key, 0) + more
    default = engagement.capacity.get("default", rubric.policies.plan.capacity)
    for owner in {owner for owner, _ in days}:
        capacity = engagement.capacity.get(owner, default)
        for week in range(horizon):
            if days[owner, week] > allowed["burst"] * capacity / plan["weeks"] + SLACK:
                yield f"week {week}: {owner} works {days[owner, week]} days"
        for period in range(plan["periods"]):
            spent = sum(days[owner, week] for week in range(period * plan["weeks"], (period + 1) * plan["weeks"]))
            if spent > allowed["free"] * capacity + SLACK:
                yield f"period {period + 1}: {owner} works {spent} days"


def closed_starts(plan, engagement):
    """Starts in times without starts, and ends after the plan."""
    last = day(plan["starts"]) + plan["periods"] * plan["weeks"] * WEEK
    for placed in plan["placements"]:
        if any(closed.first <= day(placed["starts"]) <= closed.last for closed in engagement.no_start):
            yield f"{placed['initiative']} starts in a time without starts"
        if day(placed["ends"]) >= last:
            yield f"{placed['initiative']} ends after the plan"


def out_of_order(plan, rubric):
    """What starts before all it needs has ended; what is needed and not there was finished before."""
    ends = {p["initiative"]: day(p["ends"]) for p in plan["placements"]}
    for placed in plan["placements"]:
        for need in rubric.initiative_by_id[placed["initiative"]].needs:
            if need in ends and need in placed["needs"] and ends[need] >= day(placed["starts"]):
                yield f"{placed['initiative']} starts before {need} has ended"
        if not set(placed["needs"]) <= ends.keys():
            yield f"{placed['initiative']} needs what is not planned"


def window(rubric, node, known, level):
    """The weeks a level is lived."""
    own = rubric.node_by_id[node].windows
    if level in own:
        return own[level]
    if known.window is not None and known.lifts[node] == level:
        return known.window
    return rubric.policies.plan.windows.get(level, 13)


def too_early(plan, rubric):
    """Levels that count before work and window are over, or as proved before the paper is due."""
    ends = {p["initiative"]: day(p["ends"]) + datetime.timedelta(days=1) for p in plan["placements"]}
    nodes = sorted({node for p in plan["placements"] for node in p["lifts"]})
    for node in nodes:
        lifting = [p for p in plan["placements"] if node in p["lifts"]]
        longest = max((p["lifts"][node] for p in lifting), key=len)
        before = day(plan["starts"])
        for place, step in enumerate(longest):
            if step["adopted"] is None:
                break
            able = [p["initiative"] for p in lifting if len(p["lifts"][node]) > place]
            least = []
            for name in able:
                known = rubric.initiative_by_id[name]
                free = place == 0 and at_of(rubric, node, step["level"]) <= 50
                lived = max(before, ends[name]) + (0 if free else window(rubric, node, known, step["level"])) * WEEK
                due = ends[name] + known.proof.weeks * WEEK if known.proof else lived + 4 * WEEK
                least.append((lived, max(lived, due) if step["needs_proof"] else lived))
            if day(step["adopted"]) < min(lived for lived, _ in least):
                yield f"{node} counts as {step['level']} from {step['adopted']}"
            if step["proved"] is not None and day(step["proved"]) < min(due for _, due in least):
                yield f"{node} counts as proved {step['level']} from {step['proved']}"
            before = day(step["adopted"])
        yield from counted_early(plan, node, longest)


def at_of(rubric, node, level):
    return {known.key: known.at for known in rubric.levels_of(node)}[level]


def counted_early(plan, node, steps):
    """Periods at whose end a node has a level that is not adopted by then."""
    for stone in plan["milestones"][1:]:
        after = day(stone["ends"]) + datetime.timedelta(days=1)
        late = [step["level"] for step in steps if step["adopted"] is None or day(step["adopted"]) > after]
        if stone["levels"][node] in late:
            yield f"{node} is {stone['levels'][node]} at the end of period {stone['period']}"
