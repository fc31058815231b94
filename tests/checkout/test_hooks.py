"""The hooks for pre-commit name commands that exist, and files that rubrics and engagements are made of."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
FILES = {
    "assess-rubric-check": ["rubrics/a/rubric.yaml", "work/rubrics/a/principles/b.yml"],
    "assess-rubric-test": ["rubrics/a/personas/b.yaml"],
    "assess-check": ["client/engagement.yaml", "client/answers/boss.yaml", "client/answers/_agreed.yaml"],
}


@pytest.mark.parametrize("name", FILES)
def test_a_hook_runs_a_command_of_the_program(run, name):
    program, *words = HOOKS[name]["entry"].split()
    assert program == "assess"
    assert run(*words, "--help").exit_code == 0
    assert run(*words, "no such thing").exit_code == 1


@pytest.mark.parametrize(("name", "files"), FILES.items())
def test_a_hook_waits_for_the_files_it_reads(name, files):
    pattern = re.compile(HOOKS[name]["files"])
    assert all(pattern.search(file) for file in files)
    assert not pattern.search("README.md")
    assert HOOKS[name]["pass_filenames"] is False


def test_every_hook_is_known_here():
    assert HOOKS.keys() == FILES.keys()
