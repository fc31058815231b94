"""The fenced blocks of a page: what it has the reader save, what it has the reader run, and what that prints."""

import os
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import NamedTuple

_FENCE = re.compile(r"^```(\w*) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DOTS = "..."


class Fence(NamedTuple):
    """One block: its language, the rest of its first line, its text, and the line of the page it starts on."""

    language: str
    words: str
    text: str
    line: int

    def setting(self, name):
        """What `name=` says behind the language; empty when it says nothing."""
        return dict(word.partition("=")[::2] for word in self.words.split()).get(name, "")


def fences(page):
    """Every fenced block of a Markdown text, in order."""
    return [Fence(*found.groups(), page.count("\n", 0, found.start()) + 1) for found in _FENCE.finditer(page)]


def unfenced(page):
    """A Markdown text without its fenced blocks."""
    return _FENCE.sub("", page)


def example(path, title):
    """The first YAML block below a heading, or other words, of a page."""
    below = Path(path).read_text(encoding="utf-8").split(title, 1)[1]
    return next(fence.text for fence in fences(below) if fence.language == "yaml")


def prints(printed, shown):
    """Whether a command printed what a page shows; three dots there stand for anything, line breaks too."""
    pattern = ".*".join(re.escape(part) for part in shown.strip("\n").split(DOTS))
    return re.fullmatch(pattern, printed.strip("\n"), re.DOTALL) is not None


def save(fence, place):
    """Write a block that names a file below a folder."""
    target = place / fence.setting("file")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(fence.text, encoding="utf-8")


def run(commands, place):
    """Commands as a reader types them, with the program of this installation; standard error among the output."""
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])
    environment = {name: value for name, value in os.environ.items() if name != "ASSESS_RUBRICS"}
    return subprocess.run(
        [shutil.which("sh"), "-e", "-c", commands],
        cwd=place,
        env=environment | {"PATH": path, "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
