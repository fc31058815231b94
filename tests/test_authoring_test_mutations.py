"""Single changes of a rubric: which are made, which of them personas notice, and how that is told."""

import json

import pytest
from acting import stage
from diagnosing import criterion, fact, level, rubric
from factories import ON
from typer.testing import CliRunner

from assess.authoring.test.condition_changes import shift_thresholds, turn_comparisons
from assess.authoring.test.expectations import misses_of
from assess.authoring.test.mutations import KINDS, make_change
from assess.authoring.test.survivors import call_witnesses, find_survivors, is_noticed, share_noticed
from assess.cli import app
from assess.documents import SourceMap

SHUT = {"id": "shut", "when": "wait > 20 and doors = no", "cap": {"of": ["bell"], "at": "defined"}, "because": "B"}
FLAG = {"id": "raised", "when": "bell_how <= ad_hoc by team", "flag": True, "because": "B", "lifted_by": []}
CLASH = {"id": "apart", "claim": "lock_how >= practised by team", "practice": "bell_how <= defined", "says": "S"}
WAIT = {"id": "wait", "type": "number", "integer": True, "min": 0, "text": "How long?", "weight": 0}
SHARE = {"id": "share", "type": "number", "min": 0, "max": 100, "unit": "%", "text": "How many?", "weight": 0}
SINCE = {"id": "since", "type": "date", "text": "Since when?", "weight": 0}


def book(*personas, **more):
    lock = criterion("lock", level("lock_how"), fact("doors", unknown_as="no"), WAIT, SHARE, SINCE, key=True)
    return rubric(
        lock,
        criterion("bell"),
        principle={"gates": [{**SHUT, "lifted_by": []}, FLAG], "clashes": [CLASH]},
        personas=[
            {"id": f"p{place}", "title": "P", "assessed_on": ON, "answers": {"team": answers}, "expect": expect}
            for place, (answers, expect) in enumerate(personas)
        ],
        **more,
    )


SLOW = {"lock_how": "practised", "bell_how": "practised", "doors": "no", "wait": 21}
QUICK = {**SLOW, "wait": 20}
SURE = {"shut": {"gates": ["shut"]}, "open": {"not_gates": ["shut"]}}


def made(kind, found):
    return list(KINDS[kind][1](found))


def unnoticed(found, kind):
    (one,) = [each for each in find_survivors(found, SourceMap()) if each.kind == kind]
    return {(change.element, change.says) for change in one.unnoticed}


# --- what is changed ---


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("wait > 20", ["wait > 15", "wait > 25"]),
        ("wait >= 1", ["wait >= 0", "wait >= 2"]),
        ("wait <= 0", ["wait <= 1"]),
        ("share < 90", ["share < 67.5", "share < 100"]),
        ("share <= 0", ["share <= 10"]),
        ("share > 0.2", ["share > 0.15", "share > 0.25"]),
        ("lock_how >= practised by team", ["lock_how >= defined by team", "lock_how >= leading by team"]),
        ("care < ad_hoc", ["care < absent", "care < defined"]),
        ("bell <= 2", ["bell <= 1.5", "bell <= 2.5"]),
        ("evidence(lock_how) >= confirmed", ["evidence(lock_how) >= documented"]),
        ("since < 2026-04-01", ["since < 2025-12-31", "since < 2026-07-01"]),
        ("share(doors = no by team) < 80", ["share(doors = no by team) < 60", "share(doors = no by team) < 100"]),
        ("8 < wait", ["6 < wait", "10 < wait"]),
        ("not (wait > 4) and doors = no", ["(not (wait > 3)) and (doors = no)", "(not (wait > 5)) and (doors = no)"]),
        ("doors = no", []),
    ],
)
def test_a_threshold_moves_one_step_within_what_can_be_answered(text, wholes):
    assert [changed.whole for changed in shift_thresholds(book(), text)] == wholes


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("wait > 20", ["wait < 20"]),
        ("doors = no", ["doors != no"]),
        ("answered(share)", ["not (answered(share))"]),
        ("lock_how in (defined, leading)", ["not (lock_how in (defined, leading))"]),
        ("doors = no or wait >= 3", ["(doors != no) or (wait >= 3)", "(doors = no) or (wait <= 3)"]),
        ("wait > 3 or wait > 3", ["(wait < 3) or (wait > 3)", "(wait > 3) or (wait < 3)"]),
    ],
)
def test_each_comparison_is_turned_round_by_itself(text, wholes):
    assert [changed.whole for changed in turn_comparisons(text)] == wholes


