"""A change is tried on the answers that count: what was withheld moves no byte, and no group is told apart."""

import copy

import pytest
import trying
from confiding import chance_of, organization, run, written
from test_privacy import replaced, withheld

from assess import workflow
from assess.collect import ask_again

TRIALS = [
    ["--set", "heard=l3"],
    ["--set", "shop=yes"],
    ["--set", "shop=no"],
    ["--set", "till=l4", "--proof", "till=confirmed"],
    ["--set", "boss.heard=l0", "--set", "team.heard=l4"],
    ["--set", "team.shop=yes", "--set", "log.nights=30"],
    ["--set", "quiet=l4", "--set", "bill=3", "--set", "nights=na"],
    ["--set", "guest.quiet=l4"],
    ["--level", "hear=l3", "--level", "rest=l2"],
    ["--done", "i01", "--done", "i02"],
    ["--weight", "ear=3", "--without", "loud", "--without", "both"],
    ["--on", "2027-02-01", "--start", "2027-03-01", "--capacity", "team=3"],
    ["--on", "2026-05-15"],
    ["--best", "30"],
    ["--best", "30", "--node", "bed", "--set", "boss.heard=l4"],
]


def everything_tried(home):
    told = [run(home, "whatif", home, *words) for words in TRIALS]
    return told + [run(home, "whatif", home, *words, "--format", "json") for words in TRIALS[::4]]


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 7))])
def test_exchanging_withheld_answers_changes_no_byte(seed, tmp_path):
    chance = chance_of(seed)
    files = organization(chance, 1 + seed % 7, shy_staff=seed % 3 == 0)
    places = withheld(files)
    assert places
    before = everything_tried(written(tmp_path, files))
    assert sum(code == 0 for _, code, _, _ in before) >= len(TRIALS) - 3
    other = replaced(chance, files, places)
    assert other != files
    assert everything_tried(written(tmp_path, other)) == before


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 3))])
def test_exchanging_the_answers_of_a_shown_group_changes_no_byte(seed, tmp_path):
    chance = chance_of(seed)
    files = organization(chance, 8)
    before = everything_tried(written(tmp_path, files))
    other = copy.deepcopy(files)
    guests = [name for name in files if files[name]["role"] == "guest"]
    for together in [["heard"], ["shop", "till"], ["reply_fast"], ["ways"], ["quiet"], ["nights"], ["bill"]]:
        for name, whose in zip(guests, chance.sample(guests, len(guests)), strict=True):
            for question in together:
                other[name]["answers"].pop(question, None)
                if question in files[whose]["answers"]:
                    other[name]["answers"][question] = files[whose]["answers"][question]
    assert other != files
    assert everything_tried(written(tmp_path, other)) == before


def guests_of(count, **answers):
    """So many guests who answer alike, and a boss."""
    files = {"boss": {"assess": "answers/1", "respondent": "boss", "role": "boss", "submitted": "2026-06-01"}}
    files["boss"]["answers"] = {"heard": "l2", "reply_fast": "l1"}
    for place in range(count):
        head = {"assess": "answers/1", "respondent": f"g{place}", "role": "guest", "submitted": "2026-06-01"}
        files[f"g{place}"] = {**head, "answers": answers}
    return files


@pytest.mark.parametrize("count", [3, 6])
def test_what_one_of_a_group_says_is_not_tried_whether_the_group_counts_or_not(count, tmp_path):
    home = written(tmp_path, guests_of(count, heard="l1"))
    _, code, shown, said = run(home, "whatif", home, "--set", "guest.heard=l4")
    assert (code, shown) == (2, "")
    assert "try what would be agreed on: --set heard=l4" in said


def test_who_would_be_asked_by_what_a_role_says_is_not_told(tmp_path):
    home = written(tmp_path, guests_of(6, shop="yes", till="l1"))
    rubric = tmp_path / "rubrics" / "inn.yaml"
    text = rubric.read_text(encoding="utf-8").replace(
        "show_when: shop = yes", "show_when: shop = yes by team or heard < l2"
    )
    rubric.write_text(text, encoding="utf-8")
    _, code, shown, said = run(home, "whatif", home, "--set", "team.shop=no")
    assert (code, shown) == (2, "")
    assert "the changes decide which anonymous people would have been asked 'till'" in said


def test_what_is_agreed_on_asks_a_group_or_does_not(tmp_path):
    home = written(tmp_path, guests_of(6, shop="yes", till="l1"))
    found = workflow.assess(home, [tmp_path / "rubrics"])
    assert found.scorecard.items["till"].state == "value"
    _, after = trying.attempt(found, answers=("shop=no",))
    assert after.scorecard.items["till"].state == "hidden"
    assert after.scorecard.items["shop"].state == "value"
    _, after = trying.attempt(found, answers=("shop=yes",))
    assert after.scorecard.items["till"] == found.scorecard.items["till"]


def test_a_sheet_that_was_not_changed_is_asked_as_it_was(tmp_path):
    home = written(tmp_path, organization(chance_of(3), 7))
    found = workflow.assess(home, [tmp_path / "rubrics"])
    assert ask_again(found.rubric, found.sheet) == found.sheet
