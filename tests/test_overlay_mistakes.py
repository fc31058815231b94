"""Every place of an overlay stays where it was written, and what does not fit the base is said there."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from overlaying import BASE, HEAD, over, written

from assess import workflow
from assess.problems import DocumentError


@pytest.fixture
def overlay(tmp_path):
    return over(tmp_path)


@pytest.fixture
def refused(overlay):
    """What is wrong with an overlay: code, file, line and message of every problem."""

    def found(text="", head=HEAD, **files):
        folder = overlay(text, head, **files)
        with pytest.raises(DocumentError) as caught:
            workflow.load_rubric(folder)
        return [
            (p.code, os.path.relpath(p.location.file, folder.parent), p.location.line, p.message)
            for p in caught.value.problems
        ]

    return found


# --- places ---


def test_a_mistake_points_at_the_line_that_makes_it(refused):
    text = "override:\n  gb: {when: fff = no}\n  first_a: {wieght: 2}\n  fq:\n    options: {mid: {lable: x}}\n"
    assert [(code, file, line) for code, file, line, _ in refused(text)] == [
        ("unknown_key", "mine/rubric.yaml", 7),
        ("unknown_key", "mine/rubric.yaml", 9),
    ]
    ((code, file, line, message),) = refused("override:\n  gb: {when: fff = no}\n")
    assert (code, file, line) == ("condition", "mine/rubric.yaml", 6)
    assert "did you mean 'ff'" in message


def test_a_mistake_in_the_base_points_at_the_base(refused, tmp_path):
    files = {**BASE, "principles__2": BASE["principles__2"].replace("ff = no", "fx = no")}
    written(tmp_path / "base", files)
    # `written` by the fixture comes first: the base is as it was changed last
    ((code, file, line, _),) = refused_again(refused, tmp_path, files)
    assert (code, file, line) == ("condition", "base/principles/2.yaml", 10)


def refused_again(refused, tmp_path, files):
    written(tmp_path / "base", files)
    return refused()


def test_what_an_overlay_breaks_in_the_base_is_told_at_the_base(refused):
    text = "override:\n  overall: {levels: {mid: {key: middle}}}\n"
    found = refused(text)
    assert {(code, file) for code, file, *_ in found} >= {("unknown_name", "base/initiatives.yaml")}


def test_a_caret_stands_below_the_words_of_another_file(overlay):
    folder = overlay("override:\n  gb: {when: ff = maybe}\n")
    with pytest.raises(DocumentError) as caught:
        workflow.load_rubric(folder)
    (found,) = caught.value.problems
    assert found.source[found.location.column - 1 :].startswith("maybe")


# --- what does not fit ---


@pytest.mark.parametrize(
    ("text", "code", "line", "message"),
    [
        ("override: {frist: {title: F}}", "unknown_name", 5, "there is no 'frist' in 'mine'; did you mean 'first'?"),
        ("drop: [i1, frist]", "unknown_name", 5, "did you mean 'first'?"),
        ("move: {frist: {before: second}}", "unknown_name", 5, "did you mean 'first'?"),
        ("move: {first_a: {to: secnd}}", "unknown_name", 5, "did you mean 'second'?"),
        ("move: {first_a: {before: second_a}}", "unknown_name", 5, "'second_a' is not one of the criteria"),
        ("move: {first: {to: first_a}}", "overlay", 5, "'first' cannot hang below itself"),
        ("move: {first: {to: first}}", "overlay", 5, "'first' cannot hang below itself"),
        ("move: {i1: {to: first}}", "overlay", 5, "'i1' is one of the initiatives, which hang below no node"),
        ("add: {frist: {questions: []}}", "unknown_name", 5, "did you mean 'first'?"),
        ("add: {first: {title: [x]}}", "overlay", 5, "'title' is no list of elements"),
        ("add: {first: {criteria: x}}", "overlay", 5, "'criteria' needs a list"),
        ("override: {first: {criteria: []}}", "overlay", 5, "'criteria' are changed one by one"),
        ("override: {first: {id: last}}", "overlay", 5, "an id never changes"),
        ("override: {fq: {options: {mdi: {label: x}}}}", "unknown_name", 5, "did you mean 'mid'?"),
        ("override: {first: x}", "shape", 5, "needs a mapping"),
        ("overide: {}", "unknown_key", 5, "did you mean 'override'?"),
        ("base_version: 2", "version", 5, "made for version 2 of 'base'; the base is version 1"),
    ],
)
def test_what_does_not_fit_is_said_at_its_place(refused, text, code, line, message):
    found = refused(f"{text}\n")
    assert [(one, file, where) for one, file, where, _ in found if one == code] == [(code, "mine/rubric.yaml", line)]
    assert message in " ".join(words for *_, words in found)


def test_what_is_dropped_and_still_needed_is_listed(refused):
    ((code, file, line, message), *_) = refused("drop:\n  - i2\n  - boss\n")
    assert (code, file, line) == ("overlay", "mine/rubric.yaml", 7)
    assert message == "'boss' is dropped and still referred to by i1 (owner), fq (ask)"
    found = [
        words for *_, words in refused("drop: [first, team]\noverride: {sq: {show_when: fb = yes, ask: [team]}}\n")
    ]
    assert "'fb' is dropped and still referred to by sq (show_when)" in found
    assert "'team' is dropped and still referred to by sq (ask)" in found


@pytest.mark.parametrize(
    ("name", "key", "where"),
    [
        ("weights: {rank: [first_a, first_b]}", "rank", "first"),
        ("weights: {points: {first_a: 40, FIR-1: 60}}", "points", "first"),
        ("clashes: [{id: kk, claim: sq = yes, practice: first_a < mid, says: No.}]", "practice", "kk"),
        ("aggregate: {rules: {cases: [{when: first_a < mid, is: x}], otherwise: x, values: {x: 1}}}", "when", "first"),
        ("gates: [{id: gg, when: ff = no, cap: {of: [first_a], at: low}, because: B}]", "of", "gg"),
    ],
)
def test_every_kind_of_reference_to_what_is_dropped_is_found(refused, name, key, where):
    found = [message for *_, message in refused(f"drop: [first_a]\noverride:\n  first: {{{name}}}\n")]
    assert any(f"{where} ({key})" in message for message in found if message.startswith("'first_a' is dropped"))


@pytest.mark.parametrize("name", ["team", "boss"])
def test_the_words_of_a_text_refer_to_nothing(refused, name):
    reference = f"{{code: F9, says: 'Of {name}.', source: 'A paper on {name}', standing: read}}"
    found = refused(f"drop: [{name}]\nadd:\n  overall: {{references: [{reference}]}}\n")
    assert any(f"'{name}' is dropped" in message for *_, message in found)
    assert not any("F9" in message for *_, message in found)


@pytest.mark.parametrize(
    ("headlines", "names"),
    [
        ("[{when: overall >= mid, says: A}, {when: first < mid, says: B}, {says: C}]", "headline 2 (when)"),
        ("[{says: 'At {first}'}]", "headline 1 (says)"),
        (
            "[{when: overall < mid, says: A}, {when: first < mid, says: B}, {says: 'At {first}'}]",
            "headline 2 (when), headline 3 (says)",
        ),
    ],
)
def test_the_headlines_that_refer_to_what_is_dropped_are_counted(refused, headlines, names):
    found = [
        message
        for _, _, _, message, *_ in refused(f"drop: [first]\noverride:\n  overall: {{headlines: {headlines}}}\n")
    ]
    assert any(names in message for message in found)


def test_all_mistakes_of_an_overlay_come_at_once(refused):
    assert len(refused("drop: [x1, x2]\nmove: {x3: {to: first}}\nadd: {x4: {questions: []}}\n")) == 4


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (HEAD.replace("base: base", "base: bsae"), "no rubric 'bsae' to lay this over; did you mean 'base'?"),
        (HEAD.replace("base: base", "base: ../none"), "no rubric '../none' to lay this over"),
        (HEAD.replace("base: base\n", ""), "an overlay needs 'base'"),
        (HEAD.replace("base: base", "base: ../mine/../mine"), "no rubric '../mine/../mine' to lay this over"),
    ],
)
def test_a_base_that_is_not_there_is_said(refused, head, message):
    ((_, file, _, words),) = refused(head=head)
    assert file == "mine/rubric.yaml"
    assert message in words


def test_overlays_in_a_circle_are_refused(refused, tmp_path):
    written(tmp_path / "other", {"rubric": HEAD.replace("base: base", "base: mine")})
    ((code, file, line, message),) = refused(head=HEAD.replace("base: base", "base: other"))
    assert (code, file, line) == ("overlay", "other/rubric.yaml", 3)
    assert "is in the end laid over itself" in message


def test_an_overlay_stands_alone_in_its_folder(refused):
    found = refused(second="assess: rubric/1\nid: r\ntitle: R\nversion: 1\n")
    assert ("document_kind", "mine/second.yaml", 1) in [place[:3] for place in found]
    found = refused(second=HEAD)
    assert ("document_kind", "mine/second.yaml", 1) in [place[:3] for place in found]


def test_an_id_that_is_added_twice_names_both_files(refused):
    ((code, file, _, message),) = refused(
        principles__3="assess: principle/1\nid: second\ntitle: T\nquestions: [{id: y, type: yesno, text: Y?}]\n"
    )
    assert (code, file) == ("duplicate_id", "mine/principles/3.yaml")
    assert "base/principles/2.yaml:2:5" in message


NAMES = ["first", "FIR-1", "fq", "gb", "i1", "boss", "C1", "worst", "overall", "none"]


LINES = [
    *(f"drop: [{name}]" for name in NAMES),
    *(f"override: {{{name}: {{title: T, weight: ~, levels: {{mid: ~}}}}}}" for name in NAMES),
    *(f"move: {{{name}: {{to: {to}}}}}" for name in NAMES for to in ("overall", "first_a", "i1")),
    *(f"move: {{{name}: {{before: {to}}}}}" for name in NAMES for to in ("second", "ff")),
    *(f"add: {{{name}: {{questions: [{{id: q}}], roles: [x], claims: ~, gates: {{}}}}}}" for name in NAMES),
    "override: {fq: ~}",
    "move: [first]",
    "drop: {first: 1}",
    "base_version: [1]",
]


@given(st.lists(st.sampled_from(LINES), max_size=4, unique_by=lambda line: line.partition(":")[0]))
def test_any_overlay_is_a_rubric_or_problems_with_places(tmp_path_factory, lines):
    folder = tmp_path_factory.mktemp("rubrics")
    written(folder / "base", BASE)
    written(folder / "mine", {"rubric": HEAD + "\n".join(lines) + "\n"})
    problems = ()
    try:
        workflow.reviewed_rubric(folder / "mine")
    except DocumentError as error:
        problems = error.problems
    assert all(found.location and found.location.file.startswith(str(folder)) for found in problems)
