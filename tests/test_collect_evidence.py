"""Evidence that is asked for: told where the role that owes it answers, be it in a file of its own or beside others."""

import pytest
from collecting import ENGAGEMENT, RUBRIC, gathered, rubric_of, written

OWED = rubric_of(RUBRIC.replace("ask: [executive, team]", "ask: [executive, team]\n            evidence: required"))
INLINE = "answers:\n  executive: {purpose: {unknown: true}}\n  team: {reach: often, purpose: defined}\n"


def owed(path):
    return [p.location for p in gathered(path, OWED)[1] if p.code == "evidence_missing" and "'purpose'" in p.message]


def test_what_two_roles_answer_in_one_document_is_told_at_the_role_that_owes_it(tmp_path):
    (tmp_path / "acme.yaml").write_text(ENGAGEMENT + INLINE, encoding="utf-8")
    (place,) = owed(tmp_path / "acme.yaml")
    assert (place.line, place.column) == (8, INLINE.splitlines()[2].index("purpose") + 1)


@pytest.mark.parametrize(("anna", "lines"), [("purpose: defined", [6]), ("reach: often\npurpose: defined", [7])])
def test_in_a_file_of_its_own_it_is_told_at_the_answer(tmp_path, anna, lines):
    assert [place.line for place in owed(written(tmp_path, {"anna": anna}))] == lines


def test_evidence_without_a_date_is_told_once_where_a_date_was_asked_for(tmp_path):
    kept = rubric_of(
        RUBRIC.replace("ask: [executive, team]", "ask: [executive, team]\n            evidence: required").replace(
            "{anonymous: [CU]}", "{anonymous: [CU], evidence: {}}"
        )
    )
    anna = "purpose: {value: defined, evidence: [{title: Minutes, kind: document}]}\n"
    told = gathered(written(tmp_path, {"anna": anna}), kept)[1]
    (found,) = [problem for problem in told if problem.code in ("evidence_missing", "evidence_stale")]
    assert found.message == "no answer to 'purpose' names dated evidence"


def test_of_many_names_that_were_possible_twelve_are_listed(tmp_path):
    roles = "".join(f"  - {{id: r{place}, title: Role {place}}}\n" for place in range(11))
    many = rubric_of(RUBRIC.replace("policies: {anonymous: [CU]}", f"{roles}policies: {{anonymous: [CU]}}"))
    path = written(tmp_path, {"anna": "purpose: defined"}, f"{ENGAGEMENT}invited: {{zzz: 1}}\n")
    (problem,) = (p for p in gathered(path, many)[1] if "zzz" in p.message)
    assert problem.hint.startswith("one of: executive, team, ")
    assert problem.hint.endswith(", r7 and 3 more")
