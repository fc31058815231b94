"""What came of personas, in as little as a reader needs; many of them are shared out among the processors."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from multiprocessing.connection import Connection
from typing import NamedTuple

from assess.authoring.assessments import clashing, holding
from assess.authoring.test.coverage import reached_by
from assess.authoring.test.expectations import tried
from assess.documents import SourceMap
from assess.model.initiatives import Persona
from assess.model.rubric import ROOT, Rubric
from assess.model.scorecard import NodeScore
from assess.problems import Problem

FEW = 8  # personas that are quicker done than another process is begun


class Outcome(NamedTuple):
    """One persona after its trial; without `overall` its answers do not fit the rubric, and nothing else is known.

    gates, clashes, planned: how many hold, are found, are in the plan. reached: parts of the rubric by kind.
    """

    id: str
    title: str
    problems: tuple[Problem, ...]
    reached: Mapping[str, frozenset[str]]
    overall: NodeScore | None = None
    gates: int = 0
    clashes: int = 0
    planned: int = 0

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.problems


def judged(rubric: Rubric, sources: SourceMap, persona: Persona) -> Outcome:
    """What came of one persona."""
    _, found, problems = tried(rubric, sources, persona)
    if found is None:
        return Outcome(persona.id, persona.title, problems, reached={})
    return Outcome(
        persona.id,
        persona.title,
        problems,
        reached=reached_by(found, None if problems else persona),
        overall=found.scorecard.scores[ROOT],
        gates=len(holding(found.tree)),
        clashes=len(clashing(found.claimed)),
        planned=len(found.plan.placements),
    )


def judged_all(rubric: Rubric, sources: SourceMap, personas: Sequence[Persona]) -> tuple[Outcome, ...]:
    """What came of some personas, in their order."""
    judge = partial(judged, rubric, sources)
    workers = min(processors(), len(personas) // FEW)
    return tuple(_shared_out(judge, personas, workers) if workers > 1 else map(judge, personas))


def processors() -> int:
    """How many processes can work at once; 1 where a process cannot be copied with what it knows."""
    if "fork" not in multiprocessing.get_all_start_methods() or sys.platform == "darwin":
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _shared_out(judge: Callable[[Persona], Outcome], personas: Sequence[Persona], workers: int) -> list[Outcome]:
    """The outcomes of every so-manieth persona from each of some copies of this process, put back in order."""
    context = multiprocessing.get_context("fork")
    found: dict[str, Outcome] = {}
    at_work = []
    for share in (personas[place::workers] for place in range(workers)):
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_report, args=(sender, judge, share), daemon=True)
        process.start()
        sender.close()
        at_work.append((process, receiver, share))
    for process, receiver, share in at_work:
        try:
            outcomes = receiver.recv()
        except EOFError:  # the copy came to an end: done here, so that its failure is seen
            outcomes = [judge(persona) for persona in share]
        process.join()
        found |= {outcome.id: outcome for outcome in outcomes}
    return [found[persona.id] for persona in personas]


def _report(sender: Connection, judge: Callable[[Persona], Outcome], share: Sequence[Persona]) -> None:
    sender.send([judge(persona) for persona in share])
    sender.close()
