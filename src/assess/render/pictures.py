"""The charts of the set, and what shows each in the roadmap; beside each stands a table with its figures."""

from collections.abc import Mapping
from typing import NamedTuple

from assess.charts import GapsChart, OutlookChart, PlanChart
from assess.render.context import RenderContext
from assess.render.markdown import Markdown, concat
from assess.render.sections.charts import GAPS, OUTLOOK, PLAN, charts_of, draw_charts


class Pictures(NamedTuple):
    """What shows each chart in the roadmap, empty where there is none, and the charts by path."""

    gaps: Markdown
    plan: Markdown
    outlook: Markdown
    drawn: Mapping[str, str]


def pictures(case: RenderContext) -> Pictures:
    """The charts there are figures for."""
    charts = charts_of(case)
    return Pictures(
        _shown(GAPS, charts.gaps), _shown(PLAN, charts.plan), _shown(OUTLOOK, charts.outlook), draw_charts(charts)
    )


def _shown(path: str, chart: GapsChart | PlanChart | OutlookChart | None) -> Markdown:
    return concat((Markdown("!["), chart.description, Markdown(f"]({path})"))) if chart else Markdown("")
