"""The table of question types: every type is read, valued, explained, offered and checked as its row says."""

import datetime
import json
from typing import get_args

import pytest
from factories import built, level, node, question, said, sheet
from jsonschema import Draft202012Validator

from assess.authoring.check.domains import Domains, Marks
from assess.authoring.check.variables import Reply, Variable
from assess.authoring.schema import schemas
from assess.collect.values import read_value
from assess.diagnose import diagnose
from assess.explain import explain, what_would_change
from assess.formula import compile_rubric
from assess.formula.worked_answers import answer_value, worked, worth_rule
from assess.model.question_types import QUESTION_TYPES, SPECIAL, QuestionType
from assess.model.questions import Question
from assess.numbers import short
from assess.scaffold import scaffold
from assess.scoring import score_organization

TYPES = get_args(QuestionType)
MAY, JUNE = datetime.date(2026, 5, 2), datetime.date(2026, 6, 1)
# Two answers to a question of each type with their values on 0..100, and what else the question needs.
ANSWERED = {
    "level": ({"k1": 50, "k2": 100}, {"options": 3}),
    "scale": ({"k2": 100, "k0": 0}, {"options": 3}),
    "choice": ({"k0": 0, "k1": 100}, {"options": [{"key": f"k{n}", "label": f"A{n}", "score": n} for n in range(2)]}),
    "yesno": ({"yes": 100, "no": 0}, {}),
    "multi": ({("k0",): 50, ("k0", "k1"): 100}, {"options": 2}),
    "number": ({4.0: 40, 9.0: 90}, {"goalposts": {"worst": 0, "best": 10}, "min": 0, "max": 10}),
    "text": ({"words": None, "others": None}, {}),
    "date": ({MAY: None, JUNE: None}, {}),
}
GATE = {"id": "g", "when": "answered(q)", "flag": True, "because": "b"}


def asking(kind):
    """A rubric that asks a question of a type beside another."""
    return built(node("p", node("c", question("q", kind, **ANSWERED[kind][1]), level("r", 3))), gates=[GATE])


def values_of(kind):
    return ANSWERED[kind][0]


def in_file(answer):
    """An answer as it stands in a file."""
    return [*answer] if isinstance(answer, tuple) else str(answer) if isinstance(answer, datetime.date) else answer


@pytest.fixture(params=TYPES)
def kind(request):
    return request.param


def test_the_table_of_question_types_has_a_row_for_every_type_and_no_other():
    assert [*QUESTION_TYPES] == [*TYPES]


def test_a_row_names_keys_of_a_question_and_is_never_without_options_to_choose_from(kind):
    traits = QUESTION_TYPES[kind]
    assert {*traits.keys} <= {*SPECIAL} <= Question.model_fields.keys()
    assert traits.has_options is (traits.holds in ("option", "options"))
    assert not (traits.lists and traits.options)
    assert (traits.worth == "nothing") is (traits.scored == "never")


def test_every_question_type_is_worth_what_it_is_or_nothing(kind):
    rubric = asking(kind)
    asked = rubric.question_by_id["q"]
    for answer, worth in values_of(kind).items():
        assert answer_value(rubric, asked, answer) == worth
        assert rubric.scored(asked) is (worth is not None)


def test_every_question_type_reads_the_answers_it_holds(kind):
    rubric = asking(kind)
    for answer in values_of(kind):
        assert read_value(rubric, rubric.question_by_id["q"], in_file(answer)) == answer


def test_whatever_has_a_value_is_told_how_it_came_to_it(kind):
    rubric = asking(kind)
    asked = rubric.question_by_id["q"]
    label = str
    assert bool(worth_rule(rubric, asked, label)) is rubric.scored(asked)
    for answer, worth in values_of(kind).items():
        steps = worked(rubric, asked, answer, lambda option: option.key)
        assert steps.endswith(short(worth, 6)) if worth is not None else not steps


def test_an_answer_is_explained_as_it_was_given_and_counts_where_it_has_a_value(kind):
    rubric, answer = asking(kind), next(iter(values_of(kind)))
    people = (said("boss", q=answer),)
    told = explain(score_organization(rubric, sheet(*people)), "q")
    assert {"text": "answered in words", "multi": "k0", "number": "4"}.get(kind, str(answer)) in told
    assert "No score" not in told


def test_what_two_people_answered_can_be_told_from_what_they_might_have(kind):
    one, other = values_of(kind)
    quotes = {}
    for pair in ((one, other), (one, one), (other, other)):
        given = sheet(*(said("boss", q=answer) for answer in pair))
        findings = diagnose(score_organization(asking(kind), given)).findings
        quotes[pair] = next(quote.answered for finding in findings for quote in finding.quotes if quote.question == "q")
    # Free text is not repeated, because it may name people.
    assert len({*quotes.values()}) == (1 if kind == "text" else 3)


def test_answers_that_would_change_a_score_can_be_given(kind):
    rubric, answer = asking(kind), next(iter(values_of(kind)))
    asked, given = rubric.question_by_id["q"], sheet(said("boss", q=answer, r="k1"))
    found = what_would_change(score_organization(rubric, given), "c")
    offered = [change.answer for change in (*found.up, *found.down) if change.question == "q"]
    assert bool(offered) is rubric.scored(asked)
    for other in offered:
        assert read_value(rubric, asked, other) == other != answer


def test_the_checker_tries_answers_that_can_be_given_from_the_worst_to_the_best(kind):
    rubric = asking(kind)
    asked = rubric.question_by_id["q"]
    cells = Domains(compile_rubric(rubric), Marks(()), {}).of(Variable("answer", "q"))
    raws = [raw for cell in cells if isinstance(cell, Reply) for raw in cell.raws]
    assert [read_value(rubric, asked, raw) for raw in raws] == raws
    worth = [answer_value(rubric, asked, raw) for raw in raws]
    assert (min(worth), max(worth)) == (0, 100) if rubric.scored(asked) else {*worth} == {None}


def test_an_editor_takes_the_answers_and_nothing_else(kind):
    rubric = asking(kind)
    schema = Draft202012Validator(json.loads(schemas(rubric)["answers.schema.json"]))
    head = {"assess": "answers/1", "respondent": "a", "role": "boss"}
    for answer in values_of(kind):
        assert schema.is_valid({**head, "answers": {"q": in_file(answer)}})
    assert not schema.is_valid({**head, "answers": {"q": {"value": {"k0": 1}}}})


def test_whoever_answers_is_told_how(kind):
    (text,) = (text for name, text in scaffold(asking(kind), "Acme", JUNE).items() if name == "answers/boss.yaml")
    asked = text[text.index("What about q?") : text.index("  q:\n")]
    assert len(asked.splitlines()) > 1 or kind == "text"


def test_a_question_of_an_unknown_type_is_refused_and_not_scored():
    rubric = asking("level")
    with pytest.raises(KeyError, match="ranking"):
        rubric.scored(rubric.question_by_id["q"].model_copy(update={"type": "ranking"}))
