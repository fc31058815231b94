"""The preview: one look tells problems, personas and scores; a watch goes on through every mistake."""

from itertools import islice

import pytest
from typer.testing import CliRunner

from assess import workflow
from assess.authoring.preview import look, moves, state, watch_files
from assess.authoring.test.expectations import misses_of, opened, tried
from assess.cli import app
from assess.cli.rubric import preview as command
from assess.resources import shipped

PERSONA = """\
assess: persona/1
id: worst
title: Worst
assessed_on: 2026-06-30
answers:
  boss: {hear_count: absent, mend_cause: absent}
  desk: {hear_count: absent, hear_written: no, hear_reply: absent}
expect: {scores: {overall: 0, hear: 0}, levels: {hear: absent}, gates: [hear_no_rule], clashes: [], planned: [i01]}
"""


@pytest.fixture
def small(place):
    """The small rubric as a folder, with a persona."""
    folder = place.root / "rubrics" / "folder"
    folder.mkdir()
    (place.rubrics / "small.yaml").rename(folder / "rubric.yaml")
    (folder / "worst.yaml").write_text(PERSONA, encoding="utf-8")
    return folder


# --- personas at a glance ---


def glimpse(small):
    rubric = workflow.load_rubric(small)
    (persona,) = rubric.personas
    return misses_of(rubric, persona)


def test_a_persona_is_seen_with_its_score_and_what_came_out_otherwise(small, place):
    assert glimpse(small) == ()
    place.edit("rubrics/folder/worst.yaml", "overall: 0, hear: 0", "overall: 1, hear: 0.00")
    place.edit("rubrics/folder/worst.yaml", "{hear: absent}", "{hear: begun, mend: absent}")
    place.edit("rubrics/folder/worst.yaml", "gates: [hear_no_rule]", "not_gates: [hear_no_rule], gates: [hear_all]")
    place.edit("rubrics/folder/worst.yaml", "clashes: []", "clashes: [hear_not_seen]")
    assert glimpse(small) == (
        "'overall' scores 0; 1 was expected",
        "'hear' is at the level 'absent'; 'begun' was expected",
        "the gate 'hear_no_rule' holds",
        "the clash 'hear_not_seen' is not found",
    )


def test_answers_that_do_not_fit_are_told(small, place):
    place.edit("rubrics/folder/worst.yaml", "mend_cause: absent", "mend_cause: abset")
    assert "'abset' is not an answer to 'mend_cause'" in glimpse(small)[0]


def wrong(persona):
    """The persona with everything it expects turned round."""
    expect = persona.expect
    turned = {
        "scores": {name: value + 0.1 for name, value in expect.scores.items()},
        "gates": expect.not_gates,
        "not_gates": expect.gates,
        "clashes": () if expect.clashes else expect.clashes,
        "planned": (),
    }
    return persona.model_copy(update={"expect": expect.model_copy(update=turned)})


@pytest.mark.slow
@pytest.mark.parametrize("name", ["social_business", "complaint_handling"])
def test_a_glimpse_sees_what_a_full_test_sees_plans_aside(name):
    rubric, sources = opened(shipped("rubrics") / name)
    chosen = rubric.personas[::9]
    for personas in (chosen, tuple(wrong(persona) for persona in chosen)):
        found = rubric.model_copy(update={"personas": (*personas, *(p for p in rubric.personas if p not in chosen))})
        for persona, seen in ((persona, misses_of(found, persona)) for persona in personas):
            told = [p.message for p in tried(found, sources, persona).problems if "is not in the plan" not in p.message]
            assert sorted(told) == sorted(seen), persona.id


# --- one look ---


def test_a_look_holds_problems_personas_and_the_roadmap(small, place):
    seen = look(small, place.org)
    assert seen.sound
    assert [*seen.personas] == ["worst"]
    assert seen.assessment.scorecard.organization == "Corner Hotel"
    assert seen.moved == ()


def test_the_roadmap_is_the_one_a_report_writes(small, place, run):
    small.rename(small.with_name("small"))
    out = place.root / "roadmap.md"
    assert run("report", place.org, "-o", out).exit_code == 0
    assert look(small.with_name("small"), place.org).roadmap == out.read_text(encoding="utf-8")


