"""What commands keep beside an engagement: where it stands, and what is in it."""

from pathlib import Path
from typing import NamedTuple, TypeVar

from assess import documents
from assess.collect.context import Problems
from assess.collect.files import home
from assess.documents import printable
from assess.model.fields import Record
from assess.problems import DocumentError, Location, Problem

Kept = TypeVar("Kept", bound=Record)


class KeptFile(NamedTuple):
    """A kind of file in the folder of an engagement: its name, the kind of document, and what is kept in it."""

    name: str
    kind: str
    what: str

    def within(self, path: Path) -> Path:
        """Where it stands in an engagement; raises DocumentError for an engagement of one file."""
        folder = home(path)
        if folder is None:
            name = printable(str(path))
            message = f"{name} is an engagement of one file, and {self.what} is kept in the folder of an engagement"
            hint = "make a folder, move the file there as engagement.yaml, and name the folder"
            raise DocumentError([Problem("file_unwritable", message, Location(name), hint)])
        return folder / self.name

    def read(self, path: Path, record: type[Kept]) -> tuple[Kept | None, Location | None]:
        """What is kept in an engagement; without it, the place where it cannot be read, None where nothing is kept."""
        folder = home(path)
        file = folder / self.name if folder else None
        if file is None or not file.exists():
            return None, None
        found, problems = _validated(file, self.kind, record)
        places = [problem.location for problem in problems if problem.location]
        return found, next(iter(places), Location(printable(str(file))))


def _validated(file: Path, kind: str, record: type[Kept]) -> tuple[Kept | None, Problems]:
    try:
        document = documents.read(file)
    except DocumentError as error:
        return None, error.problems
    wrong = documents.wrong_kind(document, kind)
    return (None, (wrong,)) if wrong else documents.validated(document, record)
