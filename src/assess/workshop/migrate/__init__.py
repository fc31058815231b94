"""Answers carried over to a new version of their rubric; the old ones stay where they are."""

from assess.workshop.migrate.folder import Migration, Page, carry_over, file_name, kept_in, migrated
from assess.workshop.migrate.lists import RECONFIRM, extra_files
from assess.workshop.migrate.passage import FATES, Carried, Fate, Fated
from assess.workshop.migrate.proof import laid_out, read_back

__all__ = [
    "FATES",
    "RECONFIRM",
    "Carried",
    "Fate",
    "Fated",
    "Migration",
    "Page",
    "carry_over",
    "extra_files",
    "file_name",
    "kept_in",
    "laid_out",
    "migrated",
    "read_back",
]
