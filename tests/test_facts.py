"""Facts, the gates inside them, what answers take by default, where claims are asked, and what a function states."""

import pytest
from fleet import FLEET, YARD, engagement, handed_out, rubric, told

from assess.authoring.diff import compare_rubrics
from assess.authoring.writing import rubric_files
from assess.load import load
from assess.model.nodes import Caps, Gate
from assess.translations import digest, translatable_texts, translated
from assess.workflow import assess, check, report, score


@pytest.fixture
def yard(tmp_path):
    return rubric(tmp_path, YARD)


# --- facts and their gates ---


def test_a_gate_inside_a_fact_takes_what_a_gate_takes():
    beside = {"cap", "flag"}
    assert Caps.model_fields.keys() - {"of", "at"} == Gate.model_fields.keys() - beside


def test_facts_stand_behind_the_questions_and_weigh_nothing(yard):
    assert [(question.id, question.weight) for question in yard.questions()] == [
        ("swept", 1), ("spilled", 0), ("fenced", 0), ("lit", 0), ("locked", 1),
    ]  # fmt: skip
    assert not any(yard.scored(question) for question in yard.questions() if question.weight == 0)


def test_a_gate_inside_a_fact_reads_it_in_three_forms(yard):
    assert [(gate.id, gate.when, gate.cap.of, gate.cap.at) for gate in yard.all_gates()] == [
        ("spilled_cap", "spilled > 20", ("yard",), "started"),
        ("open_yard", "fenced = no", ("yard",), "absent"),
        ("lit_cap", "lit = no and fenced = yes", ("yard",), 1),
    ]


@pytest.mark.parametrize(
    ("when", "condition"),
    [
        ("no", "fact = no"),
        ("absent", "fact = absent"),
        ("< 4", "fact < 4"),
        (">=4", "fact >=4"),
        ("4", "fact = 4"),
        ("!= 2026-01-31", "fact != 2026-01-31"),
        ("in (a, b)", "fact in (a, b)"),
        ("not in (a)", "fact not in (a)"),
        ("share(fact = yes by driver) < 50", "share(fact = yes by driver) < 50"),
        ("not answered(fact)", "not answered(fact)"),
        ("inside = yes", "inside = yes"),
    ],
)
def test_what_follows_the_name_of_a_fact_is_read_as_a_condition_on_it(tmp_path, when, condition):
    text = YARD.replace('when: "> 20"', f'when: "{when}"')
    (gate, *_) = rubric(tmp_path, text.replace("id: spilled", "id: fact")).all_gates()
    assert gate.when == condition


def test_a_gate_inside_a_fact_holds_a_score_down_as_one_beside_it_would(yard):
    best = {"swept": "proven", "locked": "proven", "fenced": "yes", "spilled": 3}
    free = yard.model_copy(update={"policies": yard.policies.model_copy(update={"evidence": None})})
    assert score(free, best)["yard"].value == 100
    assert score(free, {**best, "spilled": 21})["yard"].value == 50
    assert score(free, {**best, "fenced": "no"})["yard"].value == 0


