"""Colours of charts: contrast as WCAG 2 has it, and how far apart they are for eyes that see fewer (Machado 2009)."""

import itertools
import re

import pytest
from picturing import gaps, outlook, planned

from assess.charts import draw_gaps, draw_outlook, draw_plan, palette

WHITE = palette.GROUND
# Linear RGB as people without one kind of cone see it: Machado, Oliveira, Fernandes (2009), severity 1.
SEEN = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one, other):
    light = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05 for r, g, b in map(linear, (one, other)))
    return light[1] / light[0]


def lab(rgb):
    """CIE Lab of linear sRGB, white D65."""
    rows = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
    white = (0.95047, 1.0, 1.08883)
    xyz = [sum(a * b for a, b in zip(row, rgb, strict=True)) / w for row, w in zip(rows, white, strict=True)]
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one, other, eyes):
    def seen(colour):
        rgb = linear(colour)
        return lab([min(max(sum(a * b for a, b in zip(row, rgb, strict=True)), 0), 1) for row in SEEN[eyes]])

    return sum((a - b) ** 2 for a, b in zip(seen(one), seen(other), strict=True)) ** 0.5


def test_contrast_and_distance_are_those_of_the_definitions():
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)
    assert distance("#000000", WHITE, "all") == pytest.approx(100, abs=0.01)
    assert distance("#FF0000", "#00FF00", "deutan") < distance("#FF0000", "#00FF00", "all") / 1.5


@pytest.mark.parametrize("colour", [palette.INK, palette.MUTED, palette.TARGET])
@pytest.mark.parametrize("ground", [WHITE, palette.BAND, palette.STRIPE])
def test_texts_can_be_read(colour, ground):
    assert contrast(colour, ground) >= 4.5


@pytest.mark.parametrize(
    "colour", [palette.NOW, palette.SURE, palette.TARGET, palette.LAST, palette.LINE, palette.MUTED, palette.LOADS[2]]
)
def test_marks_and_outlines_can_be_seen(colour):
    """The light bar has the outline SURE, and loads have LINE."""
    assert contrast(colour, WHITE) >= 3


@pytest.mark.parametrize("eyes", SEEN)
@pytest.mark.parametrize(
    "colours",
    [
        (palette.NOW, palette.SURE, palette.HOPED, palette.TARGET),
        (palette.NOW, palette.LAST, palette.TARGET),
        palette.LOADS,
    ],
    ids=["gaps", "another issue", "loads"],
)
def test_colours_of_one_chart_are_told_apart_by_all_eyes(eyes, colours):
    assert min(distance(one, other, eyes) for one, other in itertools.combinations(colours, 2)) >= 20


def test_charts_have_no_other_colours_than_those_tested():
    known = {value for value in vars(palette).values() if isinstance(value, str) and value.startswith("#")}
    drawn = (draw_gaps(gaps()), draw_plan(planned(14)), draw_outlook(outlook((1, 1), (1, 2))))
    assert set(re.findall("#[0-9A-F]{6}", "".join(drawn))) <= known | {*palette.LOADS}
