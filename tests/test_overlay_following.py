"""What goes along with what an overlay drops, what stays, and what of it is told."""

import pytest
from overlaying import HEAD, written

from assess.problems import DocumentError, errors
from assess.workflow import checked_rubric, reviewed_rubric

BASE = {
    "rubric": """\
assess: rubric/1
id: base
title: Base
version: "1"
summary: Three principles, and four criteria in all.
levels: [{key: low, title: Low, at: 0}, {key: high, title: High, at: 50}]
policies: {target: high}
roles: [{id: crew, title: Crew}]
weights: {rank: [sea, land, air]}
tiers: [short, long]
scopes: {wet: [sea], dry: [land, air], both: [sea, land]}
headlines:
  - {when: sea >= high, says: All at sea.}
  - {id: shore, when: land >= high and sea < high, says: On shore.}
  - {id: quoted, when: land < high, says: "Seen {waves by crew} times."}
  - {id: aloft, when: air < high, says: "Only 3 principles and one criterion.", initiatives: [row, fly]}
  - {says: Begun.}
gates:
  - {id: wide, when: calm = no, cap: {of: [sea, land], at: low}, because: Wide, lifted_by: [row, walk]}
  - {id: stormy, when: waves > 9, flag: true, because: Stormy, lifted_by: [row]}
  - {id: sunk, when: calm = no, cap: {of: [sea_a], at: low}, because: Sunk, lifted_by: [row]}
clashes:
  - {id: half, claim: dry = yes, practice: waves > 3, says: Half., initiatives: [walk]}
  - {id: whole, claim: dry = yes, practice: calm = no, says: Whole., initiatives: [row, walk]}
sources: [{id: book, title: Book}]
claims:
  - {code: C1, source: book, says: Say it., home: sea_a, also: [land]}
  - {code: C2, source: book, says: Do it., home: land, also: [sea_a]}
principles:
  - id: sea
    title: Sea
    criteria:
      - id: sea_a
        title: Sea first
        claims: [C1]
        questions: [{id: swims, type: yesno, text: Does it swim?}]
        facts: [{id: waves, type: number, min: 0, text: How many waves?}]
      - {id: sea_b, title: Sea second, source: external, questions: [{id: dives, type: yesno, text: Does it dive?}]}
  - id: land
    title: Land
    claims: [C2]
    questions: [{id: dry, type: yesno, text: Is it dry?}]
    facts: [{id: calm, type: yesno, text: Is it calm?}]
  - id: air
    title: Air
    source: external
    questions: [{id: flies, type: yesno, text: Does it fly?}]
    facts:
      - {id: windy, type: yesno, text: Is it windy?, caps: {when: "yes", of: [sea_b], at: low, because: Windy}}
initiatives:
  - {id: row, title: Row, lifts: {sea_a: high}, effort: {low: 1, high: 2}, weeks: 2, owner: crew}
  - {id: dive, title: Dive, lifts: {sea_b: high}, effort: {low: 1, high: 2}, weeks: 2, owner: crew, needs: [row]}
  - {id: walk, title: Walk, lifts: {land: high, sea_a: high}, effort: {low: 1, high: 2}, weeks: 2, owner: crew,
     needs: [dive]}
  - {id: drift, title: Drift, lifts: {sea_b: high}, effort: {low: 1, high: 2}, weeks: 2, owner: crew, needs: [row]}
  - {id: fly, title: Fly, lifts: {air: high}, effort: {low: 1, high: 2}, weeks: 2, owner: crew, needs: [walk]}
""",
    "personas": """\
assess: persona/1
id: wet
title: Wet
assessed_on: 2026-06-30
answers: {crew: {swims: yes, waves: 3, dry: no, flies: no}}
expect: {scores: {sea: 100}, gates: [wide]}
""",
}


@pytest.fixture
def laid(tmp_path):
    """The rubric an overlay makes, and what is said in it: line, code and message."""
    written(tmp_path / "base", BASE)

    def over(text):
        try:
            rubric, problems = reviewed_rubric(written(tmp_path / "mine", {"rubric": HEAD + text}))
        except DocumentError as error:
            rubric, problems = None, errors(error.problems)
        here = [p for p in problems if p.location and "mine" in p.location.file]
        return rubric, [(p.location.line, p.code, p.message) for p in here]

    over.folder = tmp_path / "mine"
    return over


UP = "{id: up, title: Up, source: external, questions: [{id: q, type: yesno, text: Q?}]}"


def ids(elements):
    return [element.id for element in elements]


def test_what_a_principle_alone_decides_goes_with_it(laid):
    rubric, said = laid("drop: [sea]\nsummary: Two are left.\noverride: {aloft: {says: Only two.}}\n")
    assert [headline.says.sample for headline in rubric.headlines] == ["Only two.", "Begun."]
    assert ids(rubric.all_gates()) == ["wide"]
    assert ids(rubric.all_clashes()) == ["whole"]
    assert ids(rubric.initiatives) == ["row", "dive", "walk", "fly"]
    (line, code, message), _ = said
    assert (line, code) == (5, "dropped_along")
    for told in (
        'headline "All at sea."',
        "headline shore",
        "headline quoted",
        "gate stormy",
        "gate sunk",
        "clash half",
    ):
        assert told in message
    assert "initiative drift" in message
    assert "initiative dive" not in message
    assert "sea in wide (of)" in message
    assert "sea in overall (rank)" in message


