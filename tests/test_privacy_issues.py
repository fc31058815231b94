"""Several issues: no combination of what they print stands for fewer people than one group may have."""

import itertools
import json
import os
import random
import shutil

import pytest
import yaml
from confiding import RUBRIC, chance_of, organization, run, seeds, written

from assess.collect.issues import FIRST, issue_of, lots
from assess.model.answers import Answer

LEAST = 5
CELL = ("quiet", "guest")
SEED = 20261201


def history(chance):
    """Four issues of one cell: people join, correct themselves, withdraw and come back."""
    people, found = {}, []
    for name in range(chance.choice([4, 5, 6, 8])):
        people[f"p{name}"] = 0
    for _ in range(4):
        found.append(dict(people))
        for name in list(people):
            if chance.random() < 0.25:
                people[name] += 1
            elif chance.random() < 0.02:
                del people[name]
        for name in range(chance.choice([0, 1, 2, 3, 5, 6])):
            people[f"q{len(found)}{name}"] = 0
    return found


def printed(given):
    """What each issue counts, by person the version of the answer; and the cells that were shown at all."""
    before, shown = FIRST, []
    for people in given:
        answers = {name: Answer("value", f"{name} {version}") for name, version in people.items()}
        counting = lots(before, CELL, answers, LEAST)
        before = issue_of(before, {CELL: counting} if counting else {})
        shown.append({name: answer.value for name, answer in counting.items()})
    return shown


def holders(shown):
    """Who has an answer in just these of the issues, by the issues: in any combination those stand or fall together."""
    found = {}
    for name, answer in {(name, answer) for cell in shown for name, answer in cell.items()}:
        found.setdefault(tuple(cell.get(name) == answer for cell in shown), set()).add(name)
    return found


def test_no_combination_of_printed_sums_stands_for_fewer_people_than_a_group():
    chance = random.Random(SEED)
    combinations, shown_cells = 0, 0
    for _ in range(300):
        shown = printed(history(chance))
        shown_cells += sum(map(bool, shown))
        together = holders(shown)
        for weights in itertools.product(range(-2, 3), repeat=len(shown)):
            left = [people for issues, people in together.items() if sum(itertools.compress(weights, issues))]
            people = set().union(*left)
            combinations += bool(people)
            assert not people or len(people) >= LEAST, (shown, weights)
    assert combinations > 10_000
    assert shown_cells > 300


def test_answers_enter_in_two_lists_each_of_people_enough():
    chance = random.Random(SEED)
    changes = 0
    for _ in range(300):
        shown = printed(history(chance))
        for old, new in itertools.pairwise(shown):
            if old and new:
                joined = new.keys() - old.keys()
                corrected = {name for name in old if new[name] != old[name]}
                assert old.keys() <= new.keys()
                assert not joined or len(joined) >= LEAST
                assert not corrected or len(corrected) >= LEAST
                changes += bool(joined) + bool(corrected)
    assert changes > 50


def guests(home):
    return sorted(home.glob("answers/g*.yaml"))


def answer(file, **given):
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    data["answers"] |= given
    file.write_text(yaml.safe_dump(data), encoding="utf-8")


@pytest.fixture
def final(tmp_path):
    """A final first issue with five guests who all said how quiet it is."""
    files = organization(chance_of(8), 5)
    for name in (name for name in files if name.startswith("g")):
        files[name]["answers"]["quiet"] = {"value": "l1"}
    return written(tmp_path, files, status="final")


def report(home):
    return run(home, "report", home, "-o", home.parent / "roadmap.md")


def issue(home, number):
    file = home / "engagement.yaml"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    file.write_text(yaml.safe_dump(data | {"issue": number}), encoding="utf-8")


def quiet(home):
    return run(home, "explain", home, "quiet")[2]


