"""Fills the templates with the views of a case, and checks what comes out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from traceback import walk_tb

from jinja2 import TemplateError, TemplateSyntaxError, nodes
from jinja2.environment import Environment

from assess.model.betterness import is_low
from assess.problems import DocumentError, Location, Problem, nearest
from assess.render.context import RenderContext, join_facts
from assess.render.environment import BASE, Folder, environment
from assess.render.lint import lint
from assess.render.markdown import HARD_BREAK, concat, join, lines, strong
from assess.render.sections.answers import replies
from assess.render.sections.cards import cards
from assess.render.sections.decisions import decided
from assess.render.sections.evidence import exhibits, register, unproved_claims
from assess.render.sections.findings import found
from assess.render.sections.method import method
from assess.render.sections.roadmap import outlook, risks, roadmap
from assess.render.sections.standing import standing
from assess.render.sections.summary import summary
from assess.render.sections.trace import trace
from assess.scope import extent_in_words

TEMPLATE = "roadmap.md.j2"
_LINE_ENDS = re.compile(r" +$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")
# What a template can run into: its own mistakes, values it cannot print, and inheritance in a circle.
_FAILURES = (
    TemplateError,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    OSError,
    MemoryError,
)


def view(case: RenderContext) -> Mapping[str, object]:
    """Everything a template may print, by section."""
    return {
        "document": _document(case),
        "summary": summary(case),
        "standing": standing(case),
        "found": found(case),
        "decided": decided(case),
        "roadmap": roadmap(case),
        "outlook": outlook(case),
        "cards": cards(case),
        "risks": risks(case),
        "trace": trace(case),
        "evidence": register(case, exhibits(case)),
        "unproved": unproved_claims(case),
        "answers": replies(case),
        "method": method(case),
    }


def _document(case: RenderContext) -> Mapping[str, str]:
    engagement = case.sheet.engagement
    named = (
        ("Prepared for", engagement.prepared_for),
        ("Prepared by", engagement.prepared_by),
        ("Assessed on", engagement.assessed_on.isoformat()),
        ("Issue", f"{engagement.issue} ({engagement.status})"),
        ("Rubric", f"{case.rubric.title} {case.rubric.version}"),
        ("Asked", extent_in_words(case.rubric.extent) if case.rubric.extent else ""),
    )
    return {
        "title": f"{case.client}: {case.rubric.title} roadmap",
        "facts": join_facts(concat((strong(name), f" {value}")) for name, value in named if value.strip()),
        "confidentiality": engagement.confidentiality.strip(),
        "downwards": "more is worse" if any(is_low(case.rubric, name) for name in case.scorecard.scores) else "",
        "about": join(lines(engagement.organization.summary), HARD_BREAK),
    }


def write_document(case: RenderContext, template_folders: Sequence[Path]) -> str:
    """The document, ending in one line break; raises DocumentError with the code `template` or `markdown`."""
    engine = environment(template_folders)
    own = len(template_folders) > 1
    values = view(case)
    try:
        _check_blocks(engine, template_folders)
        text = engine.get_template(TEMPLATE).render(values)
    except _FAILURES as failure:
        raise DocumentError([_failed(failure, template_folders)]) from failure
    text = _BLANK_LINES.sub("\n\n", _LINE_ENDS.sub("", text)).strip("\n") + "\n"
    broken = lint(text)
    if broken:
        code, hint = (
            ("template", "a template of your own is in use; keep the anchors of the part it replaces")
            if own
            else ("markdown", "")
        )
        raise DocumentError(Problem(code, message, Location("the document", line), hint) for line, message in broken)
    return text


def _check_blocks(engine: Environment, folders: Sequence[Path]) -> None:
    """Refuse a block that the template it extends does not have: it would silently print nothing."""
    shipped = folders[-1] / TEMPLATE
    for folder in folders[:-1]:
        path = folder / TEMPLATE
        if not path.is_file():
            continue
        own = engine.parse(Folder(folder).get_source(engine, TEMPLATE)[0], TEMPLATE, str(path))
        if not any(_is_shipped(extended) for extended in own.find_all(nodes.Extends)):
            continue
        known = {block.name for block in engine.parse(shipped.read_text("utf-8")).find_all(nodes.Block)}
        unknown = [block for block in own.find_all(nodes.Block) if block.name not in known]
        if unknown:
            raise DocumentError(_unknown_block(path, block, sorted(known)) for block in unknown)


def _is_shipped(extended: nodes.Extends) -> bool:
    return isinstance(extended.template, nodes.Const) and str(extended.template.value).startswith(f"{BASE}/")


def _unknown_block(path: Path, block: nodes.Block, known: Sequence[str]) -> Problem:
    message = f"the template has no block '{block.name}'{nearest(block.name, known)}"
    return Problem("template", message, Location(str(path), block.lineno), f"its blocks are {', '.join(known)}")


def _failed(failure: BaseException, folders: Sequence[Path]) -> Problem:
    """The problem behind a failure, at the line of the template where it happened."""
    places = list(_places(failure, folders))
    if isinstance(failure, RecursionError):
        hint = f'a template that extends the shipped one of its name says {{% extends "{BASE}/{TEMPLATE}" %}}'
        return Problem("template", "the template includes or extends itself", places[0] if places else None, hint)
    message = str(failure) or type(failure).__name__
    top = next((Location(str(folder / TEMPLATE)) for folder in folders if (folder / TEMPLATE).is_file()), None)
    return Problem("template", f"the template cannot be filled: {message}", places[-1] if places else top)


def _places(failure: BaseException, folders: Sequence[Path]) -> Iterator[Location]:
    """The lines of templates a failure went through, outermost first."""
    known = tuple(str(folder) for folder in folders)
    for frame, line in walk_tb(failure.__traceback__):
        if frame.f_code.co_filename.startswith(known):
            yield Location(frame.f_code.co_filename, line)
    if isinstance(failure, TemplateSyntaxError) and failure.filename:
        yield Location(failure.filename, failure.lineno)
