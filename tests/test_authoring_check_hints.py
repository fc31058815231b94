"""What the audit advises: the way out names what would help, and no more."""

import pytest
from factories import built, level, node, question

from assess.authoring.check import audit
from assess.documents import SourceMap


def hints(code, *principles, **more):
    return [
        (p.severity, p.message, p.hint)
        for p in audit(built(*principles, **more), SourceMap(), seed=0)
        if p.code == code
    ]


def test_a_step_of_a_ladder_that_does_not_stop_is_told_so():
    going_on = [{"key": "n", "label": "N", "score": 1, "stop": True}, {"key": "y", "label": "Y", "score": 2}]
    last = [{"key": "n", "label": "N", "score": 2}, {"key": "y", "label": "Y", "score": 3}]
    climbed = node(
        "p", question("a", "choice", going_on, allow=[]), question("b", "choice", last, allow=[]), aggregate="ladder"
    )
    ((severity, message, hint),) = hints("unreachable_result", {**climbed, "scale": {"min": 1, "max": 3}})
    assert severity == "error"
    assert message == "the step 'y' of 'a' is never the one: it does not stop, so a later question decides"
    assert hint.startswith("write `stop: true` on it")


@pytest.mark.parametrize(
    ("when", "hint"),
    [
        ("overall >= 50", "the scale of overall is 0 to 4"),
        ("p > 7", "the scale of p is 0 to 4"),
        ("overall < -1", "the scale of overall is 0 to 4"),
        ("overall < l0", "compare with an answer that can be given"),
    ],
)
def test_a_headline_off_the_scale_is_told_the_scale(when, hint):
    told = {"headlines": [{"when": when, "says": "S"}, {"says": "T"}], "scale": {"min": 0, "max": 4}}
    found = hints("unreachable_result", {**node("p", level("q")), "scale": {"min": 0, "max": 4}}, **told)
    assert [(m, h.startswith(hint)) for _, m, h in found] == [("headline 1 can never hold", True)]


def test_a_default_that_no_answer_needs_is_worth_a_note():
    cases = [{"when": "q = yes", "is": "good"}, {"when": "q = no", "is": "bad"}]
    table = {"rules": {"cases": cases, "otherwise": "odd", "values": {"good": 100, "bad": 0, "odd": 50}}}
    found = hints("unreachable_result", node("p", question("q", "yesno", allow=[]), aggregate=table))
    assert [(severity, "`otherwise` is never reached" in message) for severity, message, _ in found] == [("note", True)]
