"""What came of personas is the same whether one process judges them or several."""

import os

import pytest
from acting import stage

from assess.authoring.test import outcomes
from assess.authoring.test.expectations import opened


@pytest.fixture
def small(tmp_path):
    more = {
        f"personas/p{place}.yaml": (
            f"assess: persona/1\nid: p{place}\ntitle: P {place}\nlike: poor\nassessed_on: 2026-06-30\n"
            f"answers: {{desk: {{backlog: {place}}}}}\nexpect: {{gates: [many_wait]}}\n"
        )
        for place in range(15, 30)
    }
    return stage(tmp_path, **more)


def judged(small):
    rubric, sources = opened(small.root)
    return outcomes.judged_all(rubric, sources, rubric.personas)


def needs_copies():
    if outcomes.processors() == 1:
        pytest.skip("one processor, or processes cannot be copied here")


def test_an_outcome_says_what_holds_and_what_is_reached(small):
    found = {outcome.id: outcome for outcome in judged(small)}
    assert (found["p20"].passed, found["p21"].passed) == (False, True)
    assert (found["p21"].gates, found["p21"].clashes, found["p21"].planned) == (2, 1, 2)
    assert found["p21"].overall.level == "absent"
    assert found["p20"].reached["no_gate"] == {"many_wait"}


def test_answers_that_do_not_fit_leave_nothing_to_be_known(small):
    small.edit("personas/p15.yaml", "backlog: 15", "backlog: many")
    (found,) = [outcome for outcome in judged(small) if outcome.id == "p15"]
    assert (found.overall, found.reached, found.passed) == (None, {}, False)


@pytest.mark.parametrize("workers", [2, 3])
def test_several_processes_judge_as_one_does_in_the_same_order(small, monkeypatch, workers):
    needs_copies()
    monkeypatch.setattr(outcomes, "processors", lambda: 1)
    alone = judged(small)
    monkeypatch.setattr(outcomes, "processors", lambda: workers)
    monkeypatch.setattr(outcomes, "FEW", 1)
    assert judged(small) == alone
    assert [outcome.id for outcome in alone] == [*(f"p{place}" for place in range(15, 30)), "poor", "rich"]


def test_a_copy_hands_back_what_does_not_fit_the_rubric(small, monkeypatch, capfd):
    needs_copies()
    small.edit("personas/p15.yaml", "backlog: 15", "backlog: many")
    monkeypatch.setattr(outcomes, "processors", lambda: 2)
    (found,) = [outcome for outcome in judged(small) if outcome.id == "p15"]
    assert [problem.code for problem in found.problems] == ["answer"]
    assert capfd.readouterr().err == ""


def test_the_share_of_a_process_that_ends_early_is_judged_here(small, monkeypatch):
    needs_copies()
    home, really = os.getpid(), outcomes.judged
    monkeypatch.setattr(outcomes, "processors", lambda: 2)
    monkeypatch.setattr(
        outcomes,
        "judged",
        lambda rubric, sources, persona: (
            really(rubric, sources, persona) if os.getpid() == home or persona.id != "p16" else os._exit(1)
        ),
    )
    assert len(judged(small)) == 17


def test_few_personas_are_judged_by_one_process(small, monkeypatch):
    monkeypatch.setattr(outcomes, "_shared_out", None)
    rubric, sources = opened(small.root)
    assert len(outcomes.judged_all(rubric, sources, rubric.personas[:3])) == 3


def test_a_place_without_copies_of_processes_has_one_processor(monkeypatch):
    monkeypatch.setattr(outcomes.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert outcomes.processors() == 1
