"""The initiatives of a rubric as a table: whose days they take, to set them up and afterwards, and the sums."""

from collections.abc import Iterator, Mapping

from assess.model.initiatives import NO_DAYS, PARTICIPANTS, Initiative, Span
from assess.model.rubric import Rubric
from assess.numbers import counted, short

Json = dict[str, object]


def effort_lines(rubric: Rubric) -> Iterator[str]:
    """One line per initiative with the days of each role, then the sums by role.

    Days are person-days before the size of an organization is counted in; `after` is a quarter once it is done, `posts`
    a quarter of people whose daily work it becomes.
    """
    yield f"{counted(len(rubric.initiatives), 'initiative', 'initiatives')} of {rubric.title} {rubric.version}"
    for initiative in rubric.initiatives:
        yield f"{initiative.code or initiative.id} {initiative.title}: {_told(rubric, initiative)}"
    yield from ("", "All together, in person-days")
    setup, after, posts = setup_by_role(rubric), running_by_role(rubric), posts_by_role(rubric)
    for role in _in_order(rubric, {**setup, **after, **posts}):
        parts = [f"{between(setup.get(role, NO_DAYS))} to set up"]
        parts += [f"{short(after[role])} a quarter after"] if role in after else []
        parts += [f"{short(posts[role])} a quarter as daily work"] if role in posts else []
        yield f"  {role_title(rubric, role)}: {', '.join(parts)}"


def initiatives_json(rubric: Rubric) -> Json:
    """The same for programs."""
    return {
        "rubric": rubric.id,
        "version": rubric.version,
        "initiatives": [_json(initiative) for initiative in rubric.initiatives],
        "setup_by_role": {role: [days.low, days.high] for role, days in setup_by_role(rubric).items()},
        "running_by_role": running_by_role(rubric),
        "posts_by_role": posts_by_role(rubric),
    }


def setup_by_role(rubric: Rubric) -> Mapping[str, Span]:
    """Person-days to set everything up, by role id; participants under their own name."""
    found: dict[str, Span] = {}
    for initiative in rubric.initiatives:
        for role, days in initiative.days_by_role().items():
            found[role] = found.get(role, NO_DAYS) + days
    return {role: found[role] for role in _in_order(rubric, found)}


def running_by_role(rubric: Rubric) -> Mapping[str, float]:
    """Person-days a quarter once everything is done, by role id."""
    return _summed(rubric, [initiative.running_by_role() for initiative in rubric.initiatives])


def posts_by_role(rubric: Rubric) -> Mapping[str, float]:
    """Days a quarter of people whose daily work it becomes, by role id."""
    return _summed(rubric, [initiative.posts for initiative in rubric.initiatives])


def between(days: Span) -> str:
    """A range of days as it is printed, one figure where both ends are the same."""
    return short(days.low) if days.low == days.high else f"{short(days.low)} to {short(days.high)}"


def role_title(rubric: Rubric, role: str) -> str:
    """What a role is called in print."""
    return "Participants" if role == PARTICIPANTS else rubric.role_by_id[role].title


def _summed(rubric: Rubric, costs: list[Mapping[str, float]]) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for role, days in [entry for cost in costs for entry in cost.items()]:
        found[role] = found.get(role, 0.0) + days
    return {role: found[role] for role in _in_order(rubric, found)}


def _in_order(rubric: Rubric, roles: Mapping[str, object]) -> list[str]:
    return [role for role in (*rubric.role_by_id, PARTICIPANTS) if role in roles]


def _told(rubric: Rubric, initiative: Initiative) -> str:
    shares = [f"{role_title(rubric, role)} {between(days)}" for role, days in initiative.days_by_role().items()]
    after = [f"{role_title(rubric, role)} {short(days)}" for role, days in initiative.running_by_role().items()]
    posts = [f"{role_title(rubric, role)} {short(days)}" for role, days in initiative.posts.items()]
    parts = [f"{', '.join(shares)} in {counted(initiative.weeks, 'week', 'weeks')}"]
    parts += [f"then a quarter {', '.join(after)}"] if after else []
    parts += [f"as daily work {', '.join(posts)}"] if posts else []
    return "; ".join(parts)


def _json(initiative: Initiative) -> Json:
    return {
        "id": initiative.id,
        "title": initiative.title,
        "owner": initiative.owner,
        "weeks": initiative.weeks,
        "setup_by_role": {r: [days.low, days.high] for r, days in initiative.days_by_role().items()},
        "running_by_role": dict(initiative.running_by_role()),
        "posts_by_role": dict(initiative.posts),
    }
