"""What a change of each field of a rubric means: one row per field, with the reason."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Sense = Literal["cosmetic", "meaning", "scale"]
SENSES: tuple[Sense, ...] = ("cosmetic", "meaning", "scale")
"""From the least to the gravest."""


class Row(NamedTuple):
    """How a change counts, and why; `counted`: scores, findings or the plan are computed from the field."""

    sense: Sense
    counted: bool
    why: str


def _print(why: str) -> Row:
    """Cosmetic: words around a question, a number or a plan."""
    return Row("cosmetic", counted=False, why=why)


def _words(why: str) -> Row:
    """Meaning: what is asked, promised or concluded reads otherwise, and no number moves."""
    return Row("meaning", counted=False, why=why)


def _rule(why: str) -> Row:
    """Meaning: other answers, or other people's, now lead to the same conclusion; findings, caps or the plan move."""
    return Row("meaning", counted=True, why=why)


def _scale(why: str) -> Row:
    """Scale: the same answers are worth something else."""
    return Row("scale", counted=True, why=why)


_NOTES = _print("for authors, never printed")
_TITLE = _print("a name in print")
_SOURCE = _print("where it comes from")
_REFERENCES = _print("what is known from elsewhere")
_CLAIMS = _words("which statements it stands for")
_CODE = _words("engagements and commands may name it; they would mean something else")

_NODE: Mapping[str, Row] = {
    "code": _CODE,
    "kind": _print("another word for it in print"),
    "title": _TITLE,
    "summary": _print("what the client reads about it"),
    "why": _print("what the client reads about it"),
    "weight": _scale("how much it counts among its neighbours"),
    "weights": _scale("how much each part counts"),
    "aggregate": _scale("how the parts become one"),
    "scale": _scale("the points it is printed in and caps are written in"),
    "levels": _scale("the thresholds it is read against"),
    "level_words": _words("what the client is told a score means"),
    "key": _scale("whether it holds down what stands above it"),
    "stage": _scale("which stage waits for it"),
    "duty": _scale("which threshold it has to reach"),
    "decimals": _print("how many decimals its score is printed with"),
    "claims": _CLAIMS,
    "references": _REFERENCES,
    "source": _SOURCE,
    "proof": _print("advice on what shows it"),
    "says": _words("what the client is told of a gap or a strength"),
    "notes": _NOTES,
}
TABLE: Mapping[str, Mapping[str, Row]] = {
    "rubric": {
        "title": _TITLE,
        "summary": _print("what the client reads about the rubric"),
        "licence": _print("who may use it"),
        "language": _print("a label; texts are compared by themselves"),
        "translations": _print("the same questions in another language"),
        "scale": _scale("the points every node is printed in and caps are written in"),
        "decimals": _print("how many decimals scores are printed with"),
        "closed": _scale("which side of a threshold has reached a level"),
        "aggregate": _scale("how principles become the whole"),
        "weights": _scale("how much each principle counts"),
        "notes": _NOTES,
    },
    "policies": {
        "missing": _scale("what an open question counts"),
        "unknown": _scale("what a don't-know counts"),
        "na": _scale("what counts where something does not apply"),
        "min_coverage": _scale("how much must be answered for a score"),
        "combine": _scale("how the answers of a role become one"),
        "roles": _scale("how roles become one"),
        "disagreement": _scale("which answer counts where roles differ"),
        "evidence": _scale("how far an answer counts without proof"),
        "key_headroom": _scale("how far above a key criterion a node may stand"),
        "target": _scale("the level that gaps and plans are measured against"),
        "red_at": _rule("which findings are urgent"),
        "plan": _rule("time and people the plan is made for"),
        "perception": _words("which distance between roles is printed"),
        "anonymous": _scale("whose answers count as part of a group only"),
        "min_cell": _scale("from how many answers on a group counts"),
        "na_share": _print("when a warning is printed"),
    },
    "level": {
        "title": _words("what the client is told a score means"),
        "at": _scale("the threshold itself"),
        "says": _words("what the client is told a score means"),
    },
    "role": {
        "code": _CODE,
        "title": _words("who is asked"),
        "people": _rule("whether it is asked where nobody is named"),
    },
    "principle": _NODE,
    "criterion": _NODE,
    "question": {
        "type": _scale("what can be answered, and how it counts"),
        "text": _words("what is asked"),
        "wording": _words("what a role is asked"),
        "ask": _rule("whose answers count"),
        "help": _print("advice on how to answer"),
        "options_from": _print("where the options stand; they are compared one by one"),
        "weight": _scale("how much it counts, or whether it does"),
        "stage": _scale("which stage waits for it"),
        "duty": _scale("which threshold it has to reach"),
        "reverse": _scale("which end is the good one"),
        "goalposts": _scale("what a number is worth"),
        "band": _scale("what a number is worth"),
        "min": _words("which numbers are an answer"),
        "max": _words("which numbers are an answer"),
        "integer": _words("which numbers are an answer"),
        "unit": _words("what the number counts"),
        "unit_one": _print("the unit of the number 1"),
        "allow": _rule("which states are an answer"),
        "show_when": _rule("whether it is put at all"),
        "unknown_as": _scale("what a don't-know counts"),
        "required": _scale("whether it counts in coverage, and what it counts while it is open"),
        "note": _print("whether words are asked for; none is scored"),
        "evidence": _words("what has to be proved"),
        "combine": _scale("how the answers of a role become one"),
        "claims": _CLAIMS,
        "notes": _NOTES,
    },
    "option": {
        "label": _words("what an answer says"),
        "score": _scale("what an answer is worth"),
        "worth": _scale("what an answer is worth beside the others"),
        "position": Row("scale", counted=False, why="answers may be given by number"),
        "exclusive": _scale("what may be ticked together"),
        "must": _scale("what is capped while it is not ticked"),
        "stop": _scale("where a ladder ends"),
    },
    "gate": {
        "title": _TITLE,
        "when": _rule("when it holds"),
        "cap": _scale("what it holds down, and how far"),
        "flag": _scale("whether it holds anything down"),
        "because": _words("the reason the client is given"),
        "lifted_by": _rule("what ends it in the plan"),
        "claims": _CLAIMS,
        "references": _REFERENCES,
        "source": _SOURCE,
        "notes": _NOTES,
    },
    "clash": {
        "title": _TITLE,
        "claim": _rule("when it is found"),
        "practice": _rule("when it is found, and when it caps"),
        "says": _words("what the client is told"),
        "settle": _print("advice on how to settle it"),
        "initiatives": _rule("what answers it in the plan"),
        "cap": _scale("what it holds down, and how far"),
        "claims": _CLAIMS,
        "references": _REFERENCES,
        "source": _SOURCE,
        "notes": _NOTES,
    },
    "initiative": {
        "code": _CODE,
        "title": _TITLE,
        "why": _print("the sentence for the client"),
        "lifts": _rule("what it is done for"),
        "effort": _rule("where it fits into the plan"),
        "weeks": _rule("where it fits into the plan"),
        "running": _rule("what it takes from later periods"),
        "needs": _rule("what comes before it"),
        "owner": _rule("whose time it takes"),
        "steps": _print("advice on how to begin"),
        "success": _words("when it counts as done"),
        "risk": _print("advice"),
        "exit": _print("advice"),
        "not_before": _rule("when it may begin"),
        "enabler": _rule("whether it stands for others"),
        "references": _REFERENCES,
        "source": _SOURCE,
        "notes": _NOTES,
    },
    "headline": {
        "when": _rule("when it is the message"),
        "says": _words("the message"),
    },
    "source": {
        "title": _TITLE,
        "author": _print("a name in print"),
        "note": _print("a caveat in print"),
    },
    "claim": {
        "source": _words("who says so"),
        "at": _print("the place in the source"),
        "says": _words("what the rubric is built on"),
        "good": _print("an illustration"),
        "bad": _print("an illustration"),
        "shown_by": _print("an illustration"),
        "home": _words("which criterion answers for it"),
        "also": _words("which criteria it bears on"),
        "notes": _NOTES,
    },
    "reference": {
        "says": _words("what is held up as known"),
        "source": _words("who says so"),
        "url": _print("where to read it"),
        "standing": _words("how well it is known"),
        "caveat": _print("a caveat in print"),
        "bears_on": _words("which nodes it is held against"),
        "use": _words("whether anything rests on it"),
        "notes": _NOTES,
    },
    "persona": {
        "title": _TITLE,
        "story": _print("an illustration"),
        "like": _print("a test of the rubric"),
        "assessed_on": _print("a test of the rubric"),
        "staff": _print("a test of the rubric"),
        "answers": _print("a test of the rubric"),
        "expect": _print("a test of the rubric"),
        "notes": _NOTES,
    },
}
PARTS: Mapping[str, frozenset[str]] = {
    "rubric": frozenset(
        {
            "levels", "roles", "policies", "headlines", "option_sets", "principles", "gates", "clashes", "initiatives",
            "sources", "claims", "references", "personas", "migrations",
        }
    ),
    "principle": frozenset({"questions", "criteria", "gates", "clashes"}),
    "criterion": frozenset({"questions", "criteria", "gates", "clashes"}),
    "question": frozenset({"options"}),
}  # fmt: skip
"""Fields that hold elements with rows of their own; `migrations` says how to read old answers and asks nothing."""