def test_a_note_for_the_author_of_the_rubric_is_told_and_does_not_travel_to_the_roadmap(small, place, run):
    when = "(hear_days > 50 or hear_days < 60) and hear_written = no"
    both = f"when: {when}, cap: {{of: [mend], at: begun}}, because: Too slow or too quick"
    gate = f"\ngates:\n  - {{id: odd, {both}, lifted_by: [i02]}}\ninitiatives:\n"
    place.edit("rubrics/folder/rubric.yaml", "\ninitiatives:\n", gate)
    small.rename(small.with_name("small"))
    seen = look(small.with_name("small"), place.org)
    assert [problem.code for problem in seen.problems] == ["both_senses"]
    assert seen.roadmap == run("report", place.org).stdout


def test_scores_that_moved_are_those_of_the_engagement(small, place):
    first = look(small, place.org)
    place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: begun")
    second = look(small, place.org, first.assessment.scorecard)
    assert [move.node for move in second.moved] == ["overall", "mend"]
    assert look(small, place.org, second.assessment.scorecard).moved == ()


def test_a_node_that_is_new_or_gone_has_moved(small, place):
    first = look(small, place.org).assessment.scorecard
    place.edit("rubrics/folder/rubric.yaml", "  - id: mend\n", "  - id: mending\n")
    place.edit("rubrics/folder/rubric.yaml", "mend: practised", "mending: practised")
    second = look(small, place.org).assessment.scorecard
    found = {move.node: (move.before is None, move.after is None) for move in moves(first, second)}
    assert found == {"mending": (True, False), "mend": (False, True)}


def test_a_mistake_in_the_rubric_is_all_that_is_told(small, place):
    place.edit("rubrics/folder/rubric.yaml", "hear_written = no", "hear_writen = no")
    seen = look(small, place.org)
    assert not seen.sound
    assert (seen.rubric, seen.personas, seen.roadmap) == (None, {}, "")
    assert "hear_writen" in seen.problems[0].message


def test_a_mistake_in_the_engagement_does_not_hide_the_personas(small, place):
    place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: nowhere")
    seen = look(small, place.org)
    assert seen.personas
    assert not seen.sound
    assert "nowhere" in seen.problems[0].message


# --- changes ---


def tick(*steps):
    """A pause that does one thing after another and then ends the watch."""
    waiting = iter(steps)

    def pause():
        step = next(waiting, KeyboardInterrupt)
        if step is KeyboardInterrupt:
            raise KeyboardInterrupt
        if step:
            step()

    return pause


def write(path, text="x: 1\n"):
    def step():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return step


def test_files_that_are_made_changed_and_taken_away_are_named(tmp_path):
    kept, other = tmp_path / "a.yaml", tmp_path / "deep" / "b.yml"
    write(kept)()
    write(tmp_path / ".hidden" / "c.yaml")()
    steps = [None, write(other), None, write(kept, "x: 22\n"), None, kept.unlink, None]
    found = list(islice(watch_files([tmp_path], tick(*steps)), 3))
    assert found == [(str(other),), (str(kept),), (str(kept),)]


def test_several_saves_on_end_are_one_change(tmp_path):
    files = [tmp_path / f"{name}.yaml" for name in "abc"]
    (found,) = islice(watch_files([tmp_path], tick(*(write(file) for file in files), None)), 1)
    assert found == tuple(map(str, files))


def test_a_change_made_before_the_first_question_is_seen(tmp_path):
    saves = watch_files([tmp_path], tick(None, None))
    write(tmp_path / "a.yaml")()
    assert next(saves) == (str(tmp_path / "a.yaml"),)


def test_a_single_file_is_watched_alone_and_may_be_gone(tmp_path):
    write(tmp_path / "a.yaml")()
    write(tmp_path / "b.yaml")()
    assert list(state([tmp_path / "a.yaml"])) == [str(tmp_path / "a.yaml")]
    assert state([tmp_path / "none.yaml"]) == {}
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    assert len(state([tmp_path])) == 2


# --- the command ---


