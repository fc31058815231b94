"""One picture: shapes and texts as SVG, the same bytes for the same picture."""

from typing import Literal, NamedTuple

from assess.charts.lettering import LEADING, Lettering, Lines, tidied
from assess.charts.palette import GROUND
from assess.numbers import short

Anchor = Literal["start", "middle", "end"]
_SVG = "http://www.w3.org/2000/svg"
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


class Place(NamedTuple):
    """Where a text stands: px from the left and from the top to the foot of its first line, and which end is there."""

    x: float
    y: float
    anchor: Anchor = "start"


class Caption(NamedTuple):
    """What a picture is called and shows, for who does not see it; `name` begins its ids and is one word."""

    name: str
    title: str
    description: str


class Canvas:
    """Shapes in the order in which they are drawn, of a width in px."""

    def __init__(self, width: int) -> None:
        """Begin with none."""
        self.width = width
        self._shapes: list[str] = []

    def draw(self, element: str, **attributes: float | str) -> None:
        """Draw an element; numbers are px with one decimal, `_` in names reads `-`."""
        self._shapes.append(f"<{element}{_written(attributes)}/>")

    def write(self, place: Place, text: Lines, style: Lettering) -> None:
        """Write a text; where its lines hold less than the whole, a pointer that rests on it shows the whole."""
        weight = ' font-weight="700"' if style.bold else ""
        weight += f' paint-order="stroke" stroke="{GROUND}" stroke-width="4"' if style.halo else ""
        set_as = f' font-size="{short(style.size)}" text-anchor="{place.anchor}" fill="{style.fill}"{weight}'
        feet = [short(place.y + at * LEADING * style.size) for at in range(len(text.lines))]
        lines = [
            f'<text x="{short(place.x)}" y="{foot}"{set_as}>{_escaped(line)}</text>'
            for foot, line in zip(feet, text.lines, strict=True)
        ]
        whole = f"<title>{_escaped(text.whole)}</title>"
        self._shapes += [f"<g>{whole}", *lines, "</g>"] if text.cut else lines

    def finished(self, height: float, caption: Caption) -> str:
        """The picture on white ground, of a height in px."""
        name, size = _escaped(caption.name), f'width="{self.width}" height="{short(height, 0)}"'
        view = f'viewBox="0 0 {self.width} {short(height, 0)}" {size} font-family="sans-serif"'
        return "\n".join(
            (
                f'<svg xmlns="{_SVG}" {view} role="img" aria-labelledby="{name}-t {name}-d">',
                f'<title id="{name}-t">{_escaped(caption.title)}</title>',
                f'<desc id="{name}-d">{_escaped(caption.description)}</desc>',
                f'<rect {size} fill="{GROUND}"/>',
                *self._shapes,
                "</svg>\n",
            )
        )


def _written(attributes: dict[str, float | str]) -> str:
    shown = ((name, value if isinstance(value, str) else short(value)) for name, value in attributes.items())
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in shown)


def _escaped(text: str) -> str:
    return tidied(text).translate(_ESCAPES)
