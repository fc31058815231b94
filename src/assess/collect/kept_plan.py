"""Reads the order of a plan that is kept in an engagement; whether it still fits, the planner finds out."""

from pathlib import Path

from assess import documents
from assess.collect.context import Problems
from assess.collect.files import home
from assess.documents import printable
from assess.model.kept_plan import KeptPlan
from assess.model.roadmap import PlanOrder
from assess.problems import DocumentError, Location, Problem

PLAN = "plan.yaml"
KIND = "plan-order/1"


def kept_plan(path: Path) -> tuple[PlanOrder | None, Problems]:
    """The kept order of an engagement; none where there is none, or with a note where it cannot be read."""
    folder = home(path)
    file = folder / PLAN if folder else None
    if file is None or not file.exists():
        return None, ()
    try:
        document = documents.read(file)
        wrong = documents.wrong_kind(document, KIND)
        found, problems = (None, (wrong,)) if wrong else documents.validated(document, KeptPlan)
    except DocumentError as error:
        found, problems = None, error.problems
    if found is not None:
        return PlanOrder(found.order, found.seed, found.trials, found.numbers, {}), ()
    place = next((problem.location for problem in problems if problem.location), Location(printable(str(file))))
    hint = f"make it anew: assess plan {printable(str(path))} --deep; or delete the file"
    message = f"the order in {PLAN} cannot be read and is left aside"
    return None, (Problem("planned_before", message, place, hint, "note"),)


def plan_file(path: Path) -> Path:
    """Where the order of a plan is kept; raises DocumentError for an engagement of one file."""
    folder = home(path)
    if folder is None:
        name = printable(str(path))
        message = f"{name} is an engagement of one file, and the order of a plan is kept in the folder of an engagement"
        hint = "make a folder, move the file there as engagement.yaml, and name the folder"
        raise DocumentError([Problem("file_unwritable", message, Location(name), hint)])
    return folder / PLAN
