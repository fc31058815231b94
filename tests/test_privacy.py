"""Anonymous answers that are too few are in nothing that leaves: changing every one of them changes no byte.

Files are changed and commands are run. What is withheld is worked out here by counting, not asked of the program.
"""

import copy
import json
import shutil
import tomllib
from pathlib import Path

import pytest
import yaml
from confiding import (
    ASKED,
    LEVELS,
    chance_of,
    entry,
    everything_said,
    organization,
    papers_of,
    run,
    written,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from assess import workflow
from assess.collect.issues import FIRST, lots
from assess.model.answers import Answer
from assess.resources import shipped

ROOT = Path(__file__).parents[1]
LEAST = 5


def shy(files, name):
    return (files[name]["role"] == "guest" or files[name].get("anonymous")) and not files[name].get("alone")


def has_value(answer):
    return "value" in answer


def asked_till(files, name):
    """Whether the question about the till was put to somebody anonymous: the own word on the shop, where it counts."""
    own = files[name]["answers"].get("shop", {})
    role = files[name]["role"]
    kept = sum(
        has_value(file["answers"].get("shop", {}))
        for who, file in files.items()
        if file["role"] == role and shy(files, who)
    )
    return own.get("value") if kept >= LEAST and has_value(own) else None


def withheld(files):
    """Every answer of an anonymous person that does not count: in a cell with too few values, or to what was not asked.

    Where a person's own word on the shop does not count, it depends on what all say; those are left alone here.
    """
    found = []
    for role in ("guest", "team"):
        people = [name for name in files if files[name]["role"] == role and shy(files, name)]
        for question in ASKED[role]:
            given = [name for name in people if question in files[name]["answers"]]
            if question == "till":
                words = {name: asked_till(files, name) for name in given}
                found += [(name, question) for name in given if words[name] == "no"]
                if any(word is None for word in words.values()):
                    continue
                given = [name for name in given if words[name] == "yes"]
            if sum(has_value(files[name]["answers"][question]) for name in given) < LEAST:
                found += [(name, question) for name in given]
    return found


def replaced(chance, files, places):
    """The files with every withheld answer another one, of any state, or none; groups stay too small."""
    other = copy.deepcopy(files)
    values = {}
    for name, question in places:
        role = files[name]["role"]
        few = values.get((role, question), 0) < LEAST - 1
        answers = other[name]["answers"]
        if chance.random() < 0.2 and len(answers) > 1:
            del answers[question]
            continue
        valued = few and chance.random() < 0.6
        values[role, question] = values.get((role, question), 0) + valued
        answers[question] = entry(chance, question, valued=valued)
    return other


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(14))
def test_replacing_every_withheld_answer_changes_no_byte(seed, tmp_path):
    chance = chance_of(seed)
    files = organization(chance, 1 + seed % 7, shy_staff=seed % 3 == 0)
    if seed % 4 == 3 and seed % 7:
        files["g0"]["alone"] = True
    places = withheld(files)
    assert places
    before = everything_said(written(tmp_path, files))
    other = replaced(chance, files, places)
    assert other != files
    assert everything_said(written(tmp_path, other)) == before


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_exchanging_the_answers_of_a_shown_group_changes_no_byte(seed, tmp_path):
    chance = chance_of(seed)
    files = organization(chance, 7 + seed % 3)
    before = everything_said(written(tmp_path, files))
    other = copy.deepcopy(files)
    guests = [name for name in files if files[name]["role"] == "guest"]
    # Who was asked about the till follows from the own word on the shop, so these two move together.
    for together in [["heard"], ["shop", "till"], ["reply_fast"], ["ways"], ["quiet"], ["nights"], ["bill"]]:
        for name, whose in zip(guests, chance.sample(guests, len(guests)), strict=True):
            for question in together:
                other[name]["answers"].pop(question, None)
                if question in files[whose]["answers"]:
                    other[name]["answers"][question] = files[whose]["answers"][question]
    assert other != files
    assert everything_said(written(tmp_path, other)) == before


