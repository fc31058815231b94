"""Initiatives: days by role, proof, ends; what is said twice or adds up to nothing is a mistake at its place."""

import json

import pytest

from assess.authoring.initiatives import effort_lines, initiatives_json
from assess.authoring.writing import rubric_files
from assess.problems import DocumentError
from assess.workflow import assess, load_rubric, report

ROLES = "roles: [{id: desk, code: DE, title: Desk}, {id: head, title: Head}]"
LEVELS = "levels: [{key: low, title: Low, at: 0}, {key: mid, title: Mid, at: 50}, {key: high, title: High, at: 100}]"
QUESTION = "{id: q, type: level, text: How?, options: [{label: a}, {label: b}, {label: c}]}"
CRITERION = f"{{id: c, title: C, windows: {{high: 26}}, questions: [{QUESTION}]}}"
TREE = f"principles: [{{id: p, title: P, criteria: [{CRITERION}]}}]"
WHOLE = """
  - id: i1
    title: A desk
    lifts: {c: high}
    effort: {desk: [6, 12], head: 1, participants: [2, 4]}
    running: {desk: 3, participants: 0.5}
    posts: {head: 60}
    grows: heads
    weeks: 4
    window: 26
    proof: {what: The register of a quarter, weeks: 13}
    needs_to: {high: [i2]}
    owner: desk
    done: The desk is open
    success: Half of all letters are answered
    stop_when: No letters come any more
    keeps: The register
  - id: i2
    title: A rule
    lifts: {c: mid}
    effort: {low: 1, high: 3}
    running: {days: 1, per: month}
    weeks: 2
    owner: head
"""


def written(tmp_path, initiatives):
    folder = tmp_path / "r"
    folder.mkdir()
    text = f"assess: rubric/1\nid: r\ntitle: R\nversion: '1'\n{ROLES}\n{LEVELS}\npolicies: {{target: high}}\n{TREE}\n"
    (folder / "rubric.yaml").write_text(f"{text}initiatives:{initiatives}", encoding="utf-8")
    return folder


def mistakes(tmp_path, **changed):
    own = {"effort": "{low: 1, high: 2}", "weeks": "2", "owner": "desk", "lifts": "{c: high}", **changed}
    entry = "".join(f"\n    {key}: {value}" for key, value in own.items())
    with pytest.raises(DocumentError) as raised:
        load_rubric(written(tmp_path, f"\n  - id: i1\n    title: T{entry}\n"))
    return [(problem.code, problem.message, problem.source.strip()) for problem in raised.value.problems]


def test_days_of_every_role_stand_in_the_table_with_their_sums(tmp_path):
    lines = [*effort_lines(load_rubric(written(tmp_path, WHOLE)))]
    assert lines[1] == (
        "i1 A desk: Desk 6 to 12, Head 1, Participants 2 to 4 in 4 weeks; "
        "then a quarter Desk 3, Participants 0.5; as daily work Head 60"
    )
    assert lines[-3:] == [
        "  Desk: 6 to 12 to set up, 3 a quarter after",
        "  Head: 2 to 4 to set up, 3 a quarter after, 60 a quarter as daily work",
        "  Participants: 2 to 4 to set up, 0.5 a quarter after",
    ]


def test_the_table_for_programs_has_the_same_figures_under_the_ids_of_the_roles(tmp_path):
    found = initiatives_json(load_rubric(written(tmp_path, WHOLE)))
    assert json.loads(json.dumps(found))["setup_by_role"] == {"desk": [6, 12], "head": [2, 4], "participants": [2, 4]}
    assert found["running_by_role"] == {"desk": 3, "head": 3, "participants": 0.5}
    assert found["posts_by_role"] == {"head": 60}


def test_the_card_says_whose_days_it_takes_when_its_proof_is_due_and_what_stays(tmp_path):
    rubric = written(tmp_path, WHOLE)
    org = tmp_path / "org.yaml"
    org.write_text(
        "assess: engagement/1\norganization: {name: O}\nrubric: r\nassessed_on: 2026-06-29\nanswers: {desk: {q: 0}}\n",
        encoding="utf-8",
    )
    text = report(assess(org, rubrics=[rubric.parent]))
    card = text[text.index("Initiative cards\n") :]
    assert "The register of a quarter. Due by " in card
    rows = ("| Desk | 6 to 12 | 3 | - |", "| Head | 1 | - | 60 |", "| Participants | 2 to 4 | 0.5 | - |")
    assert [row for row in rows if row not in card.replace("\u2013", "-")] == []
    for words in ("The work is done when:", "It has worked when:", "What stays:", "High also needs"):
        assert words in card


@pytest.mark.parametrize(
    ("changed", "code", "words", "line"),
    [
        ({"effort": "{director: [1, 2], desk: 1}"}, "unknown_name", "there is no role 'director'", "effort:"),
        ({"effort": "{desk: [5, 2]}"}, "initiative", "the lower effort is above the higher one", "effort:"),
        ({"effort": "{head: [1, 2]}"}, "initiative", "'desk' owns 'i1' and has no days in it", "effort:"),
        ({"effort": "{low: 1, high: 2, head: 3}"}, "initiative", "said in one of two ways", "effort:"),
        ({"effort": "{low: 1}"}, "initiative", "said in one of two ways", "effort:"),
        ({"effort": "{participants: [1, 2]}"}, "initiative", "said in one of two ways", "effort:"),
        ({"running": "{days: 1, head: 2}"}, "initiative", "said in one of two ways", "running:"),
        ({"posts": "{nobody: 60}"}, "unknown_name", "there is no role 'nobody'", "posts:"),
        ({"grows": "heads"}, "initiative", "no participants are named", "grows:"),
        ({"exit": "Later", "keeps": "All"}, "initiative", "say the same", "exit:"),
        ({"needs_to": "{top: [i1]}"}, "unknown_name", "there is no level 'top'", "needs_to:"),
        ({"needs_to": "{high: [i9]}"}, "unknown_name", "there is no initiative 'i9'", "needs_to:"),
        ({"effort": "{desk: [1, 2, 3]}"}, "value", "two numbers of days", "effort:"),
        ({"effort": "8-15"}, "value", "mapping", "effort:"),
    ],
)
def test_a_slip_in_the_days_is_named_where_it_stands(tmp_path, changed, code, words, line):
    found = mistakes(tmp_path, **changed)
    assert any(words in message and source.startswith(line) for _, message, source in found), found
    if code != "value":
        assert code in {kind for kind, _, _ in found}


def test_what_is_written_out_loads_to_the_same(tmp_path):
    rubric = load_rubric(written(tmp_path, WHOLE))
    again = tmp_path / "again"
    again.mkdir()
    for name, text in rubric_files(rubric).items():
        place = again / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")
    assert load_rubric(again).initiatives == rubric.initiatives


def test_the_older_form_takes_what_it_took(tmp_path):
    rubric = load_rubric(written(tmp_path, WHOLE))
    rule = rubric.initiative_by_id["i2"]
    assert (rule.own_days().low, rule.own_days().high, rule.own_running()) == (1, 3, 3)
