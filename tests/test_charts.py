"""Charts: nothing leaves the picture or touches, hostile texts stay texts, and the table says the same."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from picturing import (
    LONG,
    NS,
    TITLES,
    bars,
    gap,
    gaps,
    mark,
    outlook,
    outside,
    parsed,
    planned,
    shapes,
    texts,
    touching,
)

from assess.charts import (
    ChartPeriod,
    GapRow,
    Mark,
    OutlookPoint,
    Tick,
    WeekBand,
    bars_table,
    draw_gaps,
    draw_outlook,
    draw_plan,
    gaps_table,
    load_table,
    outlook_table,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "</text></svg><script>alert(1)</script>",
    "]]><!-- & --> <![CDATA[",
    "&lt;b&gt; &#x3c; &nbsp; &xxe;",
    '" onload="alert(1)" x="',
    "' style='fill:url(https://example.org/x)'",
    "javascript:alert(1)",
    "{{ 7 * 7 }} {% raw %}",
    "a\x00b\x07c\x1b[31m\x85\ufffe\uffff",
    "pay \u202eevil\u202c now\u200b\u2066",
    "\ud800 half a letter",
    "x" * 5000,
    "e" + "\u0301" * 400,
    "\n\n\r\t \u2028",
)
DRAWN = {"gaps": draw_gaps, "plan": draw_plan, "outlook": draw_outlook}


def whole_texts(svg):
    """What a reader can read: the texts, and the whole of a shortened one."""
    return [element.text or "" for element in parsed(svg).iter() if element.tag in {f"{NS}text", f"{NS}title"}]


@pytest.mark.parametrize("count", [1, 2, 7, 20])
@pytest.mark.parametrize("name", range(len(TITLES)))
def test_gaps_hold_any_titles_in_any_number(name, count):
    svg = draw_gaps(gaps([TITLES[(name + at) % len(TITLES)] for at in range(count)]))
    assert outside(svg) == []
    assert touching(svg) == []


@pytest.mark.parametrize("count", [0, 1, 5, 14, 40])
def test_a_plan_holds_any_number_of_initiatives(count):
    svg = draw_plan(planned(count))
    assert outside(svg) == []
    assert touching(svg) == []


@pytest.mark.parametrize("periods", [1, 2, 3, 7, 20])
def test_a_plan_holds_any_number_of_periods(periods):
    weeks = 13 * periods
    heads = tuple(ChartPeriod(13 * at, f"Period {at + 1}", "from 30 Sep 2026") for at in range(periods))
    closed = tuple(WeekBand(at, at + 1) for at in range(0, weeks, 5))
    svg = draw_plan(planned(12, weeks=weeks, periods=heads, closed=closed))
    assert outside(svg) == []
    assert touching(svg) == []
    assert "Period 1" in [box.what for box in texts(svg)]


points = st.floats(0, 4).map(lambda value: round(value, 2))


@given(st.lists(st.tuples(points, points).map(lambda pair: (min(pair), max(pair))), min_size=1, max_size=21), points)
@settings(max_examples=settings.default.max_examples * 4 // 5, deadline=None)
def test_labels_of_an_outlook_never_touch_each_other(values, target):
    values[0] = (values[0][0], values[0][0])
    svg = draw_outlook(outlook(*values, target=mark(target)))
    assert outside(svg) == []
    ends = [box for box in texts(svg) if re.search("now|lived|proved|target", box.what)]
    assert [(a.what, b.what) for a in ends for b in ends if a is not b and a.touches(b)] == []


@given(
    st.lists(st.tuples(st.floats(-50, 150), st.sampled_from(TITLES)), min_size=1, max_size=12),
    st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), min_size=8, max_size=8),
)
@settings(max_examples=settings.default.max_examples * 4 // 5, deadline=None)
def test_any_scale_and_any_values_stay_in_the_picture(ticks, values):
    marks = [None if value is None else Mark(value, f"{value:.2f}") for value in values]
    row = GapRow("One", *marks[:5], low=marks[5], high=marks[6])
    svg = draw_gaps(gaps(ticks=tuple(Tick(*tick) for tick in ticks), rows=(row, gap(LONG, 1, 2, 3)), whole=None))
    assert outside(svg) == []
    assert touching(svg) == []


def test_a_missing_score_is_a_dash_with_its_meaning_and_bounds_are_a_thin_bar():
    row = GapRow("Nobody knows", target=mark(3), low=mark(1), high=mark(4))
    svg = draw_gaps(gaps(rows=(row,), whole=None))
    assert {"\u2013", "not scored", "with any open answers"} <= set(whole_texts(svg))
    assert "now" in whole_texts(svg)  # the head of the column
    assert [box for box in shapes(svg) if box.what == "circle"] == []
    thin = [box for box in shapes(svg) if box.what == "rect" and box.right - box.left > 100]
    assert [box.bottom - box.top for box in thin] == [4]


def test_a_legend_names_what_is_drawn_and_nothing_else():
    words = whole_texts(draw_gaps(gaps(rows=(GapRow("One", mark(1), target=mark(3)),), whole=None)))
    assert {"now", "target"} <= set(words)
    assert not {"last time", "lived and proved", "lived only", "not scored"} & set(words)


def test_an_issue_after_another_shows_last_time_and_the_change():
    row = GapRow("One", mark(1.2), target=mark(3), last=mark(1), change="+0.20")
    words = whole_texts(draw_gaps(gaps(rows=(row,), whole=None)))
    assert {"change", "+0.20", "last time"} <= set(words)
    assert "1.20" not in words


def test_a_figure_is_never_broken():
    figure = "1,234,567.123456"
    svg = draw_gaps(gaps(rows=(GapRow("One", Mark(50, figure)), gap("Two", 1, 2, 3)), whole=None))
    assert figure in [box.what for box in texts(svg)]


def test_a_mark_stands_where_its_value_is():
    """Half way between two levels is half way between their lines."""
    row = GapRow("One", mark(1.5))
    svg = draw_gaps(gaps(rows=(row,), whole=None))
    lines = [float(e.get("x1")) for e in parsed(svg).iter(f"{NS}line") if e.get("x1") == e.get("x2")]
    dot = [box for box in shapes(svg) if box.what == "circle"][-1]
    assert (dot.left + dot.right) / 2 == pytest.approx((lines[1] + lines[2]) / 2, abs=0.11)


def test_a_target_that_is_met_is_seen_behind_its_dot():
    svg = draw_gaps(gaps(rows=(GapRow("One", mark(3), target=mark(3)),), whole=None))
    diamond = [box for box in shapes(svg) if box.what == "path"][-1]
    dot = [box for box in shapes(svg) if box.what == "circle"][-1]
    assert diamond.left < dot.left < dot.right < diamond.right


def heads_of(svg):
    """The heads of the lines between initiatives: the only closed paths with three corners."""
    return [e.get("d").split() for e in parsed(svg).iter(f"{NS}path") if e.get("d").count("L") == 2]


@pytest.mark.parametrize("later", [0, 1, 10])
def test_an_arrow_ends_on_the_bar_that_waits(later):
    """From above where the bar begins as soon as what it needs has ended, else from the left."""
    one, two, three = (bar._replace(needs=()) for bar in bars(3, ("One",)))
    waiting = three._replace(first=one.last + later, last=one.last + later + 4, needs=(0,))
    svg = draw_plan(planned(3, bars=(one, two, waiting), closed=()))
    (head,) = heads_of(svg)
    x, y = float(head[4][1:]), float(head[5])
    box = [box for box in shapes(svg) if box.what == "rect" and box.bottom - box.top == 13][2]
    assert (x, box.top < y < box.bottom) == (box.left, True) if later == 10 else box.left < x < box.right
    assert later == 10 or y == box.top


def test_every_need_has_its_arrow():
    assert len(heads_of(draw_plan(planned(8)))) == sum(len(bar.needs) for bar in bars(8)) == 3


def test_weeks_of_the_same_load_are_one_shape():
    chart = planned(1, closed=())
    span = chart.loads[0].spans[0]
    spans = (span, span._replace(first=4, last=6, share=0.7), span._replace(first=9, last=12, share=0.6))
    drawn = shapes(draw_plan(chart._replace(loads=(chart.loads[0]._replace(spans=spans),))))
    loads = [box for box in drawn if box.bottom - box.top == 6]
    assert [round((box.right - box.left) / 486 * 52) for box in loads[:2]] == [6, 3]


def test_lines_lie_behind_bars_and_heads_on_top():
    drawn = [(e.tag.removeprefix(NS), e.get("d", ""), e.get("rx")) for e in parsed(draw_plan(planned(8))).iter()]
    line = max(at for at, (kind, path, _) in enumerate(drawn) if kind == "path" and " H" in path)
    bars_at = [at for at, (kind, _, round_) in enumerate(drawn) if kind == "rect" and round_ == "2"]
    head = min(at for at, (kind, path, _) in enumerate(drawn) if kind == "path" and path.count("L") == 2)
    assert line < bars_at[0]
    assert bars_at[7] < head


@pytest.mark.parametrize(("share", "height"), [(0.8, 6), (0.81, 10), (1.0, 10), (1.01, 15), (9.0, 15)])
def test_a_load_is_told_by_its_height(share, height):
    chart = planned(1, closed=())
    row = chart.loads[0]._replace(spans=(chart.loads[0].spans[0]._replace(share=share),))
    drawn = shapes(draw_plan(chart._replace(loads=(row,))))
    assert {box.bottom - box.top for box in drawn if box.what == "rect"} - {13} == {height}


def test_what_is_not_planned_is_said():
    assert "Nothing is planned." in whole_texts(draw_plan(planned(0, loads=(), closed=())))


def test_an_outlook_without_a_score_says_so():
    point = OutlookPoint("now", None, None)
    svg = draw_outlook(outlook(points=(point, point)))
    assert "Too little is answered" in " ".join(whole_texts(svg))
    assert outside(svg) == []
    assert not list(parsed(svg).iter(f"{NS}polyline"))


def test_an_outlook_of_one_day_has_its_dot():
    svg = draw_outlook(outlook((1, 1)))
    assert [box.what for box in shapes(svg)] == ["circle"]
    assert outside(svg) == []


@pytest.mark.parametrize("chart", [gaps(), planned(), outlook((1, 1), (1, 2))], ids=DRAWN)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_change_no_structure(chart, text):
    def with_text(words):
        found = chart._replace(title=words, description=words, words=type(chart.words)(*[words] * len(chart.words)))
        if chart.name == "gaps":
            row = gap(words, 1, 2, 3)
            return found._replace(rows=(row._replace(now=Mark(25, words)),), ticks=(Tick(0, words), Tick(100, words)))
        if chart.name == "plan":
            period = ChartPeriod(0, words, words)
            return found._replace(bars=bars(8, (words,)), periods=(period,))
        return found._replace(points=tuple(p._replace(day=words) for p in chart.points), ticks=(Tick(50, words),))

    svg = DRAWN[chart.name](with_text(text))
    root = parsed(svg)
    assert {e.tag.removeprefix(NS) for e in root.iter()} <= {
        *("svg", "title", "desc", "rect", "line", "circle", "path", "text", "g", "polygon", "polyline"),
    }
    names = {name for e in root.iter() for name in e.attrib}
    assert not {name for name in names if name.startswith("on") or name in {"href", "style", "class"}}
    assert re.sub('xmlns="[^"]*"', "", svg).count("http") == 0 or "http" in text
    values = [value for e in root.iter() for value in e.attrib.values()]
    assert not [value for value in values if "url(" in value or "script" in value]
    assert outside(svg) == []


@pytest.mark.parametrize("chart", [gaps([LONG]), planned(4), outlook((1, 1), (1, 2))], ids=DRAWN)
def test_a_chart_has_a_name_and_a_description_for_who_does_not_see_it(chart):
    svg = DRAWN[chart.name](chart)
    root = parsed(svg)
    ids = {e.get("id"): e.text for e in root.iter() if e.get("id")}
    assert root.get("role") == "img"
    assert ids == {f"{chart.name}-t": chart.title, f"{chart.name}-d": chart.description}
    assert root.get("aria-labelledby").split() == list(ids)
    assert root.get("font-family") == "sans-serif"
    ground = root.find(f"{NS}rect")
    assert [ground.get("width"), ground.get("height"), ground.get("fill")] == [
        *map(root.get, ("width", "height")),
        "#FFFFFF",
    ]


def test_a_shortened_title_is_there_in_whole():
    svg = draw_gaps(gaps([LONG]))
    assert LONG in whole_texts(svg)
    assert LONG not in [box.what for box in texts(svg)]
    assert LONG in whole_texts(draw_plan(planned(2)))


def test_the_same_chart_has_the_same_bytes():
    assert draw_gaps(gaps()) == draw_gaps(gaps())
    assert draw_plan(planned()) == draw_plan(planned())


def test_tables_say_what_charts_say():
    chart = gaps(rows=(gap("One", 1, 2, 2.5), GapRow("Two", target=mark(3))))
    table = gaps_table(chart)
    assert table.columns == ("Part", "now", "lived and proved", "lived only", "target")
    assert table.rows[:2] == (("One", "1.00", "2.00", "2.50", "3.00"), ("Two", *["\u2013"] * 3, "3.00"))
    assert table.rows[-1][0] == "Overall"
    plan = planned(4)
    assert [row[0] for row in bars_table(plan).rows] == [bar.title for bar in plan.bars]
    assert bars_table(plan).rows[3] == (plan.bars[3].title, "a", "b", plan.bars[0].title, "1 Jan 2027")
    assert load_table(plan).rows[0] == ("Social team", "2.3", "2.9")
    assert outlook_table(outlook((1, 1), (1.5, 2))).rows[1] == ("2 Oct 2026", "1.50", "2.00", "3.00")
