"""Tiers and scopes: what lies outside is asked of nobody, counts in nothing, and is named."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from assess.cli import app
from assess.conditions import parse_condition, spelled_out
from assess.problems import DocumentError
from assess.scope import extent_in_words, scoped, tier_of
from assess.workflow import assess, assess_sheet, check, load_answers, load_rubric, report, score

RUBRIC = """\
assess: rubric/1
id: t
title: T
version: "1"
tiers: [scan, core, full]
scopes: {first: [p1], second: [p2]}
roles: [{id: desk, title: Desk}, {id: head, title: Head}]
levels: [{key: low, title: Low, at: 0}, {key: mid, title: Mid, at: 50}, {key: high, title: High, at: 100}]
policies: {target: high, unknown: zero}
principles:
  - id: p1
    title: P1
    criteria:
      - id: c1
        title: C1
        key: true
        tier: scan
        says: {gap: "{n1} of them are lost."}
        questions:
          - id: q1
            type: level
            text: How one?
            options: [{label: a}, {label: b}, {label: c}]
            ask: {desk: ~, head: {tier: full}}
        facts:
          - {id: f1, type: yesno, text: Is it so?, tier: full, unknown_as: "no"}
          - {id: n1, type: number, text: How many?, tier: full}
      - id: c2
        title: C2
        tier: core
        questions: [{id: q2, type: level, text: How two?, options: [{label: d}, {label: e}, {label: f}]}]
  - id: p2
    title: P2
    criteria:
      - id: c3
        title: C3
        tier: scan
        questions: [{id: q3, type: level, text: How three?, options: [{label: g}, {label: h}, {label: i}]}]
gates:
  - {id: part, when: f1 = no or q3 = low, cap: {of: [c1, c2], at: low}, because: One of the two, lifted_by: [i1, i2]}
  - {id: gone, when: f1 = no and q3 = low, cap: {of: [c1], at: low}, because: Both, lifted_by: [i1]}
  - {id: voiced, when: q1 >= mid by head, flag: true, because: Said by the head, lifted_by: [i1]}
clashes:
  - {id: words, claim: q1 >= mid by desk, practice: f1 = no, says: Said and not done, initiatives: [i1]}
headlines:
  - {when: n1 > 3, says: "{n1} and counting"}
  - {when: c2 < mid and c1 < mid, says: Both are low}
  - {says: So it is}
initiatives:
  - {id: i1, title: I1, lifts: {c1: high}, effort: {low: 1, high: 2}, weeks: 2, owner: desk}
  - {id: i2, title: I2, lifts: {c2: high}, effort: {low: 1, high: 2}, weeks: 2, owner: desk, needs: [i3]}
  - {id: i3, title: I3, lifts: {c2: mid}, effort: {low: 1, high: 2}, weeks: 2, owner: desk}