def test_a_final_issue_that_is_written_leaves_a_receipt_and_nothing_else_does(final):
    receipt = final / "issued" / "1.yaml"
    assert run(final, "report", final)[1] == 0
    assert run(final, "score", final)[1] == 0
    assert not receipt.exists()
    assert report(final)[1] == 0
    kept = yaml.safe_load(receipt.read_text(encoding="utf-8"))
    assert kept["answers"]["guest"]["quiet"].keys() == {f"g{n}" for n in range(5)}
    before = (receipt.read_bytes(), receipt.stat().st_mtime_ns)
    assert report(final)[1] == 0
    assert (receipt.read_bytes(), receipt.stat().st_mtime_ns) == before


@pytest.mark.parametrize("case", ["draft", "alone", "nobody"])
def test_without_a_final_issue_or_people_who_wait_there_is_no_receipt(case, tmp_path):
    files = organization(chance_of(8), 0 if case == "nobody" else 5)
    for file in files.values():
        if case == "alone" and file["role"] == "guest":
            file["alone"] = True
    home = written(tmp_path, files, status="draft" if case == "draft" else "final")
    assert report(home)[1] == 0
    assert not (home / "issued").exists()


def test_a_second_issue_lets_new_answers_wait_until_there_are_five(final):
    assert report(final)[1] == 0
    shown = quiet(final)
    issue(final, 2)
    for number in range(5, 10):
        shutil.copy(guests(final)[0], final / "answers" / f"g{number}.yaml")
        data = yaml.safe_load((final / "answers" / f"g{number}.yaml").read_text())
        (final / "answers" / f"g{number}.yaml").write_text(
            yaml.safe_dump({**data, "respondent": f"g{number}", "answers": {"quiet": "l4"}})
        )
        assert ("5 x l4" in quiet(final)) is (number == 9)
        if number < 9:
            assert quiet(final) == shown


def test_a_correction_waits_and_a_withdrawal_closes_the_cell_for_good(final):
    assert report(final)[1] == 0
    issue(final, 2)
    shown = quiet(final)
    for file in guests(final)[:4]:
        answer(file, quiet="l3")
        assert quiet(final) == shown
    answer(guests(final)[4], quiet="l3")
    assert "5 x l3" in quiet(final)
    data = yaml.safe_load(guests(final)[0].read_text())
    del data["answers"]["quiet"]
    guests(final)[0].write_text(yaml.safe_dump(data))
    assert "fewer than 5 answers that may count, not counted" in quiet(final)
    assert report(final)[1] == 0
    issue(final, 3)
    answer(guests(final)[0], quiet="l3")
    assert "fewer than 5 answers that may count, not counted" in quiet(final)


def told(home):
    return " ".join(run(home, "check", home)[2].split())


def test_whoever_holds_the_folder_is_told_what_waits_and_what_is_closed_and_nobody_else(final):
    assert report(final)[1] == 0
    issue(final, 2)
    assert "does not count yet" not in told(final)
    for number in (5, 6):
        data = yaml.safe_load(guests(final)[0].read_text(encoding="utf-8"))
        changed = {**data, "respondent": f"g{number}", "answers": {"quiet": "l4"}}
        (final / "answers" / f"g{number}.yaml").write_text(yaml.safe_dump(changed), encoding="utf-8")
    answer(guests(final)[1], quiet="l3")
    waits = "what 3 anonymous people answered to 1 question came or was corrected after issue 1 and does not count yet"
    assert f"Guest (guest): {waits} (waiting)" in told(final)
    (final / "answers" / "g0.yaml").unlink()
    gone = "closed for this group: an answer that an issue counted is gone, or has no value any more (issued)"
    assert gone in told(final)
    assert "if a file was lost or renamed, put it back as it was" in told(final)
    assert "remind those who have not answered, or have people say" not in told(final)
    for output in ("github", "sarif"):
        leaving = run(final, "check", final, "--format", output)[2]
        assert (waits in leaving, "closed for this group" in leaving) == (False, False)
    assert report(final)[1] == 0
    document = (final.parent / "roadmap.md").read_text(encoding="utf-8")
    assert (waits in document, "closed for this group" in document) == (False, False)
    issue(final, 3)
    assert "it was closed by an earlier issue, and stays so" in told(final)


