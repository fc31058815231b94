"""What was decided reaches scores, findings, document, explanations and JSON, and nothing of it is lost."""

import datetime
import json
import random
import re
from types import SimpleNamespace

import pytest
import yaml
from conftest import BOSS, DESK, ENGAGEMENT, RUBRIC
from factories import built, level, node, responses, rubrics, said, sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.diagnose import diagnose
from assess.formula.decisions import node_figures
from assess.model.decisions import Decisions, FindingDecision
from assess.model.finding_names import finding_names, finding_subjects
from assess.numbers import TOLERANCE
from assess.problems import DocumentError
from assess.scoring import score_organization
from assess.workflow import assess, check, report

WHO = {"who": "The board", "why": "Agreed in June."}
ACCEPT = {**WHO, "accept_until": "2026-12-31"}
NAMED = ("i02", "hear_no_rule", "mend", "hear_count")
GONE = {**WHO, "accept_until": "2026-06-29"}


@pytest.fixture
def decided(place):
    """An assessment of the small engagement with these decisions, and its document."""

    def made(**lists):
        text = yaml.safe_dump({"assess": "decisions/1", **lists}, sort_keys=False)
        (place.org / "decisions.yaml").write_text(text.replace("'", "") if "'20" in text else text)
        found = assess(place.org, [place.rubrics])
        return SimpleNamespace(found=found, text=report(found), codes=[problem.code for problem in found.problems])

    return made


def ids(findings):
    return {finding.id for finding in findings}


def section(text, name):
    start = text.index(f'<a id="part-{name}"></a>')
    following = re.search(r"^## ", text[start:], re.MULTILINE)
    return text[start : start + following.start()] if following else text[start:]


def test_without_decisions_there_is_no_word_of_them(place):
    text = report(assess(place.org, [place.rubrics]))
    assert "What was decided" not in text
    assert "accepted" not in section(text, "standing")


def test_an_accepted_gap_is_no_finding_and_both_scores_stand_on_page_one(decided, place):
    before = assess(place.org, [place.rubrics])
    made = decided(findings=[{"finding": "MEN", **ACCEPT}])
    found = made.found
    assert "gap_mend" in ids(before.diagnosis.findings) - ids(found.diagnosis.findings)
    assert ids(found.diagnosis.accepted) == {"gap_mend"}
    assert found.scorecard.scores == before.scorecard.scores
    assert found.with_acceptances["mend"] == 75
    now, then = re.search(r"stands at ([\d.]+) of 4.*?would stand at ([\d.]+)", made.text, re.DOTALL).groups()
    assert float(then) > float(now)
    chapter = section(made.text, "decisions")
    assert "| Accepted until 2026-12-31. | The board | Agreed in June. | In force |" in chapter
    assert f"| [Overall](#overall) | {now} | {then} |" in chapter
    assert "with what is accepted 3.00" in section(made.text, "standing")


def test_an_expired_acceptance_comes_back_by_itself_and_says_so(decided):
    made = decided(findings=[{"finding": "gap_mend", **GONE}])
    assert "gap_mend" in ids(made.found.diagnosis.findings)
    assert made.found.with_acceptances == {}
    assert made.codes.count("expired") == 1
    assert "Expired: it is a finding again" in section(made.text, "decisions")


def test_an_accepted_gate_caps_nothing_in_the_score_beside(decided):
    made = decided(findings=[{"finding": "hear_no_rule", **ACCEPT}])
    assert "gate_hear_no_rule" in ids(made.found.diagnosis.accepted)
    score = made.found.scorecard.scores["hear_back"]
    assert made.found.with_acceptances["hear_back"] == score.uncapped > score.value


def test_a_hidden_finding_is_nowhere_and_its_absence_is_told(decided, place):
    title = next(
        f.title for f in assess(place.org, [place.rubrics]).diagnosis.findings if f.id == "clash_hear_not_seen"
    )
    made = decided(findings=[{"finding": "hear_not_seen", "hide": True, **WHO}])
    assert title not in made.text
    assert "the register holds few" not in made.text
    row = next(line for line in section(made.text, "decisions").splitlines() if "Left out of this document" in line)
    assert row.startswith("| [HEA Hearing](#hear): word and deed differ | Left out of this document. | The board |")
    assert made.found.with_acceptances == {}


def test_whoever_hides_what_is_urgent_is_warned(decided, place):
    entry = {"finding": "hear_no_rule", "hide": True, **WHO}
    assert "decision" not in decided(findings=[entry]).codes
    place.edit("rubrics/small.yaml", "because: Without", "urgent: law\n        because: Without")
    assert "decision" in decided(findings=[entry]).codes


