"""Templates of one's own: what they may change, and how their mistakes are told."""

import pytest
from rendering import TEMPLATES, document

from assess.problems import DocumentError


def test_a_template_of_ones_own_may_change_one_block(tmp_path):
    (tmp_path / "roadmap.md.j2").write_text(
        '{% extends "base/roadmap.md.j2" %}{% block tracking %}'
        '{{ heading(2, "Mine", "part-tracking") }}\n\n{{ document.title }} *{{ risks|length }}*\n{% endblock %}'
    )
    text = document(lambda word: f"{word} *x*", folders=(tmp_path, TEMPLATES))
    assert "</a>Mine\n\nAcme \\*x\\*: Care \\*x\\* roadmap *1*" in text
    assert "Appendix A" in text


def test_a_template_of_ones_own_may_replace_one_part(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "tracking.md.j2").write_text('{{ heading(2, "We meet on Mondays", "part-tracking") }}\n')
    assert "</a>We meet on Mondays\n" in document(folders=(tmp_path, TEMPLATES))


@pytest.mark.parametrize(
    ("source", "expected", "line"),
    [
        (
            "{% extends 'base/roadmap.md.j2' %}\n{% block sumary %}x{% endblock %}",
            "no block 'sumary'; did you mean 'summary'?",
            2,
        ),
        ("{% extends 'roadmap.md.j2' %}", "includes or extends itself", None),
        ("# T\n\n{{ nothing }}", "'nothing' is undefined", 3),
        ("# T\n{% if %}", "Expected an expression", 2),
        ("# T\n\n{{ document.__class__ }}", "unsafe", 3),
        ("# T\n\n{{ 1.5 }}", "a float cannot be printed", 3),
        ("{% include 'nowhere.j2' %}", "nowhere.j2", 1),
        ("# T\n\n[x](#nowhere)", "a link to '#nowhere', which is nowhere", None),
        ("no title", "0 titles of level 1", None),
    ],
)
def test_a_broken_template_of_ones_own_is_a_problem_with_its_line(tmp_path, source, expected, line):
    path = tmp_path / "roadmap.md.j2"
    path.write_text(source)
    with pytest.raises(DocumentError) as caught:
        document(folders=(tmp_path, TEMPLATES))
    problem = caught.value.problems[0]
    assert problem.code == "template"
    assert expected in problem.message
    if line:
        assert (problem.location.file, problem.location.line) == (str(path), line)


def test_a_shipped_template_that_breaks_the_document_is_our_mistake(tmp_path):
    (tmp_path / "roadmap.md.j2").write_text("# A\n\n### B\n")
    with pytest.raises(DocumentError) as caught:
        document(folders=(tmp_path,))
    assert [p.code for p in caught.value.problems] == ["markdown"]


def refused(folder):
    with pytest.raises(DocumentError) as caught:
        document(folders=(folder, TEMPLATES))
    (problem,) = caught.value.problems
    assert problem.code == "template"
    return problem


LONG = "{% set n = namespace(x='a') %}{% for a in range(18) %}{% set n.x = n.x ~ n.x %}{% endfor %}"


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% set n = namespace(x='ab') %}{% for a in range(9999) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x='ab') %}{% for a in range(9999) %}{% set n.x = n.x ~ n.x ~ a %}{% endfor %}",
        "{% set n = namespace(x=[1]) %}{% for a in range(9999) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x='aa') %}{% for a in range(99) %}{% set n.x = n.x | replace('a', n.x) %}{% endfor %}",
        "{% set n = namespace(x='aa') %}{% for a in range(99) %}{% set n.x = [n.x, n.x] | join(n.x) %}{% endfor %}",
        "{{ [1] | batch(999999999, 0) | list | length }}",
        f"{LONG}{{% for a in range(99999) %}}{{% set y = n.x | upper %}}{{% endfor %}}",
        f"{LONG}{{% for a in range(99999) %}}{{% set y = n.x.startswith('b') %}}{{% endfor %}}",
    ],
)
def test_a_template_without_end_or_bounds_is_stopped(tmp_path, source):
    (tmp_path / "roadmap.md.j2").write_text(f"# T\n{source}")
    problem = refused(tmp_path)
    assert "more than" in problem.message
    assert (problem.location.file, problem.location.line) == (str(tmp_path / "roadmap.md.j2"), 2)


def test_a_template_that_writes_without_bounds_is_stopped(tmp_path):
    (tmp_path / "roadmap.md.j2").write_text(f"# T\n{LONG}{{% for a in range(99999) %}}{{{{ n.x }}}}{{% endfor %}}")
    problem = refused(tmp_path)
    assert "writes more than" in problem.message
    assert problem.location.file == str(tmp_path / "roadmap.md.j2")


@pytest.mark.parametrize("name", ["roadmap.md.j2", "leak.j2"])
def test_a_link_out_of_the_folder_of_templates_is_not_followed(tmp_path, name):
    folder = tmp_path / "own"
    folder.mkdir()
    (tmp_path / "secret").write_text("{{ document.title }} secret")
    (folder / "roadmap.md.j2").write_text('# T\n{% include "leak.j2" %}')
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / "secret")
    problem = refused(folder)
    assert "a link that leads out of the folder" in problem.message
    assert problem.location.file == str(folder / name)


def test_a_link_inside_the_folder_of_templates_is_followed(tmp_path):
    (tmp_path / "real.j2").write_text("# {{ document.title }}\n")
    (tmp_path / "roadmap.md.j2").symlink_to(tmp_path / "real.j2")
    assert document(folders=(tmp_path, TEMPLATES)) == "# Acme: Care roadmap\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"# T\xff\n", "it is not UTF-8 text"),
        ("\ufeff# T\n".encode("utf-16"), "it is not UTF-8 text"),
        (b"# T\n{{ " + b"[" * 5000 + b"]" * 5000 + b" }}", "nested too deeply"),
        (b"# T\n" + b"{% if 1 %}" * 3000 + b"{% endif %}" * 3000, "nested too deeply"),
    ],
)
@pytest.mark.parametrize("name", ["roadmap.md.j2", "part.j2"])
def test_a_template_that_is_no_text_or_too_deep_is_named(tmp_path, content, said, name):
    (tmp_path / "roadmap.md.j2").write_text('# T\n{% include "part.j2" %}')
    (tmp_path / name).write_bytes(content)
    problem = refused(tmp_path)
    assert said in problem.message
    assert problem.location.file == str(tmp_path / name)
