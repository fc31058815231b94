"""Charts as SVG: plain records of figures and words in, text out; each has a table with the same numbers."""

from assess.charts.gaps import GapRow, GapsChart, GapsWords, draw_gaps, gaps_table
from assess.charts.marks import Tick
from assess.charts.outlook import OutlookChart, OutlookPoint, OutlookWords, draw_outlook, outlook_table
from assess.charts.plan import draw_plan
from assess.charts.plan_records import (
    ChartPeriod,
    LoadRow,
    LoadSpan,
    PlanBar,
    PlanChart,
    PlanWords,
    WeekBand,
    bars_table,
    load_table,
)
from assess.charts.tables import ChartTable, Mark

__all__ = [
    "ChartPeriod",
    "ChartTable",
    "GapRow",
    "GapsChart",
    "GapsWords",
    "LoadRow",
    "LoadSpan",
    "Mark",
    "OutlookChart",
    "OutlookPoint",
    "OutlookWords",
    "PlanBar",
    "PlanChart",
    "PlanWords",
    "Tick",
    "WeekBand",
    "bars_table",
    "draw_gaps",
    "draw_outlook",
    "draw_plan",
    "gaps_table",
    "load_table",
    "outlook_table",
]