def test_other_words_stand_for_those_of_the_rubric_with_whose_they_are(decided):
    entry = {"finding": "clash_hear_not_seen", "title": "Two books", "text": "There are two books.", **WHO}
    made = decided(findings=[entry])
    assert "Two books" in section(made.text, "findings")
    assert "There are two books. (In the words of The board)." in made.text
    assert "the register holds few" not in made.text


def test_other_words_of_a_plain_gap_stand_where_its_part_is_told(decided):
    made = decided(findings=[{"finding": "gap_mend", "text": "Nobody mends.", **WHO}])
    assert "- Nobody mends. (In the words of The board)." in section(made.text, "standing")


def test_words_about_a_finding_are_marked_once_its_figures_move(decided, place):
    entry = {"finding": "gap_mend", "text": "Nobody mends.", **WHO}
    today = decided(findings=[entry]).found.diagnosis.standing["gap_mend"]
    assert "own_figures" not in decided(findings=[{**entry, "figures": today}]).codes
    place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: begun")
    made = decided(findings=[{**entry, "figures": today, "dated": "2026-06-30"}])
    assert "own_figures" in made.codes
    assert "the figures have moved since they were written on 2026-06-30" in made.text


def test_own_words_stand_with_their_node_and_are_marked_once_its_figures_move(decided, place):
    words = {"node": "HEA-2", "text": "Look *here*:\nit is slow.", "who": "A. Lee"}
    made = decided(words=[words])
    assert "**A. Lee:** Look \\*here\\*:\\\nit is slow." in section(made.text, "standing")
    assert made.codes.count("own_figures") == 1
    figures = node_figures(made.found.rubric, made.found.scorecard, "hear_back")
    assert "own_figures" not in decided(words=[{**words, "figures": figures}]).codes
    place.edit("org/answers/desk.yaml", "hear_reply: practised", "hear_reply: leading")
    made = decided(words=[{**words, "figures": figures}])
    assert "own_figures" in made.codes
    assert "**Note:** the figures have moved since this was written." in made.text


def test_own_words_on_the_whole_stand_on_page_one(decided):
    assert "**A. Lee:** Begin." in section(
        decided(words=[{"node": "overall", "text": "Begin.", "who": "A. Lee"}]).text, "a"
    )


def test_a_decision_about_what_is_not_found_is_told(decided):
    made = decided(findings=[{"finding": "silence_mend", "hide": True, **WHO}])
    assert made.codes.count("idle_decision") == 1
    assert "| Not found today |" in section(made.text, "decisions")


def test_every_command_tells_of_decisions(decided, place, run):
    decided(
        initiatives=[{"initiative": "I-02", "effort": [1, 3], "owner": "desk", **WHO}],
        findings=[{"finding": "hear_no_rule", **ACCEPT}, {"finding": "gap_mend", **GONE}],
        words=[{"node": "mend", "text": "It is new.", "who": "A. Lee"}],
    )
    assert "Takes" not in run("explain", place.org, "i01").output
    told = run("explain", place.org, "i02").output
    assert (
        "Is to be done by Complaint desk and takes 1 to 3 person-days of the owner. The board: Agreed in June." in told
    )
    assert "A. Lee says: It is new." in run("explain", place.org, "mend").output
    assert "it is a finding again" in run("explain", place.org, "mend").output
    assert "gate_hear_no_rule: Accepted until 2026-12-31." in run("explain", place.org, "hear_no_rule").output
    assert "With what is accepted for a time" in run("explain", place.org, "hear_back").output
    score = run("score", place.org).output
    assert "Accepted for a time, and open in the scores above: gate_hear_no_rule." in score
    assert re.search(r"Counted as met: .*HEA-2 2\.\d\d", score)
    assert "(expired)" in run("check", place.org).output


def test_the_json_of_an_explanation_holds_what_was_decided_about_it(decided, place, run):
    effort = {"initiative": "I-02", "effort": [1, 3], **WHO}
    decided(initiatives=[effort], findings=[{"finding": "hear_no_rule", **ACCEPT}])
    told = {name: json.loads(run("explain", place.org, name, "--format", "json").output)["decided"] for name in NAMED}
    assert told["i02"] == [{"initiative": "i02", "effort": {"low": 1, "high": 3}, **WHO}]
    assert [entry["finding"] for entry in told["hear_no_rule"]] == ["gate_hear_no_rule"]
    assert told["mend"] == told["hear_count"] == []