def customers_answers(folder):
    return {file: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("answers/cu-*.yaml"))}


def value_in(answer):
    return answer.get("value") if isinstance(answer, dict) else answer


def without_leave(home, heads):
    """So many customers of Trumpet & Thistle, who have not said that they may count alone."""
    shutil.copytree(shipped("sample_orgs") / "trumpet_thistle", home)
    for place, (file, data) in enumerate(customers_answers(home).items()):
        file.unlink()
        if place < heads:
            del data["alone"]
            file.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")


def replace_in_sample(chance, home, rubric):
    """Every value in a group that is too small becomes another one, with other words."""
    files = customers_answers(home)
    valued = [question for data in files.values() for question, a in data["answers"].items() if value_in(a) is not None]
    few = {question for question in valued if valued.count(question) < LEAST}
    for file, data in files.items():
        for question in [q for q, a in data["answers"].items() if q in few and value_in(a) is not None]:
            asked = rubric.question_by_id[question]
            offered = [option.key for option in rubric.options_of(asked)] or [asked.min or 0, asked.max or 1]
            data["answers"][question] = {"value": chance.choice(offered), "note": f"{chance.random()}"}
        file.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return few


def said_of_sample(home):
    """What the commands that may be slow on a whole sample print, and the roadmap in its file."""
    target = home.parent / "roadmap.md"
    told = [run(home, "report", home, "-o", target), target.read_bytes()]
    told += papers_of(home)
    told += [run(home, "score", home, "--format", "json")]
    told += [run(home, "explain", home, name, *form) for name in NODES for form in ((), ("--format", "json"))]
    told += [run(home, "score", home, "--fail-under", "overall=ad_hoc"), run(home, "check", home)[1]]
    told += [(home / "issued" / "1.yaml").read_bytes()]
    shutil.rmtree(home / "issued")
    return told


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_on_a_whole_sample_replacing_every_withheld_answer_changes_no_byte(seed, tmp_path):
    home = tmp_path / "org"
    without_leave(home, seed + 1)
    rubric = workflow.load_rubric(shipped("rubrics") / "social_business")
    before = said_of_sample(home), workflow.load_answers(home, rubric).hash
    assert replace_in_sample(chance_of(seed), home, rubric)
    assert (said_of_sample(home), workflow.load_answers(home, rubric).hash) == before


NODES = ["overall", "ask", "emp", "btr", "btr_decision_reasons"]


# The rule


@given(st.data())
def test_which_groups_count_depends_on_how_many_answered_and_never_on_what(data):
    """Mapping all values of a question one to one onto others lets the same groups count."""
    states = st.sampled_from(["value", "value", "value", "unknown", "na"])
    cells = data.draw(st.lists(st.tuples(states, st.integers(0, 4)), max_size=9))
    turned = data.draw(st.permutations(LEVELS))

    def people(names):
        return {f"p{n}": Answer(s, names[v] if s == "value" else None) for n, (s, v) in enumerate(cells)}

    before = lots(FIRST, ("q", "r"), people(LEVELS), LEAST)
    after = lots(FIRST, ("q", "r"), people(turned), LEAST)
    assert before.keys() == after.keys()
    assert bool(before) is (sum(state == "value" for state, _ in cells) >= LEAST)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6), guests=st.integers(1, 8))
def test_five_values_let_a_group_in_whole_and_four_leave_it_out_whole(seed, guests, tmp_path_factory):
    files = organization(chance_of(seed), guests)
    home = written(tmp_path_factory.mktemp("inn"), files)
    sheet = workflow.load_answers(home, workflow.load_rubric(home.parent / "rubrics" / "inn.yaml"))
    for question in set(ASKED["guest"]) - {"till"}:
        given_by = [f["answers"][question] for f in files.values() if f["role"] == "guest" and question in f["answers"]]
        counts = [said.answer.state for said in sheet.answers(question) if said.role == "guest"]
        assert len(counts) == (len(given_by) if sum(map(has_value, given_by)) >= LEAST else 0)


