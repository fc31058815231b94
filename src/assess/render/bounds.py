"""What a template may cost: how much work it does, and how much it holds at once.

Counts, never seconds: the same template ends at the same place on every machine.
"""

from collections.abc import Callable, Iterable, Iterator, Sized
from functools import wraps
from typing import Any, TypeVar

from jinja2 import nodes
from jinja2.exceptions import SecurityError

MOST_WORK = 100_000
MOST_HELD = 5_000_000
MOST_WRITTEN = 20_000_000
TICK = "tick"
_FOR_ONE = 1000

T = TypeVar("T")


class Work:
    """The work one document has taken: turns of loops, calls of macros, and each thousand characters or entries read.

    Everything raises SecurityError once there is more than any document needs.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.done = 0

    def tick(self, *read: object) -> None:
        """Count one step, and what it reads."""
        self.done += 1 + sum(len(value) // _FOR_ONE for value in read if isinstance(value, Sized))
        if self.done > MOST_WORK:
            raise SecurityError(f"the template takes more than {MOST_WORK:,} steps")

    def counted(self, function: Callable[..., T]) -> Callable[..., T]:
        """The function, which from now on counts what it reads."""

        @wraps(function)
        def counting(*arguments: Any, **named: Any) -> T:  # noqa: ANN401 - whatever the function takes
            self.tick(*arguments)
            return function(*arguments, **named)

        return counting


def check_size(value: T) -> T:
    """The value; raises SecurityError when it holds more characters or entries than any document needs."""
    if isinstance(value, Sized) and len(value) > MOST_HELD:
        raise SecurityError(f"the template makes a value of more than {MOST_HELD:,} characters or entries")
    return value


def join_texts(texts: Iterable[str]) -> str:
    """The texts put together; raises SecurityError as soon as they are longer than any document."""
    found, size = [], 0
    for text in texts:
        found.append(text)
        size += len(text)
        if size > MOST_WRITTEN:
            raise SecurityError(f"the template writes more than {MOST_WRITTEN:,} characters")
    return "".join(found)


def count_steps(template: nodes.Template) -> nodes.Template:
    """The template with a step at the start of each turn of a loop and each call of a macro."""
    turns: Iterator[nodes.For | nodes.Macro] = template.find_all((nodes.For, nodes.Macro))
    for turn in turns:
        step = nodes.Call(nodes.EnvironmentAttribute(TICK), [], [], None, None)
        turn.body = [nodes.ExprStmt(step).set_lineno(turn.lineno), *turn.body]
    return template
