"""Figures of a what-if: on the scale they stand on, with as many decimals as tell them apart."""

import pytest
import trying

from assess import workflow
from assess.whatif import compare
from assess.whatif.wording import move_rows


def test_between_two_scales_no_difference_is_told(tmp_path):
    answers = "{one: yes, two: yes, three: {na: true, why: None here.}}"
    questions = "".join(
        f"{{id: {name}, type: yesno, text: Is there {name}?, allow: [na]}}, " for name in ("one", "two", "three")
    )
    (tmp_path / "sums.yaml").write_text(
        "assess: rubric/1\nid: sums\ntitle: Sums\nversion: '1'\naggregate: sum\nprinciples:\n"
        f"  - {{id: p, title: P, aggregate: sum, questions: [{questions}]}}\n",
        encoding="utf-8",
    )
    head = "assess: engagement/1\norganization: {name: Acme}\nrubric: sums\nassessed_on: 2026-06-30\n"
    (tmp_path / "org.yaml").write_text(f"{head}answers: {answers}\n", encoding="utf-8")
    found = workflow.assess(tmp_path / "org.yaml", [tmp_path])
    scenario, after = trying.attempt(found, answers=("three=no",))
    rows = move_rows(compare(found, after, scenario))
    assert {row[0]: row[3] for row in rows[1:]} == {"Overall": "", "p P": ""}
    assert rows[1][1:3] == ("2.00 on 0 to 2", "2.00 on 0 to 3")


@pytest.mark.parametrize(("weight", "change"), [("1.01", "0.0"), ("3", "0.")])
def test_a_small_difference_is_printed_as_one(place, weight, change):
    found = workflow.assess(place.org, [place.rubrics])
    scenario, after = trying.attempt(found, weights=(f"mend={weight}",))
    (row,) = move_rows(compare(found, after, scenario))[1:]
    assert row[1] != row[2]
    assert row[3].startswith(f"+{change}")
    assert float(row[3]) > 0
