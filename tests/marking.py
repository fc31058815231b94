"""The schemas for editors, and what they mark in a document."""

import json

from jsonschema import Draft202012Validator

from assess.authoring.schema import schemas
from assess.documents import parse, resolve

SCHEMAS = {name.partition(".")[0]: json.loads(text) for name, text in schemas().items()}


def marks(kind, text, known=SCHEMAS):
    """The paths in a document that its schema marks, with the keyword that does."""
    found = Draft202012Validator(known[kind]).iter_errors(resolve(parse(text, "x.yaml").data))
    return sorted((".".join(str(step) for step in error.absolute_path), error.validator) for error in found)


def documents(folder):
    """The documents below a folder; lists of people are none."""
    return [path for path in sorted(folder.rglob("*.yaml")) if path.name != "people.yaml"]
