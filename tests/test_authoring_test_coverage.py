"""What personas reach of a rubric: every kind of part, in both directions."""

import shutil

import pytest
from acting import stage
from diagnosing import criterion, fact, level, rubric, sheet

from assess.authoring.assessments import engagements
from assess.authoring.test.coverage import coverage, reached_by, share_reached
from assess.authoring.test.expectations import opened
from assess.problems import DocumentError
from assess.scoring import score_organization
from assess.workflow import Assessment

REACHED = {
    "option": {
        "poor": {"register_kept: no", "causes: absent", "causes: defined", "guards: nothing"},
        "rich": {"register_kept: yes", "register_form: book", "causes: proven", "guards: lock", "guards: review"},
    },
    "shown": {"poor": set(), "rich": {"register_form"}},
    "hidden": {"poor": {"register_form"}, "rich": set()},
    "gate": {"poor": {"no_register", "many_wait"}, "rich": set()},
    "no_gate": {"poor": set(), "rich": {"no_register", "many_wait"}},
    "threshold": {
        "poor": {
            "many_wait: backlog > 20",
            "learned_on_paper: causes >= defined by head",
            "learned_on_paper: causes <= started by desk",
        },
        "rich": {"learned_on_paper: causes >= defined by head"},
    },
    "no_threshold": {
        "poor": set(),
        "rich": {"many_wait: backlog > 20", "learned_on_paper: causes <= started by desk"},
    },
    "clash": {"poor": {"learned_on_paper"}, "rich": set()},
    "no_clash": {"poor": set(), "rich": {"learned_on_paper"}},
    "case": {"poor": {"risk: high"}, "rich": {"risk: low"}},
    "level": {
        "poor": {"overall: absent", "learning: started", "risk: absent"},
        "rich": {"overall: proven", "learning: proven", "risk: proven"},
    },
    "headline": {"poor": {"1: {backlog} letters lie there."}, "rich": {"3: All letters are answered."}},
    "initiative": {"poor": {"k01", "k02"}, "rich": set()},
    "flag": {"poor": {"many_wait"}, "rich": set()},
    "text": {"poor": {"learning: gap"}, "rich": {"learning: strength"}},
}


@pytest.fixture
def small(tmp_path):
    return stage(tmp_path)


def reached(small, *names):
    """What the named personas reach, by kind."""
    trials = [small.trials()[name] for name in names]
    found = [reached_by(trial.found, trial.persona if trial.passed else None) for trial in trials]
    return {kind.kind: kind for kind in coverage(opened(small.root)[0], found)}


@pytest.mark.parametrize("kind", REACHED)
@pytest.mark.parametrize("name", ["poor", "rich"])
def test_a_persona_reaches_of_each_kind_what_it_is_about(small, kind, name):
    assert reached(small, name)[kind].reached == REACHED[kind][name]


def test_two_personas_reach_what_either_reaches_and_miss_the_rest_in_its_order(small):
    found = reached(small, "poor", "rich")
    assert {kind: part.reached for kind, part in found.items()} == {
        kind: sets["poor"] | sets["rich"] for kind, sets in REACHED.items()
    }
    assert found["option"].missed == ("register_form: sheet", "causes: started")
    assert found["case"].missed == ("risk: middle",)
    assert found["headline"].missed == ("2: Some letters are answered.",)
    assert found["level"].missed[:3] == ("overall: started", "overall: defined", "learning: absent")


def test_what_waits_for_an_answer_neither_holds_nor_does_not(small):
    for answer in ("    register_kept: no\n", "    backlog: 40\n", "  head: {causes: defined}\n"):
        small.edit("personas/poor.yaml", answer, "")
    found = reached(small, "poor")
    assert [found[kind].reached for kind in ("gate", "no_gate", "clash", "no_clash")] == [set()] * 4


def test_the_share_counts_parts_of_all_kinds_alike(small):
    found = reached(small, "poor", "rich").values()
    assert share_reached(found) == pytest.approx(100 * 37 / 48)
    assert share_reached(()) == 100


def test_without_personas_nothing_is_reached(small):
    found = reached(small)
    assert set(found) == set(REACHED)
    assert not any(kind.reached for kind in found.values())


def test_kinds_a_rubric_has_nothing_of_are_left_out(tmp_path):
    plain = (
        "assess: rubric/1\nid: plain\ntitle: P\nversion: '1'\nprinciples:\n"
        "  - {id: a, title: A, questions: [{id: q, type: yesno, text: Is it?}]}\n"
    )
    small = stage(tmp_path, **{"rubric.yaml": plain})
    shutil.rmtree(small.root / "personas")
    assert set(reached(small)) == {"option"}


def test_cases_that_come_to_one_category_are_told_apart_by_their_place(small):
    small.edit("rubric.yaml", "is: middle", "is: low")
    parts = reached(small, "rich")["case"]
    assert parts.parts == ("risk: high", "risk: low (case 2)", "risk: low (otherwise)")
    assert parts.reached == {"risk: low (otherwise)"}


