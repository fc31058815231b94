"""The control: an attacker who reads nothing but the printed roadmap, with the rule switched off and on.

Without the rule he must find a lone customer's answers, every one of them. If he does not, the other privacy tests
show nothing.
"""

import re
import shutil

import pytest
import yaml
from confiding import ASKED, LEVELS, chance_of, organization, run, seeds, written

from assess import workflow
from assess.collect.raw import Collected
from assess.resources import shipped

ROW = re.compile(r'^\| <a id="trace-(\w+)"></a>[^|]*\| ([^|]*) \| ([^|]*) \|', re.MULTILINE)
MEAN = re.compile(r"([A-Z][\w ]*): (-?\d+\.\d+) \((\d+) answers?\)")
POINTS = range(5)
# Of the combined value and of each mean that is taken from it, both printed with two decimals.
ROUNDED = 0.0101


@pytest.fixture
def unprotected(monkeypatch):
    """A build in which everybody counts, however few they are."""
    monkeypatch.setattr(Collected, "is_shy", lambda _self, _person: False)


def suspected(roadmap, hidden):
    """By question, what a lone person of a role can have answered, from the combined value and the other roles' means.

    His own row is covered: only what the combined value gives away is used.
    """
    found = {}
    for question, heard, combined in ROW.findall(roadmap):
        number = re.match(r"-?\d+\.\d+", combined)
        means = {role: float(mean) for role, mean, _ in MEAN.findall(heard.replace("<br>", "\n")) if role != hidden}
        asked = any(part.startswith(f"{hidden}:") for part in heard.split("<br>"))
        if number and asked:
            others, roles = sum(means.values()), len(means) + 1
            found[question] = {x for x in POINTS if abs((others + x) / roles - float(number[0])) < ROUNDED}
    return found


def answered(files, name):
    given = {question: answer.get("value") for question, answer in files[name]["answers"].items()}
    return {question: LEVELS.index(value) for question, value in given.items() if value in LEVELS}


@pytest.mark.parametrize("seed", range(8))
def test_without_the_rule_a_lone_guest_is_found_out_entirely(seed, tmp_path, unprotected):  # noqa: ARG001 - the rule is off
    files = organization(chance_of(seed), 1)
    files["g0"]["answers"] |= {"heard": {"value": LEVELS[seed % 5]}, "reply_fast": {"value": LEVELS[(seed + 2) % 5]}}
    files["boss"]["answers"] |= {"heard": {"value": "l2"}, "reply_fast": {"value": "l1"}}
    home = written(tmp_path, files)
    found = suspected(run(home, "report", home)[2], "Guest")
    truth = {q: x for q, x in answered(files, "g0").items() if q in found and q != "till"}
    assert truth.keys() >= {"heard", "reply_fast"}
    assert {question: found[question] for question in truth} == {question: {x} for question, x in truth.items()}


@pytest.mark.parametrize("seed", seeds(8))
def test_with_the_rule_the_same_roadmap_is_printed_whatever_a_lone_guest_answered(seed, tmp_path):
    files = organization(chance_of(seed), 1)
    files["g0"]["answers"] = {"heard": {"value": "l0"}}
    printed = set()
    for level in LEVELS:
        files["g0"]["answers"] = {q: {"value": level} for q in (*ASKED["boss"], "quiet")}
        home = written(tmp_path, files)
        printed.add(run(home, "report", home)[2])
    assert len(printed) == 1


def alone(tmp_path, seed):
    """Trumpet & Thistle with one of its customers, who has not said that the answers may count alone."""
    home = tmp_path / "org"
    shutil.copytree(shipped("sample_orgs") / "trumpet_thistle", home)
    for place, file in enumerate(sorted(home.glob("answers/cu-*.yaml"))):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        file.unlink()
        if place == seed:
            del data["alone"]
            file.write_text(yaml.safe_dump(data), encoding="utf-8")
            kept = data
    given = {q: answer.get("value") if isinstance(answer, dict) else answer for q, answer in kept["answers"].items()}
    return home, {question: value for question, value in given.items() if value is not None}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_without_the_rule_a_lone_customer_of_a_sample_is_found_out_entirely(seed, tmp_path, unprotected):  # noqa: ARG001
    home, given = alone(tmp_path, seed)
    found = workflow.assess(home)
    keys = [level.key for level in found.rubric.levels]
    guesses = suspected(workflow.report(found), "Customer")
    known = {q: keys.index(value) for q, value in given.items() if q in guesses and value in keys}
    assert known.keys() == {q for q, value in given.items() if value in keys}
    assert [q for q, x in known.items() if guesses[q] != {x}] == []
