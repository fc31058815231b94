"""Charts for tests, and what an SVG text holds: its boxes, worked out from its own figures."""

import itertools
import xml.etree.ElementTree as ET
from typing import NamedTuple

from assess.charts import (
    ChartPeriod,
    GapRow,
    GapsChart,
    LoadRow,
    LoadSpan,
    Mark,
    OutlookChart,
    OutlookPoint,
    PlanBar,
    PlanChart,
    Tick,
    WeekBand,
)
from assess.charts.lettering import Lettering, text_width

NS = "{http://www.w3.org/2000/svg}"
LEVELS = ("Absent", "Ad hoc", "Defined", "Practised", "Leading")
TICKS = tuple(Tick(25 * at, title) for at, title in enumerate(LEVELS))
LONG = "Somebody listens to what people say about us and answers them before they have to ask again"
TITLES = (
    "Empathy",
    LONG,
    "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente",
    "長い日本語の題名がここに立っていてとても長いです長い日本語の題名がここに",
    "كيف يتحدث الناس مع بعضهم البعض في الشبكات الاجتماعية كل يوم من أيام السنة",
    "हम लोगों की बात सुनते हैं और उनके पूछने से पहले उत्तर देते हैं, हर दिन",
    "🎉🎉👩‍👩‍👧 WWWWWWWW MMMMMMMMMMMMMMMMMMMMMM @@@@@@@@@@",
    "",
)


class Box(NamedTuple):
    """From the left, top, right and bottom in px; `what` is the text, or the element."""

    what: str
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def mark(value: float) -> Mark:
    """A value on 0..4."""
    return Mark(value * 25, f"{value:.2f}")


def gap(title: str, now: float, proved: float, lived: float, **more: Mark | str | None) -> GapRow:
    return GapRow(title, mark(now), mark(proved), mark(lived), mark(3), **more)


def gaps(titles=("Listening", "Answering", "Empathy"), **more) -> GapsChart:
    rows = tuple(
        gap(
            title,
            0.5 + at % 4 * 0.4,
            1 + at % 4 * 0.4,
            2,
        )
        for at, title in enumerate(titles)
    )
    return GapsChart("Now, plan and target", "Rows.", TICKS, rows, gap("Overall", 0.86, 1.2, 1.49))._replace(**more)


def bars(count: int, titles=TITLES) -> tuple[PlanBar, ...]:
    """Bars one after the other, each of which needs the one three before it."""
    found = []
    for at in range(count):
        first = at * 40 // max(count, 1)
        kind = "first" if first < 13 else "second" if first < 26 else "order"
        needs = (at - 3,) if at > 2 and at % 2 else ()
        due = Mark(first + 15, "1 Jan 2027")
        found.append(PlanBar(titles[at % len(titles)] or "One", kind, first, first + 3, "a", "b", needs, due))
    return tuple(found)


LOADS = (
    LoadRow("Social team", (LoadSpan(0, 4, 0.5), LoadSpan(4, 9, 1.0), LoadSpan(9, 12, 1.25)), "2.3", "2.9"),
    LoadRow(LONG, (LoadSpan(0, 52, 0.1),), "2.3", "0.2"),
)
PERIODS = tuple(ChartPeriod(13 * at, f"Period {at + 1}", "from 5 Oct 2026") for at in range(4))


def planned(count: int = 8, **more) -> PlanChart:
    chart = PlanChart("The plan", "Bars.", 52, PERIODS, bars(count), LOADS, (WeekBand(20, 27),))
    return chart._replace(**more)


def outlook(*values: tuple[float, float], **more) -> OutlookChart:
    points = tuple(OutlookPoint(f"{at + 1} Oct 2026", mark(low), mark(high)) for at, (low, high) in enumerate(values))
    return OutlookChart("Where the plan leads", "A band.", TICKS, points, mark(3))._replace(**more)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # our own text


def size_of(svg: str) -> tuple[float, float]:
    root = parsed(svg)
    return float(root.get("width")), float(root.get("height"))


def texts(svg: str) -> list[Box]:
    """The boxes of all texts, as wide as they can be."""
    found = []
    for element in parsed(svg).iter(f"{NS}text"):
        size, x, y = (float(element.get(name)) for name in ("font-size", "x", "y"))
        width = text_width(element.text or "", Lettering(size, "", element.get("font-weight") == "700"))
        left = x - {"start": 0, "middle": width / 2, "end": width}[element.get("text-anchor")]
        found.append(Box(element.text or "", left, y - 0.75 * size, left + width, y + 0.2 * size))
    return found


def shapes(svg: str) -> list[Box]:
    """The boxes of all marks: circles, bars and closed paths; lines, grounds and stripes are not among them."""
    found = []
    for element in parsed(svg).iter():
        kind, at = element.tag.removeprefix(NS), element.attrib
        if kind == "circle":
            x, y, r = float(at["cx"]), float(at["cy"]), float(at["r"])
            found.append(Box(kind, x - r, y - r, x + r, y + r))
        elif kind == "rect" and ("stroke" in at or at["fill"] not in {"#FFFFFF", "#F3F4F6", "#F9FAFB"}):
            x, y = float(at["x"]), float(at["y"])
            found.append(Box(kind, x, y, x + float(at["width"]), y + float(at["height"])))
        elif kind == "path" and at["d"].endswith("Z"):
            pairs = [point[1:].split() for point in at["d"].removesuffix(" Z").replace(" L", "|L").split("|")]
            xs, ys = ([float(pair[axis]) for pair in pairs] for axis in (0, 1))
            found.append(Box(kind, min(xs), min(ys), max(xs), max(ys)))
    return found


def outside(svg: str) -> list[Box]:
    """What leaves the picture."""
    width, height = size_of(svg)
    return [
        box
        for box in (*texts(svg), *shapes(svg))
        if box.left < -0.1 or box.top < -0.1 or box.right > width + 0.1 or box.bottom > height + 0.1
    ]


def touching(svg: str) -> list[tuple[str, str]]:
    """Texts that touch another text or a mark."""
    written, drawn = texts(svg), shapes(svg)
    pairs = [*itertools.combinations(written, 2), *itertools.product(written, drawn)]
    return [(one.what, other.what) for one, other in pairs if one.touches(other)]
