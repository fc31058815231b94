"""Small rubrics with initiatives, answers by level, and the plan made of them."""

from factories import ON

from assess.model.answers import Answer, AnswerSheet, Voice
from assess.model.engagement import Engagement
from assess.model.findings import Diagnosis
from assess.model.roadmap import QUICK
from assess.model.rubric import Rubric
from assess.plan import plan
from assess.scoring import score_organization

KEYS = ("absent", "ad_hoc", "defined", "practised", "leading")
LEVELS = [{"key": key, "title": key.replace("_", " ").title(), "at": 25 * k} for k, key in enumerate(KEYS)]


def criterion(name, **more):
    question = {
        "id": f"{name}_q",
        "type": "level",
        "text": f"How far is {name}?",
        "options": [{"label": f"{name} {key}"} for key in KEYS],
        "allow": ["na", "unknown", "declined"],
    }
    fact = {"id": f"{name}_fact", "type": "yesno", "weight": 0, "text": f"Is {name} there?"}
    return {"id": name, "title": name.title(), "questions": [question, fact], **more}


def initiative(name, lifts=None, **more):
    given_effort = more.pop("effort", 10)
    effort = {"low": given_effort, "high": given_effort} if isinstance(given_effort, int) else given_effort
    base = {"id": name, "title": f"Do {name}", "lifts": lifts or {}, "effort": effort, "weeks": 4, "owner": "team"}
    return {**base, **more}


def rubric_of(initiatives, criteria=("a", "b"), **more):
    nodes = [criterion(name) if isinstance(name, str) else name for name in criteria]
    first = {"id": "p", "title": "First principle", "criteria": nodes, **more.pop("principle", {})}
    base = {
        "id": "small",
        "title": "Small",
        "version": "1",
        "scale": {"min": 0, "max": 4},
        "levels": LEVELS,
        "roles": [{"id": "team", "code": "TM", "title": "Team"}, {"id": "boss", "title": "Boss"}],
        "principles": [first],
        "initiatives": initiatives,
    }
    return Rubric.model_validate({**base, **more})


def sheet_of(levels, facts=None, **engagement):
    answers = {f"{name}_q": Answer("value", KEYS[level]) for name, level in levels.items() if isinstance(level, int)}
    answers |= {f"{name}_q": Answer(state) for name, state in levels.items() if isinstance(state, str)}
    answers |= {f"{name}_fact": Answer("value", value) for name, value in (facts or {}).items()}
    staff = engagement.pop("staff", None)
    record = Engagement.model_validate(
        {
            "assess": "engagement/1",
            "organization": {"name": "Acme", "staff": staff},
            "rubric": "small",
            "assessed_on": ON,
            **engagement,
        }
    )
    return AnswerSheet(record, (Voice("team", answers),))


def made(rubric, sheet, *findings, search=QUICK):
    return plan(score_organization(rubric, sheet), Diagnosis("", findings), search)


def starts(result):
    return {p.initiative: p.start_week for p in result.placements}


def placed(result, name):
    return next(p for p in result.placements if p.initiative == name)


def left(result, name):
    return next(out for out in result.left_out if out.initiative == name)


NO_FACT = {"id": "g", "when": "a_fact = no", "because": "The paper is missing."}


def gate(of, at="ad_hoc", lifted_by=("i1",), **more):
    return {**NO_FACT, "cap": {"of": list(of), "at": at}, "lifted_by": list(lifted_by), **more}
