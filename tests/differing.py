"""A rubric with answers its questions share, edits of its text, and what is different then."""

from conftest import RUBRIC

from assess.authoring.diff import compare
from assess.load import load

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
        return compare(rubric(folder, before, "old"), rubric(folder, edited(before, *edits), "new"))

    return compared


def told(found):
    """Kind, element, field and class of every change."""
    return [(c.kind, f"{c.element} {c.name}".strip(), c.field, c.sense) for c in found.changes]
