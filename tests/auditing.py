"""A report as an auditor reads it: its parts, the rows of its tables, and the links and numbers in a cell."""

import re
from functools import cache

from assess import workflow
from assess.resources import shipped

NOTHING = "\N{EN DASH}"
SAMPLES = shipped("sample_orgs")
NAMES = ("trumpet_thistle", "quietwater", "lanternfolk", "willowbrace")


def under(report, anchor):
    """The text under the heading with this anchor, up to the next heading as high or higher."""
    found = re.search(rf'^(#+) <a id="(?:part-)?{anchor}"></a>.*$', report, re.MULTILINE)
    end = re.compile(rf"^#{{1,{len(found[1])}}} ", re.MULTILINE).search(report, found.end())
    return report[found.start() : end.start() if end else None]


def rows(said):
    """Every row of every table as a dictionary from column to raw cell."""
    found, head = [], None
    for line in said.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if cells and head and not re.match(r":?-+", cells[0]):
            found.append(dict(zip(head, cells, strict=True)))
        head = (head or [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in cells]) if line.startswith("|") else None
    return found


def plain(cell):
    return re.sub(r"\[([^\]]*)\]\(#[^)]*\)", r"\1", re.sub(r"<a [^>]*></a>|\*\*", "", cell)).strip()


def links(cell):
    return re.findall(r"\]\(#([\w-]+)\)", cell)


def number(cell):
    return float(re.search(r"-?\d+(?:\.\d+)?", plain(cell).replace("+", ""))[0])


@cache
def assessment(name):
    """The assessment of a shipped sample, worked out once for all tests."""
    return workflow.assess(SAMPLES / name, [shipped("rubrics")])


@cache
def text(name):
    return workflow.report(assessment(name))


@cache
def part(name, anchor):
    return under(text(name), anchor)
