"""A tiny case with every part a document can show, the document made of it, and ways to read that."""

import datetime
import re

from markdown_it import MarkdownIt
from mdit_py_plugins.gfm import gfm_plugin

from assess.model.answers import Answer, AnswerSheet, Settlement, Voice
from assess.model.engagement import Engagement, EvidenceItem
from assess.model.findings import Diagnosis, Finding, Quote
from assess.model.roadmap import (
    Crossing,
    LeftOut,
    LevelStep,
    Load,
    Milestone,
    Placement,
    Plan,
    PlanOrder,
    ProjectedRange,
    Room,
)
from assess.model.rubric import Rubric
from assess.problems import Problem
from assess.render import render
from assess.resources import shipped
from assess.scoring import score_organization

TEMPLATES = shipped("templates")
DAY = datetime.date(2026, 7, 6)
PARSER = MarkdownIt("commonmark").use(gfm_plugin)


def plain(text):
    return text


def levels(say):
    return [
        {"key": key, "title": say(title), "at": at, "says": say(f"It is {key}.")}
        for key, title, at in [("absent", "Absent", 0), ("begun", "Begun", 25), ("defined", "Defined", 50),
                               ("practised", "Practised", 75), ("leading", "Leading", 100)]
    ]  # fmt: skip


def question(say, name, **more):
    options = [{"label": say(f"{name} step {n}")} for n in range(5)]
    return {"id": name, "type": "level", "text": say(f"How far is {name}?"), "options": options, **more}


def principles_of(say):
    fact = {"id": "written", "type": "yesno", "weight": 0, "text": say("Is it written down?")}
    gate = {
        "id": "unwritten", "when": "written = no", "cap": {"of": ["care"], "at": "begun"},
        "because": say("Nothing is written down"), "lifted_by": ["i01"],
    }  # fmt: skip
    return [
        {"id": "lis", "code": "LIS", "title": say("Listening"), "summary": say("To hear."), "claims": ["C1-1"],
         "criteria": [
             {"id": "ear", "code": "LIS-1", "title": say("Ear"), "proof": [say("a register")], "key": True,
              "says": {"gap": say("Little is heard.")}, "questions": [question(say, "ear_open"), fact]},
             {"id": "mind", "code": "LIS-2", "title": say("Mind"), "claims": ["C1-1"],
              "questions": [question(say, "mind_open", ask={"boss": say("Is your mind open?"), "team": None})]},
         ], "gates": [gate]},
        {"id": "care", "code": "CAR", "title": say("Caring"), "criteria": [
            {"id": "hand", "code": "CAR-1", "title": say("Hand"), "questions": [question(say, "hand_given")]},
        ]},
    ]  # fmt: skip


def initiatives_of(say):
    return [
        {"id": "i01", "code": "I-01", "title": say("Write it down"), "why": say("So that it stays."),
         "lifts": {"ear": "practised"}, "effort": {"low": 6, "high": 12}, "weeks": 3, "owner": "team",
         "steps": [say("First."), say("Then.")], "success": say("It is read."), "risk": say("Nobody reads it."),
         "exit": say("After two quarters without a reader."), "running": {"days": 1, "per": "week"}},
        {"id": "i02", "code": "I-02", "title": say("Read it aloud"), "lifts": {"hand": "defined"}, "needs": ["i01"],
         "effort": {"low": 3, "high": 3}, "weeks": 2, "owner": "boss"},
        {"id": "i03", "title": say("Shout"), "lifts": {}, "effort": {"low": 1, "high": 1}, "weeks": 1,
         "owner": "boss", "needs": ["i04"]},
        {"id": "i04", "title": say("Wait"), "effort": {"low": 1, "high": 1}, "weeks": 1, "owner": "boss"},
    ]  # fmt: skip


def rubric_of(say=plain, **more):
    document = {
        "id": "tiny", "title": say("Care"), "version": say("1.0"), "summary": say("How care is taken."),
        "scale": {"min": 0, "max": 4}, "levels": levels(say), "licence": say("CC BY"),
        "roles": [{"id": "boss", "title": say("Boss")}, {"id": "team", "title": say("Team")},
                  {"id": "guest", "title": say("Guest")}],
        "aggregate": {"geometric": {"floor": 1}},
        "policies": {"evidence": {}, "anonymous": ["guest"], "min_cell": 3, "disagreement": {"role": "boss",
        "levels": 2}},
        "principles": principles_of(say), "initiatives": initiatives_of(say),
        "sources": [{"id": "book", "title": say("A book"), "author": say("An author"), "note": say("Old")}],
        "claims": [{"code": "C1-1", "source": "book", "at": say("p. 3"), "says": say("Hearing comes first"),
        "home": "lis"}],
    }  # fmt: skip
    return Rubric.model_validate({**document, **more})


