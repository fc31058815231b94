"""Slips of the hand in answers files: none changes a score without a word of `check`.

Only the form of a file is changed (indent, colon, quote, tab, line, comment, dash), never to another answer that could
have been meant: an answer exchanged for another valid one is no mistake that a program can see.
"""

import os
import random
from functools import cache
from pathlib import Path

import pytest

from assess import documents, workflow
from assess.collect import (
    answer_gaps,
    collect,
    confided,
    count_answers,
    left_out,
    open_engagement,
    progress,
    readiness,
    turnout,
)
from assess.documents import parse
from assess.problems import DocumentError, errors
from assess.resources import find_rubric
from assess.scoring import score

SEED = int(os.environ.get("ASSESS_MUTATIONS_SEED", "20260630"))
ROUNDS = 47
SAMPLES = Path(__file__).resolve().parents[1] / "sample_orgs"
ORGANIZATIONS = ("lanternfolk", "quietwater", "trumpet_thistle")


def spots(line, signs):
    """Where one of some signs stands in a line."""
    return [at for at, sign in enumerate(line) if sign in signs]


def indent(lines, at, dice):
    line = lines[at]
    blanks = len(line) - len(line.lstrip(" "))
    lines[at] = " " * max(0, blanks + dice.choice([-2, -1, 1, 2])) + line.lstrip(" ")


def colon(lines, at, dice):
    line = lines[at]
    places, gaps_ = spots(line, ":"), spots(line, " ")
    if places and dice.random() < 0.6:
        place = dice.choice(places)
        lines[at] = line[:place] + line[place + 1 :]
    elif gaps_:
        place = dice.choice(gaps_)
        lines[at] = f"{line[:place]}:{line[place:]}"


def quote(lines, at, dice):
    line = lines[at]
    places = spots(line, "'\"")
    if places and dice.random() < 0.6:
        place = dice.choice(places)
        lines[at] = line[:place] + line[place + 1 :]
    else:
        place = dice.randrange(len(line) + 1)
        lines[at] = line[:place] + dice.choice("'\"") + line[place:]


def tab(lines, at, dice):
    line = lines[at]
    place = dice.choice(spots(line, " ") or [0])
    lines[at] = f"{line[:place]}\t{line[place + dice.choice([0, 1]) :]}"


def duplicate(lines, at, _dice):
    lines.insert(at, lines[at])


def join(lines, at, dice):
    if at + 1 < len(lines):
        following = lines.pop(at + 1)
        lines[at] += dice.choice(["", " ", ", "]) + following.lstrip(" ")


def comment(lines, at, dice):
    line = lines[at]
    place = dice.choice([0, *spots(line, " ")])
    lines[at] = f"{line[:place]}{' ' if place else ''}#{dice.choice(['', ' '])}{line[place:].lstrip(' ')}"


def dash(lines, at, dice):
    line = lines[at]
    bare = line.lstrip(" ")
    if bare.startswith("- "):
        lines[at] = line.replace("- ", dice.choice(["", "  ", "-"]), 1)
    else:
        lines[at] = f"{line[: len(line) - len(bare)]}- {bare}"


def dropped(lines, at, _dice):
    del lines[at]


KINDS = (indent, colon, quote, tab, duplicate, join, comment, dash, dropped)


@cache
def rubric():
    return workflow.load_rubric(find_rubric("social_business", [SAMPLES.parent / "rubrics"]))


def texts(organization):
    home = SAMPLES / organization
    paths = (*(home / "answers").iterdir(), *home.glob("decisions.yaml"))
    return {path: path.read_text(encoding="utf-8") for path in sorted(paths)}


class Reading:
    """One sample, of which one file at a time reads otherwise."""

    def __init__(self, organization, patch):
        self.path = SAMPLES / organization
        self.head = open_engagement(self.path)
        self.texts = texts(organization)
        self.kept = {path: parse(text, path.name) for path, text in self.texts.items()}
        patch.setattr(documents, "read", self.kept.get)
        self.told = set(self.noticed()[1])
        sheet = self.noticed()[0]
        self.scores, self.said = self.figures(sheet), self.checked(sheet)

    def noticed(self):
        """What is read and what is said of it; errors end the reading as they do in the program."""
        sheet, problems = collect(self.path, *self.head, rubric())
        if not errors(problems):
            problems = confided(rubric(), sheet, count_answers(rubric(), sheet), problems)
        return sheet, [(p.severity, p.code, p.message) for p in problems]

    def figures(self, sheet):
        return {
            name: (node.value, node.claimed, node.coverage, node.level)
            for name, node in score(rubric(), count_answers(rubric(), sheet).sheet).scores.items()
        }

    def checked(self, sheet):
        """What `check` prints beside the problems of the files: counts, and what is missing or held down."""
        counting = count_answers(rubric(), sheet).sheet
        found = score(rubric(), counting)
        remarks = (
            *readiness(rubric(), sheet, counting),
            *answer_gaps(rubric(), sheet, counting, found),
            *left_out(rubric(), found),
        )
        far = (*turnout(rubric(), sheet, counting), *progress(rubric(), sheet, counting))
        return {*far, *(p.message for p in remarks)}

    def silent(self, path, text):
        """Whether a text changes a score and nothing new is said."""
        kept = self.kept[path]
        try:
            self.kept[path] = parse(text, path.name)
        except DocumentError:
            return False  # the file is refused
        sheet, problems = self.noticed()
        self.kept[path] = kept
        if set(problems) - self.told:
            return False
        return self.figures(sheet) != self.scores and not self.checked(sheet) - self.said


def mutations(reading, seed):
    """Mutated texts of the sample's answers files, each with its file, its kind and its line."""
    dice = random.Random(seed)
    paths = list(reading.texts)
    for kind in KINDS:
        for _ in range(ROUNDS):
            path = dice.choice(paths)
            lines = reading.texts[path].split("\n")
            at = dice.randrange(len(lines))
            before = list(lines)
            kind(lines, at, dice)
            yield path, f"{kind.__name__} at {path.name}:{at + 1}: {before[at]!r}", "\n".join(lines)


@pytest.mark.slow
@pytest.mark.parametrize("organization", ORGANIZATIONS)
def test_no_slip_of_the_hand_changes_a_score_in_silence(organization, monkeypatch):
    print(f"ASSESS_MUTATIONS_SEED={SEED}")  # noqa: T201 - shown where the test fails
    reading = Reading(organization, monkeypatch)
    tried = list(mutations(reading, f"{SEED} {organization}"))
    assert len(tried) == ROUNDS * len(KINDS)
    assert [what for path, what, text in tried if reading.silent(path, text)] == []


def test_there_are_enough_slips():
    assert ROUNDS * len(KINDS) * len(ORGANIZATIONS) >= 1178


@pytest.mark.slow
def test_the_test_sees_a_score_that_changes_in_silence(monkeypatch):
    """The control: another valid answer is no slip, changes a score, and nothing is said."""
    reading = Reading("lanternfolk", monkeypatch)
    path = next(path for path in reading.texts if path.name == "ex-chair.yaml")
    text = reading.texts[path]
    assert reading.silent(path, text.replace(": practised", ": absent"))
    assert not reading.silent(path, text)
