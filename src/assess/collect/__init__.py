"""Reads engagements and answers and fits them to a rubric: every answer typed, every mistake with its place."""

from assess.collect.engagement import open_engagement
from assess.collect.memory import collect_mapping
from assess.collect.readiness import Turnout, left_out, readiness, turnout
from assess.collect.sheet import collect

__all__ = ["Turnout", "collect", "collect_mapping", "left_out", "open_engagement", "readiness", "turnout"]
