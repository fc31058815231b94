"""The tutorial, done from its first line to its last in an empty folder, with every output compared."""

import re
import shutil
from pathlib import Path

import pytest
from checkout.fences import fences, prints, run, save, unfenced

from assess import workflow
from assess.collect import collect_mapping, everything
from assess.diagnose import diagnose
from assess.plan import plan
from assess.scoring import score_organization

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "tutorial.md").read_text(encoding="utf-8")
STEPS = fences(PAGE)
PROSE = unfenced(PAGE)
WORDS_A_MINUTE, BLOCKS_A_MINUTE = 150, 4


def change(text, marked):
    """A text in which the lines marked `-` became those marked `+`; the former must stand in it once."""
    lines = {mark: "".join(f"{line[1:]}\n" for line in marked.splitlines() if line[0] == mark) for mark in "-+"}
    assert text.count(lines["-"]) == 1, marked
    return text.replace(lines["-"], lines["+"])


def follow(step, place, printed):
    """Do what a block asks for; what the last command printed is handed on and compared."""
    if step.setting("add"):
        target = place / step.setting("add")
        target.write_text(target.read_text(encoding="utf-8") + step.text, encoding="utf-8")
    elif step.language == "diff":
        target = place / step.setting("file")
        target.write_text(change(target.read_text(encoding="utf-8"), step.text), encoding="utf-8")
    elif step.setting("file"):
        save(step, place)
    elif step.setting("in"):
        assert step.text in (place / step.setting("in")).read_text(encoding="utf-8")
    elif step.language == "sh":
        done = run(step.text, place)
        assert done.returncode == int(step.setting("exit") or 0), done.stdout
        return done.stdout
    elif step.language == "text":
        assert prints(printed, step.text), printed
    return printed


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("sh"), reason="the commands are written for a POSIX shell")
def test_every_step_does_and_prints_what_the_tutorial_says(tmp_path):
    printed = ""
    for step in STEPS:
        try:
            printed = follow(step, tmp_path, printed)
        except AssertionError as wrong:
            raise AssertionError(f"docs/tutorial.md:{step.line}: {wrong}") from wrong


def comes_out(rubric, persona):
    sheet = everything(collect_mapping(rubric, rubric.answers_of(persona), assessed_on=persona.assessed_on))
    organization = score_organization(rubric, sheet)
    card, found = organization.scorecard, diagnose(organization)
    assert {node: card[node].points for node in persona.expect.scores} == pytest.approx(persona.expect.scores)
    assert {node: card[node].level for node in persona.expect.levels} == dict(persona.expect.levels)
    assert tuple(gate.id for gate in card.gates() if gate.holds) == persona.expect.gates
    assert tuple(clash.id.removeprefix("clash_") for clash in found.of("clash")) == persona.expect.clashes
    planned = {placement.initiative for placement in plan(organization, found).placements}
    assert planned == {*persona.expect.planned}


def test_the_personas_come_out_as_the_tutorial_expects(tmp_path):
    for step in STEPS:
        if step.language in ("yaml", "diff") and "=rubrics/" in step.words:
            follow(step, tmp_path, "")
    rubric = workflow.load_rubric(tmp_path / "rubrics" / "complaints")
    for persona in rubric.personas:
        comes_out(rubric, persona)
    assert len(rubric.personas) == 2


def test_the_tutorial_uses_the_commands_an_author_needs_most():
    typed = "\n".join(step.text for step in STEPS if step.language == "sh")
    assert "assess rubric test" in typed
    assert not any(step.language == "python" for step in STEPS)
    for command in ("assess rubric new", "assess rubric schema"):
        assert command in PROSE


def test_every_block_is_one_of_those_that_are_followed():
    known = ("file", "add", "in")
    loose = [step.line for step in STEPS if step.language not in ("sh", "text") and not any(map(step.setting, known))]
    assert loose == []


def test_the_paragraph_before_a_block_names_its_file():
    untold = []
    for step in STEPS:
        name = step.setting("file") or step.setting("add") or step.setting("in")
        before = "\n".join(PAGE.splitlines()[: step.line - 1]).rstrip().rpartition("\n\n")[2]
        if name and f"`{name}`" not in before:
            untold.append(f"{step.line}: {name}")
    assert untold == []


def test_the_tutorial_links_to_files_that_exist():
    links = re.findall(r"\]\((?!https?:)([^)#\s]+)[^)]*\)", PROSE)
    assert len(links) >= 4
    assert [link for link in links if not (DOCS / link).exists()] == []


def test_the_tutorial_can_be_read_in_twenty_minutes():
    assert len(PROSE.split()) / WORDS_A_MINUTE + len(STEPS) / BLOCKS_A_MINUTE < 20