@pytest.mark.parametrize("part", [{"scope": "elsewhere"}, {"tier": "scan"}])
def test_an_issue_that_asks_a_part_forgets_nothing_of_what_was_counted_before(final, part):
    file = final.parent / "rubrics" / "inn.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "scale:", "tiers: [scan, full]\nscopes: {elsewhere: [ear]}\nscale:", 1
    )
    file.write_text(text.replace("      - id: hear\n", "      - id: hear\n        tier: scan\n"), encoding="utf-8")
    assert report(final)[1] == 0
    shown, about = quiet(final), (final / "engagement.yaml").read_text(encoding="utf-8")
    (final / "engagement.yaml").write_text(
        yaml.safe_dump({**yaml.safe_load(about), "issue": 2, **part}), encoding="utf-8"
    )
    assert "quiet" not in run(final, "score", final, "--format", "json")[2]
    assert report(final)[1] == 0
    (final / "engagement.yaml").write_text(about, encoding="utf-8")
    issue(final, 3)
    data = yaml.safe_load(guests(final)[0].read_text(encoding="utf-8"))
    late = {**data, "respondent": "g5", "answers": {"quiet": "l4"}}
    (final / "answers" / "g5.yaml").write_text(yaml.safe_dump(late), encoding="utf-8")
    assert quiet(final) == shown
    (final / "answers" / "g1.yaml").unlink()
    assert "fewer than 5 answers that may count, not counted" in quiet(final)


def test_of_how_many_of_a_group_something_was_said_is_not_told_where_it_does_not_count(final):
    data = yaml.safe_load((final / "engagement.yaml").read_text(encoding="utf-8"))
    (final / "engagement.yaml").write_text(yaml.safe_dump({**data, "invited": {"guest": 12}}), encoding="utf-8")
    assert "Guest: 5 of 12 invited" in run(final, "explain", final, "overall")[2]
    for file in guests(final):
        given = yaml.safe_load(file.read_text(encoding="utf-8"))
        del given["answers"]["quiet"]
        file.write_text(yaml.safe_dump(given), encoding="utf-8")
    home = run(final, "explain", final, "quiet")[2] + run(final, "score", final)[2]
    assert "0 of 12 invited" not in home


def test_who_is_deleted_on_request_closes_the_group_and_leaves_no_difference(tmp_path):
    files = organization(chance_of(8), 8)
    for name in (name for name in files if name.startswith("g")):
        files[name]["answers"]["quiet"] = {"value": "l1"}
    home = written(tmp_path, files, status="final")
    assert report(home)[1] == 0
    issue(home, 2)
    (home / "answers" / "g3.yaml").unlink()
    receipt = home / "issued" / "1.yaml"
    kept = yaml.safe_load(receipt.read_text(encoding="utf-8"))
    for questions in kept["answers"].values():
        for people in questions.values():
            people.pop("g3", None)
    receipt.write_text(yaml.safe_dump(kept), encoding="utf-8")
    assert "Guest: fewer than 5 answers that may count, not counted" in quiet(home)
    assert report(home)[1] == 0
    assert "g3" not in (home / "issued" / "2.yaml").read_text(encoding="utf-8")
    issue(home, 3)
    assert "Guest: fewer than 5 answers that may count, not counted" in quiet(home)


def test_leave_to_count_alone_that_comes_after_an_issue_changes_nothing(final):
    assert report(final)[1] == 0
    issue(final, 2)
    shown = quiet(final)
    data = yaml.safe_load(guests(final)[0].read_text())
    guests(final)[0].write_text(yaml.safe_dump({**data, "alone": True}))
    assert quiet(final) == shown


def test_an_earlier_issue_that_is_missing_is_an_error_with_a_way_out(final):
    assert report(final)[1] == 0
    assert (final / "issued" / "1.yaml").exists()
    issue(final, 3)
    for command in ("score", "report", "check"):
        told = "".join(run(final, command, final)[2:])
        assert run(final, command, final)[1] == 1
        assert "this is issue 3, and what issue 2 counted of anonymous people is not here (issued)" in told
        assert "put issued/2.yaml back as it was written" in told
    (final / "issued" / "2.yaml").write_text("assess: issued/1\nissue: 2\n")
    assert run(final, "score", final)[1] == 0


