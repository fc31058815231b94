"""The template engine: no way of putting texts together in a template gets around the escape."""

import datetime

import pytest
from jinja2 import TemplateError
from jinja2.exceptions import SecurityError, UndefinedError

from assess.render.environment import environment
from assess.render.markdown import Markdown, escape, strong
from assess.render.tables import Right, table
from assess.resources import shipped

RAW = "a|b *c* <x> & [^1] @me"
SAFE = str(escape(RAW))


@pytest.fixture
def fill(tmp_path):
    def filled(source, **values):
        (tmp_path / "t.j2").write_text(source)
        return environment([tmp_path]).get_template("t.j2").render(raw=RAW, **values)

    return filled


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ raw }}", SAFE),
        ("{{ 'x|y' }}", "x\\|y"),
        ("{{ 'x ' ~ raw }}", f"x {SAFE}"),
        ("{{ raw ~ 1 }}", f"{SAFE}1"),
        ("{{ 'x ' + raw }}", f"x {SAFE}"),
        ("{{ [raw, 'y|'] | join(' | ') }}", f"{SAFE} \\| y\\|"),
        ("{{ 'xyz' | replace('y', raw) }}", f"x{SAFE}z"),
        ("{{ raw | upper }}", str(escape(RAW.upper()))),
        ("{{ raw | first }}{{ raw | last }}", "ae"),
        ("{% macro m(x) %}**{{ x }}**{% endmacro %}{{ m(raw) }}", f"**{SAFE}**"),
        ("{% macro m(x) %}**{{ x }}**{% endmacro %}{{ m(raw) ~ raw }}", f"**{SAFE}**{SAFE}"),
        ("{% macro m(x) %}**{{ x }}**{% endmacro %}{{ m(raw) + raw }}", f"**{SAFE}**{SAFE}"),
        ("{% macro m(x) %}{{ x }}{% endmacro %}{{ [m(raw), raw] | join(', ') }}", f"{SAFE}, {SAFE}"),
        ("{% macro m() %}({{ caller() }}){% endmacro %}{% call m() %}{{ raw }}{% endcall %}", f"({SAFE})"),
        ("{% set x %}**{{ raw }}**{% endset %}{{ x }}", f"**{SAFE}**"),
        ("{% block b %}{{ raw }}{% endblock %}{{ self.b() ~ raw }}", f"{SAFE}{SAFE}{SAFE}"),
        ("{% block b %}{{ raw }}{% endblock %}{{ self.b() + raw }}", f"{SAFE}{SAFE}{SAFE}"),
        ("{% autoescape false %}{{ raw }}{{ 'x' ~ raw }}{% endautoescape %}", f"{SAFE}x{SAFE}"),
        ("{% for x in [1] recursive %}{{ raw if x is string else loop([raw]) }}{% endfor %}", SAFE),
        ("{{ 2 + 3 }} {{ 7 % 4 }} {{ 2 * 3 }}", "5 3 6"),
        ("{{ [1, 2] | sum }}", None),
        ("{{ table(['A', right('B')], [[raw, 1]]) }}", f"| A | B |\n| :-- | --: |\n| {SAFE} | 1 |"),
        ("{{ heading(2, raw, 'x') }}", f'## <a id="x"></a>{SAFE}'),
        ("{{ link(raw, 'x') }} {{ raw | strong }} {{ 'a' | code }}", f"[{SAFE}](#x) **{SAFE}** `a`"),
        ("{{ day }}", "2026-06-30"),
        ("{{ none | default('x', true) }}", "x"),
    ],
)
def test_every_way_of_printing_a_text_escapes_it(fill, source, expected):
    if expected is None:
        with pytest.raises(TemplateError):
            fill(source)
    else:
        assert fill(source, day=datetime.date(2026, 6, 30)) == expected


def test_a_block_of_a_parent_is_markdown_and_what_is_added_to_it_is_not(tmp_path):
    (tmp_path / "parent.j2").write_text("{% block b %}**{{ raw }}**{% endblock %}")
    (tmp_path / "middle.j2").write_text("{% extends 'parent.j2' %}{% block b %}{{ super() ~ '|' }}{% endblock %}")
    (tmp_path / "child.j2").write_text(
        "{% extends 'middle.j2' %}{% block b %}{{ super() + raw }} {{ super.super() }}{% endblock %}"
    )
    text = environment([tmp_path]).get_template("child.j2").render(raw=RAW)
    assert text == f"**{SAFE}**\\|{SAFE} **{SAFE}**"


@pytest.mark.parametrize(
    "source",
    [
        "{{ raw | safe }}", "{{ raw | e }}", "{{ raw | format(1) }}", "{{ raw | center(9) }}", "{{ raw | tojson }}",
        "{{ raw | pprint }}",
        "{{ raw.format(1) }}", "{{ raw.join([1]) }}", "{{ raw.replace('a', 'b') }}", "{{ raw.center(10) }}",
        "{{ raw.__class__ }}",
        "{{ 'a' * 9 }}", "{{ [1] * 9 }}", "{{ '%s' % raw }}", "{{ 2 ** 9 }}", "{{ lipsum() }}", "{{ range(10 ** 9) }}",
        "{{ range(1000000) | length }}", "{% filter upper %}x{% endfilter %}", "{% set x | upper %}x{% endset %}",
        "{{ nothing }}",
        "{{ values.append(1) }}", "{{ values.nothing }}", "{% import 't.j2' as t %}{{ t }}",
    ],
)  # fmt: skip
def test_what_would_get_around_the_escape_is_refused(fill, source):
    with pytest.raises((TemplateError, SecurityError, UndefinedError, OverflowError, TypeError, RecursionError)):
        fill(source, values=[1])


@pytest.mark.parametrize(
    "value", [1.5, None, True, {"a": 1}, [1], (1,), object(), datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)]
)
def test_what_has_no_print_of_its_own_is_refused(fill, value):
    with pytest.raises(TypeError, match="cannot be printed"):
        fill("{{ value }}", value=value)


def test_a_template_reaches_the_shipped_one_below_base(tmp_path):
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    own.mkdir()
    shipped.mkdir()
    (shipped / "a.j2").write_text("shipped {% block b %}{% endblock %}")
    (own / "a.j2").write_text("{% extends 'base/a.j2' %}{% block b %}own{% endblock %}")
    assert environment([own, shipped]).get_template("a.j2").render() == "shipped own"


def test_a_table_without_rows_says_so():
    assert table(["A"], []) == "None."


def test_a_table_refuses_rows_of_another_width():
    with pytest.raises(TypeError, match="a row of 1 cells in a table of 2 columns"):
        table(["A", Right("B")], [(1,)])


def test_a_cell_keeps_markdown_and_escapes_the_rest():
    assert table(["A"], [(strong("x"),), ("x|y",), (Markdown("a\nb"),)]).splitlines()[2:] == [
        "| **x** |",
        "| x\\|y |",
        "| a b |",
    ]


def test_templates_that_cannot_be_kept_are_compiled_all_the_same(monkeypatch, tmp_path):
    full = tmp_path / "full"
    full.mkdir()
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(full))
    engine = environment([shipped("templates")])
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda **_: (_ for _ in ()).throw(OSError("no space left")))
    assert engine.get_template("roadmap.md.j2").blocks
