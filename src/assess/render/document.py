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
        "paper": "",
        "document": document_facts(case),
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


def document_facts(case: RenderContext) -> Mapping[str, str]:
    """What stands at the top of a document."""
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
        "client": case.client,
        "title": f"{case.client}: {case.rubric.title} roadmap",
        "facts": join_facts(concat((strong(name), f" {value}")) for name, value in named if value.strip()),
        "confidentiality": engagement.confidentiality.strip(),
        "downwards": "more is worse" if any(is_low(case.rubric, name) for name in case.scorecard.scores) else "",
        "about": join(lines(engagement.organization.summary), HARD_BREAK),
    }


def write_document(case: RenderContext, template_folders: Sequence[Path]) -> str:
    """The document, ending in one line break; raises DocumentError with the code `template` or `markdown`."""
    text = Writer(TEMPLATE, template_folders).fill(view(case))
    check_whole("the document", text, template_folders)
    return text


def check_whole(name: str, text: str, folders: Sequence[Path]) -> None:
    """Raise DocumentError for everything that is broken in a document, under its name."""
    broken = lint(text)
    if broken:
        code, hint = (
            ("template", "a template of your own is in use; keep the anchors of the part it replaces")
            if len(folders) > 1
            else ("markdown", "")
        )
        raise DocumentError(Problem(code, message, Location(name, line), hint) for line, message in broken)


class Writer:
    """A template that is filled as often as needed; what it does is counted over all of it."""

    def __init__(self, name: str, folders: Sequence[Path]) -> None:
        """Take a template by name from some folders, the shipped one last."""
        self._name, self._folders, self._engine = name, folders, environment(folders)

    def fill(self, values: Mapping[str, object]) -> str:
        """The text of a document; raises DocumentError when the template cannot be filled."""
        try:
            _check_blocks(self._engine, self._name, self._folders)
            text = self._engine.get_template(self._name).render(values)
        except _FAILURES as failure:
            raise DocumentError([_failed(failure, self._name, self._folders)]) from failure
        return _BLANK_LINES.sub("\n\n", _LINE_ENDS.sub("", text)).strip("\n") + "\n"


def _check_blocks(engine: Environment, name: str, folders: Sequence[Path]) -> None:
    """Refuse a block that the template it extends does not have: it would silently print nothing."""
    shipped = folders[-1] / name
    for folder in folders[:-1]:
        path = folder / name
        if not path.is_file():
            continue
        own = engine.parse(Folder(folder).get_source(engine, name)[0], name, str(path))
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


def _failed(failure: BaseException, name: str, folders: Sequence[Path]) -> Problem:
    """The problem behind a failure, at the line of the template where it happened."""
    places = list(_places(failure, folders))
    if isinstance(failure, RecursionError):
        hint = f'a template that extends the shipped one of its name says {{% extends "{BASE}/{name}" %}}'
        return Problem("template", "the template includes or extends itself", places[0] if places else None, hint)
    message = str(failure) or type(failure).__name__
    top = next((Location(str(folder / name)) for folder in folders if (folder / name).is_file()), None)
    return Problem("template", f"the template cannot be filled: {message}", places[-1] if places else top)


def _places(failure: BaseException, folders: Sequence[Path]) -> Iterator[Location]:
    """The lines of templates a failure went through, outermost first."""
    known = tuple(str(folder) for folder in folders)
    for frame, line in walk_tb(failure.__traceback__):
        if frame.f_code.co_filename.startswith(known):
            yield Location(frame.f_code.co_filename, line)
    if isinstance(failure, TemplateSyntaxError) and failure.filename:
        yield Location(failure.filename, failure.lineno)