def test_a_pin_that_finds_no_place_is_told_where_it_stands_and_in_the_document(decided, place, run):
    entries = [{"initiative": "I-02", "pin": True, "effort": 500, **WHO}]
    made = decided(initiatives=entries)
    assert made.codes.count("decision") == 1
    told = run("check", place.org).output
    assert "I-02 is pinned and finds no place within the plan (decision)" in told
    assert "give it another owner or less effort" in told
    assert "| No place found |" in section(made.text, "decisions")
    assert "no place" not in decided(initiatives=[{**entries[0], "effort": 5}]).text.lower()


# Every finding that can come out has a name that a decision may use, and a place.


@settings(max_examples=settings.default.max_examples * 3 // 5)
@given(st.data())
def test_every_finding_of_a_random_rubric_has_a_name_and_a_place(data):
    rubric = data.draw(rubrics())
    found = diagnose(score_organization(rubric, sheet(*data.draw(responses(rubric, ("boss", "team"))))))
    names, places = finding_names(rubric), finding_subjects(rubric)
    for finding in found.findings:
        assert names[finding.id] == finding.id
        assert places[finding.id] == (finding.kind, finding.node if finding.kind != "gate" else places[finding.id][1])


@settings(max_examples=settings.default.max_examples * 3 // 5)
@given(st.data())
def test_acceptances_take_findings_away_and_move_no_score_down(data):
    rubric = data.draw(rubrics())
    people = data.draw(responses(rubric, ("boss", "team")))
    plain = score_organization(rubric, sheet(*people))
    there = [finding.id for finding in diagnose(plain).findings if finding.kind in ("gap", "gate", "clash")]
    some = data.draw(st.lists(st.sampled_from(there), unique=True)) if there else []
    until = plain.sheet.engagement.assessed_on
    entries = tuple(FindingDecision(finding=name, accept_until=until, **WHO) for name in some)
    changed = plain.sheet.engagement.model_copy(update={"decisions": Decisions(findings=entries)})
    found = score_organization(rubric, plain.sheet._replace(engagement=changed))
    diagnosis = diagnose(found)
    assert found.scorecard == plain.scorecard
    assert ids(diagnosis.accepted) == {*some}
    assert not ids(diagnosis.findings) & {*some}
    assert all(value > plain.scorecard.scores[name].value + TOLERANCE for name, value in found.with_acceptances.items())


def test_a_gap_that_is_closed_takes_its_acceptance_out_of_the_figures():
    rubric = built(node("p", node("c", level("q"))), policies={"target": "l2"})
    organization = score_organization(rubric, sheet(said("boss", q="k3")))
    entry = FindingDecision(finding="gap_c", accept_until=datetime.date(2030, 1, 1), **WHO)
    engagement = organization.sheet.engagement.model_copy(update={"decisions": Decisions(findings=(entry,))})
    found = score_organization(rubric, organization.sheet._replace(engagement=engagement))
    assert found.with_acceptances == {}


# Random changes of rubric, answers and dates: no decision is lost without a word.

DECISIONS = {
    "assess": "decisions/1",
    "initiatives": [
        {"initiative": "I-01", "pin": True, "not_before": "2026-07-20", **WHO},
        {"initiative": "i02", "owner": "desk", "after": ["i01"], **WHO},
    ],
    "findings": [
        {"finding": "HEA-1", **ACCEPT},
        {"finding": "hear_no_rule", **ACCEPT},
        {"finding": "gap_mend", "text": "Nobody mends.", "figures": "0123456789ab", **WHO},
        {"finding": "clash_hear_not_seen", "hide": True, **WHO},
        {"finding": "disagreement_hear_count", **GONE},
    ],
    "words": [
        {"node": "HEA-2", "text": "It is slow.", "who": "A. Lee", "figures": "0123456789ab"},
        {"node": "mend", "text": "It is new.", "who": "A. Lee"},
    ],
}
HALF_A_PLACE = 0.005 + 1e-9
LISTS = ("initiatives", "findings", "words")
LEVELS = ("absent", "begun", "defined", "practised", "leading")


def _answers(draw):
    old = draw.choice(["hear_count: practised", "mend_cause: defined"])
    key = old.partition(":")[0]
    return "boss.yaml", BOSS.replace(old, f"{key}: {draw.choice(LEVELS)}" if draw.random() < 0.8 else f"{key}:")


def _replies(draw):
    text = DESK.replace("hear_written: no", f"hear_written: {draw.choice(['yes', 'no'])}")
    return "desk.yaml", text.replace("hear_reply: practised", f"hear_reply: {draw.choice(LEVELS)}")


def _day(draw, first="2026-01-01", days=600):
    return datetime.date.fromisoformat(first) + datetime.timedelta(days=draw.randrange(days))


def _engagement(draw):
    text = ENGAGEMENT
    if draw.random() < 0.6:
        text = text.replace("2026-06-30", _day(draw, "2026-06-25", 400).isoformat())
    if draw.random() < 0.3:
        text += f"start_on: {_day(draw)}\n"
    if draw.random() < 0.3:
        text += f"done: [{draw.choice(['i01', 'i02'])}]\n"
    if draw.random() < 0.2:
        text += "capacity: {desk: 0}\n"
    return text


RUBRIC_CHANGES = (
    (("id: i01, code: I-01", "id: i09, code: I-09, renamed_from: [i01]"), ("[i01]\n", "[i09]\n")),
    (("code: HEA-1\n", "code: HEA-5\n"),),
    (("target: practised", "target: defined"),),
    (("- id: mend\n", "- id: mended\n    renamed_from: [mend]\n"), ("lifts: {mend:", "lifts: {mended:")),
    (("id: hear_not_seen", "id: hear_other"),),
    (("id: hear_no_rule\n", "id: hear_rule\n"),),
)


def _rubric(draw):
    text = RUBRIC
    for changes in RUBRIC_CHANGES:
        if draw.random() < 0.15:
            for old, new in changes:
                assert old in text
                text = text.replace(old, new)
    return text


def _decisions(draw):
    """The decisions with other last days, and the line each of them stands in."""
    lists = {key: [dict(entry) for entry in DECISIONS[key]] for key in LISTS}
    for entry in lists["findings"]:
        if "accept_until" in entry and draw.random() < 0.5:
            entry["accept_until"] = _day(draw).isoformat()
    lines, where = ["assess: decisions/1"], {}
    for key in LISTS:
        lines.append(f"{key}:")
        for at, entry in enumerate(lists[key]):
            lines.append("- " + yaml.safe_dump(entry, default_flow_style=True, width=1000).strip().replace("'", ""))
            where[key, at] = len(lines)
    return lists, "\n".join(lines) + "\n", where


def _problems_at(problems):
    """The lines of the decisions that something is said of."""
    return {p.location.line for p in problems if p.location and p.location.file.endswith("decisions.yaml")}


def try_changes(place, draw):
    """Whether a document was written after one random change, in which every decision is accounted for."""
    lists, text, where = _decisions(draw)
    for name, content in (_answers(draw), _replies(draw)):
        (place.org / "answers" / name).write_text(content)
    (place.org / "engagement.yaml").write_text(_engagement(draw))
    (place.org / "decisions.yaml").write_text(text)
    (place.rubrics / "small.yaml").write_text(_rubric(draw))
    try:
        found = assess(place.org, [place.rubrics])
    except DocumentError as error:
        refused = error.problems
    else:
        _all_told(found, lists, where, _problems_at(check(place.org, [place.rubrics]).problems))
        return True
    assert _problems_at(refused), refused
    return False


def _all_told(found, lists, where, told):
    """Every decision stands in the document; each that expired or whose figures moved is reported at its line."""
    document, on = report(found), found.sheet.engagement.assessed_on
    chapter = section(document, "decisions")
    assert chapter.count("| The board |") == len(lists["initiatives"]) + len(lists["findings"])
    assert document.count("**A. Lee:**") == len(lists["words"])
    dated = {at: entry["accept_until"] for at, entry in enumerate(lists["findings"]) if "accept_until" in entry}
    expired = {at for at, until in dated.items() if datetime.date.fromisoformat(until) < on}
    assert {where["findings", at] for at in expired} | {where["words", at] for at in (0, 1)} <= told
    assert chapter.count("Expired") == len(expired)
    inforce = {entry.finding for entry in found.decisions.accepted(on)}
    assert ids(found.diagnosis.accepted) == inforce & found.diagnosis.standing.keys()
    for name, value in found.with_acceptances.items():
        shown = re.search(rf"\(#{name}\) \| ([\d.]+) \| ([\d.]+) \|", chapter).groups()
        points = (found.scorecard.scores[name].points, value * 4 / 100)
        assert all(abs(float(one) - other) <= HALF_A_PLACE for one, other in zip(shown, points, strict=True))


@pytest.mark.parametrize("seed", [1])
def test_no_decision_is_lost_in_fifty_random_changes(place, seed):
    draw = random.Random(seed)
    assert 5 < sum(try_changes(place, draw) for _ in range(50)) < 50


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2])
def test_no_decision_is_lost_in_a_thousand_random_changes(place, seed):
    draw = random.Random(seed)
    assert 100 < sum(try_changes(place, draw) for _ in range(1000)) < 1000
