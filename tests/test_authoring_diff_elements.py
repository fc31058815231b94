"""Elements and options that come, go, move or change their name or order are found and named once."""

import re

import pytest
from differing import CHOICE, TEXT, comparing, edited, told
from importing import samm_parts, write_samm

from assess.authoring.diff import compare_rubrics, verdict
from assess.authoring.diff.report import difference_lines
from assess.importers import import_rubric


@pytest.fixture
def differ(tmp_path):
    return comparing(tmp_path)


# --- whole elements ---


def test_what_is_added_calls_for_a_minor_and_what_is_removed_for_a_major_version(differ):
    line = f"      - {CHOICE}\n"
    added = differ((line, line + "      - {id: sh_e, type: yesno, text: E?}\n"))
    assert told(added) == [("added", "question sh_e", "", "meaning")]
    removed = differ((line, ""))
    assert told(removed) == [("removed", "question sh_c", "", "scale")]
    assert removed.changes[0].hint == "nothing says what becomes of its answers: add a step to migrations.yaml"
    assert [verdict(found).bump for found in (added, removed)] == ["minor", "major"]


def test_a_gate_that_is_added_can_hold_down_what_stood_free(differ):
    gate = "  - {id: new_gate, when: hear_days > 9, EFFECT, because: Slow, lifted_by: [i01]}\n"
    anchor = "    clashes:\n"
    flag = differ((anchor, gate.replace("EFFECT", "flag: true").replace("  -", "      -", 1) + anchor))
    cap = differ((anchor, gate.replace("EFFECT", "cap: {of: [mend], at: begun}").replace("  -", "      -", 1) + anchor))
    assert (told(flag)[0][-1], told(cap)[0][-1]) == ("meaning", "scale")


def test_a_renamed_element_is_followed_into_whatever_names_it(differ):
    found = differ(
        ("id: hear_written\n", "id: rule_written\n            renamed_from: [hear_written]\n"),
        ("when: hear_written = no", "when: rule_written = no"),
        ("id: hear_back\n", "id: hear_answered\n        renamed_from: [hear_back]\n"),
        ("of: [hear_back]", "of: [hear_answered]"),
        ("hear_back: practised", "hear_answered: practised"),
        ("{id: i02, code: I-02,", "{id: i09, renamed_from: [i02], code: I-02,"),
    )
    assert told(found) == [
        ("renamed", "question rule_written", "", "cosmetic"),
        ("renamed", "criterion hear_answered", "", "cosmetic"),
        ("renamed", "initiative i09", "", "cosmetic"),
    ]
    assert "  = question rule_written (HEA-1), was hear_written" in [*difference_lines(found)]


def test_an_element_found_by_its_code_alone_has_lost_its_name(differ):
    found = differ(("id: mend\n", "id: mending\n"), ("lifts: {mend:", "lifts: {mending:"))
    assert ("renamed", "principle mending", "", "scale") in told(found)
    assert "add `renamed_from`" in "\n".join(difference_lines(found))


def test_a_question_under_a_new_id_is_recognized_by_its_words(differ):
    found = differ(("id: hear_since", "id: since_when"))
    assert {c.kind: c.hint for c in found.changes} == {
        "added": "",
        "removed": "'since_when' reads the same: if it is this one, it needs `renamed_from: [hear_since]`",
    }


def test_what_counts_elsewhere_has_moved(differ):
    line = "      - {id: sh_a, type: scale, text: A?, options_from: often}\n"
    found = differ((line, ""), ("      - id: mend_cause\n", line + "      - id: mend_cause\n"))
    assert told(found) == [("moved", "question sh_a", "", "scale")]
    assert "  > question sh_a (MEN), from shared to mend" in [*difference_lines(found)]


def test_a_gate_may_stand_anywhere(differ):
    gate = TEXT[TEXT.index("    gates:\n") : TEXT.index("    clashes:\n")]
    found = differ((gate, ""), ("principles:\n", f"{re.sub('^    ', '', gate, flags=re.MULTILINE)}principles:\n"))
    assert told(found) == [("moved", "gate hear_no_rule", "", "cosmetic")]


# --- order ---


