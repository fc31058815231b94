"""The engagement, what was settled, answers without files, and what still lacks before a report."""

import datetime
import random
from textwrap import dedent, indent

import pytest
from collecting import ENGAGEMENT, PROPER, SERVICE, answers_file, gathered, only, told, written
from hypothesis import given
from hypothesis import strategies as st

from assess.collect import collect_mapping, count_answers, open_engagement, readiness
from assess.problems import DocumentError

# --- the engagement


def test_a_folder_may_be_named_by_its_engagement_file(tmp_path):
    folder = written(tmp_path, PROPER)
    assert gathered(folder / "engagement.yaml") == gathered(folder)


def test_what_is_no_engagement_is_refused(tmp_path):
    (tmp_path / "engagement.yml").touch()
    (tmp_path / "rubric.yaml").write_text("assess: rubric/1\n", encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("assess: engagement/1\nrubric: x\nassessed_on: May\n", encoding="utf-8")
    (tmp_path / "blank.yaml").write_text("rubric: x\n", encoding="utf-8")
    for path, code in [
        (tmp_path, "file_missing"),
        (tmp_path / "rubrik.yaml", "file_missing"),
        (tmp_path / "rubric.yaml", "document_kind"),
        (tmp_path / "blank.yaml", "document_kind"),
        (tmp_path / "bad.yaml", "shape"),
        (tmp_path / "no" / "such" / "thing", "file_missing"),
    ]:
        with pytest.raises(DocumentError) as refused:
            open_engagement(path)
        assert code in {problem.code for problem in refused.value.problems}, path
    with pytest.raises(DocumentError, match=r"did you mean 'engagement.yml'\?"):
        open_engagement(tmp_path)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("invited: {executive: 3, EX: 2}", "EX"),
        ("capacity: {TM: 5, team: 5}", "team"),
        ("targets: {LIS-1: defined, lis_purpose: practised}", "lis_purpose"),
    ],
)
def test_a_name_that_stands_twice_is_pointed_at_where_it_stands_again(tmp_path, line, name):
    found = only(gathered(written(tmp_path, PROPER, f"{ENGAGEMENT}{line}\n"))[1])
    assert (found.code, found.location.column) == ("duplicate_id", line.index(name, line.index(",")) + 1)


@pytest.mark.parametrize("line", ["plan: {windows: {bets: 3}}", "plan: {work_to: bets}"])
def test_a_level_of_the_plan_that_does_not_exist_is_pointed_at_as_key_or_as_value(tmp_path, line):
    found = only(gathered(written(tmp_path, PROPER, f"{ENGAGEMENT}{line}\n"))[1])
    assert found.message == "'bets' is not a level of 'service'"
    assert (found.location.line, found.location.column) == (6, line.index("bets") + 1)


def test_a_rule_of_the_plan_that_is_said_twice_is_pointed_at_in_the_plan(tmp_path):
    line = "plan: {weeks: 9, periods: 3}"
    found = only(gathered(written(tmp_path, PROPER, f"{ENGAGEMENT}weeks: 9\n{line}\n"))[1])
    assert found.message == "'weeks' stands in the engagement and in its `plan`"
    assert (found.location.line, found.location.column) == (7, line.index("weeks") + 1)


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("invited: {executve: 3}", "unknown_name", "not a role of 'service'; did you mean 'executive'?"),
        ("invited: {executive: 3, EX: 2}", "duplicate_id", "'executive', which stands in invited already"),
        ("capacity: {tem: 3}", "unknown_name", "did you mean 'team'?"),
        ("targets: {lis_purpos: defined}", "unknown_name", "did you mean 'lis_purpose'?"),
        ("targets: {lis_purpose: definned}", "unknown_name", "did you mean 'defined'?"),
        ("targets: {default: best}", "unknown_name", "'best' is not a level of 'default'"),
        ("done: [i02]", "unknown_name", "'i02' is not an initiative"),
        ("rubric_hash: sha256:then", "rubric_changed", "edited"),
    ],
)
def test_names_of_the_engagement_are_checked_against_the_rubric(tmp_path, line, code, words):
    _, problems = gathered(written(tmp_path, PROPER, f"{ENGAGEMENT}{line}\n"))
    severity = "warning" if code == "rubric_changed" else "error"
    assert told(problems) == [(code, severity, 6)]
    assert words in problems[0].message


def test_another_rubric_or_version_of_the_engagement_is_an_error(tmp_path):
    for old, new, line in [("rubric: service", "rubric: other", 3), ('"1.0"', '"2.0"', 4)]:
        _, problems = gathered(written(tmp_path, PROPER, ENGAGEMENT.replace(old, new)))
        assert told(problems) == [("version", "error", line)]
        assert "assess rubric migrate" in problems[0].hint


