"""A decision added to an engagement: where it goes, the file as it then reads, and what is to be said of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from assess.collect import open_engagement
from assess.collect.context import Context
from assess.collect.deciding import take_decisions
from assess.collect.engagement import drop_empty_keys
from assess.collect.files import DECISIONS, decision_files, decision_paths, engagement_file, home
from assess.documents import Document, Route, parse, printable, validated
from assess.documents.additions import with_entry
from assess.documents.edits import UneditableError
from assess.documents.reader import text_of
from assess.documents.writer import dump
from assess.formula.decisions import node_figures
from assess.model.decisions import ABOUT, REWORDED
from assess.model.engagement import Engagement
from assess.model.finding_names import finding_names
from assess.problems import DocumentError, Problem, errors
from assess.workflow import Assessment, assess, assess_sheet, remarks_on_decisions


class DecisionAdded(NamedTuple):
    """A file with a decision more in it; entry: the decision as it stands there; problems: warnings about it."""

    path: Path
    text: str
    entry: str
    problems: tuple[Problem, ...]


class _Home(NamedTuple):
    """The file decisions go to, its text and what stands in it, and the keys above the lists; other: further files."""

    path: Path
    text: str
    document: Document
    above: Route
    other: tuple[Document, ...] = ()


def add_decision(path: Path, key: str, entry: Mapping[str, object], rubrics: Sequence[Path] = ()) -> DecisionAdded:
    """The engagement with an entry more in a list of decisions; nothing is written here.

    Own words, and other words for a finding, get the figures of today. Raises DocumentError with everything that
    `check` would refuse.
    """
    found = assess(path, rubrics)
    entry = {**entry, **_figures(found, key, str(entry[ABOUT[key]]), entry)}
    where = _home(path, found)
    route = (*where.above, key)
    written = dump({key: [dict(entry)]})
    try:
        text = with_entry(where.text, where.document, route, entry)
    except UneditableError:
        raise DocumentError([_by_hand(where, key, written)]) from None
    problems = _tried(path, found, where, text)
    return DecisionAdded(where.path, text, written, problems)


def _figures(found: Assessment, key: str, about: str, entry: Mapping[str, object]) -> dict[str, str]:
    """The hash of the figures that words speak of."""
    rubric = found.rubric
    if key == "words":
        node = rubric.names.get(about, "")
        return {"figures": node_figures(rubric, found.scorecard, node)} if node in found.scorecard.scores else {}
    today = found.diagnosis.standing.get(finding_names(rubric).get(about, ""))
    return {"figures": today} if today and entry.keys() & REWORDED.keys() else {}


def _home(path: Path, found: Assessment) -> _Home:
    folder = home(path)
    if folder is None:
        file = engagement_file(path)
        text = file.read_bytes().decode("utf-8")
        return _Home(file, text, parse(text_of(file, printable(str(file))), printable(str(file))), ("decisions",))
    paths = decision_paths(folder)
    file = paths[0] if paths else folder / DECISIONS
    text = file.read_bytes().decode("utf-8") if paths else dump({"assess": "decisions/1", "rubric": found.rubric.id})
    name = printable(str(file))
    others = decision_files(folder)[0][1:]
    return _Home(file, text, parse(text.lstrip("\ufeff"), name), (), others)


def _by_hand(where: _Home, key: str, written: str) -> Problem:
    message = f"{where.document.name} cannot be added to: its list '{key}' is not written with a line for each entry"
    return Problem("decision", message, hint=f"write it by hand: {' '.join(written.split())}")


def _tried(path: Path, found: Assessment, where: _Home, text: str) -> tuple[Problem, ...]:
    """What is to be said of the decision that stands last; raises DocumentError where it would be refused."""
    changed = parse(text.lstrip("\ufeff"), where.document.name)
    engagement, main = open_engagement(path)
    documents: tuple[Document, ...] = (changed, *where.other)
    if where.above:
        record, problems = validated(changed, Engagement, drop_empty_keys(changed))
        if record is None:
            raise DocumentError(problems)
        engagement, main, documents = record, changed, ()
    fitted = found.sheet.engagement.model_copy(update={"decisions": engagement.decisions})
    context = Context(found.rubric, main, fitted.assessed_on)
    engagement, written, problems = take_decisions(context, fitted, documents)
    if errors(problems):
        raise DocumentError(errors(problems))
    changed_one = assess_sheet(found.rubric, found.sheet._replace(engagement=engagement))
    told = (*problems, *remarks_on_decisions(changed_one, written))
    before = {(problem.code, problem.message) for problem in found.problems}
    return tuple(problem for problem in told if (problem.code, problem.message) not in before)
