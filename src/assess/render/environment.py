"""The template engine: a sandbox in which every printed value is escaped for Markdown, whatever the template says."""

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    Undefined,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import Environment
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.filters import do_batch
from jinja2.loaders import split_template_path
from jinja2.runtime import BlockReference, Context, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assess.render import bounds
from assess.render.bounds import TICK, Work, check_size, count_steps, join_texts
from assess.render.markdown import Markdown, anchor, block_id, code, concat, escape, heading, join, link, strong
from assess.render.tables import Right, bullets, facts, printed, table, tasks

BASE = "base"
# What a template may do to a value; everything else of Jinja writes HTML, repeats texts or needs a clock.
_FILTERS = (
    *("count", "d", "default", "dictsort", "first", "groupby", "last", "length", "list", "lower"),
    *(
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "reverse",
        "select",
        "selectattr",
        "sort",
        "trim",
        "unique",
        "upper",
    ),
)
_TEXT_METHODS = frozenset(["endswith", "lower", "startswith", "strip", "upper"])


class _Block(BlockReference):
    """What `super()` and `self.block()` call: their text is Markdown already."""

    @property
    def super(self) -> "_Block | Undefined":
        return _known(super().super)

    def __call__(self) -> Markdown:
        return Markdown(super().__call__())


def _known(found: BlockReference | Undefined) -> "_Block | Undefined":
    if isinstance(found, Undefined):
        return found
    return _Block(found.name, found._context, found._stack, found._depth)  # noqa: SLF001 - no public way to copy one


class _Context(Context):
    def super(self, name: str, current: Callable[[Context], Iterator[str]]) -> "_Block | Undefined":
        return _known(super().super(name, current))


class _Self(TemplateReference):
    def __getitem__(self, name: str) -> object:
        return _known(super().__getitem__(name))


class _Macro(Macro):
    """A macro: what it returns was escaped while it was written."""

    def _invoke(self, arguments: list[Any], autoescape: bool) -> Markdown:  # noqa: FBT001 - Jinja's signature
        return Markdown(super()._invoke(arguments, autoescape))


class _Template(Template):
    """A template whose compiled code takes the Markdown types where Jinja has its HTML types."""

    @classmethod
    def _from_namespace(
        cls,
        environment: Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],  # noqa: A002
    ) -> "Template":
        namespace.update(Markup=Markdown, Macro=_Macro, TemplateReference=_Self)
        namespace.update(escape=escape, markup_join=_concatenated, str_join=_concatenated, concat=join_texts)
        return super()._from_namespace(environment, namespace, globals)


class _Generator(CodeGenerator):
    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:  # noqa: ARG002, N802 - Jinja's names
        """Refuse the tag: it prints what a filter made of Markdown without looking at it."""
        self.fail("the tag 'filter' is not available here; print the value with the filter instead", node.lineno)

    def visit_AssignBlock(self, node: nodes.AssignBlock, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Refuse a filter on the tag, for the same reason."""
        if node.filter is not None:
            self.fail("the tag 'set' takes no filter here; print the value with the filter instead", node.lineno)
        super().visit_AssignBlock(node, frame)

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:  # noqa: ANN401
        """Take only the template's own text as constant; Jinja would escape constant expressions for HTML."""
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


class _Kept(FileSystemBytecodeCache):
    """Compiled templates in a folder; one that cannot be written is compiled again next time."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled_before() -> BytecodeCache | None:
    """Where Jinja keeps the shipped templates compiled: a folder only this user may read, else None.

    Half of the time a document takes is compiling its templates. The names carry a hash of the modules that decide
    how a template is compiled.
    """
    own = hashlib.sha256(Path(__file__).read_bytes() + Path(bounds.__file__).read_bytes()).hexdigest()[:16]
    try:
        return _Kept(pattern=f"assess-{own}-%s.cache")
    except (RuntimeError, OSError):
        return None


@contextlib.contextmanager
def _nested(name: str | None, filename: str | None) -> Iterator[None]:
    """Say of brackets and blocks too deep for the parser what they are; raises TemplateSyntaxError."""
    try:
        yield
    except RecursionError:
        raise TemplateSyntaxError("brackets or blocks are nested too deeply", 1, name, filename) from None


class MarkdownEnvironment(ImmutableSandboxedEnvironment):
    """Jinja with strict names, a short list of filters, and Markdown as the only safe text."""

    template_class = _Template
    context_class = _Context
    code_generator_class = _Generator
    intercepted_binops = frozenset(["+", "*", "**", "%"])
    concat = staticmethod(join_texts)

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Jinja's own options
        """Take Jinja's options; each engine counts the work of the one document it is made for."""
        super().__init__(**options)
        self.work = Work()
        setattr(self, TICK, self.work.tick)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        with _nested(name, filename):
            return count_steps(super()._parse(source, name, filename))

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 - Jinja's signature
    ) -> str:
        with _nested(name, filename):
            return super()._generate(source, name, filename, defer_init)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may read an attribute; of texts only methods that neither build nor repeat."""
        if isinstance(obj, str):
            self.work.tick(obj)
            return attr in _TEXT_METHODS
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: object) -> None:
        """No wrapper: a text's `format` is not available at all."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Texts added are escaped; texts and lists repeated or filled in, and powers, are refused."""
        if operator == "+":
            self.work.tick(left, right)
            return check_size(
                concat((left, right)) if isinstance(left, str) and isinstance(right, str) else left + right
            )
        if operator == "**" or not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise SecurityError(f"'{operator}' is not available here")
        return super().call_binop(context, operator, left, right)


