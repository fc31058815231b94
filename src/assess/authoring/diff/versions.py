"""Which version a difference calls for, and whether the new rubric says it."""

import re
from typing import Literal, NamedTuple

from assess.authoring.diff.compare import Difference

Bump = Literal["major", "minor", "patch", "none"]
BUMPS: dict[str | None, Bump] = {"scale": "major", "meaning": "minor", "cosmetic": "patch", None: "none"}
_NUMBERED = re.compile(r"v?(\d+(?:\.\d+)*)")
_PLACES = 3


class Verdict(NamedTuple):
    """The step a difference calls for, the least version that makes it, and whether the new one does.

    least: empty where versions are no numbers; done then says only whether the two differ.
    """

    bump: Bump
    least: str
    done: bool


def verdict(found: Difference) -> Verdict:
    """The version a difference calls for: major for scale, minor for meaning, patch for what is only print.

    Before version 1 the second number takes the place of the first, and the third that of the second.
    """
    bump = BUMPS[found.gravest]
    old, new = found.old.version, found.new.version
    numbers, reached = _numbers(old), _numbers(new)
    if bump == "none":
        return Verdict(bump, old, done=True)
    if numbers is None or reached is None:
        return Verdict(bump, "", done=old != new)
    least = _stepped(numbers, bump)
    shown = len(old.split("."))
    return Verdict(bump, _written(least, shown), done=reached >= least)


def _numbers(version: str) -> tuple[int, ...] | None:
    """The numbers of a version, at least three; None where it is written otherwise."""
    found = _NUMBERED.fullmatch(version.strip())
    if found is None:
        return None
    numbers = [int(part) for part in found[1].split(".")]
    return tuple(numbers + [0] * (_PLACES - len(numbers)))


def _stepped(numbers: tuple[int, ...], bump: Bump) -> tuple[int, ...]:
    place = {"major": 0, "minor": 1, "patch": 2}[bump]
    place = min(place + (numbers[0] == 0), _PLACES - 1)
    return (*numbers[:place], numbers[place] + 1, *[0] * (len(numbers) - place - 1))


def _written(numbers: tuple[int, ...], shown: int) -> str:
    """A version with as many places as the old one had, or as it needs."""
    needed = max((place for place, number in enumerate(numbers, 1) if number), default=1)
    return ".".join(str(number) for number in numbers[: max(shown, needed)])
