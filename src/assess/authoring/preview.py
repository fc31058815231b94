"""What a change of a rubric does, at once: its problems, its personas, and the roadmap of one chosen engagement."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from assess.authoring.test.expectations import misses_of
from assess.documents import is_yaml
from assess.model.rubric import Rubric
from assess.model.scorecard import Scorecard
from assess.numbers import TOLERANCE
from assess.problems import DocumentError, Problem, errors, in_order
from assess.workflow import Assessment, assess_sheet, read_answers, report, reviewed_rubric

State = Mapping[str, tuple[int, int]]


class ScoreMove(NamedTuple):
    """A node whose value is another than the round before; both on 0..100, None for no value."""

    node: str
    before: float | None
    after: float | None


class Round(NamedTuple):
    """One look at a rubric; `rubric` is None while it has errors, `assessment` while the engagement has some too.

    moved: nodes of the engagement whose value is another than in the last round that had one.
    """

    problems: tuple[Problem, ...]
    rubric: Rubric | None = None
    personas: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    assessment: Assessment | None = None
    roadmap: str = ""
    moved: tuple[ScoreMove, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether there are no errors and every persona came out as expected."""
        return not errors(self.problems) and not any(self.personas.values())


def look(rubric: Path, engagement: Path | None, before: Scorecard | None = None) -> Round:
    """Check a rubric, score its personas, and write the roadmap of an engagement; never raises DocumentError.

    before: what the scores of the engagement are compared with.
    """
    try:
        found, problems = reviewed_rubric(rubric)
    except DocumentError as error:
        return Round(error.problems)
    seen = Round(problems, found, {persona.id: misses_of(found, persona) for persona in found.personas})
    if engagement is None:
        return seen
    try:
        sheet, warned = read_answers(engagement, found)
        notes = [problem for problem in problems if problem.severity == "note"]  # for the author, not the client
        assessment = assess_sheet(found, sheet, (*(each for each in problems if each not in notes), *warned))
        roadmap = report(assessment)
    except DocumentError as error:
        return seen._replace(problems=in_order((*problems, *error.problems)))
    moved = tuple(moves(before, assessment.scorecard)) if before else ()
    return seen._replace(
        problems=in_order((*notes, *assessment.problems)), assessment=assessment, roadmap=roadmap, moved=moved
    )


def moves(before: Scorecard, after: Scorecard) -> Iterator[ScoreMove]:
    """The nodes whose value differs, in the order of the tree; one that is gone or new has no value there."""
    for name in dict.fromkeys((*after.scores, *before.scores)):
        old, new = (card.scores[name].value if name in card.scores else None for card in (before, after))
        if old is None or new is None:
            if old is not new:
                yield ScoreMove(name, old, new)
        elif abs(old - new) > TOLERANCE:
            yield ScoreMove(name, old, new)


def watch_files(places: Sequence[Path], pause: Callable[[], object]) -> Iterator[tuple[str, ...]]:
    """The names of the YAML files below some places that change from now on, each time some did and then stood still.

    pause: called between two looks; what it raises ends the watch.
    """
    return _changes(places, pause, state(places))


def _changes(places: Sequence[Path], pause: Callable[[], object], known: State) -> Iterator[tuple[str, ...]]:
    while True:
        pause()
        seen = state(places)
        if seen == known:
            continue
        pause()
        while (settled := state(places)) != seen:
            seen = settled
            pause()
        yield tuple(sorted(name for name in {*known, *seen} if known.get(name) != seen.get(name)))
        known = seen


def state(places: Sequence[Path]) -> State:
    """When each YAML file below some places was last written, in nanoseconds, and its size in bytes."""
    found: dict[str, tuple[int, int]] = {}
    for place in places:
        walked = os.walk(place) if place.is_dir() else [(str(place.parent), [], [place.name])]
        for folder, folders, names in walked:
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if is_yaml(name):
                    _note(os.path.join(folder, name), found)  # noqa: PTH118 - a text is what is kept
    return found


def _note(file: str, found: dict[str, tuple[int, int]]) -> None:
    """Keep the state of a file, unless it is gone by now."""
    try:
        known = os.stat(file)  # noqa: PTH116 - as above
    except OSError:
        return
    found[file] = (known.st_mtime_ns, known.st_size)