def _concatenated(values: Iterable[object]) -> Markdown:
    return check_size(concat(value if isinstance(value, str) else printed(value) for value in values))


def _finalized(value: object) -> Markdown:
    """The value as Markdown; raises UndefinedError for a name that does not exist, TypeError for what has no print."""
    return escape(str(value)) if isinstance(value, Undefined) else printed(value)


def _joined(values: Iterable[object], between: str = "") -> Markdown:
    texts = check_size([value if isinstance(value, str) else printed(value) for value in values])
    check_size(range(sum(len(text) + len(between) for text in texts)))
    return join(texts, between)


def _replaced(text: str, old: str, new: str) -> str:
    text, old, new = str(text), str(old), str(new)
    check_size(range(len(text) + text.count(old) * len(new)))
    return text.replace(old, new)


def _batched(values: Iterable[object], size: int, fill: object = None) -> Iterable[list[object]]:
    check_size(range(size))
    return do_batch(values, size, fill)


class Folder(FileSystemLoader):
    """Templates of one folder; what a link brings in from elsewhere, and what is no text, is refused by name."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text and the file of a template; raises TemplateSyntaxError, which names the file."""
        path = Path(self.searchpath[0], *split_template_path(template))
        if path.exists() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.searchpath[0])):
            raise TemplateSyntaxError("it is a link that leads out of the folder of templates", 1, template, str(path))
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            raise TemplateSyntaxError("it is not UTF-8 text", 1, template, str(path)) from error


def environment(folders: Sequence[Path]) -> MarkdownEnvironment:
    """The engine over some template folders, the shipped one last; a template reaches that one as `base/NAME`."""
    shipped = FileSystemLoader(folders[-1])
    loaders: list[BaseLoader] = [Folder(folder) for folder in folders[:-1]]
    engine = MarkdownEnvironment(
        loader=ChoiceLoader([*loaders, shipped, PrefixLoader({BASE: shipped})]),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        optimized=False,
        bytecode_cache=None if loaders else _compiled_before(),
    )
    filters = {name: engine.filters[name] for name in _FILTERS}
    filters |= {"batch": _batched, "join": _joined, "replace": _replaced, "strong": strong, "code": code}
    engine.filters = {name: engine.work.counted(function) for name, function in filters.items()}
    engine.globals = {"range": engine.globals["range"], "namespace": engine.globals["namespace"]}
    engine.globals |= {"table": table, "right": Right, "heading": heading, "link": link, "block_id": block_id}
    engine.globals |= {"anchor": anchor, "bullets": bullets, "facts": facts, "tasks": tasks}
    return engine
