"""What `assess check` prints of many problems, and of files that are half done."""


def test_one_error_is_not_buried_below_many_warnings(run, place):
    for number in range(40):
        text = f"assess: answers/1\nrespondent: d-{number}\nrole: desk\nanswers:\n  hear_written: yes\n"
        (place.org / "answers" / f"d{number:02}.yaml").write_text(text, encoding="utf-8")
    place.edit("org/answers/log.yaml", "hear_days", "hear_dayz")
    lines = run("check", place.org).stdout.splitlines()
    assert ": error: " in lines[0]
    head = next(place for place, line in enumerate(lines) if line.startswith("40 warnings (draft): "))
    told = lines[head + 1 : head + 41]
    assert all(f"'d-{number}' has not submitted" in "\n".join(told) for number in range(40))
    assert all(line.startswith("  ") and "draft" not in line for line in told)
    assert lines[head + 41].strip() == "-> add submitted: with the date once they are"
    assert lines[-2:] == ["1 error, 40 warnings", "Not ready: correct the errors first."]
    for command in ("report", "score"):
        assert ": error: " in run(command, place.org).stderr.splitlines()[0]


def test_two_warnings_of_one_code_are_told_in_full_and_different_ways_out_apart(run, place):
    place.edit("org/answers/boss.yaml", "submitted: 2026-06-20\n", "")
    place.edit("org/answers/desk.yaml", "submitted: 2026-06-21\n", "")
    text = run("check", place.org).stdout
    assert text.count(" has not submitted: these answers count, but may not be finished (draft)") == 2
    place.edit("org/answers/desk.yaml", "  hear_written: no\n", "")
    place.edit("org/answers/desk.yaml", "  hear_reply: practised\n", "")
    place.edit("org/answers/boss.yaml", "  mend_cause: defined\n", "")
    lines = run("check", place.org).stdout.splitlines()
    head = next(place for place, line in enumerate(lines) if "(unanswered)" in line)
    assert lines[head].startswith("3 warnings (unanswered): ")
    told = lines[head + 1 : head + 6]
    assert sum(line.startswith("    -> ask somebody") for line in told) == 2
    ways = {"boss": "the answers of boss", "desk": "the answers of desk"}
    for role, way in ways.items():
        last = next(place for place, line in enumerate(told) if way in line)
        assert f"({role}) has not answered" in told[last - 1]


def test_half_a_file_that_says_submitted_is_seen(run, place):
    """Somebody else in the role has answered all, so nothing is missing for the role; the blanks are."""
    text = "assess: answers/1\nrespondent: r-eve\nrole: desk\nsubmitted: 2026-06-20\nanswers:\n  hear_written: no\n"
    (place.org / "answers" / "eve.yaml").write_text(text, encoding="utf-8")
    lines = run("check", place.org).stdout.splitlines()
    assert ["r-eve", "Complaint", "desk", "1", "of", "5", "submitted"] in [line.split() for line in lines]
    assert lines[-1].startswith("A report can be written; questions left blank by r-eve 4 of 5.")


def test_what_stands_beside_the_answers_of_anonymous_people_in_one_file_is_told_by_every_command(run, place):
    """Only what stands in the lines of such an answer is for `check` alone."""
    home = place.root / "one.yaml"
    head = (
        (place.org / "engagement.yaml")
        .read_text(encoding="utf-8")
        .replace("small\n", "small\nrubric_hash: sha256:then\n")
    )
    answers = "answers:\n  boss: {hear_count: practised}\n  guest: {hear_reply: begun}\n"
    home.write_text(head + answers, encoding="utf-8")
    for command in ("check", "report"):
        told = run(command, home)
        assert f"{home}:4:14: warning: " in told.stdout + told.stderr, told.output