def test_the_same_issue_with_other_anonymous_answers_is_an_error_with_a_way_out(final):
    assert report(final)[1] == 0
    answer(final / "answers" / "boss.yaml", heard="l0")
    assert report(final)[1] == 0
    answer(guests(final)[0], quiet="l4")
    for command in ("score", "report", "check"):
        _, status, out, told = run(final, command, final)
        assert status == 1
        assert "issue 1 was handed out with other answers of anonymous people" in out + told
        assert "write issue: 2 in the engagement" in out + told


def test_a_single_file_has_no_place_for_a_receipt(tmp_path):
    home = written(tmp_path, {}, status="final")
    data = yaml.safe_load((home / "engagement.yaml").read_text())
    one = tmp_path / "one.yaml"
    one.write_text(yaml.safe_dump({**data, "answers": {"guest": {"quiet": "l1"}, "boss": {"heard": "l2"}}}))
    _, status, _, told = run(home, "report", one, "-o", tmp_path / "roadmap.md")
    assert status == 1
    assert "a single file has no place for that" in told
    assert "make a folder of it" in told
    assert not (tmp_path / "roadmap.md").exists()
    assert run(home, "report", one)[1] == 0


def test_receipt_and_document_are_written_both_or_neither(final, monkeypatch):
    (final / "issued").write_text("in the way")
    _, status, _, told = report(final)
    assert status == 1
    assert "what this issue counts of anonymous people cannot be kept" in told
    assert "make the engagement's folder writable, or say status: draft" in told
    assert not (final.parent / "roadmap.md").exists()
    (final / "issued").unlink()
    real = os.replace

    def broken(source, target, **more):
        if str(target).endswith("roadmap.md"):
            raise OSError(28, "No space left on device")
        return real(source, target, **more)

    monkeypatch.setattr("pathlib.Path.replace", broken)
    assert report(final)[1] == 1
    assert not (final / "issued").exists()


@pytest.mark.parametrize("seed", seeds(6))
def test_a_receipt_reads_back_as_what_was_counted_whatever_was_answered(seed, tmp_path):
    home = written(tmp_path, organization(chance_of(seed), 9), status="final")
    assert report(home)[1] == 0
    assert report(home)[1] == 0
    before = [quiet(home), run(home, "score", home, "--format", "json")[2]]
    issue(home, 2)
    after = [quiet(home), run(home, "score", home, "--format", "json")[2]]
    assert after[0] == before[0]
    assert json.loads(after[1])["scores"] == json.loads(before[1])["scores"]


def test_a_broken_receipt_is_an_error_at_its_place(final):
    assert report(final)[1] == 0
    receipt = final / "issued" / "1.yaml"
    receipt.write_text(receipt.read_text().replace("value: l1", "value: l9"))
    issue(final, 2)
    _, status, _, told = run(final, "score", final)
    assert status == 1
    assert "issued/1.yaml:" in told
    assert "'l9' was counted as an answer to 'quiet', and is none (issued)" in told


def test_a_group_stays_as_it_was_issued_in_a_new_version_of_the_rubric(final):
    assert report(final)[1] == 0
    issue(final, 2)
    answer(guests(final)[0], quiet="l4")
    later = final.parent / "later" / "inn.yaml"
    later.parent.mkdir()
    text = RUBRIC.replace('version: "1"', 'version: "2"').replace("quiet < l2", "calm < l2")
    later.write_text(text.replace("{id: quiet,", "{id: calm, renamed_from: [quiet],"), encoding="utf-8")
    _, status, out, err = run(
        final, "rubric", "migrate", final, "--to", later, "--from", final.parent / "rubrics/inn.yaml", "--write"
    )
    assert status == 0, out + err
    moved = final.with_name("org-2")
    found = run(moved, "explain", moved, "calm", "--rubrics", later.parent)
    assert "Guest: 5 x l1 = 1.00; mean 1.00" in found[2], found