def test_every_kind_of_change_is_made_once_for_each_place():
    counts = {kind: len(made(kind, book())) for kind in KINDS}
    assert counts == {
        "key": 1,
        "threshold": 2 + 2,
        "clash_threshold": 2 + 2,
        "turn": 2 + 1 + 2,
        "flag": 1,
        "cap": 2,
        "weight": 2,
        "half": 2,
        "unknown_as": 2,
    }


@pytest.mark.parametrize(
    ("aggregate", "amount"), [("arithmetic", 2), ("geometric", 2), ("sum", 2), ("min", 0), ("max", 0)]
)
def test_weights_are_changed_only_where_they_matter(aggregate, amount):
    found = rubric(criterion("a"), criterion("b"), principle={"aggregate": aggregate})
    assert len(made("weight", found)) == amount


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ({"points": {"a": 60, "b": 40}}, ["a with twice its points", "b with twice its points"]),
        ({"rank": ["b", "a"]}, ["a before b"]),
    ],
)
def test_shared_points_and_ranks_are_changed_too(weights, says):
    found = rubric(criterion("a"), criterion("b"), principle={"weights": weights})
    assert [change.says for change in made("weight", found)] == says


def test_a_change_leaves_the_rubric_it_is_made_of_as_it_is():
    found = book()
    before = found.model_dump()
    for kind in KINDS:
        for change in made(kind, found):
            assert make_change(found, change).model_dump() != before
    assert found.model_dump() == before


# --- who notices ---

NOTICED = {
    "a number near the threshold, above": ("threshold", (SLOW, SURE["shut"]), "wait > 20 -> wait > 25"),
    "a number near the threshold, below": ("threshold", (QUICK, SURE["open"]), "wait > 20 -> wait > 15"),
    "a turned comparison": ("turn", (SLOW, SURE["shut"]), "doors = no -> doors != no"),
    "a flag": ("flag", ({"bell_how": "absent"}, {"gates": ["raised"]}), "never raised"),
    "a cap, by the score it holds": ("cap", (SLOW, {"scores": {"bell": 2}}), "at defined -> ad_hoc"),
    "a weight": ("weight", ({**QUICK, "bell_how": "leading"}, {"scores": {"care": 3.5}}), "twice its weight"),
    "a claim": ("half", ({"lock_how": "absent", "bell_how": "absent"}, {"clashes": []}), "found without its claim"),
    "a don't-know": ("unknown_as", ({**SLOW, "doors": {"unknown": True}}, SURE["shut"]), "read as nothing"),
}


@pytest.mark.parametrize("case", NOTICED)
def test_a_change_is_noticed_by_the_persona_that_is_about_it_and_by_no_other(case):
    kind, persona, says = NOTICED[case]
    known = {change for _, change in unnoticed(book(persona), kind)}
    assert misses_of(book(persona), book(persona).personas[0]) == ()
    assert says not in known
    assert says in {change for _, change in unnoticed(book((persona[0], {})), kind)}