def sheet_of(say=plain, *, empty=False):
    engagement = Engagement.model_validate({
        "assess": "engagement/1", "organization": {"id": "acme", "name": say("Acme"), "summary": say("They sell.")},
        "rubric": "tiny", "assessed_on": "2026-06-30", "prepared_for": say("The board"), "prepared_by": say("We"),
        "confidentiality": say("For the board only"), "invited": {"boss": 2, "guest": 4},
    })  # fmt: skip
    proof = EvidenceItem(title=say("A list"), dated=datetime.date(2026, 5, 1), file=say("list.pdf"), note=say("p. 2"))
    boss = Voice("boss", {
        "ear_open": Answer("value", "practised", note=say("Only in one shop."), evidence=(proof,)),
        "mind_open": Answer("value", "leading"), "written": Answer("value", "no"), "hand_given": Answer("value",
        "practised"),
    })  # fmt: skip
    team = Voice("team", {
        "ear_open": Answer("value", "begun"), "mind_open": Answer("unknown"), "hand_given": Answer("na",
        why=say("No hands")),
    })  # fmt: skip
    settled = {"mind_open": Settlement(Answer("value", "begun"), ("team", "log"), say("Boss agreed"))}
    if empty:
        return AnswerSheet(engagement)
    guest = Voice("guest", {"ear_open": Answer("value", "absent")}, private=True)
    names = {"r-boss": "boss", "r-guest": "guest", "r-team": "team"}
    return AnswerSheet(engagement, (boss, guest, team), settled, "sha256:22", names=names)


def diagnosis_of(say=plain):
    quotes = (
        Quote("boss", "ear_open", say("How far?"), say("Far")),
        Quote("team", "ear_open", say("How far?"), say("Not")),
    )
    return Diagnosis(say("You hear well and write nothing."), (
        Finding("gate:unwritten", "gate", "care", say("Unwritten"), say("Nothing is written"), red=True,
                initiatives=("i01",), because=say("Nothing is written down")),
        Finding("clash:ear", "clash", "ear", say("Two ears"), say("One says far, one says not"), red=True,
                quotes=quotes, settle=say("Read the list together."), initiatives=("i01", "i03"), question="ear_open"),
        Finding("gap:hand", "gap", "hand", say("Hand short"), say("Hands are short."), initiatives=("i02",), size=25),
        Finding("unproved:mind", "unproved", "mind", say("Mind unproved"), say("No proof"), size=10),
        Finding("blind:mind", "blind_spot", "mind", say("Mind unknown"), say("Not known"), question="mind_open"),
        Finding("strength:ear", "strength", "ear", say("Ears"), say("Ears are open")),
    ), (("ear", 2.0),))  # fmt: skip


READINGS = {"work": 42.5, "adopted": 40.0, "proved": 37.5}
PROJECTION = ProjectedRange(
    low=37.5, high=40.0, fits=1, proofs=1, weakest=("i01", 37.5), leap=("care", DAY, 2.5),
    crossings=(Crossing("care", "defined", DAY),),
)  # fmt: skip
ROOM = Room(5, 2, 8, 2, 1.25, 0.2, 0.5, 0.6, 0.03, 50)
NO_ORDER = PlanOrder((), 0, 0, "", {})


def placement(say, name, period, owner, **more):
    start = DAY + datetime.timedelta(weeks=13 * (period - 1))
    return Placement(
        initiative=name, period=period, end_period=period, start_week=13 * (period - 1), end_week=13 * period - 10,
        starts=start, ends=start + datetime.timedelta(days=21), owner=owner, effort=4.5, effort_low=3.0,
        effort_high=6.0, asked_weeks=3,
        running_per_period=6.5, tier=period, ends_gates={}, gain_alone=1.25, without=37.5, falls=(),
        because=say("It lifts a cap."), why_not_earlier=say("It needs the first."), **more,
    )  # fmt: skip


def plan_of(say=plain):
    values = {"lis": 30.0, "care": 50.0, "overall": 40.0, "ear": 50.0, "mind": 25.0, "hand": 50.0}
    nothing = dict.fromkeys(values)
    return Plan(
        starts=DAY, periods=2, weeks=13, targets=dict.fromkeys(("ear", "mind", "hand"), "practised"),
        placements=(
            placement(say, "i01", 1, "team", needs=(), findings=("gate:unwritten",),
                      lifts={"ear": "practised"}, steps={"ear": (LevelStep("practised", DAY, DAY, needs_proof=True),)}),
            placement(say, "i02", 2, "boss", needs=("i01",), findings=("gap:hand",),
                      lifts={"hand": "defined"}, steps={"hand": (LevelStep("defined", DAY, None, needs_proof=False),)}),
        ),
        left_out=(LeftOut("i03", say("No finding asks for it"), wanted=True),),
        loads=(Load("team", 1, 4.5, 6.5, 30.0), Load("boss", 2, 4.5, 0.0, 12.0)),
        milestones=(Milestone(0, DAY, nothing, nothing, {}), Milestone(1, DAY, values, nothing, READINGS)),
        projection=PROJECTION, room=ROOM, order=NO_ORDER, unanswered=("gap:hand",), idle=("boss",),
    )  # fmt: skip


NO_PLAN = Plan(DAY, 4, 13, {}, (), (), (), (), ProjectedRange(None, None, 0, 0, None, None, ()), ROOM, NO_ORDER)


def document(say=plain, *, rubric=None, sheet=None, diagnosis=None, plan=None, folders=(TEMPLATES,)):
    rubric, sheet = rubric or rubric_of(say), sheet or sheet_of(say)
    problems = (Problem("draft", say("r-team has no date"), hint=say("add it"), severity="warning"),)
    return render(
        score_organization(rubric, sheet), diagnosis or diagnosis_of(say), plan or plan_of(say), problems, folders
    )


def section(text, title):
    """What stands between a heading and the next one of its level or above."""
    found = re.search(rf"^(#+) (?:<a[^\n]*</a>)?{re.escape(title)}\n", text, re.MULTILINE)
    assert found, title
    following = re.compile(rf"^#{{1,{len(found.group(1))}}} ", re.MULTILINE).search(text, found.end())
    return text[found.end() : following.start() if following else len(text)]
