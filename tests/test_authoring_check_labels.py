"""The check reads the labels that single roles have in the row in which those roles read them."""

import pytest
from factories import built, node, question

from assess.authoring.check import audit
from assess.documents import SourceMap


def found(code, *principles):
    return [(p.severity, p.message, p.witness) for p in audit(built(*principles), SourceMap()) if p.code == code]


@pytest.mark.parametrize(
    ("code", "labels", "own", "says"),
    [
        (
            "adverb_anchors",
            ["None", "We saw it", "Both"],
            {"k2": "We really saw it"},
            "'q' as 'boss' reads them",
        ),
        ("similar_text", ["None", "Some", "All"], {"k2": "Some."}, "'Some' and 'Some.' of 'q' as 'boss'"),
        (
            "anchor_order",
            ["A", "B", "C"],
            {"k0": "At least 50%", "k2": "At least 20%"},
            "'boss' reads them follows 50%",
        ),
        (
            "anchor_order",
            ["A", "B", "C"],
            {"k1": "Nobody does"},
            "anchor 2 of 'q' as 'boss'",
        ),
    ],
)
def test_labels_of_a_role_are_read_in_their_row(code, labels, own, says):
    options = [{"key": f"k{place}", "label": label} for place, label in enumerate(labels)]
    asked = question("q", "level", options, ask={"boss": {"options": own}})
    ((_, message, _),) = found(code, node("p", asked))
    assert says in message
    assert found(code, node("p", question("q", "level", options, ask=["boss"]))) == []
