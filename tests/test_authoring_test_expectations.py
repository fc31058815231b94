"""Personas as tests of their rubric: what is held against what, and where it is said that it came out otherwise."""

import pytest
from acting import POOR, RUBRIC, stage

from assess.authoring.assessments import answers_of
from assess.authoring.test.expectations import misanswered, misanswers, opened, tried, verdicts
from assess.documents import SourceMap
from assess.problems import DocumentError
from assess.workflow import assess_sheet


@pytest.fixture
def small(tmp_path):
    return stage(tmp_path)


def marked(problem):
    """The characters a problem points at."""
    place = problem.location
    return problem.source[place.column - 1 : place.column - 1 + place.length]


def test_a_persona_that_comes_out_as_expected_passes(small):
    assert {name: trial.problems for name, trial in small.trials().items()} == {"poor": (), "rich": ()}


EXPECTATIONS = {
    "score": ("LEA: 0.99", "LEA: 2", "'LEA' scores 0.99; 2 was expected", "2", "--persona poor --explain LEA"),
    "score of the whole": (
        "overall: 0.5}",
        "overall: 0.48}",
        "'overall' scores 0.5; 0.48",
        "0.48",
        "--explain overall",
    ),
    "level": (
        "risk: absent",
        "risk: proven",
        "'risk' is at the level 'absent'; 'proven' was",
        "proven",
        "--explain risk",
    ),
    "gate that holds": ("not_gates: []", "not_gates: [many_wait]", "'many_wait' holds", "many_wait", "backlog > 20"),
    "clash that is found": ("[learned_on_paper]", "[]", "found and was not expected", "[", "causes <= started by desk"),
}


@pytest.mark.parametrize(("stands", "instead", "says", "at", "way_out"), list(EXPECTATIONS.values()), ids=EXPECTATIONS)
def test_what_comes_out_otherwise_is_said_at_its_line(small, stands, instead, says, at, way_out):
    small.edit("personas/poor.yaml", stands, instead)
    (problem,) = small.trial("poor").problems
    assert problem.code == "expectation"
    assert says in problem.message
    assert marked(problem).startswith(at)
    assert way_out in problem.hint
    assert problem.location.file.endswith("personas/poor.yaml")


def test_what_does_not_come_about_is_said_with_what_it_waits_for(small):
    wrong = "expect: {gates: [no_register], clashes: [learned_on_paper], planned: [K-01]}"
    old = "expect: {scores: {overall: 3}, levels: {overall: proven}, not_gates: [no_register, many_wait], clashes: []}"
    small.edit("personas/rich.yaml", old, wrong)
    told = {marked(problem): (problem.message, problem.hint) for problem in small.trial("rich").problems}
    assert told == {
        "no_register": ("the gate 'no_register' does not hold", "it waits for: register_kept = no"),
        "learned_on_paper": (
            "the clash 'learned_on_paper' is not found",
            "not surely true: its practice (causes <= started by desk)",
        ),
        "K-01": ("the initiative 'K-01' is not in the plan", "Everything it lifts is at its target"),
    }


def test_a_node_without_a_score_has_none_of_those_expected(small):
    small.edit("personas/poor.yaml", "    causes: absent\n", "")
    small.edit("personas/poor.yaml", "  head: {causes: defined}\n", "")
    problems = [problem for problem in small.trial("poor").problems if "'learning'" in problem.message]
    assert [problem.message for problem in problems] == ["'learning' has no score; 0.99 was expected"]
    assert problems[0].hint == "answer more of it (coverage 0%), or take the entry out"


def test_the_key_criteria_of_a_rubric_are_gates_too(small):
    small.edit("rubric.yaml", "  - id: risk\n    title: Risk\n", "  - id: risk\n    title: Risk\n    key: true\n")
    small.edit("personas/poor.yaml", "not_gates: []", "not_gates: [risk]")
    (problem,) = [problem for problem in small.trial("poor").problems if "'risk' holds" in problem.message]
    assert "the key criterion keeps down what stands above it" in problem.hint


def test_the_title_and_the_staff_of_a_persona_are_those_of_its_organization(small):
    rubric, _ = opened(small.root)
    small_one = assess_sheet(rubric, answers_of(rubric, rubric.personas[1]))
    assert small_one.sheet.engagement.organization.name == "Letters are answered"
    assert small_one.plan.room.factor == 0.5
    assert assess_sheet(rubric, answers_of(rubric, rubric.personas[0])).plan.room.factor == 1


MISTAKES = {
    "question": ("backlog: 40", "bakclog: 40", "unknown_question", "bakclog"),
    "option": ("guards: [nothing]", "guards: [lock, key]", "answer", "key"),
    "number": ("backlog: 40", "backlog: -40", "answer", "-40"),
    "role": ("  head: {causes", "  haed: {causes", "unknown_question", "haed"),
    "state": ("causes: absent", "causes: {na: true}", "not_applicable", "na"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_an_answer_that_does_not_fit_is_a_problem_at_its_place(small, mistake):
    stands, instead, code, at = MISTAKES[mistake]
    small.edit("personas/poor.yaml", stands, instead)
    trial = small.trial("poor")
    assert trial.found is None
    assert code in {problem.code for problem in trial.problems}
    assert at in [marked(problem) for problem in trial.problems]


def test_the_answers_of_all_personas_can_be_looked_at_without_running_them(small):
    assert list(misanswers(*opened(small.root))) == []
    small.edit("personas/poor.yaml", "backlog: 40", "bakclog: 40")
    small.edit("personas/rich.yaml", "backlog: 1", "backlog: many")
    assert [marked(problem) for problem in misanswers(*opened(small.root))] == ["bakclog", "many"]


def test_who_is_like_a_persona_that_is_wrong_fails_with_it_at_the_same_place(small):
    small.edit("personas/poor.yaml", "backlog: 40", "bakclog: 40")
    trials = small.trials()
    assert trials["rich"].found is None
    assert trials["rich"].problems == trials["poor"].problems


def test_personas_in_the_file_of_the_rubric_have_places_too(tmp_path):
    inline = "personas:\n  - {id: p, title: P, assessed_on: 2026-06-30, answers: {desk: {backlog: many}}}\n"
    small = stage(tmp_path, **{"rubric.yaml": RUBRIC + inline})
    (problem,) = small.trial("p").problems
    assert (marked(problem), problem.location.line) == ("many", RUBRIC.count("\n") + 2)


def test_a_persona_that_answers_nothing_is_a_problem_of_its_own(small):
    small.edit("personas/poor.yaml", POOR[POOR.index("answers:") : POOR.index("expect:")], "answers: {}\n")
    small.edit("personas/rich.yaml", "like: poor\n", "")
    (problem,) = small.trial("poor").problems
    assert (problem.code, marked(problem)) == ("no_answers", "answers")
    assert problem.message.startswith("'poor': ")


def test_a_rubric_made_in_memory_has_verdicts_without_places(small):
    small.edit("personas/poor.yaml", "overall: 0.5", "overall: 1")
    rubric, _ = opened(small.root)
    poor = rubric.personas[0]
    assert misanswered(rubric, SourceMap(), poor) == ()
    assert tried(rubric, SourceMap(), poor).found is not None
    (problem,) = verdicts(SourceMap(), poor, assess_sheet(rubric, answers_of(rubric, poor)))
    assert problem.location is None


def test_a_rubric_with_mistakes_is_not_opened(small):
    small.edit("rubric.yaml", "register_kept = no", "register_kept = non")
    with pytest.raises(DocumentError, match="non"):
        opened(small.root)
