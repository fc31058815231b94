"""A small rubric of one principle, answers to it, and the findings they give."""

from counting import counted_of
from factories import ON

from assess.diagnose import diagnose
from assess.model.answers import Answer, AnswerSheet, Voice
from assess.model.engagement import Engagement, EvidenceItem
from assess.model.rubric import Rubric
from assess.scoring import score_organization

LEVELS = [
    {"key": "absent", "title": "Absent", "at": 0},
    {"key": "ad_hoc", "title": "Ad hoc", "at": 25},
    {"key": "defined", "title": "Defined", "at": 50},
    {"key": "practised", "title": "Practised", "at": 75},
    {"key": "leading", "title": "Leading", "at": 100},
]
LABELS = ("Nobody keeps one", "One person does", "It is written", "Most cases are in it", "Outsiders read it")
ROLES = [
    {"id": "executive", "code": "EX", "title": "Executive"},
    {"id": "team", "title": "Social team"},
    {"id": "service", "title": "Service"},
    {"id": "customer", "title": "Customer"},
    {"id": "record", "title": "Registers", "people": False},
]
APART = {"disagreement": {"role": "executive", "levels": 2}}


def level(name, **more):
    return {
        "id": name,
        "type": "level",
        "text": f"How is {name} done?",
        "options": [{"label": x} for x in LABELS],
        **more,
    }


def fact(name, **more):
    return {"id": name, "type": "yesno", "text": f"Is {name} so?", "weight": 0, **more}


def rubric(*criteria, **more):
    """A rubric of one principle, scored 0 to 4, unless `more` says otherwise."""
    principle = {"id": "care", "title": "Care", "criteria": list(criteria), **more.pop("principle", {})}
    base = {"id": "small", "title": "Small rubric", "version": "1", "scale": {"min": 0, "max": 4}}
    return Rubric.model_validate({**base, "levels": LEVELS, "roles": ROLES, "principles": [principle], **more})


def criterion(name, *questions, **more):
    return {"id": name, "title": name.title(), "questions": list(questions) or [level(f"{name}_how")], **more}


def initiative(name, **lifts):
    effort = {"low": 1, "high": 2}
    return {"id": name, "title": name, "effort": effort, "weeks": 2, "owner": "team", "lifts": lifts}


def reply(value, *evidence):
    if value in ("unknown", "na", "declined"):
        return Answer(value)
    return Answer("value", value, evidence=evidence)


def proof(title="Ledger", dated=ON, kind="document"):
    return EvidenceItem(title=title, dated=dated, kind=kind)


def sheet(*respondents, settled=None, **engagement):
    """People as (role, {question: value or Answer})."""
    people = tuple(
        Voice(role, {q: a if isinstance(a, Answer) else reply(a) for q, a in answers.items()})
        for role, answers in respondents
    )
    base = {"assess": "engagement/1", "organization": {"name": "Acme"}, "rubric": "small", "assessed_on": ON}
    return AnswerSheet(Engagement.model_validate({**base, **engagement}), people, settled or {})


def counted_sheet(book, *respondents, settled=None, **how):
    """What counts of people as (role, {question: value or Answer}); see `counted_of`."""
    return counted_of(book, sheet(*respondents, settled=settled), **how)


def findings(book, answers):
    found = diagnose(score_organization(book, answers))
    return {finding.id: finding for finding in found.findings}


def gated(**gate):
    base = {
        "id": "no_page",
        "title": "No page",
        "when": "page = no",
        "because": "Nothing is written",
        "lifted_by": ["a"],
    }
    return rubric(
        criterion("desk"),
        criterion(
            "log", fact("page", unknown_as="no", ask={"team": "Do you hold a page?", "record": None}), level("log_how")
        ),
        initiatives=[initiative("a", log="leading")],
        gates=[{**base, "cap": {"of": ["desk"], "at": "defined"}, **gate}],
    )


def clashing(policies=None, **clash):
    base = {
        "id": "words",
        "title": "Words and hours",
        "claim": "desk_how >= practised by executive",
        "practice": "log_hours < 4",
        "says": "Leaders are near customers, and no hours show it.",
        "settle": "Open the calendar.",
        "initiatives": ["a"],
    }
    hours = {"id": "log_hours", "type": "number", "text": "How many hours?", "unit": "hours", "weight": 0}
    return rubric(
        criterion("desk", level("desk_how", ask={"executive": "How near are you?", "team": None, "customer": None})),
        criterion("log", level("log_how"), {**hours, "ask": ["team", "executive"]}),
        initiatives=[initiative("a", desk="leading")],
        policies=policies or {},
        principle={"clashes": [{**base, **clash}]},
    )