def test_a_gate_inside_a_fact_finds_its_words_by_cause_as_any_gate(tmp_path):
    known = (
        'because: {known: "{spilled} soiled the ground", unknown: Nobody could say how much was spilled}, urgent: law,'
    )
    fit = YARD.replace("at: started, because: The ground is soiled,", f"at: absent, {known} so: It seeps,")
    rubric(tmp_path, fit)
    home = engagement(tmp_path, garage=["swept: proven", "locked: proven", "spilled: 30", "fenced: yes"])
    finding = next(f for f in assess(home, [tmp_path / "rubrics"]).diagnosis.findings if f.id == "gate_spilled_cap")
    assert finding.says == "30 litres soiled the ground"
    assert finding.red
    found = told(tmp_path, ("{spilled} soiled", "{spiled} soiled"), text=fit)
    assert any(line.startswith("caps:") and "spiled" in said for line, said, _ in found)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("type: number\n", "type: number\n        weight: 2\n", "weight: 2", "a fact weighs nothing, not 2"),
        ("type: number\n", "type: number\n        weight: 0\n", "weight: 0", "a fact weighs nothing, not 0"),
        ("at: started, because: The", "at: strted, because: The", 'caps: {when: "> 20", of: [yard], at: strted',
         "there is no level of 'yard' 'strted'; did you mean 'started'?"),
        ("of: [yard], at: absent", "of: [yrad], at: absent", "caps: {id: open_yard", "there is no node 'yrad'"),
        ('when: "> 20"', 'when: "> often"', 'caps: {when: "> often"', "often"),
        ("lifted_by: [i1]}\n      - id: fenced", "lifted_by: [i2]}\n      - id: fenced", "caps", "no initiative 'i2'"),
        ("id: open_yard", "id: spilled_cap", "caps: {id: spilled_cap", "'spilled_cap' is already used in"),
        ("because: It is dark, ", "", "caps: {when: lit", "'because' is missing"),
        ("id: lit\n", f"id: l{'i' * 37}t\n", "caps: {when: lit = no", "is longer than 40 characters"),
        ("type: number\n", "type: nubmer\n", "type: nubmer", "did you mean 'number'?"),
        ("{id: swept,", "{caps: {}, id: swept,", "- {caps: {}", "unknown key 'caps'"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_fact_is_said_where_the_file_has_it(tmp_path, old, new, line, message):
    found = told(tmp_path, (old, new), text=YARD)
    assert any(at.startswith(line) and message in said for at, said, _ in found), found


def test_a_gate_inside_a_question_that_is_no_fact_is_sent_to_the_facts(tmp_path):
    ((line, said, way_out),) = told(tmp_path, ("{id: swept,", "{caps: {}, id: swept,"), text=YARD)
    assert (line[:8], said, way_out) == ("- {caps:", "unknown key 'caps'", "it belongs to a fact")


def test_a_question_that_becomes_a_fact_with_its_gate_inside_is_the_same_rubric(tmp_path):
    flag = "flag: true, because: A van squealed, lifted_by: []"
    beside = FLEET.replace(flag, "cap: {of: [brakes], at: absent}, because: It squeals")
    cut = beside.index("      - id: brake_squeal")
    fact = beside[cut : beside.index("    gates:")].replace("        weight: 0\n", "")
    inside = beside[:cut] + "    facts:\n" + fact
    inside += '        caps: {id: squealing, when: "yes", of: [brakes], at: absent, because: It squeals}\n'
    first, second = rubric(tmp_path / "a", beside), rubric(tmp_path / "b", inside)
    assert compare_rubrics(first, second).changes == ()
    assert [q.id for q in first.questions()] == [q.id for q in second.questions()]
    changed = rubric(tmp_path / "c", inside.replace("because: It squeals", "because: It shrieks"))
    assert [(c.name, c.field, c.sense) for c in compare_rubrics(first, changed).changes] == [
        ("squealing", "because", "meaning")
    ]


def test_a_rubric_with_facts_is_written_and_read_again_as_it_is(tmp_path, yard):
    for name, text in rubric_files(yard).items():
        path = tmp_path / "again" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert compare_rubrics(yard, load(tmp_path / "again")[0]).changes == ()


# --- what answers take by default ---


@pytest.mark.parametrize(
    ("question", "role", "evidence", "allow"),
    [
        ("swept", "garage", "required_from started", ("unknown",)),
        ("swept", "driver", "required_from started", ("na",)),
        ("fenced", "garage", "optional", ("declined",)),
        ("spilled", "garage", "off", ("declined",)),
        ("lit", "driver", "off", ("declined",)),
        ("lit", "record", "off", ("declined",)),
        ("locked", "driver", "off", ("na",)),
    ],
)
def test_the_nearest_word_on_evidence_and_states_counts(yard, question, role, evidence, allow):
    found = yard.wording(yard.question_by_id[question], role)
    assert (found.evidence, found.allow) == (evidence, allow)


def test_a_default_that_asks_for_evidence_from_an_option_on_passes_by_questions_without_it(tmp_path):
    text = YARD.replace("facts: {evidence: off,", "facts: {evidence: required_from yes,")
    found = rubric(tmp_path, text)
    assert found.wording(found.question_by_id["lit"], "record").evidence == "required_from yes"
    assert found.wording(found.question_by_id["spilled"], "garage").evidence == "optional"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("required_from started", "required_from strted", "no question has the option 'strted'"),
        ("roles: {driver:", "roles: {drivr:", "there is no role 'drivr'; did you mean 'driver'?"),
        ("facts: {evidence: off", "facts: {evidnce: off", "unknown key 'evidnce'; did you mean 'evidence'?"),
        ("allow: [declined]}\n  roles", "allow: [decline]}\n  roles", "'decline' is not one of"),
        ("titles: {driver:", "titles: {drver:", "there is no role 'drver'; did you mean 'driver'?"),
        ("office: true\n        ask: [garage]", "office: true\n        ask: [garage, driver]", "is asked of 2 roles"),
        ("office: true\n        ask: [garage]", "office: true", "is asked of 2 roles"),
    ],
)
def test_what_stands_once_for_all_is_checked_as_well(tmp_path, old, new, message):
    found = told(tmp_path, (old, new), text=YARD)
    assert any(message in said for _, said, _ in found)


