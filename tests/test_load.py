"""Loading: a folder or a file becomes one rubric, every element keeps its place, and no mistake hides another."""

import hashlib
import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.load import load
from assess.problems import DocumentError
from assess.resources import shipped

RUBRIC = "assess: rubric/1\nid: r\ntitle: R\nversion: 1.10\n"


def written(folder, **files):
    """A folder of YAML files; `__` in a name stands for a folder, the suffix is added."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder


def refused(path):
    with pytest.raises(DocumentError) as caught:
        load(path)
    return [
        (found.code, os.path.relpath(found.location.file, path), found.location.line) for found in caught.value.problems
    ]


def principle(name, more=""):
    return f"assess: principle/1\nid: {name}\ntitle: A principle\n{more}"


@pytest.fixture
def whole(tmp_path):
    return written(
        tmp_path,
        rubric=f"{RUBRIC}principles:\n  - {{id: inline, title: I}}\nheadlines:\n  - says: One\n  - says: Two\n"
        "roles:\n  - {id: boss, code: BO, title: Boss}\n",
        principles__b=principle("b", "criteria:\n  - id: b_one\n    title: One\n    claims: [C1]\n"),
        principles__a=principle(
            "a",
            "questions:\n  - {id: q, type: yesno, text: Is it so?}\n"
            "gates:\n  - {id: g, when: q = no, because: B, flag: true, lifted_by: [i1]}\n"
            "clashes:\n  - {id: k, claim: q = yes, practice: q = no, says: S}\n",
        ),
        initiatives__x="assess: initiatives/1\ninitiatives:\n"
        "  - {id: i1, title: I, effort: {low: 1, high: 2}, weeks: 2, owner: boss}\n",
        claims="assess: claims/1\nsources:\n  - {id: essay, title: E}\n"
        "claims:\n  - {code: C1, source: essay, says: S, home: b_one}\n",
        personas__p="assess: persona/1\nid: nobody\ntitle: N\nassessed_on: 2026-06-30\n"
        "answers: {boss: {q: {value: yes, evidence: [{id: ev1, title: T}]}}}\nexpect: {gates: [g]}\n",
    )


def test_a_folder_is_read_by_the_kinds_of_its_files_in_the_order_of_their_paths(whole):
    rubric, _ = load(whole)
    assert [node.id for node in rubric.principles] == ["inline", "a", "b"]
    assert rubric.version == "1.10"
    assert [len(part) for part in (rubric.initiatives, rubric.sources, rubric.claims, rubric.personas)] == [1, 1, 1, 1]


def test_every_element_can_be_found_again(whole):
    _, sources = load(whole)
    elements = {"", "overall", "inline", "boss", "b", "b_one", "a", "q", "g", "k", "i1", "essay", "C1", "nobody"}
    assert set(sources.anchors) == {*elements, "headline:0", "headline:1"}
    found = sources.problem("shape", "wrong", "q", "text")
    assert (found.location.file, found.location.line) == (str(whole / "principles" / "a.yaml"), 5)
    assert found.source[found.location.column - 1 :].startswith("Is it so?")
    assert sources.problem("shape", "wrong", "headline:1", "says").location.line == 9
    assert sources.problem("shape", "wrong", "", "title").location.line == 3


def test_one_file_can_be_a_whole_rubric(tmp_path):
    text = (
        f"{RUBRIC}principles:\n  - id: a\n    title: A\ninitiatives:\n"
        "  - {id: i1, title: I, effort: {low: 1, high: 2}, weeks: 2, owner: x}\n"
        "sources: [{id: s, title: S}]\nclaims: [{code: C1, source: s, says: S, home: a}]\n"
        "personas: [{id: p, title: P, assessed_on: 2026-06-30}]\n"
    )
    rubric, sources = load(written(tmp_path, small=text) / "small.yaml")
    assert (rubric.principles[0].id, rubric.personas[0].id) == ("a", "p")
    assert sources.problem("shape", "wrong", "a").location.line == 6


def test_files_that_are_hidden_or_no_yaml_are_passed_over(tmp_path):
    written(tmp_path, rubric=RUBRIC)
    (tmp_path / ".git").mkdir()
    for name in (".git/x.yaml", ".rubric.yaml.swp", ".draft.yaml", "README.md", "rubric.yaml~"):
        (tmp_path / name).write_text("[", encoding="utf-8")
    (tmp_path / "more.YML").write_text(principle("a"), encoding="utf-8")
    assert [node.id for node in load(tmp_path)[0].principles] == ["a"]


BESIDE = {
    "persona": "assess: persona/1\nid: quiet\ntitle: Quiet\nassessed_on: 2026-06-30\n",
    "german": "assess: translation/1\nlanguage: de\ntexts: {}\n",
}


@pytest.fixture
def hashes(tmp_path):
    def of(name, **files):
        found = load(written(tmp_path / name, **files))[0]
        return found.hash, found.text_hash

    return of


@pytest.mark.parametrize(
    "files",
    [
        {"rubric": RUBRIC.replace("\n", "\r\n"), "p": "\ufeff" + principle("x")},
        {"rubric": RUBRIC + "# words\n", "p": principle("x")},
        {"rubric": RUBRIC.replace("title: R", "title:   'R'"), "p": principle("x")},
        {"rubric": RUBRIC, "other_name": principle("x")},
        {"rubric": RUBRIC, "p": principle("x"), "persona": BESIDE["persona"]},
        {"rubric": RUBRIC, "p": principle("x"), "german": BESIDE["german"]},
        {"rubric": RUBRIC + "personas: [{id: loud, title: Loud, assessed_on: 2026-06-30}]\n", "p": principle("x")},
    ],
    ids=["line ends", "a comment", "blanks and quotes", "a file", "a persona", "a translation", "a persona inside"],
)
def test_the_hash_is_that_of_what_a_rubric_asks_and_not_of_what_stands_beside(hashes, files):
    first = hashes("a", rubric=RUBRIC, p=principle("x"))[0]
    assert first.startswith("sha256:")
    assert len(first) == 71
    assert hashes("b", **files)[0] == first


@pytest.mark.parametrize(
    "files",
    [
        {"rubric": RUBRIC.replace("title: R", "title: S"), "p": principle("x")},
        {"rubric": RUBRIC, "p": principle("y")},
        {"rubric": RUBRIC, "p": principle("x", "weight: 2\n")},
        {"rubric": RUBRIC, "p": principle("x"), "q": principle("y")},
        {"rubric": RUBRIC + "notes: New.\n", "p": principle("x")},
    ],
    ids=["a title", "an id", "a weight", "a principle more", "a note"],
)
def test_whatever_a_rubric_says_otherwise_changes_its_hash(hashes, files):
    assert hashes("b", **files)[0] != hashes("a", rubric=RUBRIC, p=principle("x"))[0]


def test_the_hash_of_the_texts_is_that_of_older_engagements(hashes):
    first = hashes("a", rubric=RUBRIC, p=principle("x"))[1]
    assert hashes("b", rubric=RUBRIC.replace("\n", "\r\n"), p="\ufeff" + principle("x"))[1] == first
    assert hashes("c", rubric=RUBRIC, q=principle("x"))[1] != first
    assert hashes("d", rubric=RUBRIC + "# words\n", p=principle("x"))[1] != first
    assert first == "sha256:" + hashlib.sha256(_parts({"p.yaml": principle("x"), "rubric.yaml": RUBRIC})).hexdigest()


def _parts(files):
    return b"".join(b"%d:%s" % (len(part.encode()), part.encode()) for pair in files.items() for part in pair)


def test_no_file_says_a_hash_itself(tmp_path):
    assert refused(written(tmp_path, rubric=RUBRIC + "hash: x\ntext_hash: y\n")) == [
        ("unknown_key", "rubric.yaml", 5),
        ("unknown_key", "rubric.yaml", 6),
    ]


def test_the_problems_of_all_files_come_together_in_order(tmp_path):
    written(
        tmp_path,
        a=principle("a", "wieght: 1\n"),
        b="assess: principle/1\nid: [\n",
        c="",
        d=principle("a"),
        e="assess: initiatives/1\ninitiatives: {}\nclaims: []\n",
        rubric=f"{RUBRIC}scale: {{min: x, max: y}}\n",
    )
    assert refused(tmp_path) == [
        ("unknown_key", "a.yaml", 4),
        ("yaml_syntax", "b.yaml", 3),
        ("document_kind", "c.yaml", 1),
        ("duplicate_id", "d.yaml", 2),
        ("shape", "e.yaml", 2),
        ("unknown_key", "e.yaml", 3),
        ("shape", "rubric.yaml", 5),
        ("shape", "rubric.yaml", 5),
    ]


def test_a_repeated_id_names_both_places(tmp_path):
    written(
        tmp_path,
        rubric=f"{RUBRIC}roles:\n  - {{id: a, title: A}}\n",
        p=principle("b", "criteria: [{id: a, title: A}]\n"),
    )
    with pytest.raises(DocumentError) as caught:
        load(tmp_path)
    (found,) = caught.value.problems
    assert found.message == f"'a' is already used in {tmp_path / 'p.yaml'}:4:17"
    assert (found.location.file, found.location.line, found.location.column) == (str(tmp_path / "rubric.yaml"), 6, 10)


def test_ids_and_codes_share_one_namespace(tmp_path):
    codes = "roles:\n  - {id: a, code: X, title: A}\n  - {id: b, code: X, title: B}\n"
    claims = "sources: [{id: s, title: S}]\nclaims:\n  - {code: X, source: s, says: S, home: a}\n"
    written(tmp_path, rubric=f"{RUBRIC}{codes}{claims}")
    assert refused(tmp_path) == [("duplicate_id", "rubric.yaml", 7), ("duplicate_id", "rubric.yaml", 10)]


def test_words_in_answers_of_personas_are_no_elements(tmp_path):
    answers = "answers: {a: {gates: [{id: p}]}}\n"
    persona = f"assess: persona/1\nid: p\ntitle: P\nassessed_on: 2026-06-30\n{answers}"
    assert set(load(written(tmp_path, rubric=RUBRIC, p=persona))[1].anchors) == {"", "overall", "p"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id: a\n", "the first key must be 'assess:' and say what the file is"),
        ("assess: principel/1\nid: a\n", "'principel/1' is no part of a rubric; did you mean 'principle/1'?"),
        ("assess: answers/1\n", "this is an answers file (answers/1), which is no part of a rubric"),
        ("assess: engagement/1\n", "this is the settings of an engagement (engagement/1), which is no part"),
        ("assess: agreed/1\n", "this is what was settled in an engagement (agreed/1), which is no part"),
        ("assess: [a]\n", "'assess' needs one word"),
    ],
)
def test_a_file_of_another_kind_is_no_part_of_a_rubric(tmp_path, text, message):
    written(tmp_path, rubric=RUBRIC, x=text)
    with pytest.raises(DocumentError) as caught:
        load(tmp_path)
    (found,) = caught.value.problems
    assert (found.code, found.location.file) == ("document_kind", str(tmp_path / "x.yaml"))
    assert found.message.startswith(message)


def test_there_is_exactly_one_rubric_in_a_rubric(tmp_path):
    assert refused(tmp_path) == [("document_kind", ".", 1)]
    written(tmp_path, p=principle("a"))
    assert refused(tmp_path) == [("document_kind", ".", 1)]
    written(tmp_path, rubric=RUBRIC, second=RUBRIC)
    assert refused(tmp_path) == [("document_kind", "second.yaml", 1)]


def test_an_unreadable_rubric_file_is_not_also_called_missing(tmp_path):
    assert refused(written(tmp_path, rubric="assess: rubric/1\nid: 'x\n")) == [("yaml_syntax", "rubric.yaml", 2)]


def test_a_rubric_cannot_name_its_own_hash(tmp_path):
    assert refused(written(tmp_path, rubric=f"{RUBRIC}hash: abc\n")) == [("unknown_key", "rubric.yaml", 5)]


def test_a_path_that_is_not_there_is_a_problem_and_not_a_crash(tmp_path):
    assert [code for code, *_ in refused(tmp_path / "none")] == ["file_missing"]
    assert [code for code, *_ in refused(tmp_path / "no\0ne")] == ["file_missing"]
    assert [code for code, *_ in refused(tmp_path / ("x" * 5000))] == ["file_missing"]


def test_links_that_lead_out_of_the_folder_are_not_followed(tmp_path):
    outside = written(tmp_path / "outside", secret=principle("secret"))
    inside = written(tmp_path / "inside", rubric=RUBRIC, p=principle("a"))
    (inside / "link.yaml").symlink_to(outside / "secret.yaml")
    (inside / "folder").symlink_to(outside)
    (inside / "loop.yaml").symlink_to(inside / "loop.yaml")
    assert refused(inside) == [("file_missing", name, 1) for name in ("folder", "link.yaml", "loop.yaml")]


def test_a_folder_reached_by_a_link_is_read(tmp_path):
    written(tmp_path / "real", rubric=RUBRIC, p=principle("a"))
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "again").symlink_to(tmp_path / "real")
    assert load(tmp_path / "linked")[0].hash == load(tmp_path / "real")[0].hash


def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path, monkeypatch):
    written(tmp_path, rubric=RUBRIC)

    def forbidden(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", forbidden)
    assert refused(tmp_path) == [("file_missing", ".", 1)]


@given(
    st.lists(st.sampled_from(["rubric", "principle", "initiatives", "claims", "persona", "odd"]), max_size=4), st.data()
)
def test_any_folder_is_a_rubric_or_problems_with_places(tmp_path_factory, kinds, data):
    lines = st.sampled_from(
        ["id: a", "id: b", "title: T", "version: 1", "claims: [{code: C}]", "roles: [{id: a}]", "x: [", "a: b"]
    )
    folder = tmp_path_factory.mktemp("rubric")
    for number, kind in enumerate(kinds):
        text = "\n".join([f"assess: {kind}/1", *data.draw(st.lists(lines, max_size=4))])
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    problems = ()
    try:
        load(folder)
    except DocumentError as error:
        problems = error.problems
    assert all(found.location for found in problems)


def test_the_shipped_rubric_loads_within_a_moment():
    began = time.process_time()
    rubric, sources = load(shipped("rubrics") / "social_business")
    assert time.process_time() - began < 1
    assert {node.id for node in rubric.nodes()} <= set(sources.anchors)
    assert {claim.code for claim in rubric.claims} <= set(sources.anchors)
