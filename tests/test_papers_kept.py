"""What is kept when papers are written again: what somebody edited, cards, lists of papers, numbers of findings."""

import json
import re

import pytest

from assess.render import is_untouched


@pytest.fixture
def folder(run, place):
    made = place.root / "papers"
    assert run("report", place.org, "-o", made).exit_code == 0
    return made


def kept_in(folder):
    return sorted(path for path in folder.rglob("*.edited-*"))


def test_papers_nobody_touched_are_replaced_without_a_word(run, place, folder):
    place.edit("org/answers/boss.yaml", "mend_cause: defined", "mend_cause: practised")
    before = (folder / "scores.md").read_bytes()
    found = run("report", place.org, "-o", folder)
    assert found.exit_code == 0
    assert "kept" not in found.stderr
    assert (folder / "scores.md").read_bytes() != before
    assert kept_in(folder) == []


def test_a_ticked_card_is_kept_and_the_new_one_names_the_lines(run, place, folder):
    card = next((folder / "cards").iterdir())
    text = card.read_text(encoding="utf-8").replace("- [ ]", "- [x]", 1)
    edited = text.replace("## Notes", "## Notes\n\nAnna *began* in May.")
    card.write_text(edited, encoding="utf-8", newline="\n")
    found = run("report", place.org, "-o", folder)
    assert found.exit_code == 0
    (kept,) = kept_in(folder)
    assert kept.read_text(encoding="utf-8") == edited
    assert f"the edited {card} is kept as {kept}" in found.stderr
    new = card.read_text(encoding="utf-8")
    assert is_untouched(new)
    named = {int(number): line for number, line in re.findall(r"^- Line (\d+): `(.*)`$", new, re.MULTILINE)}
    lines = edited.splitlines()
    changed = {at for at, line in enumerate(lines, 1) if "[x]" in line or "Anna" in line}
    assert len(changed) == 2
    assert named == {at: lines[at - 1] for at in changed}
    assert kept.name in new


def test_an_edited_roadmap_without_the_list_of_papers_is_kept_all_the_same(run, place, folder):
    (folder / "internal" / "papers.json").unlink()
    roadmap = folder / "roadmap.md"
    roadmap.write_text(f"{roadmap.read_text(encoding='utf-8')}Mine.\n", encoding="utf-8", newline="\n")
    assert run("report", place.org, "-o", folder).exit_code == 0
    (kept,) = (path for path in kept_in(folder) if path.parent == folder)
    assert kept.read_text(encoding="utf-8").endswith("Mine.\n")
    assert "Which lines had been changed is not known." in roadmap.read_text(encoding="utf-8")


def test_an_edited_report_in_json_is_kept(run, place, folder):
    report = folder / "internal" / "report.json"
    assert json.loads(report.read_text(encoding="utf-8"))["assess"] == "report/1"
    report.write_text("{}\n", encoding="utf-8")
    assert run("report", place.org, "-o", folder).exit_code == 0
    (kept,) = kept_in(folder)
    assert kept.read_text(encoding="utf-8") == "{}\n"


def dropped(place):
    """The engagement says that both initiatives are done: no card is written any more."""
    place.edit("org/engagement.yaml", "assessed_on: 2026-06-30", "assessed_on: 2026-06-30\ndone: [i01, i02]")


def test_a_card_that_is_no_longer_written_goes(run, place, folder):
    cards = sorted((folder / "cards").iterdir())
    own = folder / "cards" / "own.md"
    own.write_text("Mine.\n", encoding="utf-8")
    dropped(place)
    assert run("report", place.org, "-o", folder).exit_code == 0
    assert cards
    assert sorted((folder / "cards").iterdir()) == [own]


def test_a_card_that_is_no_longer_written_stays_if_somebody_edited_it(run, place, folder):
    card = next((folder / "cards").iterdir())
    card.write_text("Mine.\n", encoding="utf-8")
    dropped(place)
    found = run("report", place.org, "-o", folder)
    assert card.read_text(encoding="utf-8") == "Mine.\n"
    assert f"{card} is no longer written; it was edited, and stays" in found.stderr


def test_what_a_list_of_papers_says_of_places_outside_the_folder_is_not_believed(run, place, folder):
    outside = place.root / "outside.md"
    outside.write_text("", encoding="utf-8")
    (folder / "internal" / "papers.json").write_text(
        json.dumps({"papers": {"cards/../../outside.md": [], "/etc/x": []}}), encoding="utf-8"
    )
    assert run("report", place.org, "-o", folder).exit_code == 0
    assert outside.exists()


def test_a_file_with_another_name_is_no_place_for_papers(run, place):
    there = place.root / "there.txt"
    there.write_text("Mine.\n", encoding="utf-8")
    found = run("report", place.org, "-o", there)
    assert found.exit_code == 1
    assert there.read_text(encoding="utf-8") == "Mine.\n"


def test_a_finding_keeps_its_number_as_long_as_it_lives(run, place, folder):
    def numbered():
        text = (folder / "roadmap.md").read_text(encoding="utf-8")
        found = re.findall(r"^(?:#+ |\*\*)Finding (\d+): ([^*\n]*)", text, re.MULTILINE)
        return {title: int(number) for number, title in found}

    first = numbered()
    assert sorted(first.values()) == list(range(1, len(first) + 1))
    file = folder / "internal" / "papers.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    manifest["numbers"] = [[*key, 7 * number] for *key, number in manifest["numbers"]]
    file.write_text(json.dumps(manifest), encoding="utf-8")
    assert run("report", place.org, "-o", folder).exit_code == 0
    assert numbered() == {title: 7 * number for title, number in first.items()}


def test_a_broken_list_of_papers_is_as_good_as_none(run, place, folder):
    for text in ("[]", "{", '{"papers": 3}', '{"papers": {"roadmap.md": 3}}', '{"papers": {}, "numbers": [3]}'):
        (folder / "internal" / "papers.json").write_text(text, encoding="utf-8")
        assert run("report", place.org, "-o", folder).exit_code == 0


# What is missing is left out