def test_one_round_is_printed_and_the_roadmap_written(small, place, run):
    out = place.root / "roadmap.md"
    found = run("rubric", "preview", small, "--with", place.org, "-o", out)
    assert found.exit_code == 0, found.output
    assert found.stdout.splitlines()[-4:] == [
        "small 1.0: no problems",
        "1 persona: all as expected",
        "Corner Hotel: overall 1.42",
        f"{out} written",
    ]
    assert run("rubric", "preview", small, "--with", place.org, "-o", out).exit_code == 0


def test_a_rubric_alone_can_be_looked_at(small, run):
    found = run("rubric", "preview", small)
    assert found.exit_code == 0
    assert "overall" not in found.stdout


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("rubrics/folder/rubric.yaml", "hear_written = no", "hear_writen = no"), "The rubric cannot be used: 1 error"),
        (("rubrics/folder/worst.yaml", "overall: 0", "overall: 1"), "  worst: 'overall' scores 0; 1 was expected"),
        (("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: x"), "1 error"),
    ],
)
def test_what_is_wrong_is_told_and_ends_with_one(small, place, run, change, told):
    place.edit(*change)
    found = run("rubric", "preview", small, "--with", place.org)
    assert found.exit_code == 1
    assert told in found.stdout


def test_of_a_persona_that_fails_in_many_ways_some_are_told_each_on_its_line(small, place, run):
    place.edit("rubrics/folder/worst.yaml", "overall: 0, hear: 0", "overall: 1, hear: 2, mend: 3")
    place.edit("rubrics/folder/worst.yaml", "{hear: absent}", "{hear: begun, mend: begun}")
    place.edit("rubrics/folder/worst.yaml", "gates: [hear_no_rule]", "not_gates: [hear_no_rule]")
    told = [line for line in run("rubric", "preview", small).stdout.splitlines() if line.startswith("  worst: ")]
    assert told == [
        "  worst: 'overall' scores 0; 1 was expected",
        "  worst: 'hear' scores 0; 2 was expected",
        "  worst: 'mend' scores 0; 3 was expected",
        "  worst: 'hear' is at the level 'absent'; 'begun' was expected",
        "  worst: and 2 more",
    ]


def test_a_roadmap_edited_by_hand_is_left_alone(small, place, run):
    out = place.root / "roadmap.md"
    out.write_text("Mine.\n", encoding="utf-8")
    assert run("rubric", "preview", small, "--with", place.org, "-o", out).exit_code == 1
    assert out.read_text(encoding="utf-8") == "Mine.\n"
    assert run("rubric", "preview", small, "-o", out).exit_code == 2


def test_a_watch_goes_on_through_mistakes_and_says_what_moved(small, place, monkeypatch):
    steps = [
        lambda: place.edit("rubrics/folder/rubric.yaml", "when: hear_written = no", "when: hear_written = "),
        None,
        lambda: place.edit("rubrics/folder/rubric.yaml", "when: hear_written = ", "when: hear_written = no"),
        None,
        lambda: place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: begun"),
        None,
    ]
    pause = tick(*steps)
    monkeypatch.setattr(command.time, "sleep", lambda _: pause())
    found = CliRunner().invoke(app, ["rubric", "preview", str(small), "--with", str(place.org), "--watch"])
    assert found.exit_code == 0, found.output
    first, broken, mended, moved = found.stdout.split("\n--- ")
    assert "overall 1.42" in first
    assert broken.startswith("rubric.yaml\n")
    assert "The rubric cannot be used: 1 error" in broken
    assert "No score moved." in mended
    assert moved.splitlines()[0] == "boss.yaml"
    assert "  mend: 2.00 -> 1.00" in moved


def test_a_warning_is_told_once_and_counted_every_time(small, place, capsys):
    place.edit("org/answers/boss.yaml", "submitted: 2026-06-20\n", "")
    assert command.follow_changes(small, place.org, None, iter([("a.yaml",)]))
    printed = capsys.readouterr().out
    assert (printed.count("has not submitted"), printed.count("small 1.0: 1 warning")) == (1, 2)


def test_a_roadmap_that_can_no_longer_be_written_ends_nothing(small, place, capsys):
    out = place.root / "gone" / "roadmap.md"
    assert command.follow_changes(small, place.org, out, iter([("a.yaml",)]))
    printed = capsys.readouterr().out
    assert printed.count("there is no folder") == 2
