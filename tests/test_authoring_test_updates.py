"""What came out of a persona, taken over into its file: the entries that changed and nothing else."""

import re

import pytest
from acting import POOR, stage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.authoring.test.expectations import opened, tried
from assess.authoring.test.updates import rewritten
from assess.documents import parse
from assess.documents.edits import UneditableError, applied, list_edits, scalar_edit
from assess.problems import DocumentError


@pytest.fixture
def small(tmp_path):
    return stage(tmp_path)


def taken_over(small):
    """The files that were rewritten, by name; their new texts stand on disk, and the rest passes with them."""
    rubric, sources = opened(small.root)
    trials = [tried(rubric, sources, persona) for persona in rubric.personas]
    files = rewritten(sources, [trial for trial in trials if not trial.passed])
    for file in files:
        assert file.before.encode() == file.path.read_bytes()
        file.path.write_bytes(file.after.encode("utf-8"))
    return {file.path.name: file.after for file in files}


def test_a_persona_that_passes_is_left_alone(small):
    assert taken_over(small) == {}


def test_only_the_entries_that_differ_change(small):
    wrong = POOR.replace("LEA: 0.99", "LEA: 2.5").replace("absent}", "'defined'}").replace("[learned_on_paper]", "[]")
    small.edit("personas/poor.yaml", POOR, wrong)
    assert taken_over(small) == {"poor.yaml": POOR}
    assert all(trial.passed for trial in small.trials().values())


def test_what_did_not_come_about_leaves_its_list(small):
    lists = "expect: {gates: [many_wait , no_register], not_gates: [], clashes: [learned_on_paper], planned: [k01,k02]}"
    old = small.read("personas/rich.yaml")
    small.edit("personas/rich.yaml", old[old.index("expect:") :], f"{lists}\n")
    new = taken_over(small)["rich.yaml"]
    assert new.endswith("expect: {gates: [], not_gates: [], clashes: [], planned: []}\n")


def test_gates_that_hold_leave_the_list_of_those_that_do_not(small):
    small.edit("personas/poor.yaml", "not_gates: []", "not_gates:\n    - many_wait\n    # and\n    - no_register # !")
    assert taken_over(small) == {"poor.yaml": POOR.replace("not_gates: []", "not_gates: []\n    # and")}


def test_a_score_is_written_with_two_decimals_at_most(small):
    small.edit("personas/rich.yaml", "{overall: 3}", "{overall: 1, learning: 2, risk: 0.1}")
    assert "scores: {overall: 3, learning: 3, risk: 3}" in taken_over(small)["rich.yaml"]


def test_what_has_no_score_stays_for_a_person_to_decide(small):
    small.edit("personas/poor.yaml", "    causes: absent\n", "")
    small.edit("personas/poor.yaml", "  head: {causes: defined}\n", "")
    new = taken_over(small)["poor.yaml"]
    assert "scores: {learning: 0.99, LEA: 0.99, risk: 0, overall: 0.5}" in new
    assert "clashes: []" in new
    assert {problem.message.partition(";")[0] for problem in small.trial("poor").problems} == {
        "'learning' has no score",
        "'LEA' has no score",
        "'overall' has no score",
        "'overall' has no level",
    }


def test_answers_that_do_not_fit_are_no_reason_to_change_what_is_expected(small):
    small.edit("personas/poor.yaml", "backlog: 40", "backlog: many")
    assert taken_over(small) == {}


def test_two_personas_in_the_file_of_the_rubric_are_rewritten_together(small):
    lines = "".join(
        f"  - {{id: {name}, like: poor, title: P, assessed_on: 2026-06-30, expect: {{scores: {{risk: {score}}}}}}}\n"
        for name, score in (("a", 2), ("b", 0), ("c", 3))
    )
    old = small.read("rubric.yaml")
    small.edit("rubric.yaml", old, f"{old}personas:\n{lines}")
    new = taken_over(small)["rubric.yaml"]
    assert re.findall(r"risk: (\d)}", new) == ["0", "0", "0"]
    assert new.startswith(old)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_the_byte_order_mark_stay(small, end):
    wrong = POOR.replace("risk: 0", "risk: 3").replace("[K-01, k02]", "\n    - k02\n    - k01")
    wrong = wrong.replace("[learned_on_paper]", "\n    - learned_on_paper")
    path = small.root / "personas/poor.yaml"
    path.write_bytes(f"\ufeff{wrong}".replace("\n", end).encode())
    small.edit("personas/rich.yaml", "{overall: 3}", "{overall: 2}")
    assert taken_over(small)["poor.yaml"] == f"\ufeff{wrong}".replace("risk: 3", "risk: 0").replace("\n", end)


def test_a_file_that_was_changed_in_between_is_refused(small):
    small.edit("personas/poor.yaml", "risk: 0", "risk: 3")
    rubric, sources = opened(small.root)
    trials = [tried(rubric, sources, persona) for persona in rubric.personas]
    small.edit("personas/poor.yaml", "causes: absent", "causes: proven")
    with pytest.raises(DocumentError, match="was changed while its personas were run"):
        rewritten(sources, trials)


UNUSUAL = {
    "a dash alone": "  not_gates:\n    - no_register\n    -\n      many_wait\n",
    "a folded text": "  not_gates:\n    - >-\n      many_wait\n    - no_register\n",
    "a text over two lines": '  not_gates: ["many_\\\n      wait"]\n',
    "a key over two lines": "  ? not_gates # so\n  :\n    - many_wait\n",
}