# --- where claims are asked ---


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("[locked.text, How are the gates locked]", ""),
        ("{in: locked, phrase: on a date}", ""),
        ("{in: locked.proven, phrase: a DATE}", ""),
        ("[{in: lit.driver, phrase: your van at night}, {in: swept.text, phrase: swept}]", ""),
        ("[locked.text, bolted at night]", "'bolted at night' does not stand in locked.text"),
        ("[locked.help, at night]", "'at night' does not stand in locked.help"),
        ("[{in: swept.text, phrase: swept}, {in: lit.text, phrase: unlit}]", "'unlit' does not stand in lit.text"),
        ("[lcoked.text, at night]", "there is no question 'lcoked'; did you mean 'locked'?"),
        ("[lit.driver, none]", "'none' does not stand in lit.driver"),
        ("[locked.prven, date]", "'locked' has no part 'prven'; did you mean 'proven'?"),
        ("[lit.garage, date]", "'lit' has no part 'garage'"),
    ],
)
def test_a_claim_is_asked_in_the_words_that_stand_there(tmp_path, asked, message):
    silent = YARD.replace("at night?, allow", "at night?, help: none, allow")
    found = told(tmp_path, ("[locked.text, LOCKED  at night]", asked), text=silent)
    assert [said[: len(message)] for _, said, _ in found] == ([message] if message else [])
    assert all(line.startswith("asked_in:") for line, _, _ in found)


def test_a_claim_is_asked_by_a_criterion_it_belongs_to(tmp_path):
    ((line, said, _),) = told(tmp_path, ("asked_in: {C-1: [l", "asked_in: {C-9: [l"), text=YARD)
    assert (line[:9], said) == ("asked_in:", "'C-9' is no claim of 'gates_kept'; did you mean 'C-1'?")


# --- what a role reads above, and what a function states ---


def test_a_title_of_a_roles_own_stands_once_above_all_it_is_asked_there(yard):
    driver, garage = handed_out(yard, "driver"), handed_out(yard, "garage")
    assert [line.strip() for line in driver.splitlines() if "===" in line] == ["# === Where you park ==="]
    assert [line.strip() for line in garage.splitlines() if "===" in line] == ["# === Yard ===", "# === Gates ==="]
    assert driver.index("Where you park") < driver.index("swept:") < driver.index("locked:")


def test_a_title_of_a_role_is_translated_like_any_other(yard):
    assert translatable_texts(yard)["yard.titles.driver"] == "Where you park"
    said = {"yard.titles.driver": {"says": "Wo du parkst", "of": digest("Where you park")}}
    german = type(yard).model_validate(
        {**yard.model_dump(by_alias=True), "translations": [{"language": "de", "texts": said}]}
    )
    assert "# === Wo du parkst ===" in handed_out(translated(german, "de"), "driver")


def test_what_a_function_states_is_printed_as_its_statement_and_never_as_a_mean(tmp_path):
    rubric(tmp_path, YARD.replace("at: started, because: The", "at: absent, because: The"))
    home = engagement(tmp_path, garage=["swept: proven", "locked: proven", "spilled: 30", "fenced: yes"])
    second = (home / "answers" / "garage.yaml").read_text(encoding="utf-8")
    second = second.replace("garage-1", "garage-2").replace("spilled: 30", "spilled: 50")
    (home / "answers" / "second.yaml").write_text(second, encoding="utf-8")
    text = report(assess(home, [tmp_path / "rubrics"]))
    rules = check(home, [tmp_path / "rubrics"]).problems
    (differs,) = [problem.message for problem in rules if problem.code == "office_differs"]
    assert differs == "'spilled' is what Garage states, and its people state 30 litres, 50 litres"
    assert "as Garage states: 30 litres; 50 litres" in text
    assert "mean 40" not in text
    assert "Garage states" in text
    (home / "answers" / "second.yaml").write_text(second.replace("spilled: 50", "spilled: 30"), encoding="utf-8")
    assert "office_differs" not in {problem.code for problem in check(home, [tmp_path / "rubrics"]).problems}