def test_the_order_of_elements_is_print(differ):
    boss, desk = "  - {id: boss, code: BO, title: Manager}\n", "  - {id: desk, title: Complaint desk}\n"
    found = differ((boss + desk, desk + boss))
    assert told(found) == [("changed", "rubric", "order of roles", "cosmetic")]
    assert (found.changes[0].old, found.changes[0].new) == ("boss, desk, guest, log", "desk, boss, guest, log")
    first, second = (
        f"      - {{id: sh_{name}, type: scale, text: {name.upper()}?, options_from: often}}\n" for name in "ab"
    )
    assert told(differ((first + second, second + first))) == [
        ("changed", "principle shared", "order of questions", "cosmetic")
    ]
    assert told(differ((first, "      - {id: sh_z, type: yesno, text: Z?}\n" + first))) == [
        ("added", "question sh_z", "", "meaning")
    ]


def test_the_order_of_headlines_and_of_a_ladder_is_more_than_print(differ):
    one, two = "  - {when: overall >= defined, says: A}\n", "  - {when: overall >= begun, says: B}\n"
    before = edited(TEXT, ("headlines:\n", f"headlines:\n{one}{two}"))
    assert told(differ((one + two, two + one), before=before)) == [
        ("changed", "rubric", "order of headlines", "meaning")
    ]
    steps = [f"      - {{id: s{n}, type: yesno, text: S{n}?}}\n" for n in (1, 2)]
    ladder = "  - id: lad\n    title: Ladder\n    aggregate: ladder\n    questions:\n"
    before = edited(TEXT, ("initiatives:\n", f"{ladder}{''.join(steps)}initiatives:\n"))
    found = differ(("".join(steps), "".join(reversed(steps))), before=before)
    assert [(*told(found)[0], found.changes[0].touches)] == [
        ("changed", "principle lad", "order of questions", "scale", ("lad",))
    ]


def test_a_headline_follows_what_its_condition_names(differ):
    before = edited(TEXT, ("when: overall >= defined", "when: hear_back >= defined"))
    found = differ(
        ("id: hear_back\n", "id: hear_answered\n        renamed_from: [hear_back]\n"),
        ("when: hear_back >= defined", "when: hear_answered >= defined"),
        ("says: Complaints are answered here.", "says: Complaints are heard."),
        ("of: [hear_back]", "of: [hear_answered]"),
        ("hear_back: practised", "hear_answered: practised"),
        before=before,
    )
    assert told(found) == [
        ("changed", "headline hear_answered >= defined", "says", "meaning"),
        ("renamed", "criterion hear_answered", "", "cosmetic"),
    ]


# --- options ---


def test_a_shared_answer_that_reads_otherwise_is_named_with_every_question_that_uses_it(differ):
    found = differ(("label: Now and then", "label: Every month"))
    (change,) = found.changes
    assert (change.title, change.field, change.sense) == ("option some of set often", "label", "meaning")
    assert (change.old, change.new, change.users) == ("Now and then", "Every month", ("sh_a", "sh_b"))
    lines = [*difference_lines(found)]
    assert "  ~ option some of set often, label: Now and then -> Every month" in lines
    assert "      used by sh_a, sh_b" in lines


def test_a_score_is_reported_once_and_not_as_a_shift_of_the_others(differ):
    scored = CHOICE.replace("label: X", "label: X, score: 1").replace("label: Y", "label: Y, score: 2")
    before = edited(TEXT, (CHOICE, scored))
    found = differ(("label: Y, score: 2", "label: Y, score: 3"), before=before)
    assert told(found) == [("changed", "option sh_c: y", "score", "scale")]


def test_an_answer_more_shifts_what_the_others_are_worth(differ):
    found = differ(("{key: always, label: Always}", "{key: always, label: Always}, {key: ever, label: Ever}"))
    assert told(found) == [
        ("added", "option set often: ever", "", "meaning"),
        ("changed", "options set often", "worth", "scale"),
    ]
    assert found.changes[1].old == "never 0, some 50, always 100"
    assert found.changes[1].new == "never 0, some 33.33, always 66.67, ever 100"


