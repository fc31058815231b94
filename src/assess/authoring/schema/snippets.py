"""What an editor writes out when asked for a whole element; `${1:word}` is a place to type at."""

from collections.abc import Mapping, Sequence
from typing import Any

Snippet = Mapping[str, Any]


def _question(kind: str, says: str, **more: object) -> Snippet:
    body = {"id": "${1:id}", "type": kind, "text": "${2:What is asked?}", **more}
    return {"label": f"question: {kind}", "description": says, "body": body}


def _table(label: str, says: str, body: Snippet) -> Snippet:
    return {"label": f"aggregate: {label}", "description": says, "body": body}


ENTRIES: Mapping[str, Sequence[Snippet]] = {
    "Question": (
        _question(
            "level",
            "Ordered anchors, lowest first; the one scored question of a criterion.",
            options=[
                {"label": f"${{{3 + place}:{word}}}"} for place, word in enumerate(("Lowest", "Middle", "Highest"))
            ],
        ),
        _question("yesno", "A fact that a gate or a clash reads.", weight=0),
        _question("number", "A fact in figures.", weight=0, unit='${3:"%"}'),
        _question(
            "multi",
            "Several options.",
            options=[
                {"key": "${3:key}", "label": "${4:Something}"},
                {"key": "${5:nothing}", "label": "${6:None of these}", "exclusive": True},
            ],
        ),
        _question(
            "choice",
            "One of unordered options.",
            options=[{"key": "${3:key}", "label": "${4:One}"}, {"key": "${5:other}", "label": "${6:Another}"}],
        ),
        _question("scale", "One point of a shared set.", options_from="${3:name}"),
    ),
    "Node": (
        {
            "label": "criterion",
            "description": "A criterion with its anchored question.",
            "body": {
                "id": "${1:id}",
                "code": "${2:CODE-1}",
                "title": "${3:Title}",
                "summary": "${4:What it is.}",
                "why": "${5:Why it matters.}",
                "says": {"gap": "${6:What is missing.}", "strength": "${7:What is there.}"},
                "questions": [
                    {
                        "id": "${8:question}",
                        "type": "level",
                        "text": "${9:What is asked?}",
                        "options": [{"label": "${10:Lowest}"}, {"label": "${11:Highest}"}],
                    }
                ],
            },
        },
    ),
    "Gate": (
        {
            "label": "gate: cap",
            "description": "While the condition holds, nodes are held down.",
            "body": {
                "id": "${1:id}",
                "title": "${2:Heading in the roadmap}",
                "when": "${3:question = no}",
                "cap": {"of": ["${4:node}"], "at": "${5:level}"},
                "because": "${6:What follows from the lack}",
                "lifted_by": ["${7:initiative}"],
            },
        },
        {
            "label": "gate: flag",
            "description": "While the condition holds, a finding is raised; nothing is held down.",
            "body": {
                "id": "${1:id}",
                "title": "${2:Heading in the roadmap}",
                "when": "${3:number > 80}",
                "flag": True,
                "because": "${4:What follows from it}",
                "lifted_by": ["${5:initiative}"],
            },
        },
    ),
    "Clash": (
        {
            "label": "clash",
            "description": "A claim of one role that the practice of another contradicts.",
            "body": {
                "id": "${1:id}",
                "title": "${2:Heading in the roadmap}",
                "claim": "${3:question} >= ${4:level} by ${5:role}",
                "practice": "${3:question} <= ${6:level} by ${7:role}",
                "says": "${8:The contradiction in a sentence.}",
                "settle": "${9:The paper that decides.}",
                "initiatives": ["${10:initiative}"],
            },
        },
    ),
    "Initiative": (
        {
            "label": "initiative",
            "description": "What can be done, by whom, at what effort.",
            "body": {
                "id": "${1:id}",
                "code": "${2:I-01}",
                "title": "${3:Title}",
                "why": "${4:One sentence for the client.}",
                "lifts": {"${5:criterion}": "${6:level}"},
                "effort": {"low": "${7:4}", "high": "${8:8}"},
                "weeks": "${9:3}",
                "owner": "${10:role}",
                "steps": ["${11:First step}"],
                "success": "${12:How one sees that it worked}",
                "risk": "${13:How it goes wrong}",
                "exit": "${14:When to stop}",
            },
        },
    ),
}
"""Per definition, the entries offered where a list of it stands."""

SNIPPETS: Mapping[str, Sequence[Snippet]] = {
    "Aggregate": (
        _table("geometric", "A strong part makes up for a weak one only in part.", {"geometric": {"floor": "${1:1}"}}),
        _table(
            "staged",
            "The highest stage whose parts are all met.",
            {"staged": {"reach": '"${1:> 50}"', "lower": '"${2:> 85}"'}},
        ),
        _table("cumulative", "As staged, with one threshold.", {"cumulative": {"reach": '"${1:>= 66}"'}}),
        _table(
            "tiers",
            "The highest stage whose musts and shoulds are met.",
            {"tiers": {"must": '"${1:>= 100}"', "should": '"${2:>= 50}"'}},
        ),
        _table("tally", "How much of the weight reaches a threshold.", {"tally": {"reach": '"${1:>= 75}"'}}),
        _table(
            "rules",
            "A first-match table.",
            {
                "rules": {
                    "cases": [{"when": "${1:question = yes}", "is": "${2:low}"}],
                    "otherwise": "${3:high}",
                    "values": {"${2:low}": 100, "${3:high}": 0},
                }
            },
        ),
    ),
    "Answer": (
        {
            "label": "answer: long form",
            "description": "A value with note and evidence.",
            "body": {
                "value": "${1:key}",
                "note": "${2:In which place or team this holds.}",
                "evidence": [{"title": "${3:Name of the paper}", "kind": "document", "dated": "${4:2026-06-30}"}],
            },
        },
        {
            "label": "answer: does not apply",
            "description": "Where the question allows it.",
            "body": {"na": True, "why": "${1:The reason}"},
        },
        {"label": "answer: not known", "description": "The respondent does not know.", "body": {"unknown": True}},
        {
            "label": "answer: declined",
            "description": "The respondent would rather not say.",
            "body": {"declined": True},
        },
    ),
    "Settlement": (
        {
            "label": "settled answer",
            "description": "What was settled, on whose answers, and why.",
            "body": {"value": "${1:key}", "basis": ["${2:respondent}"], "why": "${3:The reason}"},
        },
    ),
}
"""Per definition, the elements offered where one belongs."""
