"""Whatever the rubric: the audit ends, takes what is monotone as it is, and what it says holds on any sheet."""

from contextlib import suppress
from pathlib import Path

import pytest
from factories import built, fact, gate, level, node, percent, question, responses, rubrics, tree
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.authoring.check import audit
from assess.authoring.check.context import Subject
from assess.authoring.check.solver import MOST_STEPS
from assess.authoring.check.truths import FALSE, TRUE
from assess.documents import SourceMap
from assess.load import load
from assess.problems import DocumentError, errors
from assess.validate import validate

SOUND = (Path(__file__).parent / "cases" / "audit.yaml").read_text(encoding="utf-8")


def codes(rubric):
    return {problem.code for problem in audit(rubric, SourceMap())}


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(rubrics())
def test_gates_that_only_worse_answers_set_off_are_taken_as_they_are(rubric):
    assert not codes(rubric) & {"falling_score", "gate_never", "gate_always"}


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_gate_that_never_binds_can_be_taken_out_without_a_difference(data):
    rubric = data.draw(rubrics(gates=3))
    idle = [tuple(p.message.split("'")[1:4:2]) for p in audit(rubric, SourceMap()) if p.code == "gate_never_binds"]
    people = data.draw(responses(rubric))
    for name, capped in idle:
        with_it, without = (
            tree(rubric, *people, claimed=True),
            tree(rubric, *people, claimed=True, off=frozenset({name})),
        )
        assert with_it.node(capped).value == without.node(capped).value


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(st.data())
def test_no_answers_lift_a_node_above_the_top_the_audit_takes_for_its_own(data):
    rubric = data.draw(rubrics())
    subject, found = Subject(rubric, SourceMap()), tree(rubric, *data.draw(responses(rubric)), claimed=True)
    assert all((result.value or 0.0) <= subject.tops[name] + 1e-9 for name, result in found.nodes.items())


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_search_finds_a_sheet_exactly_where_trying_them_all_does(data):
    asked = [level("q", 3), percent("n"), fact("f"), question("m", "multi", 3), level("o", 3)]
    parts = ["q >= k1", "q < k2", "n > 30", "n <= 60", "f = yes", "has(m, k0)", "count(m) < 2", "only(m, k1)", "o = k1"]
    chosen = data.draw(st.lists(st.sampled_from(parts), min_size=2, max_size=4))
    words = ["", *data.draw(joints(len(chosen) - 1))]
    joined = "".join(f"{word} {part} " for word, part in zip(words, chosen, strict=True))
    rubric = built(node("p", *asked), gates=[gate("g", joined.strip(), "p", "l1")])
    subject = Subject(rubric, SourceMap())
    puzzle = subject.puzzle(subject.stated("g", "when"))
    assert puzzle.size <= MOST_STEPS
    for wish in (TRUE, FALSE):
        found = puzzle.solve([wish])
        assert (found.sheet is not None) == any(world.truths[0] == wish for world in puzzle.all_worlds())
        if found.sheet is not None:
            assert puzzle.granted(found.sheet, [wish])
            smaller = [{s: c for s, c in found.sheet.items() if s != slot} for slot in found.sheet]
            assert not any(puzzle.granted(less, [wish]) for less in smaller)


def joints(count):
    return st.lists(st.sampled_from(["and", "or", "and not", "or not"]), min_size=count, max_size=count)


@pytest.mark.slow
@settings(deadline=None, max_examples=100)
@given(st.data())
def test_no_edit_of_a_word_ends_in_a_traceback(tmp_path_factory, data):
    words = SOUND.split(" ")
    at = data.draw(st.integers(0, len(words) - 1))
    words[at] = data.draw(st.sampled_from(["x", "0", "-1", "[]", "{}", "~", "a", "mid", "overall", words[at - 1], ""]))
    file = tmp_path_factory.mktemp("r") / "rubric.yaml"
    file.write_text(" ".join(words), encoding="utf-8")
    with suppress(DocumentError):
        rubric, sources = load(file)
        if not errors(validate(rubric, sources)):
            audit(rubric, sources)