def test_the_same_words_stand_for_no_answer_and_for_four(tmp_path):
    said = []
    for heads in (0, 4):
        files = organization(chance_of(3), 6)
        for name in [name for name in files if files[name]["role"] == "guest"][heads:]:
            files[name]["answers"].pop("quiet", None)
        for name in [name for name in files if files[name]["role"] == "guest"][:heads]:
            files[name]["answers"]["quiet"] = {"value": "l4"}
        home = written(tmp_path / str(heads), files)
        said.append([run(home, "explain", home, name)[2] for name in ("quiet", "rest", "bed")])
    assert said[0] == said[1]
    assert "Guest: fewer than 5 answers, not counted" in said[0][0]


def test_somebody_who_said_so_beforehand_counts_alone_and_nobody_else_can_say_it(tmp_path):
    files = organization(chance_of(5), 2)
    files["g0"] |= {"alone": True, "answers": {"quiet": "l1"}}
    files["g1"] |= {"answers": {"quiet": "l4"}}
    home = written(tmp_path, files)
    assert (
        "Guest: l1 = 1.00; of the anonymous fewer than 5 answers, not counted" in run(home, "explain", home, "quiet")[2]
    )
    for where in ("engagement", "agreed"):
        kind = {"engagement": home / "engagement.yaml", "agreed": home / "answers" / "_agreed.yaml"}[where]
        text = kind.read_text(encoding="utf-8") if kind.exists() else "assess: agreed/1\n"
        kind.write_text(text + "alone: true\n", encoding="utf-8")
        assert run(home, "score", home)[1] == 1
        kind.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("heads", [2, 6])
def test_own_words_of_anonymous_people_are_quoted_only_with_leave_and_by_role(heads, tmp_path):
    files = organization(chance_of(5), heads)
    guests = [name for name in files if files[name]["role"] == "guest"]
    for place, name in enumerate(guests):
        files[name]["answers"]["quiet"] = {"value": "l2", "note": f"Word of guest number {place}."}
        files[name]["quote"] = place == 1
    home = written(tmp_path, files)
    text = run(home, "report", home)[2]
    assert ("Word of guest number 1." in text) is (heads >= LEAST)
    assert "Word of guest number 0." not in text
    assert "g1" not in text


def test_one_person_in_a_role_is_quoted_only_with_leave(tmp_path):
    files = organization(chance_of(5), 0)
    files["boss"]["answers"]["heard"] = {"value": "l2", "note": "I alone said this."}
    home = written(tmp_path, files)
    assert "I alone said this." not in run(home, "report", home)[2]
    files["boss"]["quote"] = True
    assert "I alone said this." in run(written(tmp_path, files), "report", home)[2]


def test_a_log_is_always_quoted(tmp_path):
    files = organization(chance_of(5), 0)
    files["log"]["answers"]["nights"] = {"value": 4, "note": "From the book."}
    home = written(tmp_path, files)
    assert "From the book." in run(home, "report", home)[2]


def test_what_was_promised_cannot_be_lowered_and_can_be_raised(tmp_path):
    files = organization(chance_of(5), 6)
    files["g0"]["min_cell"] = 6
    home = written(tmp_path, files)
    _, status, _, told = run(home, "score", home)
    assert status == 1
    assert "'g0' was promised groups of 6; 'inn' counts from 5 (promise)" in told
    files["g0"]["min_cell"] = 4
    assert run(written(tmp_path, files), "score", home)[1] == 0


