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