def test_codes_and_former_ids_of_the_engagement_become_ids(tmp_path):
    lines = (
        "invited: {EX: 3}\ncapacity: {default: 9, TM: 4}\ntargets: {default: defined, LIS-1: practised, own: defined}\n"
    )
    sheet, problems = gathered(written(tmp_path, PROPER, f"{ENGAGEMENT}{lines}done: [I-01, i00]\n"))
    assert problems == ()
    assert sheet.engagement.invited == {"executive": 3}
    assert sheet.engagement.capacity == {"default": 9, "team": 4}
    assert sheet.engagement.targets == {"default": "defined", "lis_purpose": "practised", "own": "defined"}
    assert sheet.engagement.done == ("i01",)


def test_a_target_may_stand_for_a_principle(tmp_path):
    sheet, problems = gathered(written(tmp_path, PROPER, f"{ENGAGEMENT}targets: {{LIS: defined}}\n"))
    assert problems == ()
    assert sheet.engagement.targets == {"lis": "defined"}


# --- settled answers


def test_settled_answers_rest_on_respondents_or_roles(tmp_path):
    agreed = "aim: {value: 2, basis: [anna, EX], why: The log shows it}"
    sheet, problems = gathered(written(tmp_path, PROPER, agreed=agreed))
    assert problems == ()
    settled = sheet.settled["purpose"]
    assert (settled.answer.value, settled.basis, settled.why) == (
        "practised",
        ("anna", "executive"),
        "The log shows it",
    )


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("purpose: defined", "settled", "without basis and reason"),
        ("purpose: {value: defined, why: So}", "settled", "not on whose answers"),
        ("purpose: {value: defined, basis: [anna]}", "settled", "without a reason"),
        ("purpose: {value: defined, basis: [ana], why: So}", "settled", "did you mean 'anna'?"),
        ("purpose: {value: definned, basis: [anna], why: So}", "answer", "did you mean 'defined'?"),
        ("purpose: {value: defined, na: true, basis: [anna], why: So}", "answer", "value and na at once"),
        ("purpose: {basis: [anna], why: So}", "answer", "neither"),
        ("purpose: {unknown: true, basis: [anna], why: So}", "unknown_key", "unknown"),
        ("purposes: {value: defined, basis: [anna], why: So}", "unknown_question", "did you mean 'purpose'?"),
    ],
)
def test_each_mistake_in_what_was_settled(tmp_path, line, code, words):
    sheet, problems = gathered(written(tmp_path, PROPER, agreed=line))
    assert told(problems) == [(code, "error", 3)]
    assert words in problems[0].message
    assert sheet.settled == {}


def test_a_basis_may_name_a_respondent_whose_file_is_broken(tmp_path):
    files = {
        "bob.yaml": "x: [",
        "eve.yaml": answers_file("r-eve", "plain: yes", "role: nobody\nsubmitted: 2026-06-01"),
        **PROPER,
    }
    _, problems = gathered(written(tmp_path, files, agreed="purpose: {value: 1, basis: [bob, r-eve], why: So}"))
    assert [p.code for p in problems] == ["yaml_syntax", "respondent"]


def test_a_blank_settlement_settles_nothing(tmp_path):
    sheet, problems = gathered(written(tmp_path, {"anna": "reach: {na: true, why: So}"}, agreed="reach: ~"))
    assert told(problems) == [("not_applicable", "error", 6)]
    assert sheet.settled == {}


def test_settled_twice_is_a_mistake(tmp_path):
    line = "purpose: {value: defined, basis: [anna], why: So}"
    _, problems = gathered(written(tmp_path, PROPER, f"{ENGAGEMENT}agreed:\n  {line}\n", agreed=line))
    assert told(problems) == [("settled", "error", 3)]


def test_an_agreed_file_has_its_own_kind_and_version(tmp_path):
    folder = written(tmp_path, PROPER)
    file = folder / "answers" / "_agreed.yaml"
    for text, expected in [
        ("assess: answers/1\n", ("document_kind", "error", 1)),
        ('assess: agreed/1\nrubric_version: "3"\n', ("version", "error", 2)),
        ("assess: agreed/1\nanswer: {}\n", ("unknown_key", "error", 2)),
    ]:
        file.write_text(text, encoding="utf-8")
        assert told(gathered(folder)[1]) == [expected]


# --- answers inside the engagement, and through Python


def single(tmp_path, text):
    path = tmp_path / "acme.yaml"
    path.write_text(f"{ENGAGEMENT}answers:\n{indent(dedent(text).strip(), '  ')}\n", encoding="utf-8")
    return gathered(path)


