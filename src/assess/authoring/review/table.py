"""The texts of a rubric as a table for a spreadsheet: one row a text."""

import csv
import io
from collections.abc import Iterator, Mapping

from assess.model.rubric import Rubric
from assess.translations import all_texts

COLUMNS = ("id", "place", "role", "text")
BYTE_ORDER_MARK = "\ufeff"
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
BY_ROLE = ("ask", "titles")


def as_csv(rubric: Rubric) -> str:
    """The table after RFC 4180, with a byte order mark, by which spreadsheets know UTF-8.

    id and place are together the key by which a text is translated; role: who reads it, of what only some roles read.
    A text that a spreadsheet would take for a formula stands behind an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_inert(cell) for cell in row] for row in _rows(rubric))
    return BYTE_ORDER_MARK + out.getvalue()


def _rows(rubric: Rubric) -> Iterator[tuple[str, str, str, str]]:
    readers = _readers(rubric)
    for key, text in all_texts(rubric).items():
        home, _, place = key.partition(".")
        field, _, rest = place.partition(".")
        role = rest.partition(".")[0] if field in BY_ROLE else ", ".join(readers.get(key, ()))
        yield home, place, role, text


def _readers(rubric: Rubric) -> Mapping[str, list[str]]:
    """The key of each text of a question that not all have in words of their own, to the roles that read it."""
    found: dict[str, list[str]] = {}
    for question in rubric.questions():
        texts = {"text": question.text, "help": question.help}
        for role, wording in rubric.wordings(question).items():
            read = {"text": wording.text, "help": wording.help}
            for place, text in texts.items():
                if read[place] == text:
                    found.setdefault(f"{question.id}.{place}", []).append(role)
            own, labels = rubric.wording(question).labels(), wording.labels()
            if not question.options_from:
                for key in own:
                    if labels[key] == own[key]:
                        found.setdefault(f"{question.id}.options.{key}", []).append(role)
    return found


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULAS) else cell