@pytest.mark.parametrize("layout", UNUSUAL)
def test_a_layout_that_cannot_be_rewritten_is_refused_with_what_to_write(small, layout):
    small.edit("personas/poor.yaml", "  not_gates: []\n", UNUSUAL[layout])
    with pytest.raises(DocumentError) as refused:
        taken_over(small)
    (problem,) = refused.value.problems
    assert (
        problem.message == "'not_gates' is laid out in a way that cannot be rewritten; nothing in the file was touched"
    )
    assert problem.hint == "write `not_gates: []` yourself"


def test_an_entry_may_be_written_with_escapes(small):
    small.edit("personas/poor.yaml", "not_gates: []", 'not_gates: ["many\\u005Fwait"]')
    assert taken_over(small) == {"poor.yaml": POOR}


# --- the edits themselves ---


FLOWS = {
    "middle": ("[a, b,  c]", ["a", "c"], "[a,  c]"),
    "first": ("[ a, b, c ]", ["b", "c"], "[ b, c ]"),
    "last": ("[a, b, c]", ["a"], "[a]"),
    "added": ("[a,b]", ["a", "b", "x"], "[a,b, x]"),
    "all but added": ("[a, b]", ["x", "y"], "[x, y]"),
    "to an empty one": ("[ ]", ["x"], "[x]"),
    "none": ("[a,\n     b,\n     c,]", [], "[]"),
    "several lines": ("[a,  # why\n     b,\n     c  # and\n    ]", ["a", "c"], "[a,\n     c  # and\n    ]"),
    "trailing comma": ("[a, b,]", ["a"], "[a,]"),
}


@pytest.mark.parametrize("layout", FLOWS)
def test_entries_leave_and_join_a_list_in_brackets(layout):
    before, wanted, after = FLOWS[layout]
    text = f"x: 1\nlist: {before}\ny: 2\n"
    document = parse(text, "x.yaml")
    new = applied(text, list_edits(document, ("list",), wanted))
    assert parse(new, "x.yaml").data["list"] == wanted
    assert new == f"x: 1\nlist: {after}\ny: 2\n"


def test_a_list_in_brackets_that_grows_too_wide_goes_on_below():
    text = f"keys:\n  list: [{'a' * 60}]\n"
    wanted = ["a" * 60, "b" * 40, "c" * 40]
    new = applied(text, list_edits(parse(text, "x.yaml"), ("keys", "list"), wanted))
    assert new == f"keys:\n  list: [{'a' * 60}, {'b' * 40},\n         {'c' * 40}]\n"


BLOCKS = {
    "one goes": ("  - a\n  # why\n  - b  # so\n  - c\n", ["a", "c"], "\n  - a\n  # why\n  - c\n"),
    "one comes": ("  - a\n  - b # so\n", ["a", "b", "x"], "\n  - a\n  - b # so\n  - x\n"),
    "all others": ("  -  a\n  -  b\n", ["x"], "\n  -  x\n"),
    "none is left": ("  - a\n  - b\n", [], " []\n"),
    "not indented": ("- a\n- b\n", ["b"], "\n- b\n"),
}


@pytest.mark.parametrize("layout", BLOCKS)
@pytest.mark.parametrize("behind", ["y: 2\n", ""])
def test_entries_leave_and_join_a_list_of_lines(layout, behind):
    before, wanted, after = BLOCKS[layout]
    text = f"x: 1\nlist:\n{before}{behind}"
    new = applied(text, list_edits(parse(text, "x.yaml"), ("list",), wanted))
    assert new == f"x: 1\nlist:{after}{behind}"


def test_a_file_without_an_end_of_line_keeps_it_so():
    text = "list:\n  - a\n  - b"
    assert applied(text, list_edits(parse(text, "x.yaml"), ("list",), ["a", "x"])) == "list:\n  - a\n  - x"


def test_what_is_no_list_of_words_is_refused():
    document = parse("list: [[a], b]\nword: a\n", "x.yaml")
    with pytest.raises(UneditableError):
        list_edits(document, ("word",), ["a"])


WORDS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


@pytest.mark.slow
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(WORDS, st.data(), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_list_in_any_layout_says_what_it_should_and_the_rest_what_it_did(entries, data, end, block):
    comment = st.sampled_from(["", " # no, not [this]", "   "])
    kept = [word for word in entries if data.draw(st.booleans())]
    wanted = kept + data.draw(st.lists(st.sampled_from("xyz"), unique=True))
    if block and entries:
        written = "\n" + "\n".join(f"    - {word}{data.draw(comment)}" for word in entries)
    else:
        gap = st.sampled_from([", ", ",", ",\n      ", ",  # so\n      "])
        written = "["
        for place, word in enumerate(entries):
            written += (data.draw(gap) if place else "") + data.draw(st.sampled_from([word, f'"{word}"', f"'{word}'"]))
        written += data.draw(st.sampled_from(["]", " ]", "\n    ]"]))
    text = f"before: [a, b]\nhome:\n  list: {written}\n  number: 1  # a\nafter: a\n".replace("\n", end)
    document = parse(text, "x.yaml")
    edits = [*list_edits(document, ("home", "list"), wanted), scalar_edit(document, ("home", "number"), "22")]
    new = applied(text, edits)
    assert parse(new, "x.yaml").data == {
        "before": ["a", "b"],
        "home": {"list": wanted, "number": "22"},
        "after": "a",
    }
    assert new.endswith(f"  number: 22  # a{end}after: a{end}")
