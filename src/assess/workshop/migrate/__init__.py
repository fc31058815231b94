"""Answers carried over to a new version of their rubric; the old ones stay where they are."""

from assess.workshop.migrate.folder import Migration, carry_over, file_name, kept_in, migrated
from assess.workshop.migrate.lists import RECONFIRM, extra_files
from assess.workshop.migrate.pages import Page
from assess.workshop.migrate.passage import FATES, Carried, Fate, Fated
from assess.workshop.migrate.personas import Recast, carried_personas, is_rubric
from assess.workshop.migrate.proof import laid_out, read_back

__all__ = [
    "FATES",
    "RECONFIRM",
    "Carried",
    "Fate",
    "Fated",
    "Migration",
    "Page",
    "Recast",
    "carried_personas",
    "carry_over",
    "extra_files",
    "file_name",
    "is_rubric",
    "kept_in",
    "laid_out",
    "migrated",
    "read_back",
]