def test_python_callers_find_no_other_door(tmp_path):
    home = written(tmp_path, organization(chance_of(5), 0))
    rubric = workflow.load_rubric(home.parent / "rubrics" / "inn.yaml")
    alone = workflow.score(rubric, {"boss": {"heard": "l4"}, "guest": {"heard": "l0", "quiet": "l0"}})
    assert alone.items["heard"].combined == 100
    assert alone.items["quiet"].value is None


def test_problems_in_the_files_of_anonymous_people_are_told_by_check_alone(tmp_path):
    files = organization(chance_of(5), 2)
    files["g0"]["answers"] = {"quiet": {"value": "l4", "evidence": [{"title": "T", "file": "nowhere.pdf"}]}}
    files["g1"].pop("submitted")
    home = written(tmp_path, files)
    told = run(home, "check", home)[2]
    assert "g0.yaml" in told
    assert "g1.yaml" in told
    for words in (["score", home, "--format", "json"], ["report", home], ["check", home, "--format", "sarif"]):
        _, _, out, err = run(home, *words)
        assert "g0" not in out + err
        assert "g1" not in out + err


def test_what_an_anonymous_file_names_as_evidence_shows_nowhere(tmp_path):
    files = organization(chance_of(5), 2)
    said = []
    for proof in ({}, {"evidence": [{"title": "T", "file": "answers/diary.csv"}]}):
        files["g0"]["answers"] = {"quiet": {"value": "l4", **proof}}
        home = written(tmp_path, files)
        (home / "answers" / "diary.csv").write_text("a,b\n", encoding="utf-8")
        said.append([run(home, "report", home), run(home, "score", home, "--format", "json")])
    assert said[0] == said[1]


def test_check_tells_what_was_settled_on_answers_that_are_too_few_and_which_words_are_not_printed(tmp_path):
    files = organization(chance_of(5), 3)
    files["g0"]["answers"]["quiet"] = {"value": "l1", "note": "Not for print."}
    home = written(tmp_path, files)
    settled = {"value": "l1", "basis": ["g0", "g1"], "why": "They say so."}
    (home / "answers" / "_agreed.yaml").write_text(
        yaml.safe_dump({"assess": "agreed/1", "answers": {"quiet": settled}})
    )
    told = run(home, "check", home)[2]
    assert "'quiet' is settled on anonymous answers alone, which are too few to count" in told
    assert "because the role is anonymous or has one person in it" in told
    assert "settled on anonymous" not in "".join(run(home, "report", home)[2:])
    settled |= {"basis": ["g0", "t1"]}
    (home / "answers" / "_agreed.yaml").write_text(
        yaml.safe_dump({"assess": "agreed/1", "answers": {"quiet": settled}})
    )
    assert "settled on anonymous" not in run(home, "check", home)[2]


def test_where_only_a_group_that_is_too_small_was_asked_the_words_say_that_no_answer_counts(tmp_path):
    home = written(tmp_path, organization(chance_of(5), 3))
    found = run(home, "report", home)[2]
    assert "No answer that counts was given to [1 question]" in found
    assert "Nobody who was asked gave an answer to" not in found.partition("Resting")[2].partition("###")[0]
    told = json.loads(run(home, "explain", home, "quiet", "--format", "json")[2])
    assert told["because"] == "No answer that counts: anonymous groups that are too small are left out"
    rest = json.loads(run(home, "explain", home, "rest", "--format", "json")[2])
    assert rest["value"] is not None or rest["because"]


# By construction


def test_nothing_but_collect_can_import_what_was_collected():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (contract,) = [each for each in contracts if "assess.collect.raw" in each.get("protected_modules", [])]
    assert contract["allowed_importers"] == ["assess.collect"]


def test_what_is_counted_says_nothing_about_who_said_it(tmp_path):
    files = organization(chance_of(5), 7)
    home = written(tmp_path, files)
    rubric = workflow.load_rubric(home.parent / "rubrics" / "inn.yaml")
    sheet = workflow.load_answers(home, rubric)
    assert all(name not in repr(sheet._replace(names={})) for name in files if name.startswith("g"))
