"""`assess plan`: its table, its JSON, rows for trackers, a calendar, and the order it keeps."""

import csv
import datetime
import io
import json

import pytest

from assess import workflow
from assess.cli.plan_formats import plan_calendar, plan_rows

DAY = datetime.timedelta(days=1)


def as_json(run, place, *words):
    return json.loads(run("plan", place.org, "--format", "json", *words).stdout)


def test_the_table_names_who_does_what_when_and_where_that_leads(run, place):
    shown = run("plan", place.org).stdout
    for placed in as_json(run, place)["placements"]:
        line = next(line for line in shown.splitlines() if line.startswith(f"{placed['code']} {placed['title']}"))
        assert f"{placed['starts']}  {placed['ends']}" in line
    assert "person-days of the owners." in shown


def test_what_is_left_out_and_what_was_decided_is_named_as_in_the_table(run, place):
    plan = as_json(run, place)
    first = plan["placements"][-1]
    lines = run("plan", place.org).stdout.splitlines()
    assert run("decide", place.org, first["initiative"], "--exclude", "--who", "B", "--why", "So.").exit_code == 0
    (left,) = (line for line in run("plan", place.org).stdout.splitlines() if line.startswith("Left out"))
    assert not any(line.startswith("Left out") and first["code"] in line for line in lines)
    assert first["code"] in left
    assert f" {first['initiative']}" not in left


def test_json_has_both_days_worked_and_periods_from_1(run, place):
    plan = as_json(run, place)
    assert plan["assess"] == "plan/1"
    for placed in plan["placements"]:
        first, last = (datetime.date.fromisoformat(placed[key]) for key in ("starts", "ends"))
        assert (last - first + DAY).days == 7 * placed["weeks"]
        begun = (first - datetime.date.fromisoformat(plan["starts"])).days
        assert placed["period"] == begun // (7 * plan["weeks"]) + 1
    assert [stone["period"] for stone in plan["milestones"]] == [*range(plan["periods"] + 1)]


def test_the_explanation_the_plan_and_the_roadmap_name_the_same_days(run, place):
    text = run("report", place.org).stdout
    for placed in as_json(run, place)["placements"]:
        explained = json.loads(run("explain", place.org, placed["initiative"], "--format", "json").stdout)["planned"]
        assert (explained["starts"], explained["last_day"]) == (placed["starts"], placed["ends"])
        card = text.partition(f"<!-- assess:{placed['initiative']} -->")[2]
        assert f" · {placed['starts']} to {placed['ends']} · " in card


def test_rows_are_read_back_as_they_are_and_no_cell_is_a_formula(run, place):
    place.edit("rubrics/small.yaml", "title: Rule and register", "title: =1+1")
    found = workflow.assess(place.org, [place.rubrics])
    rows = list(csv.DictReader(io.StringIO(plan_rows(found), newline="")))
    plan = as_json(run, place)["placements"]
    assert [(r["Id"], r["Start date"], r["Due date"]) for r in rows] == [
        (p["initiative"], p["starts"], p["ends"]) for p in plan
    ]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert run("plan", place.org, "--format", "csv").stdout.splitlines()[0].startswith("Summary,Id,Owner,Start date")


def test_a_calendar_has_an_event_for_each_initiative_until_the_day_after(place):
    found = workflow.assess(place.org, [place.rubrics])
    text = plan_calendar(found)
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    events = text.replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
    works = [event for event in events if "SUMMARY:Proof due" not in event]
    for placed, event in zip(found.plan.placements, works, strict=True):
        assert f"DTSTART;VALUE=DATE:{placed.starts:%Y%m%d}\r\n" in event
        assert f"DTEND;VALUE=DATE:{placed.ends:%Y%m%d}\r\n" in event
    assert len({event.split("UID:")[1].split("\r\n")[0] for event in events}) == len(events)


def test_texts_of_a_calendar_keep_their_signs(place):
    place.edit("rubrics/small.yaml", "title: Rule and register", 'title: "Rule, register; and so on \\\\ more"')
    text = plan_calendar(workflow.assess(place.org, [place.rubrics])).replace("\r\n ", "")
    assert "Rule\\, register\\; and so on \\\\ more" in text


def test_a_deep_search_keeps_its_order_and_reports_take_it_while_the_numbers_stand(run, place):
    written = run("plan", place.org, "--deep", "--seed", "3")
    assert written.exit_code == 0
    kept = (place.org / "plan.yaml").read_text(encoding="utf-8")
    assert "assess: plan-order/1" in kept
    assert "seed: 3" in kept
    order = as_json(run, place)["order"]
    assert (order["kept"], order["seed"]) == (True, 3)
    assert "It was kept from an earlier search." in run("report", place.org).stdout
    place.edit("rubrics/small.yaml", "title: Rule and register", "title: Rule and list")
    assert as_json(run, place)["order"]["kept"]
    assert not as_json(run, place, "--quick")["order"]["kept"]
    place.edit("org/answers/boss.yaml", "hear_count: practised", "hear_count: begun")
    told = as_json(run, place)
    assert not told["order"]["kept"]
    assert "rests on other numbers" in told["note"]
    assert "rests on other numbers" in run("report", place.org).stdout
    assert (place.org / "plan.yaml").read_text(encoding="utf-8") == kept


@pytest.mark.parametrize("text", ["assess: plan-order/1\norder: [\n", "assess: answers/1\n", "order: 3\n"])
def test_a_kept_order_that_cannot_be_read_is_left_aside_with_a_note(run, place, text):
    (place.org / "plan.yaml").write_text(text, encoding="utf-8")
    shown = run("plan", place.org)
    assert shown.exit_code == 0
    assert "planned_before" in shown.stderr
    assert "plan.yaml" in shown.stderr
    assert "planned_before" in run("check", place.org).output
    assert not as_json(run, place)["order"]["kept"]


def test_an_engagement_of_one_file_has_no_place_for_an_order(run, place):
    text = (place.org / "engagement.yaml").read_text(encoding="utf-8")
    (place.root / "one.yaml").write_text(f"{text}answers: {{mend_cause: defined}}\n", encoding="utf-8")
    shown = run("plan", place.root / "one.yaml", "--deep")
    assert shown.exit_code == 1
    assert "make a folder" in shown.stderr


def test_a_folder_in_the_place_of_an_order_is_to_be_moved(run, place):
    (place.org / "plan.yaml").mkdir()
    shown = run("plan", place.org, "--deep")
    assert shown.exit_code == 1
    assert "plan.yaml cannot be written: it is a folder" in shown.stderr
    assert "-> move the folder away" in shown.stderr


def test_without_a_search_there_is_nothing_to_seed_or_to_keep(run, place):
    for words in (["--quick", "--deep"], ["--quick", "--seed", "1"]):
        assert run("plan", place.org, *words).exit_code == 2
