"""What the files of a rubric may be, each with the record it holds."""

from collections.abc import Mapping

from assess.model.anatomy import lists_in
from assess.model.fields import Many, Record
from assess.model.initiatives import Claim, Initiative, Persona, Reference, Source
from assess.model.migrations import Migration
from assess.model.nodes import Node
from assess.model.rubric import Rubric
from assess.model.translations import Translation


class InitiativesFile(Record, title="initiatives/1"):
    """What can be done about the findings of a rubric."""

    initiatives: Many[Initiative] = ()
    """What can be done about the findings."""


class ClaimsFile(Record, title="claims/1"):
    """The texts a rubric is built on, what they state, and what is known from elsewhere."""

    sources: Many[Source] = ()
    """The texts the rubric is built on."""
    claims: Many[Claim] = ()
    """What the sources state, one statement each, in your words."""
    references: Many[Reference] = ()
    """What is known from outside the sources, and how well."""


class MigrationsFile(Record, title="migrations/1"):
    """How answers are carried over from version to version."""

    migrations: Many[Migration] = ()
    """How answers are carried over from version to version."""


RECORDS: Mapping[str, type[Record]] = {
    "rubric/1": Rubric,
    "principle/1": Node,
    "initiatives/1": InitiativesFile,
    "claims/1": ClaimsFile,
    "persona/1": Persona,
    "migrations/1": MigrationsFile,
    "translation/1": Translation,
}
"""The kinds of files, by what stands behind `assess`."""

HOMES: Mapping[str, str] = {
    kind: key for kind, record in RECORDS.items() for key, held in lists_in(Rubric).items() if held is record
}
"""The list of the rubric that the one record of a file belongs to; other files hold lists of their own."""