NAMES = frozenset({"id", "key", "version", "hash", "text_hash", "renamed_from", "assess"})
"""What an element is found by, and what a difference is made of; `key` of nodes aside, which has its row."""

ADDED: Mapping[str, Row] = {
    "level": _scale("a threshold between the others"),
    "persona": _print("a test of the rubric"),
    "source": _print("where claims come from"),
}
REMOVED: Mapping[str, Row] = {
    "headline": _rule("a message that is no longer given"),
    "persona": _print("a test of the rubric"),
    "source": _print("where claims come from"),
    "claim": _words("what the rubric is built on"),
    "reference": _words("what is held up as known"),
}
NEW = Row("meaning", counted=True, why="what was not asked, concluded or advised before")
HOLDS = Row("scale", counted=True, why="what was not held down before now can be")
GONE = Row("scale", counted=True, why="what stood on it has nothing to stand on")
RENAMED = Row("cosmetic", counted=False, why="`renamed_from` leads from the old name to the new one")
LOST_NAME = Row("scale", counted=False, why="nothing leads from the old name to the new one: add `renamed_from`")
MOVED = Row("scale", counted=True, why="it counts in another node")
MOVED_RULE = Row("cosmetic", counted=False, why="a rule works on what it names, wherever it stands")
ORDER = Row("cosmetic", counted=False, why="the order in print")
ORDER_OF_HEADLINES = Row("meaning", counted=True, why="the first that holds is the message")
ORDER_ON_A_LADDER = Row("scale", counted=True, why="a ladder takes its questions in order")
ELSEWHERE = Row(
    "scale", counted=True, why="what it says stood, or stands, under another key: stored answers mean the other"
)
SAME_WORDS = Row("cosmetic", counted=False, why="the same words, differently written")
