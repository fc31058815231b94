"""What a migration does, as JSON and as lines of text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from assess.authoring.migrate.folder import MigratedEngagement, kept_in
from assess.authoring.migrate.lists import kept_text
from assess.authoring.migrate.moves import FATES, AnswerFate
from assess.authoring.migrate.pages import Page
from assess.authoring.migrate.personas import Recast
from assess.documents import printable
from assess.export import Json, problem_json
from assess.numbers import counted, short
from assess.problems import Problem

_WIDEST = max(len(fate) for fate in (*FATES, "ask again"))


def migration_json(found: MigratedEngagement, wrong: Sequence[Problem]) -> Json:
    """The document `migration/1`: every old answer with its fate, what to ask again, and what is left to correct."""
    return {
        "assess": "migration/1",
        "rubric": {"id": found.way.new.id, "from": found.way.start, "to": found.way.new.version},
        "organization": found.engagement.organization.name,
        "counts": {fate: _count(found.pages)[fate] for fate in FATES},
        "pages": [_page_json(page) for page in found.pages],
        "recast": list(found.recast),
        "problems": [problem_json(problem) for problem in wrong],
    }


def personas_json(found: Recast) -> Json:
    """The document `migration/1` for the personas of a rubric: the same keys, where there is something to say."""
    return {
        "assess": "migration/1",
        "rubric": {"id": found.way.new.id, "from": found.way.start, "to": found.way.new.version},
        "counts": {fate: _count(found.pages)[fate] for fate in FATES},
        "pages": [_page_json(page) for page in found.pages],
        "files": [str(path) for path in found.files],
    }


def personas_lines(found: Recast) -> Iterator[str]:
    """What becomes of the answers of personas, those aside of which nothing does."""
    yield f"Personas of {found.way.new.id}: {found.way.start} -> {found.way.new.version}"
    for page in found.pages:
        if page.again() or page.worths or any(fated.fate != "carried" for fated in page.passage.fates.values()):
            yield from (printable(line) for line in _page(page))
    yield ""
    amount = counted(sum(len(page.passage.fates) for page in found.pages), "answer", "answers")
    yield f"In all {amount}: {_counts(found.pages)}."


def _page_json(page: Page) -> Json:
    return {
        "file": page.file,
        "respondent": page.respondent or None,
        "role": page.role or None,
        "answers": [_fated_json(fated) for fated in page.passage.fates.values()],
        "again": [{"question": entry.name, "why": list(entry.reasons)} for entry in page.again()],
        "worth": [worth._asdict() for worth in page.worths],
    }


def _fated_json(fated: AnswerFate) -> Json:
    return {"question": fated.name, "fate": fated.fate, "answers": list(fated.targets), "why": fated.why or None}


def _count(pages: Iterable[Page]) -> Counter[str]:
    return Counter(fated.fate for page in pages for fated in page.passage.fates.values())


def migration_lines(found: MigratedEngagement) -> Iterator[str]:
    """What becomes of the answers, file by file, and in all."""
    return (printable(line) for line in _lines(found))


def _lines(found: MigratedEngagement) -> Iterator[str]:
    new = found.way.new
    yield f"{found.engagement.organization.name}: {new.id} {found.way.start} -> {new.version}"
    yield from _doubts(found)
    for page in found.pages:
        if page.passage.fates:
            yield from _page(page)
    yield ""
    again = sum(len(page.again()) for page in found.pages)
    amount = counted(len([*found.fates()]), "answer", "answers")
    asked = f"; {again} to be asked again" if again else ""
    yield f"In all {amount}: {_counts(found.pages)}{asked}."
    if kept_text(found):
        yield f"What does not stand in the new files as it was given is kept in {kept_in(found.way.start)}."
    for name in found.recast:
        yield f"{name} is written anew, without its comments: its lines cannot be edited one by one."


def _doubts(found: MigratedEngagement) -> Iterator[str]:
    """What the migration could not know."""
    way = found.way
    if way.start != way.new.version and (not way.steps or way.steps[-1].to != way.new.version):
        yield f"No step leads from version {way.start}: `renamed_from` alone says what became of its questions."
    if way.old is None:
        yield "Without the old rubric (--from) nobody can see which questions and options read otherwise now."


def _counts(pages: Iterable[Page]) -> str:
    found = _count(pages)
    return ", ".join(f"{found[fate]} {fate}" for fate in FATES if found[fate]) or "none"


def _page(page: Page) -> Iterator[str]:
    who = ", ".join(filter(None, [page.respondent, page.role]))
    yield ""
    yield f"{page.file}{f' ({who})' if who else ''}: {_counts([page])}"
    for fated in page.passage.fates.values():
        if fated.fate != "carried":
            yield f"  {fated.fate.ljust(_WIDEST)}  {_fated(fated)}"
    for entry in page.again():
        yield f"  {'ask again'.ljust(_WIDEST)}  {entry.name}: {'; '.join(entry.reasons)}"
    for worth in page.worths:
        was, now = ("nothing" if value is None else short(value, 2) for value in (worth.was, worth.now))
        yield f"  {'worth'.ljust(_WIDEST)}  {worth.question}: {was} of 100 before, {now} now"


def _fated(fated: AnswerFate) -> str:
    targets = ", ".join(fated.targets)
    became = f"{fated.name} -> {targets}" if targets and targets != fated.name else fated.name
    return f"{became}: {fated.why}" if fated.why else became
