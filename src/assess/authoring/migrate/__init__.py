"""Answers carried over to a new version of their rubric; the old ones stay where they are."""

from assess.authoring.migrate.dry_run import laid_out, read_back
from assess.authoring.migrate.folder import MigratedEngagement, carry_over, file_name, kept_in, migrated
from assess.authoring.migrate.lists import RECONFIRM, extra_files
from assess.authoring.migrate.moves import FATES, AnswerFate, Carried, Fate
from assess.authoring.migrate.pages import Page
from assess.authoring.migrate.personas import Recast, carried_personas, is_rubric

__all__ = [
    "FATES",
    "RECONFIRM",
    "AnswerFate",
    "Carried",
    "Fate",
    "MigratedEngagement",
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
