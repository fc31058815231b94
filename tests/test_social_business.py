"""The shipped rubric of social business: whole, traced to its sources, reachable, and in its own words."""

from collections import Counter
from functools import cache

import pytest
from originality import borrowed

import assess
from assess import workflow
from assess.formula import target_value
from assess.resources import shipped

PRINCIPLES = {
    "lwp": 4, "ask": 4, "emp": 4, "frs": 5, "btr": 5, "pur": 4, "chn": 5, "rsp": 5, "adv": 4, "inn": 5, "led": 4,
}  # fmt: skip
CLAIMS = {"essay_000": 20, "essay_001": 43, "essay_002": 27, "essay_003": 16, "essay_004": 36}
KEYS = {
    "lwp_purpose", "ask_expectations", "emp_contact", "frs_homework", "btr_decision", "pur_order", "chn_entry",
    "rsp_people", "adv_conduct", "inn_relation", "led_owner",
}  # fmt: skip
PRACTISED = 75


@cache
def rubric():
    return workflow.load_rubric(shipped("rubrics") / "social_business")


def criteria():
    return [criterion for principle in rubric().principles for criterion in principle.criteria]


def test_eleven_principles_and_their_criteria_are_there():
    assert {principle.id: len(principle.criteria) for principle in rubric().principles} == PRINCIPLES
    assert len(criteria()) == 49
    assert len(list(rubric().questions())) >= 98
    assert {criterion.id for criterion in criteria() if criterion.key} == KEYS


def test_each_criterion_has_one_anchored_question_and_a_handful_of_facts():
    for criterion in criteria():
        scored = [question for question in criterion.questions if rubric().scored(question)]
        assert [(q.type, len(rubric().options_of(q))) for q in scored] == [("level", 5)], criterion.id
        assert 1 <= len(criterion.questions) - 1 <= 7, criterion.id
        texts = (criterion.summary, criterion.why, criterion.says.gap, criterion.says.strength, *criterion.proof)
        assert len(texts) > len(criterion.proof) > 0, criterion.id
        assert all(texts), criterion.id


def test_the_ledger_is_whole_and_every_claim_has_a_home_that_cites_it():
    assert Counter(claim.source for claim in rubric().claims) == CLAIMS
    nodes = rubric().node_by_id
    assert [claim.code for claim in rubric().claims if claim.code not in nodes[claim.home].claims] == []
    assert [criterion.id for criterion in criteria() if not criterion.claims] == []


def test_what_a_criterion_cites_names_it():
    at_home = {claim.code: {claim.home, *claim.also} for claim in rubric().claims}
    astray = [(c.id, code) for c in criteria() for code in c.claims if c.id not in at_home[code]]
    assert astray == []


def test_sixty_initiatives_are_whole_and_lift_every_criterion_to_practised():
    initiatives = rubric().initiatives
    freeing = {name for gate in rubric().all_gates() for name in gate.lifted_by}
    assert sorted(initiative.code for initiative in initiatives) == [f"I-{place:02}" for place in range(1, 61)]
    for initiative in initiatives:
        assert len(initiative.steps) == 3, initiative.id
        told = (initiative.why, initiative.success, initiative.done, initiative.risk, initiative.proof)
        assert all((*told, initiative.stop_when, initiative.keeps)), initiative.id
        assert initiative.lifts or initiative.id in freeing, initiative.id
        spans = [*initiative.effort.roles.values()]
        assert spans, initiative.id
        assert all(0 <= span.low <= span.high for span in spans), initiative.id
    best = Counter()
    for initiative in initiatives:
        for node, level in initiative.lifts.items():
            best[node] = max(best[node], target_value(rubric(), node, level))
    assert [criterion.id for criterion in criteria() if best[criterion.id] < PRACTISED] == []


def test_outside_references_are_all_there_and_lean_on_nothing_recalled_or_disputed():
    references = {reference.code: reference for reference in rubric().references}
    assert {f"F{place}" for place in range(1, 33)} <= references.keys()
    assert [r.code for r in references.values() if not r.caveat] == []
    assert {r.standing for r in references.values() if r.use == "benchmark"} == {"read"}


@pytest.mark.slow
@pytest.mark.parametrize("home", ["rubrics", "templates", "sample_orgs", "package"])
def test_no_six_words_in_a_row_are_those_of_an_essay(home):
    folder = assess.__path__[0] if home == "package" else shipped(home)
    titles = [source.title for source in rubric().sources]
    files = [path for path in type(shipped(home))(folder).rglob("*.*") if path.suffix in (".py", ".yaml", ".j2")]
    assert files
    assert {path.name: borrowed(path.read_text(encoding="utf-8"), titles) for path in files} == {
        path.name: [] for path in files
    }


def test_a_row_of_an_essay_would_be_found():
    assert borrowed("Once upon a time there was a rubric in its own words") == []
    title = "Social media is about social science not technology"
    assert borrowed(title)
    assert not borrowed(f"See {title} there", [title])