def test_the_stages_of_a_staged_node_are_cases(tmp_path):
    staged = (
        "assess: rubric/1\nid: staged\ntitle: S\nversion: '1'\nprinciples:\n"
        "  - id: a\n    title: A\n    aggregate: {cumulative: {reach: '>= 50'}}\n    questions:\n"
        "      - {id: q, type: yesno, stage: 1, text: Is it?}\n"
        "      - {id: r, type: yesno, stage: 2, text: Is it really?}\n"
        "personas: [{id: half, title: H, assessed_on: 2026-06-30, answers: {q: yes, r: no}}]\n"
    )
    small = stage(tmp_path, **{"rubric.yaml": staged})
    shutil.rmtree(small.root / "personas")
    found = reached(small, "half")["case"]
    assert (found.parts, found.reached) == (("a: 2", "a: 1", "a: 0"), {"a: 1"})


def test_a_headline_that_reads_like_another_is_told_apart_by_its_condition(small):
    small.edit("rubric.yaml", "says: Some letters are answered.", 'says: "7 letters lie there."')
    small.edit("personas/poor.yaml", "backlog: 40", "backlog: 7")
    assert reached(small, "poor")["headline"].reached == {"1: {backlog} letters lie there."}


def engagement(tmp_path, name, rubric="small", **answers):
    folder = tmp_path / "clients" / name
    folder.mkdir(parents=True)
    told = "".join(f"    {question}: {answer}\n" for question, answer in answers.items())
    text = (
        f"assess: engagement/1\norganization: {{name: {name}}}\nrubric: {rubric}\nassessed_on: 2026-06-30\n"
        f"answers:\n  desk:\n{told}agreed: {{causes: {{value: started, basis: [answers-desk], why: Both looked}}}}\n"
    )
    (folder / "engagement.yaml").write_text(text, encoding="utf-8")
    return folder.parent


def test_engagements_of_the_rubric_reach_what_was_answered_and_settled_in_them(small, tmp_path):
    folder = engagement(tmp_path, "brewery", causes="absent", guards="[lock]")
    engagement(tmp_path, "other", rubric="another", nothing="0")
    ((name, assessed),) = engagements(folder, opened(small.root)[0])
    found = {kind.kind: kind.reached for kind in coverage(assessed.rubric, [reached_by(assessed)])}
    assert name == "brewery"
    assert found["option"] == {"causes: absent", "causes: started", "guards: lock"}
    assert found["case"] == {"risk: middle"}


def test_one_engagement_is_as_good_as_the_folder_above_it(small, tmp_path):
    folder = engagement(tmp_path, "brewery", causes="started")
    rubric = opened(small.root)[0]
    places = (folder, folder / "brewery")
    assert [[name for name, _ in engagements(place, rubric)] for place in places] == [["brewery"], ["brewery"]]


def test_mistakes_in_an_engagement_are_told(small, tmp_path):
    folder = engagement(tmp_path, "brewery", causes="never")
    with pytest.raises(DocumentError, match="never"):
        list(engagements(folder, opened(small.root)[0]))


def test_a_folder_without_engagements_is_refused(small, tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(DocumentError, match="holds no engagements"):
            list(engagements(folder, opened(small.root)[0]))


SAYS = {"gap": {"absent": "Nobody.", "ad_hoc": "One of {share}."}, "strength": "Well."}
GATE = {"id": "g", "when": "page = no", "flag": True, "lifted_by": []}
BECAUSE = {"known": [{"when": "bell = no", "says": "No bell"}, "At {share}"], "unknown": "Nobody knows"}


@pytest.mark.parametrize(
    ("answers", "read"),
    [
        ({"desk_how": "absent", "page": "no", "bell": "no"}, {"desk: gap at absent", "g: known 1"}),
        ({"desk_how": "ad_hoc", "page": "no", "share": 7}, {"desk: gap at ad_hoc", "g: known 2"}),
        ({"desk_how": "ad_hoc", "page": "unknown"}, {"g: unknown"}),
        ({"desk_how": "leading", "page": "yes"}, {"desk: strength"}),
    ],
)
def test_each_text_of_a_level_and_of_a_cause_is_reached_by_itself(answers, read):
    share_of = {"id": "share", "type": "number", "text": "How many?", "weight": 0}
    questions = (level("desk_how"), fact("page", unknown_as="no"), fact("bell"), share_of)
    book = rubric(criterion("desk", *questions, says=SAYS), gates=[{**GATE, "because": BECAUSE}])
    organization = score_organization(book, sheet(("team", answers)))
    found = coverage(book, [reached_by(Assessment(**organization.parts()))])
    (texts,) = [kind for kind in found if kind.kind == "text"]
    assert texts.reached == read
    assert {*texts.missed} == {
        *("desk: gap at absent", "desk: gap at ad_hoc", "desk: strength", "g: known 1", "g: known 2", "g: unknown")
    } - read
