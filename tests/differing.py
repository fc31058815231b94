"""A rubric with answers its questions share, edits of its text, and what is different then."""

from conftest import RUBRIC

from assess.authoring.diff import compare_rubrics
from assess.authoring.diff.values import classes_of
from assess.load import load
from assess.model.anatomy import elements_in
from assess.model.nodes import Node
from assess.model.rubric import Rubric


def elements_of(record, kind):
    """The records that are compared field by field, by what they are called."""
    found = {kind: record}
    for below in elements_in(record).values():
        if below is not record:
            found |= elements_of(below, "principle" if below is Node else below.__name__.lower())
    return found


ELEMENTS = {**elements_of(Rubric, "rubric"), "criterion": Node}
CLASSES = {kind: classes_of(record) for kind, record in ELEMENTS.items()}

SETS = """
option_sets:
  often: [{key: never, label: Never}, {key: some, label: Now and then}, {key: always, label: Always}]
"""
CHOICE = "{id: sh_c, type: choice, text: C?, options: [{key: x, label: X}, {key: y, label: Y}]}"
SHARED = """  - id: shared
    title: Shared
    questions:
      - {id: sh_a, type: scale, text: A?, options_from: often}
      - {id: sh_b, type: scale, text: B?, options_from: often}
      - {id: sh_c, type: choice, text: C?, options: [{key: x, label: X}, {key: y, label: Y}]}
      - {id: sh_d, type: multi, text: D?, options: [{key: x, label: X}, {key: y, label: Y}]}
initiatives:
"""
TEXT = RUBRIC.replace("policies:\n", f"{SETS.lstrip()}policies:\n").replace("initiatives:\n", SHARED)


def rubric(folder, text=TEXT, name="r"):
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path)[0]


def edited(text, *edits):
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text


def comparing(folder):
    """What tells what is different after some edits of the text; both versions are written to a folder."""

    def compared(*edits, before=TEXT):
        return compare_rubrics(rubric(folder, before, "old"), rubric(folder, edited(before, *edits), "new"))

    return compared


def told(found):
    """Kind, element, field and class of every change."""
    return [(c.kind, f"{c.element} {c.name}".strip(), c.field, c.sense) for c in found.changes]