def test_a_single_file_holds_answers_with_and_without_roles(tmp_path):
    sheet, problems = single(tmp_path, "purpose: defined\nTM: {plain: no}\nlogged: {value: yes, note: Seen}\nproved: 0")
    assert problems == ()
    assert [(r.id, r.role, r.kind, list(r.answers)) for r in sheet.respondents] == [
        ("answers-executive", "executive", "self", ["purpose"]),
        ("answers-record", "record", "document", ["logged"]),
        ("answers-team", "team", "self", ["proved", "plain"]),
    ]


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("tean: {plain: yes}", "unknown_question", "did you mean 'team'?"),
        ("team: yes", "shape", "'team' is a role; 'yes' is not a mapping"),
        ("team: {purpos: 1}", "unknown_question", "did you mean 'purpose'?"),
        ("executive: {aim: 1}", "answer", "answered twice"),
    ],
)
def test_each_mistake_in_a_single_file(tmp_path, line, code, words):
    _, problems = single(tmp_path, f"purpose: defined\n{line}")
    assert told(problems) == [(code, "error", 8)]
    assert words in problems[0].message


def test_evidence_of_a_single_file_lies_beside_it(tmp_path):
    (tmp_path / "map.pdf").touch()
    assert single(tmp_path, "purpose: {value: 1, evidence: [{title: Map, file: map.pdf}]}")[1] == ()


def test_a_mapping_is_a_sheet():
    sheet = collect_mapping(SERVICE, {"purpose": 1, "team": {"purpose": "absent", "written": None}})
    assert [(r.role, r.answers["purpose"].value) for r in sheet.respondents] == [
        ("executive", "defined"),
        ("team", "absent"),
    ]
    assert sheet.engagement.rubric == "service"
    assert sheet == collect_mapping(SERVICE, {"TM": {"aim": 0}, "purpose": "partly"})


def test_a_role_may_be_named_for_all_answers_of_a_mapping():
    assert collect_mapping(SERVICE, {"purpose": 1}, role="TM").respondents[0].role == "team"
    with pytest.raises(DocumentError, match=r"'tean' is not a role of 'service'; did you mean 'team'\?"):
        collect_mapping(SERVICE, {"purpose": 1}, role="tean")


def test_every_mistake_of_a_mapping_is_told_with_the_name_of_the_answer():
    with pytest.raises(DocumentError) as refused:
        collect_mapping(SERVICE, {"purpose": 9, "reach": {"vale": 1}, "team": {"plain": {"note": 5}}, "x": 1})
    messages = [problem.message for problem in refused.value.problems]
    assert len(messages) == 4
    assert all(any(name in message for message in messages) for name in ("purpose", "reach", "team, plain", "'x'"))
    assert all(problem.location is None for problem in refused.value.problems)


def test_an_empty_mapping_and_an_unsaid_day_are_refused():
    with pytest.raises(DocumentError, match="holds no answer"):
        collect_mapping(SERVICE, {})
    with pytest.raises(DocumentError, match="need the day of the assessment"):
        collect_mapping(SERVICE, {"since": "2025-01-01"})
    proof = {"purpose": {"value": 1, "evidence": [{"title": "Log", "dated": datetime.date(2026, 7, 1)}]}}
    with pytest.raises(DocumentError, match="after the day of the assessment"):
        collect_mapping(SERVICE, proof, assessed_on=datetime.date(2026, 6, 30))
    assert collect_mapping(SERVICE, proof, assessed_on=datetime.date(2026, 7, 1)).respondents
    with pytest.raises(DocumentError, match="'since' is answered with 2026-07-01, after the day of the assessment"):
        collect_mapping(SERVICE, {"since": "2026-07-01"}, assessed_on=datetime.date(2026, 6, 30))


# --- readiness


def test_open_questions_are_listed_by_role_and_criterion():
    sheet = collect_mapping(
        SERVICE, {"team": {"purpose": 1, "reach": {"unknown": True}}, "customer": {"written": True}}
    )
    found = [
        (p.severity, p.message)
        for p in readiness(SERVICE, sheet, count_answers(SERVICE, sheet).sheet)
        if p.code == "unanswered"
    ]
    reach, hidden = "on 'Reach' (lis_reach)", "and where they are shown, share"
    assert found == [
        ("warning", "Team (team) has not answered, on 'Purpose' (lis_purpose): proved"),
        ("warning", f"Team (team) has not answered, {reach}: sector, written; {hidden}"),
        ("warning", f"Customer (customer) has not answered, {reach}: reach, sector; {hidden}"),
        ("warning", "Logs (record) has not answered, on 'Purpose' (lis_purpose): logged"),
    ]