"""
OPTIONS = ("low", "mid", "high")


@pytest.fixture(name="rubric")
def whole(tmp_path):
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    return load_rubric(tmp_path / "t")


def engagement(tmp_path, more="", answers="{q1: mid, q3: low}"):
    place = tmp_path / "org.yaml"
    head = "assess: engagement/1\norganization: {name: O}\nrubric: t\nassessed_on: 2026-06-29\n"
    place.write_text(f"{head}{more}answers:\n  desk: {answers}\n", encoding="utf-8")
    return place


def test_a_tier_holds_what_those_before_it_hold(rubric):
    asked = {tier: {question.id for question in scoped(rubric, tier).questions()} for tier in rubric.tiers}
    assert asked == {"scan": {"q1", "q3"}, "core": {"q1", "q2", "q3"}, "full": {"q1", "f1", "n1", "q2", "q3"}}
    assert scoped(rubric, "full") is rubric


def test_a_role_is_asked_from_its_own_tier_on(rubric):
    part = scoped(rubric, "scan")
    assert part.asked(part.question_by_id["q1"]) == ("desk",)
    assert rubric.asked(rubric.question_by_id["q1"]) == ("desk", "head")
    assert tier_of(rubric, rubric.question_by_id["q1"], "head") == "full"


def test_a_scope_holds_its_nodes_alone(rubric):
    part = scoped(rubric, scope="second")
    assert [node.id for node in part.nodes()] == ["p2", "c3"]
    words = "Tier full and scope second: 1 of 3 criteria are asked about, with 1 of 5 questions; nothing else counts"
    assert extent_in_words(part.extent) == words


def test_what_only_the_rest_could_decide_is_left_out(rubric):
    part = scoped(rubric, "scan")
    assert {gate.id: gate.when for gate in part.all_gates()} == {"part": "q3 = low"}
    assert [cap for gate in part.all_gates() for cap in gate.cap.of] == ["c1"]
    assert [*part.all_clashes()] == []
    assert [headline.says.plain for headline in part.headlines] == ["So it is"]
    assert part.node_by_id["c1"].says.gap == {}
    assert [one.id for one in part.initiatives] == ["i1", "i2", "i3"]
    assert dict(part.initiative_by_id["i2"].lifts) == {}


def test_an_initiative_that_answers_nothing_that_is_left_is_left_out(rubric):
    assert [one.id for one in scoped(rubric, scope="second").initiatives] == []


@given(first=st.sampled_from(OPTIONS), third=st.sampled_from(OPTIONS), second=st.sampled_from(OPTIONS))
@settings(max_examples=27, deadline=None)
def test_what_is_asked_is_worth_what_it_is_worth_in_the_whole(first, second, third):
    rubric = Held.rubric
    answers = {"q1": first, "q2": second, "q3": third, "f1": "yes", "n1": 2}
    held = {name: answers[name] for name in ("q1", "q3")}
    part, all_of_it = score(scoped(rubric, "scan"), held), score(rubric, answers)
    assert part.scores["c3"].value == all_of_it.scores["c3"].value
    assert part.scores["c1"].uncapped == all_of_it.scores["c1"].uncapped
    assert part.scores["overall"].coverage == 1


class Held:
    """The rubric of the properties, loaded once."""

    rubric = None


@pytest.fixture(autouse=True)
def held(rubric):
    Held.rubric = rubric


def test_open_questions_outside_widen_nothing_and_are_asked_of_nobody(tmp_path):
    place = engagement(tmp_path, "tier: scan\n", "{q1: high, q3: high}")
    found = assess(place, [tmp_path])
    overall = found.scorecard.scores["overall"]
    assert (overall.low, overall.value, overall.high, overall.coverage) == (100, 100, 100, 1)
    missing = [problem.message for problem in check(place, [tmp_path]).problems if problem.code == "unanswered"]
    assert [words for words in missing if re.search("q2|f1|n1", words)] == []


def test_an_answer_outside_is_named_and_counts_in_nothing(tmp_path):
    less = engagement(tmp_path, "tier: scan\n", "{q1: mid, q3: high}")
    before = assess(less, [tmp_path]).scorecard.scores
    more = engagement(tmp_path, "tier: scan\n", '{q1: mid, q3: high, q2: low, f1: "no"}')
    found = check(more, [tmp_path])
    outside = [problem for problem in found.problems if problem.code == "out_of_scope"]
    assert [(problem.severity, problem.location.line) for problem in outside] == [("warning", 7), ("warning", 7)]
    assert {"q2", "f1"} == {re.search("'(.*?)'", problem.message)[1] for problem in outside}
    assert assess(more, [tmp_path]).scorecard.scores == before


@pytest.mark.parametrize("answer", ["low", "The best we know", "2", "{value: high, note: Seen}", "{unknown: true}"])
def test_an_answer_of_a_role_that_the_tier_does_not_ask_is_outside_however_it_is_written(tmp_path, answer):
    own = "head: {tier: full, options: {high: The best we know}}"
    (tmp_path / "t" / "rubric.yaml").write_text(RUBRIC.replace("head: {tier: full}", own), encoding="utf-8")
    less = engagement(tmp_path, "tier: scan\n", "{q1: mid, q3: low}")
    before = assess(less, [tmp_path])
    more = engagement(tmp_path, "tier: scan\n", f"{{q1: mid, q3: low}}\n  head: {{q1: {answer}}}")
    (outside,) = [problem for problem in check(more, [tmp_path]).problems if problem.code == "out_of_scope"]
    assert "'q1' lies outside" in outside.message
    after = assess(more, [tmp_path])
    assert (after.scorecard.scores, after.diagnosis) == (before.scorecard.scores, before.diagnosis)


@pytest.mark.parametrize(
    "part",
    [{"tier": "scan"}, {"tier": "core", "scope": "first"}, {"scope": "second"}, {"tier": "scan", "scope": "second"}],
)
def test_a_sheet_of_the_whole_is_read_as_its_file_would_be(tmp_path, rubric, part):
    aims, answers = "targets: {c1: mid, c3: mid}\ndone: [i1]\n", '{q1: mid, q3: low, q2: high, f1: "no", n1: 4}'
    sheet = load_answers(engagement(tmp_path, aims, f"{answers}\n  head: {{q1: high}}"), rubric)
    held = assess_sheet(rubric, sheet._replace(engagement=sheet.engagement.model_copy(update=part)))
    more = "".join(f"{key}: {name}\n" for key, name in part.items())
    read = assess(engagement(tmp_path, more + aims, f"{answers}\n  head: {{q1: high}}"), [tmp_path])
    assert (held.scorecard.scores, held.diagnosis, held.plan) == (read.scorecard.scores, read.diagnosis, read.plan)
    assert score(rubric, held.sheet).scores == read.scorecard.scores
    assert load_answers(tmp_path / "org.yaml", rubric).heads() == held.sheet.heads()


@pytest.mark.parametrize(
    ("more", "words", "hint"),
    [
        ("tier: scann\n", "'scann' is no tier of 't'; did you mean 'scan'?", "one of: scan, core, full"),
        ("scope: third\n", "'third' is no scope of 't'", "one of: first, second"),
        ("tier: quick\nscope: none\n", "'quick' is no tier of 't'", "one of: scan, core, full"),
    ],
)
def test_a_part_the_rubric_does_not_have_is_an_error_at_its_place(tmp_path, more, words, hint):
    with pytest.raises(DocumentError) as raised:
        assess(engagement(tmp_path, more), [tmp_path])
    first = raised.value.problems[0]
    assert (first.message, first.hint, first.location.line) == (words, hint, 5)
    assert len(raised.value.problems) == more.count("\n")


def test_targets_and_finished_work_outside_are_no_mistakes(tmp_path):
    found = assess(engagement(tmp_path, "scope: second\ntargets: {c1: mid, c3: mid}\ndone: [i1]\n"), [tmp_path])
    assert found.sheet.engagement.targets == {"c3": "mid"}
    with pytest.raises(DocumentError):
        assess(engagement(tmp_path, "scope: second\ntargets: {c9: mid}\n"), [tmp_path])


def test_how_far_it_goes_is_said_wherever_its_figures_stand(tmp_path):
    place, words = engagement(tmp_path, "tier: scan\n"), "Tier scan: 2 of 3 criteria are asked about"
    assert words in report(assess(place, [tmp_path]))
    for command in ("check", "score"):
        assert words in CliRunner().invoke(app, [command, str(place), "--rubrics", str(tmp_path)]).output
    told_whole = CliRunner().invoke(app, ["score", str(engagement(tmp_path)), "--rubrics", str(tmp_path)]).output
    assert "asked about" not in told_whole


def test_a_new_engagement_asks_what_its_tier_holds(tmp_path):
    place = tmp_path / "new"
    arguments = ["new", str(place), "--rubric", "t", "--rubrics", str(tmp_path), "--on", "2026-06-29"]
    assert CliRunner().invoke(app, [*arguments, "--tier", "scan"]).exit_code == 0
    assert "tier: scan" in Path(place, "engagement.yaml").read_text(encoding="utf-8")
    both = tmp_path / "both"
    run = CliRunner().invoke(app, ["new", str(both), *arguments[2:], "--tier", "scan", "--scope", "first"])
    assert run.exit_code == 0
    written = Path(both, "engagement.yaml").read_text(encoding="utf-8")
    assert (written.count("criteria are asked about"), "\nscope: first\n" in written) == (1, True)
    desk = Path(place, "answers", "desk.yaml").read_text(encoding="utf-8")
    assert re.findall(r"^  (\w+):$", desk, re.MULTILINE) == ["q1", "q3"]
    assert "# 2 questions, about 2 minutes." in desk
    refused = CliRunner().invoke(app, [*arguments[:1], str(tmp_path / "no"), *arguments[2:], "--tier", "deep"])
    assert (refused.exit_code, "has scan, core, full" in refused.output) == (2, True)


@pytest.mark.parametrize(
    "text",
    [
        "a = no or b = yes and c > 3",
        "not (a = no or b >= mid by desk)",
        "a in (one, two) and share(b >= mid by desk) < 40",
        "months_since(d) > 12 or d = 2026-06-30",
        "count(q) >= 2 and n(desk) >= 5",
    ],
)
def test_a_condition_spelled_out_reads_the_same(text):
    def bare(tree):
        return re.sub(r"offset=\d+", "", repr(tree))

    assert bare(parse_condition(spelled_out(parse_condition(text)))) == bare(parse_condition(text))
