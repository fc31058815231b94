"""Rubrics, answers and the facts they come to, for the tests of facts."""

from diagnosing import criterion, fact, initiative, level, proof, reply, rubric, sheet

from assess.diagnose import diagnose, merge_facts
from assess.model.rubric import Rubric
from assess.scoring import score_organization

NOTED = proof("Export of the desk", kind="record")


def facts_of(book, answers):
    scored = score_organization(book, answers)
    return merge_facts(scored, diagnose(scored))


def merged(book, answers):
    """The findings of every fact, as sets."""
    return [set(fact.signals) for fact in facts_of(book, answers).found]


def gate(name, when, **more):
    return {"id": name, "title": name, "flag": True, "because": f"{name} is so", "when": when, **more}


def two_facts(first, second, homes=("log", "log"), *, principles=False):
    """Two flags, each on a fact of its own; in one criterion, in two, or in two principles."""
    questions = {"log": [level("log_how")], "desk": [level("desk_how")]}
    for home, name in zip(homes, ("page", "book"), strict=True):
        questions[home].append(fact(name, ask=["record"]))
    gates = [{**gate("g_page", "page = no"), **first}, {**gate("g_book", "book = no"), **second}]
    criteria = [criterion(name, *asked) for name, asked in questions.items()]
    ways = [initiative("a", log="leading"), initiative("b", log="leading")]
    if not principles:
        return rubric(*criteria, gates=gates, initiatives=ways)
    parts = [{"id": f"p_{part['id']}", "title": part["id"], "criteria": [part]} for part in criteria]
    return book_of(rubric(*criteria, gates=gates, initiatives=ways), principles=parts)


def book_of(book, **more):
    """A rubric with other parts."""
    return Rubric.model_validate({**book.model_dump(by_alias=True, exclude_defaults=True), **more})


def said_no(*evidence, other=()):
    record = {"page": reply("no", *evidence), "book": reply("no", *other)}
    return sheet(("team", {"log_how": "leading", "desk_how": "leading"}), ("record", record))
