"""Charts as they may stand inside a page: what draws and tells, and nothing that runs, links or loads.

The pictures are read whole and written anew. One that holds anything else is refused and not mended, for a chart with a
part taken out may say something else.
"""

import re
from html import escape
from xml.etree import ElementTree as ET

from assess.problems import DocumentError, Problem

_SVG = "{http://www.w3.org/2000/svg}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ELEMENTS = re.compile(
    "svg|title|desc|g|defs|clipPath|marker|pattern|rect|circle|ellipse|line|path|polyline|polygon|text|tspan"
)
_ATTRIBUTES = re.compile(
    "aria-describedby|aria-hidden|aria-label|aria-labelledby|clip-path|clipPathUnits|cx|cy|d|direction|"
    "dominant-baseline|dx|dy|fill|fill-opacity|fill-rule|font-family|font-size|font-style|font-weight|height|id|lang|"
    "letter-spacing|lengthAdjust|marker-end|marker-mid|marker-start|markerHeight|markerUnits|markerWidth|opacity|"
    "orient|paint-order|patternTransform|patternUnits|points|preserveAspectRatio|r|refX|refY|role|rx|ry|stroke|stroke-dasharray|"
    "stroke-linecap|stroke-linejoin|stroke-opacity|stroke-width|text-anchor|textLength|transform|unicode-bidi|viewBox|"
    "width|x|x1|x2|y|y1|y2"
)
_NAMING = frozenset({"aria-describedby", "aria-labelledby"})
_OWN = re.compile(r"url\(#([\w.-]+)\)")
_LEADING_OUT = re.compile(r"url\s*\(|\\", re.IGNORECASE)


def inlined(path: str, text: str, prefix: str) -> str:
    """An SVG picture as an element of a page, `prefix` before every id in it.

    Raises DocumentError for a picture that is not well-formed, or that holds more than shapes and text.
    """
    if "<!" in text:
        raise _refused(path, "it holds a declaration or a comment")
    try:
        root = ET.fromstring(text)  # noqa: S314 - without declarations there is nothing that could grow
    except ET.ParseError as error:
        raise _refused(path, f"it is not well-formed ({error})") from None
    if root.tag != f"{_SVG}svg":
        raise _refused(path, "it is not an SVG picture")
    return _element(path, root, prefix)


def _refused(path: str, reason: str) -> DocumentError:
    message = f"the picture {path} cannot stand in a page: {reason}"
    return DocumentError([Problem("markdown", message, hint="draw it with shapes and text only")])


def _element(path: str, element: ET.Element, prefix: str) -> str:
    tag = element.tag.removeprefix(_SVG)
    if not _ELEMENTS.fullmatch(tag):
        raise _refused(path, f"it holds a <{tag}>")
    shown = "".join(f' {name}="{value}"' for name, value in _attributes(path, element, prefix))
    inside = "".join(_element(path, child, prefix) + escape(child.tail or "", quote=False) for child in element)
    return f"<{tag}{shown}>{escape(element.text or '', quote=False)}{inside}</{tag}>"


def _attributes(path: str, element: ET.Element, prefix: str) -> list[tuple[str, str]]:
    shown = []
    for name, value in element.attrib.items():
        if not _ATTRIBUTES.fullmatch(name) and name not in (f"{_XML}lang", f"{_XML}space"):
            raise _refused(path, f"it holds the attribute {name}")
        changed = _OWN.sub(rf"url(#{prefix}\1)", value)
        if _LEADING_OUT.search(_OWN.sub("", value)):
            raise _refused(path, f"its attribute {name} leads out of it")
        if name == "id":
            changed = prefix + value
        elif name in _NAMING:
            changed = " ".join(prefix + each for each in value.split())
        shown.append((name.replace(_XML, "xml:"), escape(changed)))
    return shown
