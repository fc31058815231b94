"""Findings of the check that a rubric accepts, each with a reason."""

from pydantic import Field

from assess.model.fields import Key, Record, Words


class Acceptance(Record, title="accepted finding"):
    """A finding of `assess rubric check` that stays on purpose."""

    finding: Key = Field(alias="code")
    """The code in brackets behind the finding."""
    at: Words
    """The id or code of the element it is about; `overall` for the rubric itself and its headlines."""
    why: Words
    """Why it stays."""
