"""Resources: rubrics and templates are found where they are said to be; a slip is answered with the nearest name."""

from pathlib import Path

import pytest

from assess import resources
from assess.problems import DocumentError
from assess.resources import find_rubric, list_rubrics, rubric_folders, shipped, template_folders


@pytest.fixture
def folders(tmp_path):
    for name in (
        "given/alpha",
        "here/rubrics/alpha",
        "here/rubrics/beta",
        "here/rubrics/.hidden",
        "here/rubrics/empty",
    ):
        (tmp_path / name).mkdir(parents=True)
        if name != "here/rubrics/empty":
            (tmp_path / name / "rubric.yaml").write_text("assess: rubric/1\n", encoding="utf-8")
    (tmp_path / "here/rubrics/small.yaml").write_text("assess: rubric/1\n", encoding="utf-8")
    (tmp_path / "here/rubrics/README.md").write_text("Rubrics\n", encoding="utf-8")
    return tmp_path


def refusal(name, extra=(), **settings):
    with pytest.raises(DocumentError) as caught:
        find_rubric(name, extra, **settings)
    (found,) = caught.value.problems
    assert found.code == "file_missing"
    return found


def test_shipped_folders_stand_in_the_checkout_until_they_are_installed(tmp_path, monkeypatch):
    assert (shipped("rubrics") / "social_business" / "rubric.yaml").is_file()
    package = tmp_path / "src" / "assess"
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert shipped("templates") == tmp_path / "templates"
    (package / "_data" / "templates").mkdir(parents=True)
    assert shipped("templates") == package / "_data" / "templates"


def test_folders_are_searched_in_order_once_and_only_if_they_exist(folders):
    given, here = folders / "given", folders / "here"
    assert rubric_folders([given, folders / "none", given / "." / ".." / "given"], here) == (
        given,
        here / "rubrics",
        shipped("rubrics"),
    )


def test_the_first_of_two_rubrics_of_one_name_is_listed(folders):
    known = list_rubrics([folders / "given"], folders / "here")
    assert list(known) == ["alpha", "beta", "complaint_handling", "small", "social_business"]
    assert known["alpha"] == folders / "given" / "alpha"
    assert known["small"] == folders / "here" / "rubrics" / "small.yaml"


def test_a_rubric_is_found_by_name_or_by_path(folders):
    here = folders / "here"
    assert find_rubric("beta", (), here) == here / "rubrics" / "beta"
    assert find_rubric(folders / "given" / "alpha", ()) == folders / "given" / "alpha"
    assert find_rubric("rubrics/small.yaml", (), here) == here / "rubrics" / "small.yaml"
    assert find_rubric("social_business", (), here) == shipped("rubrics") / "social_business"


def test_an_unknown_name_is_answered_with_the_nearest_and_all_known(folders):
    found = refusal("bata", here=folders / "here")
    assert found.message == "no rubric 'bata'; did you mean 'beta'?"
    assert found.hint == "known rubrics: alpha, beta, complaint_handling, small, social_business"


def test_without_any_rubric_the_hint_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "src" / "assess")
    assert refusal("x", here=tmp_path).hint == "no folder of rubrics was found; name one"


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 5000, "\ud800"])
def test_names_no_file_can_have_are_unknown_names(name):
    assert refusal(name).message.isprintable()


def test_a_folder_that_cannot_be_listed_holds_no_rubrics(folders, monkeypatch):
    def forbidden(_path):
        raise PermissionError

    monkeypatch.setattr(type(folders), "iterdir", forbidden)
    assert list_rubrics([folders / "given"]) == {}


def test_templates_named_by_the_user_come_before_the_shipped_ones(tmp_path):
    assert template_folders([tmp_path]) == (tmp_path, shipped("templates"))
    with pytest.raises(DocumentError, match="no folder"):
        template_folders([tmp_path / "none"])


def rubric_in(folder, text):
    folder.mkdir(parents=True)
    (folder / "rubric.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "text",
    [
        "assess: rubric/1\nid: gamma\n",
        "# A comment\nid: gamma\ntitle: G\nassess: 'rubric/1'\n",
        'assess: overlay/1\nbase: alpha\nid: "gamma"\n',
        "{assess: rubric/1, id: gamma, title: G}\n",
        '{"title": "G", "assess": "rubric/1",\n "id": "gamma"}\n',
    ],
)
def test_a_rubric_is_found_by_the_id_it_gives_itself_and_by_the_name_of_its_folder(folders, text):
    place = rubric_in(folders / "here" / "rubrics" / "other", text)
    here = folders / "here"
    assert find_rubric("gamma", (), here) == place
    assert find_rubric("other", (), here) == place
    assert "'gamma'?" in refusal("gama", here=here).message


def test_the_head_of_a_rubric_may_lie_deeper_and_a_single_file_has_an_id_too(folders):
    here = folders / "here"
    (rubric_in(here / "rubrics" / "deep" / "head", "assess: rubric/1\nid: below\n").parent / "a.yaml").write_text(
        "a: b"
    )
    (here / "rubrics" / "small.yaml").write_text("assess: rubric/1\nid: tiny\n", encoding="utf-8")
    assert find_rubric("below", (), here) == here / "rubrics" / "deep"
    assert find_rubric("tiny", (), here) == here / "rubrics" / "small.yaml"


def test_an_id_wins_over_the_name_of_a_folder_that_holds_something_else(folders):
    here = folders / "here"
    rubric_in(here / "rubrics" / "delta", "assess: rubric/1\nid: epsilon\n")
    other = rubric_in(here / "rubrics" / "zeta", "assess: rubric/1\nid: delta\n")
    assert find_rubric("delta", (), here) == other
    assert find_rubric("epsilon", (), here) == here / "rubrics" / "delta"


def test_the_id_of_what_stands_inside_a_rubric_is_not_its_own(folders):
    place = folders / "here" / "rubrics" / "eta"
    rubric_in(place, "assess: rubric/1\nprinciples:\n  - id: inside\nid: eta_rubric\n")
    assert refusal("inside", here=folders / "here").message.startswith("no rubric 'inside'")
    assert find_rubric("eta_rubric", (), folders / "here") == place


@pytest.mark.parametrize("closed", ["rubrics", "rubrics/ferry", "given"])
def test_a_folder_that_cannot_be_read_is_not_called_missing(folders, monkeypatch, closed):
    """The user of a test may read everything, so the folder refuses by itself."""
    (folders / "here" / "rubrics" / "ferry").mkdir()
    shut = folders / closed if closed == "given" else folders / "here" / closed
    looked = Path.iterdir

    def iterdir(path):
        if path == shut:
            raise PermissionError(13, "Permission denied")
        return looked(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    found = refusal("ferry", [folders / "given"], here=folders / "here")
    assert found.message == f"no rubric 'ferry' was found, and {str(shut)!r} cannot be read: permission denied"
    assert found.hint == "check who may read it"
