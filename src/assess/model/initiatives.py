"""What surrounds the tree: initiatives, claims with their sources, outside references, and personas."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from assess.model.fields import (
    Code,
    Condition,
    Count,
    Date,
    Expected,
    Flag,
    Id,
    Key,
    Many,
    Number,
    Record,
    Ref,
    Text,
    Words,
)


class Effort(Record):
    """A range of person-days."""

    low: Annotated[Number, Field(ge=0)]
    high: Annotated[Number, Field(ge=0)]


class Running(Record):
    """Person-days that come back every week, month or quarter once an initiative is done."""

    days: Annotated[Number, Field(gt=0)]
    per: Literal["week", "month", "quarter"]


class Initiative(Record):
    """Something that can be done: what it lifts to which level, at what effort, after what, by whom."""

    id: Id
    code: Code | None = None
    title: Words
    why: Text = ""
    lifts: Mapping[Ref, Key] = {}
    effort: Effort
    weeks: Annotated[Count, Field(ge=1, le=520)]
    running: Running | None = None
    needs: Many[Ref] = ()
    owner: Ref
    steps: Many[Words] = ()
    success: Text = ""
    risk: Text = ""
    exit: Text = ""
    not_before: Condition | None = None
    enabler: Flag = False
    references: Many[Ref] = ()
    source: Text = ""
    renamed_from: Many[Id] = ()
    notes: Text = ""


class Source(Record):
    """A text the rubric is built on."""

    id: Id
    title: Words
    author: Text = ""
    note: Text = ""


class Claim(Record):
    """One statement of a source, in our words, and the criterion that encodes it."""

    code: Code
    source: Ref
    at: Text = ""
    says: Words
    good: Text = ""
    bad: Text = ""
    shown_by: Text = ""
    home: Ref
    also: Many[Ref] = ()
    notes: Text = ""


class Reference(Record):
    """Something known from outside the sources, how well, and what leans on it.

    standing: `read` in the original, `secondary` as others cite it, `recalled` from memory, `disputed` in its field.
    use: a `benchmark` carries a threshold or a gate and must not be recalled or disputed.
    """

    code: Code
    says: Words
    source: Words
    url: Text = ""
    standing: Literal["read", "secondary", "recalled", "disputed"]
    caveat: Text = ""
    bears_on: Many[Ref] = ()
    use: Literal["benchmark", "background", "warning"] = "background"
    notes: Text = ""


class Expect(Record):
    """What a persona must come out with; scores on the native scale."""

    scores: Mapping[Ref, Expected] = {}
    levels: Mapping[Ref, Key] = {}
    gates: Many[Ref] = ()
    not_gates: Many[Ref] = ()
    clashes: Many[Ref] | None = None
    planned: Many[Ref] = ()


class Persona(Record):
    """An invented organization that tests the rubric."""

    id: Id
    title: Words
    story: Text = ""
    like: Ref | None = None
    assessed_on: Date
    staff: Annotated[Count, Field(ge=0)] | None = None
    answers: Mapping[str, Any] = {}
    expect: Expect = Expect()
    notes: Text = ""