def test_lists_lose_the_names_of_what_is_gone_and_keep_the_others(laid):
    rubric, _ = laid("drop: [sea]\nsummary: Two.\noverride: {aloft: {says: Two.}}\n")
    gates = {gate.id: gate for gate in rubric.all_gates()}
    assert (gates["wide"].cap.of, gates["wide"].lifted_by) == (("land",), ("row", "walk"))
    row, dive, walk, _ = rubric.initiatives
    assert [(dict(one.lifts), one.enabler) for one in (row, dive)] == [({}, True), ({}, True)]
    assert (dict(walk.lifts), walk.needs) == ({"land": "high"}, ("dive",))
    assert rubric.weights.rank == ("land", "air")
    assert dict(rubric.scopes) == {"dry": ("land", "air"), "both": ("land",)}
    assert [claim.code for claim in rubric.claims] == ["C2"]
    assert rubric.claims[0].also == ()
    assert rubric.personas[0].answers["crew"].keys() == {"dry", "flies"}


def test_an_initiative_that_is_dropped_goes_out_of_every_list(laid):
    rubric, said = laid("drop: [row]\n")
    assert ids(rubric.initiatives) == ["dive", "walk", "drift", "fly"]
    assert {gate.id: gate.lifted_by for gate in rubric.all_gates()}["wide"] == ("walk",)
    assert rubric.headline_by_id["aloft"].initiatives == ("fly",)
    assert rubric.initiatives[0].needs == ()
    assert [code for _, code, _ in said] == ["dropped_along"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("override: {wide: {when: calm = no or waves > 3}}", "'waves' is dropped and still referred to by wide (when)"),
        ("override: {half: {practice: waves > 3}}", "'waves' is dropped and still referred to by half (practice)"),
        ("override: {walk: {needs: [dive], not_before: dives = yes}}", "still referred to by walk (not_before)"),
        ("override: {calm: {show_when: swims = yes}}", "still referred to by calm (show_when)"),
        ("add: {land: {gates: [{id: g, when: swims = no, flag: true, because: B}]}}", "still referred to by g (when)"),
        ("override: {overall: {weights: {rank: [sea, land, air]}}}", "'sea' is dropped and still referred to by"),
        ("override: {wide: {because: 'At {waves}'}}", "'waves' is dropped and still referred to by wide (because)"),
    ],
)
def test_what_the_overlay_says_itself_and_what_reads_more_is_for_its_author(laid, text, told):
    rubric, said = laid(f"drop: [sea]\n{text}\n")
    assert rubric is None
    assert any(told in message for _, _, message in said)


def test_what_reads_something_else_as_well_is_for_the_author(laid, tmp_path):
    text = BASE["rubric"].replace("practice: waves > 3", "practice: waves > 3 or calm = no")
    laid("")
    written(tmp_path / "base", {**BASE, "rubric": text})
    rubric, said = laid("drop: [sea]\n")
    assert rubric is None
    assert [message for _, _, message in said] == ["'waves' is dropped and still referred to by half (practice)"]


def test_an_element_that_is_overridden_stays(laid):
    text = (
        "drop: [sea]\noverride: {stormy: {when: flies = no}, shore: {when: land >= high}, dive: {lifts: {air: high}}}\n"
    )
    rubric, _ = laid(text)
    assert ids(rubric.all_gates()) == ["wide", "stormy"]
    assert "shore" in rubric.headline_by_id
    assert ids(rubric.initiatives) == ["row", "dive", "walk", "fly"]


def test_a_cap_inside_a_fact_goes_with_all_it_holds_down(laid):
    rubric, said = laid("drop: [sea_b]\n")
    assert "windy_cap" not in ids(rubric.all_gates())
    assert "windy" in rubric.question_by_id
    assert any("the caps of windy" in message for _, _, message in said)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("drop: [sea]\n", ["Three principles", "four criteria", "3 principles", "one criterion"]),
        ("drop: [air]\n", ["Three principles", "four criteria"]),
        ("drop: [sea_b]\n", ["four criteria"]),
        ("drop: [shore]\n", []),
        ("drop: [sea]\nsummary: Two principles.\ntitle: Three principles\n", ["3 principles"]),
        (f"drop: [air]\nadd: {{overall: {{principles: [{UP}]}}}}\n", []),
    ],
)
def test_texts_that_count_what_there_was_are_told(laid, text, told):
    _, said = laid(text)
    found = [message for _, code, message in said if code == "miscounted"]
    assert len(found) == len([words for words in told if words != "one criterion"])
    for words in told:
        if words != "one criterion":
            assert any(f"speaks of '{words}'" in message and "rubric.yaml:" in message for message in found)


def test_a_headline_without_an_id_is_found_by_its_place(laid):
    rubric, _ = laid("drop: [headline_1]\noverride: {headline_5: {says: Mine.}}\n")
    assert [headline.id for headline in rubric.headlines] == ["shore", "quoted", "aloft", None]
    assert rubric.headlines[-1].says.always == "Mine."


@pytest.mark.parametrize(("place", "last"), [(1, "Begun."), (5, "Mine.")])
def test_a_place_is_that_in_the_base_whatever_is_dropped_before_it(laid, place, last):
    rubric, _ = laid(f"drop: [shore, quoted]\noverride: {{headline_{place}: {{says: Mine.}}}}\n")
    assert rubric.headlines[-1].says.always == last


def test_notes_of_an_overlay_are_for_its_author_alone(laid):
    _, said = laid("drop: [sea]\n")
    assert "dropped_along" in {code for _, code, _ in said}
    _, warned = checked_rubric(laid.folder)
    assert {problem.severity for problem in warned} == {"warning"}
