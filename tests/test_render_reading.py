"""What reads well in a roadmap: no column that says nothing, no list twice, dates in one piece, words that fit."""

import datetime
import re

import pytest
from auditing import NAMES, NOTHING, links, rows, text, under
from rendering import DAY, diagnosis_of, document, plan_of, rubric_of, section, sheet_of

from assess import workflow
from assess.model.answers import Answer, Voice
from assess.model.findings import Diagnosis, Finding, Quote
from assess.model.roadmap import LeftOut
from assess.resources import shipped

A_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.fixture(params=NAMES)
def sample(request):
    return text(request.param)


def tables(text):
    """Every table as its titles and its rows of cells."""
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        lines = [[cell.strip(" ") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in block.splitlines()]
        yield lines[0], lines[2:]


def of_boss(answers, rubric=None):
    sheet = sheet_of()._replace(voices=(Voice("boss", answers),), settled={})
    return document(rubric=rubric or rubric_of(), sheet=sheet, diagnosis=Diagnosis("", ()))


def test_a_column_of_dates_is_as_wide_as_a_date(sample):
    found = 0
    for titles, cells in tables(sample):
        for place, title in enumerate(titles):
            column = [row[place] for row in cells]
            if 2 * sum(bool(A_DATE.fullmatch(cell)) for cell in column) > len(column):
                found += 1
                assert len(re.split(r"[ -]", title)[0]) >= 10, title
    assert found > 5


def test_one_is_not_followed_by_a_plural_and_no_sentence_ends_twice(sample):
    rubric = workflow.load_rubric(shipped("rubrics") / "social_business")
    plurals = {q.unit for q in rubric.questions() if q.unit not in ("", "%")} | {"questions", "answers", "parts"}
    one = re.compile(rf"(?<![\d.,-])1 (?:{'|'.join(map(re.escape, sorted(plurals)))})\b")
    assert one.findall(sample) == []
    assert re.findall(r'(?<!\.)\.\.(?!\.)|\.\."|\."\.', sample) == []


def test_every_plural_unit_of_the_shipped_rubrics_has_a_word_for_one():
    for name in ("social_business", "complaint_handling"):
        rubric = workflow.load_rubric(shipped("rubrics") / name)
        units = {q.id: (q.unit, q.unit_one) for q in rubric.questions() if q.unit and q.unit != "%"}
        assert {question: found for question, found in units.items() if not found[1]} == {}


def test_no_column_repeats_the_same_dash_or_figure_down_a_long_table(sample):
    for titles, cells in tables(under(sample, "standing") + under(sample, "findings")):
        for place, title in enumerate(titles):
            column = {row[place] for row in cells}
            assert len(cells) < 4 or column not in ({NOTHING}, {""}), title
    assert "Low to high" not in sample


def test_what_is_furthest_and_what_is_short_agrees_with_the_table_beside(sample):
    for anchor in re.findall(r'^### <a id="(\w+)"></a>', under(sample, "standing"), re.MULTILINE):
        said = under(sample, anchor).partition("####")[0]
        table = [row for row in rows(said) if row.get("Now", "not scored") != "not scored"]
        gaps = {links(row["Part"])[0]: float(row["Gap"]) for row in table}
        told = re.search(
            r"^- The widest gaps?, ([\d.]+)(?: each)?, (?:is that|are those) of (.+)\.$", said, re.MULTILINE
        )
        if told:
            widest = {part for part, gap in gaps.items() if gap == max(gaps.values())}
            assert float(told[1]) == max(gaps.values())
            assert set(links(told[2])) <= widest
            assert len(widest) == len(links(told[2])) or f"and {len(widest) - 3} more" in told[2]
        else:
            assert len(set(gaps.values())) == 1
        best = re.search(r"^- (.+) (?:is|are) furthest, at ([\d.]+)\.$", said, re.MULTILINE)
        if best:
            now = {links(row["Part"])[0]: float(re.search(r"[\d.]+", row["Now"])[0]) for row in table}
            assert {now[part] for part in links(best[1])} == {float(best[2])} == {max(now.values())}


def test_urgent_findings_come_first_and_a_long_list_of_others_is_short():
    sample = text("trumpet_thistle")
    needs = sample[sample.index("### What needs attention") : sample.index("### Conditions that are missing")]
    told, _, brief = needs.partition("#### More contradictions")
    passages = re.split(r"^#### ", told, flags=re.MULTILINE)[1:]
    assert len(passages) > 5
    assert all("**Needs attention first**" in passage or "**Urgent: " in passage for passage in passages)
    urgent = ["**Urgent: " in passage for passage in passages]
    assert urgent == sorted(urgent, reverse=True)
    assert any(urgent)
    listed = rows(brief)
    assert len(listed) > 10
    assert all("#answers-" in row["What we saw"] for row in listed)
    assert "#### More contradictions" not in text("quietwater")


def test_the_reason_the_summary_names_is_the_first_one_told_of_those_that_hold_scores_down(sample):
    reason = re.search(r"^> To settle first: \[[^]]*\]\(#(finding-[\w-]+)\)", sample, re.MULTILINE)[1]
    passages = re.split(r"^#### ", sample[sample.index("### What needs attention") :], flags=re.MULTILINE)[1:]
    first = next(passage for passage in passages if "**Needs attention first**" in passage)
    assert first.startswith(f'<a id="{reason}"')


def test_how_differently_roles_see_it_says_who_is_higher_and_leaves_out_who_agrees(sample):
    said = re.split(r"^## ", sample[sample.index("### How differently roles see it") :], flags=re.MULTILINE)[0]
    levels = [row["Levels"] for row in rows(said)]
    assert levels
    assert all(re.fullmatch(r"[+-]\d+(\.\d+)?", level) and float(level) for level in levels)
    assert re.search(r"On \d+ parts? both sides say the same\.", said)


def test_who_is_asked_to_decide_is_nobody_whose_answers_are_anonymous(sample):
    decisions = rows(sample[sample.index("### Decisions we ask for") : sample.index("### Distance to the target")])
    who = ", ".join(row["Who"] for row in decisions).split(", ")
    assert not {"Customer", "Logs and registers"} & set(who)


def test_time_is_asked_for_until_the_first_of_its_initiatives_begins(sample):
    starts = {links(row["Initiative"])[0]: row["Planned start"] for row in rows(under(sample, "priorities"))[:-1]}
    begins = {links(row["Initiative"])[0]: (row["Owner"], row["Planned start"]) for row in rows(under(sample, "now"))}
    asked = [row for row in rows(sample) if "Decision" in row]
    free = next((row for row in asked if row["Decision"].startswith("Free ")), None)
    if free is None:
        assert len(asked) == 5
        return
    mine = [day for owner, day in begins.values() if owner == free["Who"]]
    assert free["At the latest"] == min(mine) <= min(starts[name] for name in links(free["Decision"]))


def test_the_first_day_of_work_is_named_and_not_that_of_the_plan():
    planned = plan_of()
    later = DAY + datetime.timedelta(weeks=3)
    first = planned.placements[0]._replace(starts=later, start_week=3)
    shown = document(plan=planned._replace(placements=(first, *planned.placements[1:])))
    assert f"| Team | {later.isoformat()} |" in section(shown, "Decisions we ask for")


@pytest.mark.parametrize("kind", ["min", "max", "median", "product", "sum", "arithmetic"])
def test_the_table_of_a_score_has_no_empty_column(kind):
    steps = section(document(rubric=rubric_of(aggregate=kind)), "Overall")
    (titles, cells), *_ = tables(steps)
    assert "term" not in " ".join(titles)
    for place, title in enumerate(titles):
        assert {row[place] for row in cells} != {NOTHING}, title
    assert titles[3:] == {
        "product": ["Weight", "fraction of 1"], "sum": ["Weight", "points"],
        "arithmetic": ["Weight", "Weight times value"],
    }.get(kind, ["Weight"])  # fmt: skip


def test_bounds_stand_there_only_while_a_question_is_open():
    known = {"ear_open": Answer("value", "begun"), "mind_open": Answer("value", "begun")}
    known |= {"hand_given": Answer("value", "begun"), "written": Answer("value", "yes")}
    assert "Low to high" not in of_boss(known)
    part = {name: answer for name, answer in known.items() if name != "mind_open"}
    text = of_boss(part)
    assert "*low to high* is where" in text
    assert "| Low to high |" in text


def test_parts_that_are_equally_far_are_all_named():
    level = Answer("value", "begun")
    text = of_boss({"ear_open": level, "mind_open": level, "hand_given": level, "written": Answer("value", "yes")})
    assert "- Every part is 2.00 short of its target." in section(text, "LIS Listening")
    assert "furthest" not in section(text, "LIS Listening")


def test_initiatives_left_out_for_the_same_reason_stand_in_one_row():
    left = (LeftOut("i03", "It lifts nothing.", wanted=False), LeftOut("i04", "It lifts nothing.", wanted=False))
    text = section(document(plan=plan_of()._replace(left_out=left)), "Left out")
    assert "| Shout<br>Wait | It lifts nothing. | no |" in text


def test_what_only_some_know_stands_apart_from_what_nobody_knows():
    found = (
        Finding("blind_a", "blind_spot", "ear", "Ear", '"How far?" Some do not know.', question="ear_open"),
        Finding("blind_b", "blind_spot", "ear", "Ear", '"Is it?" Nobody asked could say.', question="nobody"),
        Finding("silence_mind", "silence", "mind", "Not answered", "1 question got no answer.",
                quotes=(Quote("Team", "mind_open", "How?", "Not answered"),)),
    )  # fmt: skip
    rubric = rubric_of()
    ask = {"id": "nobody", "type": "yesno", "weight": 0, "text": "Is it?"}
    principles = [principle.model_dump(by_alias=True, exclude_defaults=True) for principle in rubric.principles]
    principles[0]["criteria"][0]["questions"] = [*principles[0]["criteria"][0]["questions"], ask]
    rubric = rubric_of(principles=principles)
    text = section(document(rubric=rubric, diagnosis=Diagnosis("", found)), "What is not known")
    open_ones, _, some = text.partition("Some of those who were asked")
    assert '<a id="finding-blind_b"></a>[LIS-1 Ear](#ear) | "Is it?" Nobody asked could say. |' in open_ones
    assert "1 question got no answer. [mind_open](#answers-mind_open) |" in open_ones
    assert '<a id="finding-blind_a"></a>[How far is ear_open?](#answers-ear_open) |' in some


def test_a_condition_says_what_it_would_hold_a_part_at():
    written = sheet_of()._replace(settled={})
    asleep = Finding(
        "gate_unwritten", "gate", "care", "Unwritten", "Nothing is written", because="x", initiatives=("i01",)
    )
    diagnosis = diagnosis_of()._replace(findings=(asleep,))
    text = section(document(sheet=written, diagnosis=diagnosis), "Conditions that are missing or out of range")
    assert "None of these lowers a score today." in text
    row = "[CAR Caring](#care) | 1.00 | **Unwritten.** Nothing is written. | [I-01 Write it down](#i01) |"
    assert row in text


def test_the_words_of_a_level_stand_in_quotation_marks():
    text = section(document(), "LIS-2 Mind")
    assert '**Today:** "mind_open step 1."' in text
    assert re.search(r'- \*\*\w+:\*\* "mind_open step 2."', text)


def test_what_one_of_two_sides_says_is_not_told_as_what_is_so_today():
    found = document()
    assert "Two ears" in found
    assert "**Today:**" not in section(found, "LIS-1 Ear")
