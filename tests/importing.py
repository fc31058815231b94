"""Small models of our own in the shapes of other tools: a SAMM core folder and a lens, and what importing them says."""

import copy
import json

import pytest
import yaml

from assess.importers import import_rubric
from assess.problems import DocumentError, errors

SETS = {
    "s1": [("No", 0), ("Here and there", 0.25), ("In half of the places", 0.5), ("Everywhere", 1)],
    "s2": [("Never", 0), ("Once", 0.25), ("Every other year", 0.5), ("Every year", 1)],
}


def samm_parts():
    """Two functions: Garden with the practices Soil and Water, Kitchen with Bread; three levels, two streams each."""
    parts = {f"answer_sets/{name}": answer_set(name, values) for name, values in SETS.items()}
    for number in (1, 2, 3):
        parts[f"maturity_levels/{number}"] = {
            "type": "MaturityLevel",
            "id": f"m{number}",
            "number": number,
            "description": f"Step {number}.\n",
        }
    for place, (name, practices) in enumerate({"Garden": ("Soil", "Water"), "Kitchen": ("Bread",)}.items(), 1):
        function = {
            "type": "Function",
            "id": f"F{place}",
            "model": "OWN1",
            "name": name,
            "order": place,
            "color": "#0a0",
        }
        parts[f"business_functions/{name}"] = function
        for practice in practices:
            parts |= practice_parts(function["id"], practice)
    return parts


def answer_set(name, values):
    entries = [{"text": text, "value": value, "weight": 1, "order": n} for n, (text, value) in enumerate(values)]
    return {"type": "AnswerSet", "id": name, "values": entries}


def practice_parts(function, name):
    short = name[:2].upper()
    parts = {
        f"security_practices/{name}": {
            "type": "Practice",
            "id": f"P-{short}",
            "function": function,
            "name": name,
            "shortName": short,
            "shortDescription": f"About {name}.",
            "longDescription": f"{name}.\n\nAnd more.\n",
            "order": 1,
        }
    }
    for letter in "AB":
        stream = {"type": "Stream", "id": f"{short}{letter}", "practice": f"P-{short}", "name": f"Line {letter}"}
        parts[f"streams/{short}-{letter}"] = stream | {"letter": letter, "order": "AB".index(letter) + 1}
    for number in (1, 2, 3):
        level = {"type": "PracticeLevel", "id": f"{short}{number}", "practice": f"P-{short}", "objective": "Go on"}
        parts[f"practice_levels/{short}-{number}"] = level | {"maturityLevel": f"m{number}"}
        for letter in "AB":
            parts |= activity_parts(short, number, letter)
    return parts


def activity_parts(short, number, letter):
    name = f"{short}{number}{letter}"
    activity = {
        "type": "Activity",
        "id": name,
        "stream": f"{short}{letter}",
        "level": f"{short}{number}",
        "title": f"Do {name}",
        "benefit": "It grows",
        "shortDescription": "Dig.",
        "longDescription": "Dig deep.\n",
        "results": ["result1"],
        "metrics": None,
        "relatedActivities": [f"{short}{number - 1}{letter}"] if number > 1 else None,
    }
    question = {
        "type": "Question",
        "id": f"Q{name}",
        "activity": name,
        "answerSet": "s1" if letter == "A" else "s2",
        "text": f"Do you do {name}?",
        "order": 1,
        "quality": ["It is written down", "It is looked after"],
    }
    return {f"activities/{name}": activity, f"questions/{name}": question}


def write_samm(folder, parts=None):
    """The folder with a model in it, one file for each part."""
    for name, part in (samm_parts() if parts is None else parts).items():
        path = folder / "model" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n# {name}\n{yaml.safe_dump(part, sort_keys=False)}", encoding="utf-8")
    return folder


LENS = {
    "schemaVersion": "2021-11-01",
    "name": "Own kitchen lens",
    "description": "What a kitchen needs.",
    "pillars": [
        {
            "id": "Safe_Food",
            "name": "Safe food",
            "questions": [
                {
                    "id": "COLD1",
                    "title": "How is food kept cold?",
                    "description": "Think of deliveries, too.",
                    "choices": [
                        {
                            "id": "COLD1_fridge",
                            "title": "There is a fridge",
                            "helpfulResource": {"displayText": "Any will do.", "url": "https://example.org/cold"},
                            "improvementPlan": {"displayText": "Buy one."},
                        },
                        {
                            "id": "COLD1_log",
                            "title": "Its warmth is logged",
                            "improvementPlan": {"displayText": "Log."},
                        },
                        {
                            "id": "COLD1_alarm",
                            "title": "An alarm rings",
                            "improvementPlan": {"displayText": "Wire it."},
                        },
                        {"id": "COLD1_no", "title": "None of these"},
                    ],
                    "riskRules": [
                        {"condition": "COLD1_fridge && (COLD1_log || COLD1_alarm)", "risk": "NO_RISK"},
                        {"condition": "COLD1_fridge || (COLD1_log && !COLD1_alarm)", "risk": "MEDIUM_RISK"},
                        {"condition": "default", "risk": "HIGH_RISK"},
                    ],
                },
                {
                    "id": "HANDS",
                    "title": "How are hands kept clean?",
                    "choices": [
                        {"id": "soap", "title": "Soap is there", "improvementPlan": {"displayText": "Buy soap."}},
                        {"id": "signs", "title": "Signs tell so", "improvementPlan": {"displayText": "Print signs."}},
                    ],
                    "riskRules": [
                        {"condition": "soap && signs", "risk": "NO_RISK"},
                        {"condition": "default", "risk": "MEDIUM_RISK"},
                    ],
                },
            ],
        },
        {
            "id": "waste",
            "name": "Waste",
            "questions": [
                {
                    "id": "BINS",
                    "title": "Where does waste go?",
                    "choices": [
                        {"id": "sorted", "title": "It is sorted", "improvementPlan": {"displayText": "Sort it."}},
                        {"id": "weighed", "title": "It is weighed", "improvementPlan": {"displayText": "Weigh it."}},
                        {"id": "BINS_no", "title": "None of these"},
                    ],
                    "riskRules": [
                        {"condition": "sorted && weighed", "risk": "NO_RISK"},
                        {"condition": "default", "risk": "HIGH_RISK"},
                    ],
                }
            ],
        },
    ],
}
# Keys that lead to the first question and its rules, as `lens` takes them.
FIRST, RULES = "pillars__0__questions__0", "pillars__0__questions__0__riskRules"


def lens(**changes):
    """A copy of the lens; keys such as `pillars__0__name` lead to what is to be replaced."""
    found = copy.deepcopy(LENS)
    for route, value in changes.items():
        *path, last = [int(step) if step.isdigit() else step for step in route.split("__")]
        home = found
        for step in path:
            home = home[step]
        home[last] = value
    return found


def rules(*pairs):
    return [{"condition": condition, "risk": risk} for condition, risk in pairs]


def write_lens(path, value):
    path.write_text(value if isinstance(value, str) else json.dumps(value, indent=2), encoding="utf-8")
    return path


def said(problems, code):
    """The messages of one code, each with its severity."""
    return [(problem.severity, problem.message) for problem in problems if problem.code == code]


def refusal(source, **options):
    """The problems for which a source is refused."""
    with pytest.raises(DocumentError) as caught:
        import_rubric(source, **options)
    assert errors(caught.value.problems)
    return caught.value.problems
