"""How answers get from one version of a rubric to the next: questions split, merged, retired, and answers rescaled."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from assess.model.fields import Id, Key, Many, OptionKey, Record, RoleRef, Text, Words

MergeRule = Literal["worst", "mean", "first"]


class Merge(Record):
    """The questions that became one, and which of their answers it takes.

    worst: the one worth least. mean: the middle, the lower of two steps. first: the first in this list with a value.
    """

    of: Many[Id]
    """The old questions."""
    rule: MergeRule = "worst"
    """Whose answer it takes. `worst`: the one worth least. `mean`: the middle. `first`: the first with a value."""


class Became(Record, title="answers that became others"):
    """Whose answers to which old question now answer another one, and what each of them means there."""

    of: Id
    """The old question."""
    role: RoleRef
    """The role whose answers become others."""
    keys: Mapping[Key, OptionKey] = {}
    """Old option to new option."""
    numbers: Mapping[Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")], OptionKey] = {}
    """The least number to the new option it means, up to the next number."""


def _roles(value: object) -> object:
    """The roles of a list, without reasons."""
    return dict.fromkeys(value, "") if isinstance(value, list | tuple) else value


def _merge(value: object) -> object:
    return {"of": value} if isinstance(value, list | tuple) else value


class Migration(Record):
    """What became of the questions between two versions; renames are said by `renamed_from` where the element stands.

    Names are those of the version in which they stand: old ones as in `start`, new ones as in `to`.
    """

    start: Words = Field(alias="from")
    """The version the answers were given to."""
    to: Words
    """The version they are carried over to."""
    split: Mapping[Id, Many[Id]] = {}
    """Old question to the new ones it became."""
    merge: Mapping[Id, Annotated[Merge, BeforeValidator(_merge)]] = {}
    """New question to the old ones it came of, as a list or as `{of: [...], rule: worst}`."""
    retire: Many[Id] = ()
    """Old questions that are no longer asked."""
    rescale: Mapping[Id, Mapping[Key, OptionKey]] = {}
    """Question to old option to new option."""
    unasked: Mapping[Id, Annotated[Mapping[RoleRef, Text], BeforeValidator(_roles)]] = {}
    """Question to the roles that are no longer asked it, as a list or each with the reason."""
    answers: Mapping[Id, Became] = {}
    """New question to the answers of a role to an old one that answer it."""
    kept: Text = ""
    """Where the version `from` can still be had; told to whoever brings answers to it. No full stop."""
    notes: Text = ""
    """For authors; never printed."""

    @property
    def anchor(self) -> str:
        """Under which name its place is remembered."""
        return step_anchor(self.start, self.to)

    def fate_of(self, name: str) -> str:
        """What this step says became of a question, in a few words; empty when it says nothing."""
        merged = [to for to, merge in self.merge.items() if name in merge.of]
        if name in self.split:
            return f"was split into {', '.join(self.split[name])} in {self.to}"
        if merged:
            return f"became part of {', '.join(merged)} in {self.to}"
        return f"was retired in {self.to}" if name in self.retire else ""

    def leaving(self) -> tuple[str, ...]:
        """Every question of the old version it says something about, as often as it does."""
        merged = (name for merge in self.merge.values() for name in merge.of)
        return (*self.split, *merged, *self.retire)


def step_anchor(start: object, to: object) -> str:
    """The name of the place of a step; no id has a colon."""
    return f"migration:{start}:{to}"