def test_answers_that_change_places_are_answers_that_change_numbers(differ):
    found = differ((CHOICE, CHOICE.replace(": x, label: X}, {key: y, label: Y", ": y, label: Y}, {key: x, label: X")))
    assert told(found) == [("changed", "options sh_c", "position", "scale")]
    assert (found.changes[0].old, found.changes[0].new) == ("x, y", "y, x")


@pytest.mark.parametrize(
    ("edit", "keys"),
    [
        (
            (
                "label: X}, {key: y, label: Y}]}\n      - {id: sh_d",
                "label: Y}, {key: y, label: X}]}\n      - {id: sh_d",
            ),
            ["sh_c: x", "sh_c: y"],
        ),
        (
            ("label: Never}, {key: some, label: Now and then}", "label: Not once}, {key: some, label: never}"),
            ["set often: never", "set often: some"],
        ),
        (
            ("label: Never}, {key: some, label: Now and then}", "label: Now and then!}, {key: some, label: Often}"),
            ["set often: never", "set often: some"],
        ),
        (
            ("{key: always, label: Always}", "{key: always, label: Daily}, {key: ever, label: Always}"),
            ["set often: always"],
        ),
        (
            ("{label: Nobody}, {label: Some}, {label: Most}", "{label: Some}, {label: Most}, {label: Nobody}"),
            ["hear_reply: absent", "hear_reply: begun", "hear_reply: defined"],
        ),
    ],
    ids=["exchanged", "moved up", "moved down", "moved to a new key", "of levels, all three"],
)
def test_an_answer_that_stands_under_another_key_is_worth_something_else(differ, edit, keys):
    moved = [change for change in differ(edit).changes if change.field == "label"]
    assert [change.name for change in moved] == keys
    assert {change.sense for change in moved} == {"scale"}
    assert all("rescale" in change.hint for change in moved)


def test_an_answer_that_reads_like_none_before_only_means_something_else(differ):
    (change,) = differ(("label: Now and then", "label: Never at all")).changes
    assert (change.sense, change.hint) == ("meaning", "")


def test_a_tick_more_is_a_smaller_share_for_each(differ):
    found = differ(("{key: y, label: Y}]}\ninit", "{key: y, label: Y}, {key: z, label: Z}]}\ninit"))
    assert told(found)[1] == ("changed", "options sh_d", "worth", "scale")
    assert found.changes[1].old == "x 50, y 50"


def test_options_that_are_renamed_or_gone_are_named(differ):
    found = differ(("{key: never, label: Never}", "{key: not_once, label: Never, renamed_from: [never]}"))
    assert told(found) == [("renamed", "option set often: not_once", "", "cosmetic")]
    assert ("removed", "option set often: never", "", "scale") in told(differ(("{key: never, label: Never}, ", "")))


def test_a_list_that_moves_into_its_question_is_compared_answer_by_answer(differ):
    options = "options: [{key: never, label: Never}, {key: some, label: At times}, {key: always, label: Always}]"
    found = differ(("text: A?, options_from: often", f"text: A?, {options}"))
    assert told(found) == [
        ("changed", "question sh_a", "options_from", "cosmetic"),
        ("changed", "option sh_a: some", "label", "meaning"),
    ]


def test_a_set_under_another_name_is_the_same_set(differ):
    found = differ(("often:", "how_often:"), ("options_from: often", "options_from: how_often"))
    assert {change[2:] for change in told(found)} == {("options_from", "cosmetic")}


def test_releases_of_a_samm_model_are_told_apart_by_the_words_of_their_answer_sets(tmp_path):
    parts = samm_parts()
    before = import_rubric(write_samm(tmp_path / "one", parts)).rubric
    third = parts["answer_sets/s2"]["values"][3]
    assert third["text"] == "Every year"
    third["text"] = "All the time"
    found = compare_rubrics(before, import_rubric(write_samm(tmp_path / "two", parts)).rubric)
    (change,) = found.changes
    assert (change.title, change.field, change.sense) == ("option most of set s_s2", "label", "meaning")
    assert len(change.users) == 9
    line = next(line for line in difference_lines(found) if "used by" in line)
    assert all(f"{name} (" in line for name in change.users)
