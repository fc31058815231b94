"""The problems of a text that cannot be read, and where they stand."""

import pytest

from assess.documents import parse
from assess.problems import DocumentError


def problems_of(text):
    with pytest.raises(DocumentError) as caught:
        parse(text, "f.yaml")
    return caught.value.problems


def only(text):
    (found,) = problems_of(text)
    return found


def place(found):
    return found.location.file, found.location.line, found.location.column