@pytest.mark.parametrize(
    ("kind", "persona", "says"),
    [
        ("threshold", ({**SLOW, "wait": 90}, SURE["shut"]), "wait > 20 -> wait > 25"),
        ("turn", ({**SLOW, "doors": "yes", "wait": 3}, SURE["open"]), "wait > 20 -> wait < 20"),
        ("cap", ({**SLOW, "bell_how": "ad_hoc"}, {"scores": {"bell": 1}}), "at defined -> practised"),
        ("half", ({"lock_how": "leading", "bell_how": "absent"}, {"clashes": ["apart"]}), "found without its claim"),
        ("unknown_as", (SLOW, SURE["shut"]), "read as yes"),
    ],
)
def test_a_change_that_makes_no_difference_to_a_persona_is_not_noticed(kind, persona, says):
    assert misses_of(book(persona), book(persona).personas[0]) == ()
    assert says in {change for _, change in unnoticed(book(persona), kind)}


def test_a_persona_that_fails_notices_nothing():
    found = book((SLOW, {"gates": ["shut"], "scores": {"bell": 4}}))
    assert tuple(call_witnesses(found)) == ()
    assert all(each.noticed == 0 for each in find_survivors(found, SourceMap()))


PEOPLE = [
    (SLOW, {"scores": {"care": 2.5, "overall": 2.5}, "gates": ["shut"], "clashes": []}),
    (QUICK, {"levels": {"care": "practised"}, "not_gates": ["shut", "raised"], "clashes": []}),
    ({**SLOW, "doors": {"unknown": True}, "lock_how": "absent"}, {"scores": {"care": 1}, "gates": ["lock"]}),
    ({"lock_how": "leading", "bell_how": "ad_hoc"}, {"clashes": ["apart"], "gates": ["raised"]}),
]


def test_what_is_noticed_is_what_a_run_on_the_changed_rubric_shows():
    """The short way, by what a change can reach, against the long one: every persona on every changed rubric."""
    found = book(*PEOPLE)
    assert [misses_of(found, persona) for persona in found.personas] == [()] * len(PEOPLE)
    witnesses = tuple(call_witnesses(found))
    for kind in KINDS:
        for change in made(kind, found):
            other = make_change(found, change)
            wholly = any(misses_of(other, persona) for persona in found.personas)
            assert is_noticed(found, witnesses, change) is wholly, change


# --- how it is told ---


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    stage(tmp_path)

    def command(*words):
        result = CliRunner().invoke(app, ["rubric", "test", "small", *words])
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        return result

    return command


def test_the_text_tells_how_many_are_noticed_and_which_are_not(run):
    shown = run("--mutate")
    assert shown.exit_code == 0
    rows = [line.split() for line in shown.stdout.splitlines()]
    assert ["flags", "never", "raised", "1", "1"] in rows
    assert "no persona notices:" in shown.stdout
    assert "many_wait: backlog > 20 -> backlog > 15, backlog > 20 -> backlog > 25" in " ".join(shown.stdout.split())
    assert shown.stdout.splitlines()[-1].endswith("single changes of the rubric would be noticed (60%).")
    assert "single changes" not in run().stdout


def test_the_json_names_each_with_its_place(run):
    assert json.loads(run("--format", "json").stdout)["mutations"] is None
    told = json.loads(run("--mutate", "--format", "json").stdout)["mutations"]
    assert told["percent"] == pytest.approx(100 * told["noticed"] / told["of"])
    assert told["noticed"] == sum(kind["noticed"] for kind in told["kinds"])
    (shifted,) = [kind for kind in told["kinds"] if kind["kind"] == "threshold"]
    (change,) = [each for each in shifted["unnoticed"] if each["change"] == "backlog > 20 -> backlog > 25"]
    assert (change["element"], change["file"], change["line"]) == ("many_wait", "rubrics/small/rubric.yaml", 44)


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_same_rubric_gives_the_same_bytes(run, form):
    assert run("--mutate", "--format", form).stdout == run("--mutate", "--format", form).stdout


def test_one_persona_says_nothing_about_the_changes(run):
    assert run("--mutate", "--persona", "poor").exit_code == 2


def test_without_changes_all_of_them_are_noticed():
    assert share_noticed(()) == 100
