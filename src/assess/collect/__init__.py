"""Reads engagements and answers and fits them to a rubric: every answer typed, every mistake with its place."""

from assess.collect.doubts import OF_CHECK
from assess.collect.engagement import open_engagement
from assess.collect.gaps import gaps
from assess.collect.memory import collect_mapping
from assess.collect.readiness import left_out, readiness
from assess.collect.sheet import collect
from assess.collect.turnout import Progress, Turnout, progress, turnout

__all__ = [
    "OF_CHECK",
    "Progress",
    "Turnout",
    "collect",
    "collect_mapping",
    "gaps",
    "left_out",
    "open_engagement",
    "progress",
    "readiness",
    "turnout",
]