@pytest.mark.parametrize(
    ("word", "severity", "says"),
    [
        ("written: yes", "warning", "(lis_reach): share"),
        ("", "warning", "(lis_reach): written; and where they are shown, share"),
        ("written: no", None, ""),
    ],
)
def test_a_question_with_a_condition_is_owed_where_it_is_asked_and_perhaps_where_that_is_open(
    word, severity, says, tmp_path
):
    answers = f"reach: 1\nsector: 1\n{word}\npurpose: 1\nproved: 0"
    sheet, _ = gathered(written(tmp_path, {"anna": answers}, agreed="logged: {value: no, basis: [TM], why: So}"))
    found = [p for p in readiness(SERVICE, sheet, count_answers(SERVICE, sheet).sheet) if p.code == "unanswered"]
    assert [problem.severity for problem in found] == ([severity] if severity else [])
    assert all(problem.message.endswith(says) for problem in found), found


def test_roles_that_are_asked_and_take_no_part_are_named_once_all_of_them(tmp_path):
    answers = "reach: 1\nsector: 1\nwritten: no\npurpose: 1\nproved: 0"
    engagement = f"{ENGAGEMENT}invited: {{team: 1, customer: 0}}\n"
    sheet, _ = gathered(written(tmp_path, {"anna": answers}, engagement))
    problem = only([p for p in readiness(SERVICE, sheet, count_answers(SERVICE, sheet).sheet) if p.code == "unheard"])
    assert problem.severity == "note"
    absent = "Executive (executive), Customer (customer), Logs (record)"
    assert problem.message.endswith(f"neither invited nor heard: {absent}")
    assert problem.hint
    assert "Logs (record)" in only(
        [p.message for p in readiness(SERVICE, sheet, count_answers(SERVICE, sheet).sheet) if "logged" in p.message]
    )


def test_thin_roles_are_noted(tmp_path):
    files = {f"r{number}": "plain: yes" for number in range(4)}
    invited = f"{ENGAGEMENT}invited: {{team: 9, executive: 2, customer: 0, record: 1}}\n"
    sheet, _ = gathered(written(tmp_path, files, invited))
    thin = [p.message for p in readiness(SERVICE, sheet, count_answers(SERVICE, sheet).sheet) if p.code == "thin_role"]
    assert [message.split(";")[0] for message in thin] == [
        "Executive (executive): 0 of 2 invited answered",
        "Team (team): 4 of 9 invited answered",
        "Logs (record): 0 of 1 invited answered",
    ]


@pytest.mark.parametrize(
    ("heads", "said"), [(1, ["Team (team): 1 answered"]), (2, ["Team (team): 2 answered"]), (3, [])]
)
def test_a_role_nobody_of_which_was_invited_is_thin_below_three(tmp_path, heads, said):
    sheet, _ = gathered(written(tmp_path, {f"r{number}": "plain: yes" for number in range(heads)}))
    found = readiness(SERVICE, sheet, count_answers(SERVICE, sheet).sheet)
    assert [p.message.split(";")[0] for p in found if p.code == "thin_role"] == said


def test_a_role_half_of_which_answered_is_not_thin(tmp_path):
    files = {f"r{number}": "plain: yes" for number in range(3)}
    sheet, _ = gathered(written(tmp_path, files, f"{ENGAGEMENT}invited: {{team: 6}}\n"))
    assert [p for p in readiness(SERVICE, sheet, count_answers(SERVICE, sheet).sheet) if p.code == "thin_role"] == []


# --- properties


VALUES = {"purpose": ["absent", 1, "practised", {"unknown": True}], "reach": [1, "often"], "plain": [True, False]}
ANSWERS = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})


@given(
    by_role=st.dictionaries(st.sampled_from(["executive", "team", "customer"]), ANSWERS, min_size=1), seed=st.integers()
)
def test_the_order_of_roles_and_answers_changes_nothing(by_role, seed):
    if not any(by_role.values()):
        return
    shuffle = random.Random(seed).sample
    turned = {role: dict(shuffle(sorted(by_role[role].items(), key=str), len(by_role[role]))) for role in by_role}
    turned = dict(shuffle(sorted(turned.items(), key=lambda item: item[0]), len(turned)))
    first, second = collect_mapping(SERVICE, by_role), collect_mapping(SERVICE, turned)
    assert first == second
    assert [list(r.answers) for r in first.respondents] == [list(r.answers) for r in second.respondents]


def test_answers_nobody_asked_for_are_noted_with_what_they_count_for(tmp_path):
    sheet, _ = gathered(
        written(
            tmp_path, {"anna": "purpose: defined", "cleo.yaml": answers_file("cleo", "purpose: absent", "role: CU")}
        )
    )
    (note,) = [p for p in readiness(SERVICE, sheet, count_answers(SERVICE, sheet).sheet) if p.code == "unasked"]
    assert (note.severity, note.message) == ("note", "Customer (customer) answered what it is not asked: purpose")
