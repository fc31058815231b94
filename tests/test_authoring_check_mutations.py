"""Twenty-nine kinds of slip, each planted at places of the shipped rubric: the check finds them in their line.

The places are drawn with the seed below. A slip counts as found when a problem that was not there before stands in the
line that was changed, or that the element begins in from which something was taken.
"""

import re
import shutil
from collections import Counter
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from assess.authoring.check import review
from assess.problems import DocumentError
from assess.resources import find_rubric

SEED = 20260630
SHIPPED = find_rubric("social_business", ())
TEXTS = {file.relative_to(SHIPPED).as_posix(): file.read_text(encoding="utf-8") for file in SHIPPED.rglob("*.yaml")}
CONDITION = r"^ +(?:when|claim|practice): .*?"
CITED = re.compile(r"^      [A-Z]\d+-\d+: \[\w+(?:\.\w+)?, \"?(.*?)\"?\]$", re.MULTILINE)
OTHER_WAY = {"= yes": "= no", "= no": "= yes", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


class Slip(NamedTuple):
    """A file with one mistake in it, and the lines in which it may be reported."""

    file: str
    text: str
    lines: frozenset[int]


def at(text, offset):
    return text.count("\n", 0, offset) + 1


def slip(file, found, group, instead, also=()):
    """What a group of a match stands for is written otherwise."""
    text = TEXTS[file]
    lines = {at(text, found.start(group)), *also}
    return Slip(file, text[: found.start(group)] + instead + text[found.end(group) :], frozenset(lines))


def matches(pattern, folder):
    for file in sorted(TEXTS):
        if file.startswith(folder):
            yield from ((file, found) for found in re.finditer(pattern, TEXTS[file], re.MULTILINE))


def misspelled_name():
    for file, found in matches(CONDITION + r"\b([a-z]{3}_\w+)", "principles"):
        yield slip(file, found, 1, f"{found[1]}_")


def comparison_turned_round():
    for file, found in matches(CONDITION + r"(= (?:yes|no)\b|[<>]=?)", "principles"):
        yield slip(file, found, 1, OTHER_WAY[found[1]])


def threshold_off_the_scale():
    for file, found in matches(CONDITION + r"_share [<>]=? (\d+)", "principles"):
        yield slip(file, found, 1, f"{found[1]}00")


def cap_at_the_top():
    for file, found in matches(r"^ +cap: \{of: \[.*?\], at: (\w+)\}", "principles"):
        yield slip(file, found, 1, "leading")


def no_way_out():
    for file, found in matches(r"^ +- (id: \w+)\n(?: {4}.*\n)*?( +lifted_by: .*\n)", "principles"):
        yield slip(file, found, 2, "", [at(TEXTS[file], found.start(1))])


def weight_of_nothing():
    for file, found in matches(r"^  - id: \w+\n    code: .*\n    title: .*\n()", "principles"):
        yield slip(file, found, 1, "    weight: 0.01\n")


def text_of_another_question():
    before = None
    for file, found in matches(r"^        text: (.*(?:\n {10}.*)*)\n", "principles"):
        if before:
            yield slip(file, found, 1, before)
        before = found[1]


def anchor_with_an_adverb():
    label = r" {10}- label: (.*(?:\n {14}.*)*)\n"
    for file, found in matches(f"^{label}{label}", "principles"):
        if any(cited in " ".join(found[2].split()) for cited in CITED.findall(TEXTS[file])):
            continue  # the words in which a claim is asked would be gone, which is another slip
        quoted = found[1].endswith('"')
        yield slip(file, found, 2, f'{found[1][:-1]} regularly"' if quoted else f"{found[1]} regularly")


def clash_of_one_role():
    for file, found in matches(r"^ +claim: (\w+) >= \w+ by (\w+)\n +practice: (\w+) <=? \w+ by (\w+)\n", "principles"):
        if found[1] == found[3]:
            yield slip(file, found, 4, found[2])


def asked_of_nobody():
    for file, found in matches(r"^        ask:( \{.*\}| \[.*\]|(?:\n {10}.*)+)\n", "principles"):
        yield slip(file, found, 1, " []", [at(TEXTS[file], found.start())])


def circle_of_needs():
    pattern = r"^  - id: (i\d+)\n(?:    .*\n)*?    needs: \[(.*?)\]\n"
    needs = {found[1]: (file, found, found[2].split(", ")) for file, found in matches(pattern, "initiatives")}
    for name, (file, found, own) in needs.items():
        for later, (home, other, wanted) in needs.items():
            if name in wanted and home == file:
                both = [at(TEXTS[file], other.start(2))]
                yield slip(file, found, 2, ", ".join([*filter(None, own), later]), both)
                break


def lift_to_the_bottom():
    for file, found in matches(r"^    lifts: \{\w+: (\w+)", "initiatives"):
        yield slip(file, found, 1, "absent")


def evidence_nobody_gives():
    for file, found in matches(r"^        type: level\n()", "principles"):
        yield slip(file, found, 1, "        evidence: off\n")


def criterion_without_claims():
    for file, found in matches(r"^  - (id: \w+)\n    code: .*\n(?:    .*\n)*?(    claims: \[.*?\]\n)", "principles"):
        yield slip(file, found, 2, "", [at(TEXTS[file], found.start(1))])


def headline_behind_its_twin():
    before = None
    for file, found in matches(r"^    when: (?!>)(.*)\n", "rubric.yaml"):
        if before:
            yield slip(file, found, 1, before)
        before = found[1]


# --- what a slip means ---


def part_of_one_for_a_percentage():
    for file, found in matches(CONDITION + r"_share [<>]=? (\d+)", "principles"):
        yield slip(file, found, 1, f"0.{found[1]}")


def fact_turned_round():
    for file, found in matches(
        r"^ +(?:when|practice): (?!.*_gap\b)\w+_(?:count|share|heard|covered) ([<>]) \d+$", "principles"
    ):
        if not re.search(r"open_share|public_share", found[0]):
            yield slip(file, found, 1, OTHER_WAY[found[1]])


def kind_dont_know():
    way = r"^        (?:reverse: true|better: high)\n(?: {8}.*\n)*?        unknown_as: "
    for file, found in matches(way + r'("yes"|"no")\n', "principles"):
        yield slip(file, found, 1, '"no"' if found[1] == '"yes"' else '"yes"')


def way_out_of_something_else():
    for file, found in matches(r"^ +lifted_by: (\[.*\])", "principles"):
        yield slip(file, found, 1, "[i60]" if "11_led" not in file else "[i01]")


def owner_that_is_a_register():
    for file, found in matches(r"^    (effort): .*\n(?:    .*\n)*?    owner: (\w+)", "initiatives"):
        yield slip(file, found, 2, "record", [at(TEXTS[file], found.start(1))])


def work_in_too_few_weeks():
    for file, found in matches(r"^    weeks: (\d+)", "initiatives"):
        yield slip(file, found, 1, "1")


def end_that_ends_nothing():
    for file, found in matches(r"^    stop_when: (?!>)(.*)$", "initiatives"):
        yield slip(file, found, 1, "Keep it up every year.")


def key_lost():
    for file, found in matches(r"^(id: \w+)\n(?:.*\n)*?(    key: true\n)", "principles"):
        yield slip(file, found, 2, "", [at(TEXTS[file], TEXTS[file].index("\ncriteria:") + 1) + n for n in (0, 1)])


def weight_times_ten():
    for file, found in matches(r"^  - id: \w+\n    code: .*\n    title: .*\n()", "principles"):
        yield slip(file, found, 1, "    weight: 10\n")


def mark_left_over():
    for file, found in matches(r" {10}- label: (\w.*)$", "principles"):
        yield slip(file, found, 1, f"TODO {found[1]}")


def characters_read_wrongly():
    for file, found in matches(r"^    title: (\w.*)$", "principles"):
        yield slip(file, found, 1, f"{found[1]} \u00e2\u20ac\u2122s")


def two_questions_in_one():
    for file, found in matches(r"^        text: ((?:Is|Are|Do|Did|Does) .*)\?$", "principles"):
        yield slip(file, found, 1, f"{found[1]}; and is it so this year")


def brackets_forgotten():
    for file, found in matches(r"^ +claim: \w+ = yes( or )\w+ >= \w+ by \w+$", "principles"):
        yield slip(file, found, 1, " and led_owner_named = yes or ")


def percentage_that_falls():
    label = r" {10}- label: [^%\n]*(?:\n {14}[^%\n]*)*\b[Aa]t least (\d+)%[^%\n]*(?:\n {14}[^%\n]*)*\n"
    for file, found in matches(f"^{label}{label}", "principles"):
        yield slip(file, found, 2, "2", range(at(TEXTS[file], found.end(1)), at(TEXTS[file], found.end())))


KINDS = [
    misspelled_name,
    comparison_turned_round,
    threshold_off_the_scale,
    cap_at_the_top,
    no_way_out,
    weight_of_nothing,
    text_of_another_question,
    anchor_with_an_adverb,
    clash_of_one_role,
    asked_of_nobody,
    circle_of_needs,
    lift_to_the_bottom,
    evidence_nobody_gives,
    criterion_without_claims,
    headline_behind_its_twin,
]
MEANT = [
    part_of_one_for_a_percentage,
    fact_turned_round,
    kind_dont_know,
    way_out_of_something_else,
    owner_that_is_a_register,
    work_in_too_few_weeks,
    end_that_ends_nothing,
    key_lost,
    weight_times_ten,
    mark_left_over,
    characters_read_wrongly,
    two_questions_in_one,
    brackets_forgotten,
    percentage_that_falls,
]


def reviewed(folder):
    try:
        return review(folder)
    except DocumentError as error:
        return error.problems


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the shipped rubric to plant slips in, and what is said about it without one."""
    folder = tmp_path_factory.mktemp("rubric") / SHIPPED.name
    shutil.copytree(SHIPPED, folder)
    return folder, Counter((problem.code, problem.message) for problem in reviewed(folder))


def is_found(copy, planted):
    folder, before = copy
    file = folder / planted.file
    file.write_text(planted.text, encoding="utf-8")
    try:
        places = [p.location for p in reviewed(folder) if not before[p.code, p.message] and p.location]
    finally:
        file.write_text(TEXTS[planted.file], encoding="utf-8")
    return any(Path(place.file) == file and place.line in planted.lines for place in places)


@pytest.mark.slow
def test_the_shipped_rubric_has_neither_errors_nor_warnings(copy):
    assert [problem for problem in reviewed(copy[0]) if problem.severity != "note" and not problem.accepted] == []


@pytest.mark.slow
@pytest.mark.parametrize(("kinds", "places", "wanted"), [(KINDS, 4, 57), (MEANT, 2, 27)], ids=["said", "meant"])
def test_almost_every_slip_is_found_in_its_line(copy, kinds, places, wanted):
    missed = []
    for kind in kinds:
        planted = Random(f"{SEED} {kind.__name__}").sample([*kind()], places)
        missed += [(kind.__name__, p.file, sorted(p.lines)) for p in planted if not is_found(copy, p)]
    assert len(kinds) * places - len(missed) >= wanted, missed
