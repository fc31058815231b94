"""The parts of an AWS Well-Architected custom lens, as its format (schema 2021-11-01) writes them."""

from typing import Literal

from pydantic import Field

from assess.importers.sources import SourcePart
from assess.model.fields import Many, Text, Words

NONE_OF_THESE = "_no"
"""A choice whose id ends so stands for none of the others."""


class Resource(SourcePart):
    """A text with an optional address."""

    text: Text | None = Field(None, alias="displayText")
    url: Text | None = None


class Extra(SourcePart):
    """Further helpful resources, or further improvement plans."""

    type: Text | None = None
    content: Many[Resource] = ()


class LensChoice(SourcePart):
    """One thing that may be in place."""

    id: Words
    title: Words
    description: Text | None = None
    helpful: Resource | None = Field(None, alias="helpfulResource")
    plan: Resource | None = Field(None, alias="improvementPlan")
    extras: Many[Extra] = Field((), alias="additionalResources")

    @property
    def alone(self) -> bool:
        """Whether it stands for none of the others."""
        return self.id.endswith(NONE_OF_THESE)


class RiskRule(SourcePart):
    """The risk while a Boolean expression over the choices is true; `default` is always true."""

    condition: Words
    risk: Literal["HIGH_RISK", "MEDIUM_RISK", "NO_RISK"]


class LensQuestion(SourcePart):
    """Choices, and the rules that make a risk of those ticked."""

    id: Words
    title: Words
    description: Text | None = None
    helpful: Resource | None = Field(None, alias="helpfulResource")
    choices: Many[LensChoice]
    rules: Many[RiskRule] = Field(alias="riskRules")


class Pillar(SourcePart):
    """Questions that belong together."""

    id: Words
    name: Words
    description: Text | None = None
    questions: Many[LensQuestion]


class Lens(SourcePart):
    """A whole lens; versions are given by the tool when it is published, not by the file."""

    schema_version: Text | None = Field(None, alias="schemaVersion")
    version: Text | None = Field(None, alias="_version")
    name: Words
    description: Text | None = None
    pillars: Many[Pillar]
