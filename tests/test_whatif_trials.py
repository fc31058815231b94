"""What a change would do is what it does: tried, and made for good in the files, it comes out the same."""

import shutil
from pathlib import Path

import confiding
import pytest
import trying
from confiding import chance_of

from assess import workflow
from assess.problems import DocumentError
from assess.resources import find_rubric

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "sample_orgs"
FOREIGN = Path(__file__).parent / "foreign"


def consistent(files):
    """The files of an inn in which nobody answers what was not put to him."""
    for data in files.values():
        shop = data["answers"].get("shop")
        if not (shop and shop.get("value") == "yes"):
            data["answers"].pop("till", None)
    return files


def compared(chance, home, rubrics, target):
    """Whether a drawn change was tried; then it came out as it does when it is made for good."""
    found = workflow.assess(home, [rubrics])
    written = trying.drawn(chance, found)
    try:
        _, after = trying.attempt(found, **written)
    except DocumentError:
        return False
    assert trying.outcome(after) == trying.outcome(trying.real(home, rubrics, target, found, written)), written
    return True


@pytest.mark.parametrize("part", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 6))])
def test_a_change_tried_on_an_inn_with_anonymous_guests_is_the_change_made_for_good(part, tmp_path):
    tried = 0
    for seed in range(10 * part, 10 * part + 10):
        chance, place = chance_of(seed), tmp_path / str(seed)
        files = consistent(confiding.organization(chance, chance.choice([2, 6, 8]), shy_staff=False))
        home = confiding.written(place, files)
        tried += compared(chance, home, place / "rubrics", place / "twin")
    assert tried >= 6


@pytest.mark.parametrize("seed", range(8))
def test_a_proof_that_is_tried_counts_as_the_papers_that_are_attached(seed, tmp_path):
    chance = chance_of(seed)
    files = consistent(confiding.organization(chance, 6))
    name, value = chance.choice(["heard", "reply_fast"]), chance.choice(confiding.LEVELS)
    home = confiding.written(tmp_path, files)
    found = workflow.assess(home, [tmp_path / "rubrics"])
    _, after = trying.attempt(found, answers=(f"boss.{name}={value}",), proofs=(f"{name}=confirmed",))
    papers = [{"title": kind, "kind": kind, "dated": "2026-06-30"} for kind in ("document", "customer")]
    files["boss"]["answers"][name] = {"value": value, "evidence": papers}
    real = workflow.assess(confiding.written(tmp_path, files), [tmp_path / "rubrics"])
    assert trying.level_off(after.scorecard.scores) == trying.level_off(real.scorecard.scores)
    assert after.certainties["overall"].backed == real.certainties["overall"].backed


@pytest.mark.slow
@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.iterdir() if path.is_dir()))
@pytest.mark.parametrize("seed", range(4))
def test_a_change_tried_on_a_sample_is_the_change_made_for_good(sample, seed, tmp_path):
    shutil.copytree(SAMPLES / sample, tmp_path / sample)
    shutil.copytree(find_rubric("social_business", ()), tmp_path / "rubrics" / "social_business")
    shutil.rmtree(tmp_path / "rubrics" / "social_business" / "personas")  # they expect the gates that are taken out
    chance = chance_of(seed)
    assert sum(compared(chance, tmp_path / sample, tmp_path / "rubrics", tmp_path / f"twin{n}") for n in range(3)) >= 1


def engagement_of(chance, name, place):
    """An engagement of somebody else's rubric, one respondent in each role, with most questions answered."""
    (place / "rubrics").mkdir(parents=True)
    shutil.copy(FOREIGN / f"{name}.yaml", place / "rubrics")
    rubric = workflow.load_rubric(place / "rubrics" / f"{name}.yaml")
    (place / "org" / "answers").mkdir(parents=True)
    about = {"organization": {"name": "Acme", "staff": 300}, "rubric": rubric.id, "assessed_on": "2026-06-30"}
    trying.saved(place / "org" / "engagement.yaml", {"assess": "engagement/1", **about})
    for role in rubric.roles:
        asked = [q for q in rubric.questions() if role.id in rubric.asked(q) and chance.random() < 0.9]
        asked = asked or [q for q in rubric.questions() if role.id in rubric.asked(q)]
        texts = {q.id: trying.value_for(chance, rubric, q) or "Words." for q in asked}
        answers = {name: trying.written_value(rubric, name, text) for name, text in texts.items()}
        head = {"assess": "answers/1", "respondent": f"r-{role.id}", "role": role.id, "submitted": "2026-06-01"}
        trying.saved(place / "org" / "answers" / f"{role.id}.yaml", {**head, "answers": answers or {}})
    return place / "org"


@pytest.mark.parametrize("name", sorted(path.stem for path in FOREIGN.glob("*.yaml")))
def test_a_change_tried_on_other_peoples_rubrics_is_the_change_made_for_good(name, tmp_path):
    tried = 0
    for seed in range(3):
        chance, place = chance_of(seed), tmp_path / str(seed)
        home = engagement_of(chance, name, place)
        tried += compared(chance, home, place / "rubrics", place / "twin")
    assert tried
