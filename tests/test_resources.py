"""Resources: rubrics and templates are found where they are said to be; a slip is answered with the nearest name."""

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
