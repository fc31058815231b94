"""How many small faults in what computes the tests notice: a mutation run.

Usage: mutants.py FOLDER [--count 320] [--seed 1] [--packages NAME ...] [--workers 1] [--longest 20] [--wider]
[--equivalent FILE] [--tests="WORDS FOR PYTEST"]. From the root of a checkout that nobody edits meanwhile, better a
clone of it. FOLDER keeps which test runs which line, and every verdict, so that a run that was ended goes on where it
stopped.

A mutant (`mutating.py`) is tried in a fork of its own by the tests that run its line, those named after its package
first, up to the first that fails. A test that alone takes longer than LONGEST seconds is not asked. `--wider` tries
those that survived once more, by all tests that run their module: what a test is given may have been worked out before
it began. With WORDS such as `-m 'not slow'` only those tests are asked. A line of FILE is the name of a mutant, a tab,
and why no test could tell it from the original.
"""

import argparse
import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import os
import random
import resource
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import redirect_stderr, redirect_stdout
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import coverage
import hypothesis
import pytest
from hypothesis import Phase

from mutating import Mutant, build_mutant, find_mutants

SOURCES = Path("src/assess")
PACKAGES = ("collect", "diagnose", "formula", "plan")
FIRST_FILES = (2, 8)  # so many are collected before the others are
MOST_TESTS = 300  # are asked before `--wider`
AT_A_TURN = 10  # tests of a file, before those of the others have had their turn
CONTROLS = 5  # mutants whose tests are first run on the original
# Imported before the forks, none of which has to do it again; nothing of the package is among them.
BEFORE = (
    "cmarkgfm",
    "jinja2",
    "jsonschema",
    "markdown_it",
    "mdit_py_plugins.footnote",
    "pydantic",
    "typer.testing",
    "yaml",
)
QUIET = ("-q", "--assert=plain", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
LEAST_SECONDS = 60  # of the processor, beside what its tests took, before a mutant that does not end is given up


# --- which tests run which line ---


class Watcher:
    """A plugin of pytest that tells coverage which test runs, and keeps how long each took and which fail."""

    def __init__(self, recorder: coverage.Coverage | None, chosen: Sequence[str] = ()) -> None:
        self.recorder, self.chosen = recorder, frozenset(chosen)
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []

    def pytest_configure(self) -> None:
        """Let every property draw the same cases in every run, and not look for the smallest that fails."""
        hypothesis.settings.register_profile(
            "mutants", deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate]
        )
        hypothesis.settings.load_profile("mutants")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the chosen tests."""
        if self.chosen:
            items[:] = [item for item in items if item.nodeid in self.chosen]

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Name the lines that are run now for their test."""
        if self.recorder:
            self.recorder.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep how long a test took, and whether it failed."""
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0) + report.duration
        if report.failed:
            self.failed.append(report.nodeid)


def run_pytest(words: Sequence[str], watcher: Watcher) -> int:
    """The exit code of pytest; what it prints is dropped."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return pytest.main([*QUIET, *words], plugins=[watcher])


def record_contexts(folder: Path, tests: Sequence[str]) -> None:
    """Run tests once, all if none are named; keep which lines each of them runs, and how long those that pass take."""
    recorder = coverage.Coverage(
        data_file=folder / "contexts", config_file=False, include=[f"*/assess/{name}/*" for name in PACKAGES]
    )
    watcher = Watcher(recorder)
    recorder.start()
    run_pytest(tests, watcher)
    recorder.stop()
    recorder.save()
    passed = {name: seconds for name, seconds in watcher.seconds.items() if name not in watcher.failed}
    (folder / "seconds.json").write_text(json.dumps(passed), encoding="utf-8")
    print(f"{len(passed)} tests passed, left out because they failed: {sorted(set(watcher.failed))}")


class Contexts:
    """Which tests run which line, and how long they take."""

    def __init__(self, folder: Path, longest: float) -> None:
        self.data = coverage.CoverageData(str(folder / "contexts"))
        self.data.read()
        seconds = json.loads((folder / "seconds.json").read_text(encoding="utf-8"))
        self.seconds = {name: took for name, took in seconds.items() if took <= longest}

    def find_tests(self, mutant: Mutant, *, wider: bool) -> list[str]:
        """The nearest tests that run a mutant's line; where none does, or `wider`, all that run its module."""
        lines = self.data.contexts_by_lineno(str(Path(mutant.path).resolve()))
        near = self.seconds.keys() & lines.get(mutant.line, ())
        if near and not wider:
            return sorted(self._some_of_each_file(mutant, near), key=self._rank(mutant, near))
        every = self.seconds.keys() & {name for names in lines.values() for name in names}
        return sorted(every, key=self._rank(mutant, every))

    def _some_of_each_file(self, mutant: Mutant, near: Collection[str]) -> list[str]:
        """The first tests of every file, then the next ones, until there are enough: what is alike notices alike."""
        turns: dict[str, int] = {}
        seen: Counter[str] = Counter()
        for name in sorted(near, key=self._rank(mutant, near)):
            turns[name] = seen[file_of(name)] // AT_A_TURN
            seen[file_of(name)] += 1
        return sorted(turns, key=lambda name: turns[name])[:MOST_TESTS]

    def _rank(self, mutant: Mutant, chosen: Collection[str]) -> Callable[[str], tuple[bool, float, str]]:
        """File by file, the files named after the package first, and of those the quickest."""
        took: dict[str, float] = {}
        for name in chosen:
            took[file_of(name)] = took.get(file_of(name), 0) + self.seconds[name]
        package = Path(mutant.path).parts[2]
        return lambda name: (package not in file_of(name), took[file_of(name)], file_of(name))


def file_of(test: str) -> str:
    """The file a test stands in."""
    return test.partition("::")[0]


# --- one mutant ---


class Verdict(NamedTuple):
    """Whether the tests notice a mutant: `killed` or `survived`, and by which test, or why not."""

    mutant: str
    verdict: str
    by: str


class Exchange(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from the code of a mutant."""

    def __init__(self, mutant: Mutant) -> None:
        parts = Path(mutant.path).with_suffix("").parts[1:]
        self.package = parts[-1] == "__init__"
        self.module = ".".join(parts[:-1] if self.package else parts)
        self.path, self.code = str(Path(mutant.path).resolve()), build_mutant(mutant)

    def find_spec(self, fullname: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """The mutant, where it is asked for."""
        if fullname != self.module:
            return None
        places = [str(Path(self.path).parent)] if self.package else None
        return importlib.util.spec_from_file_location(
            fullname, self.path, loader=self, submodule_search_locations=places
        )

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed code."""
        exec(self.code, module.__dict__)  # noqa: S102 - our own code, changed in one place


def judge(mutant: Mutant, tests: Sequence[str], exchange: Exchange | None) -> Verdict:
    """The verdict on a mutant, or on the original where nothing is exchanged."""
    if not tests:
        return Verdict(mutant.name, "survived", "no test runs it")
    if exchange:
        sys.meta_path.insert(0, exchange)
    files = list(dict.fromkeys(map(file_of, tests)))
    for begin, end in pairwise((0, *FIRST_FILES, len(files))):
        some = files[begin:end]
        watcher = Watcher(None, tests)
        code = run_pytest(["-x", *some], watcher) if some else pytest.ExitCode.OK
        if code != pytest.ExitCode.OK:
            return Verdict(mutant.name, "killed", watcher.failed[0] if watcher.failed else "import")
    return Verdict(mutant.name, "survived", f"{len(tests)} tests pass")


class Trials(NamedTuple):
    """Where verdicts are kept, which tests there are, and how many are tried at a time."""

    contexts: Contexts
    verdicts: Path
    workers: int
    wider: bool

    def keep(self, verdict: Verdict) -> None:
        """Append a verdict to the others."""
        with self.verdicts.open("a", encoding="utf-8") as file:
            file.write(json.dumps(verdict) + "\n")

    def run(self, mutants: Sequence[Mutant], exchange: Callable[[Mutant], Exchange | None]) -> None:
        """Try each mutant in a fork of its own; one that takes far longer than its tests do is killed."""
        running: dict[int, Mutant] = {}

        def wait() -> None:
            child, status = os.wait()
            mutant = running.pop(child)
            if os.WIFSIGNALED(status):
                self.keep(Verdict(mutant.name, "killed", "it does not end"))

        for mutant in mutants:
            if len(running) >= self.workers:
                wait()
            tests = self.contexts.find_tests(mutant, wider=self.wider)
            limit = int(LEAST_SECONDS + sum(self.contexts.seconds[name] for name in tests))
            child = os.fork()
            if not child:
                os.setsid()  # what a test does to its group ends nobody else
                resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
                self.keep(judge(mutant, tests, exchange(mutant)))
                os._exit(0)
            running[child] = mutant
        while running:
            wait()


# --- all of them ---


def draw_mutants(packages: Sequence[str], count: int, seed: int) -> list[Mutant]:
    """Mutants of some packages, drawn by chance."""
    paths = sorted(path for name in packages for path in (SOURCES / name).rglob("*.py"))
    every = [mutant for path in paths for mutant in find_mutants(path)]
    drawn = random.Random(seed).sample(every, min(count, len(every)))  # noqa: S311 - the same every time
    print(f"seed {seed}: {len(drawn)} of {len(every)} mutants of {', '.join(packages)}")
    return drawn


def record_apart(folder: Path, tests: Sequence[str]) -> None:
    """Record the contexts in a fork, so that nothing of the package is loaded here."""
    child = os.fork()
    if not child:
        record_contexts(folder, tests)
        os._exit(0)
    os.waitpid(child, 0)


def try_originals(mutants: Sequence[Mutant], trials: Trials) -> None:
    """Run the tests of the first mutants on the original, where they have to pass."""
    known = read_verdicts(trials.verdicts)
    trials.run([mutant for mutant in mutants[:CONTROLS] if mutant.name not in known], lambda _: None)
    wrong = [verdict for verdict in read_verdicts(trials.verdicts).values() if verdict.verdict == "killed"]
    if wrong:
        sys.exit(f"tests fail on the original: {wrong}")


def read_verdicts(path: Path) -> dict[str, Verdict]:
    """The verdicts of a file by mutant."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {verdict.mutant: verdict for verdict in (Verdict(*json.loads(line)) for line in lines)}


def read_equivalents(path: Path | None) -> dict[str, str]:
    """Why no test could tell a mutant from the original, by mutant."""
    lines = path.read_text(encoding="utf-8").splitlines() if path else []
    return {name: reason for name, _, reason in (line.partition("\t") for line in lines if line)}


def report(mutants: Sequence[Mutant], verdicts: dict[str, Verdict], equivalents: dict[str, str]) -> None:
    """Print who survived, who is equivalent, and the share of the others that was killed, by package and in all."""
    found: dict[str, Counter[str]] = {}
    for mutant in sorted(mutants):
        verdict = verdicts.get(mutant.name)
        if verdict is None:
            continue
        word, reason = verdict.verdict, verdict.by
        if word == "survived" and mutant.name in equivalents:
            word, reason = "equivalent", equivalents[mutant.name]
        found.setdefault(Path(mutant.path).parts[2], Counter())[word] += 1
        if word != "killed":
            print(f"{word}  {mutant.name}  ({reason})")
    for name, counts in (*found.items(), ("all", sum(found.values(), Counter()))):
        apart = counts["killed"] + counts["survived"]
        share = 100 * counts["killed"] / apart if apart else 0
        told = ", ".join(f"{counts[word]} {word}" for word in ("killed", "survived", "equivalent"))
        print(f"{name}: {told}: {share:.1f} % of those that differ")


def main() -> None:
    """Record the contexts where they are not there yet, try what has no verdict yet, and print the verdicts."""
    parser = argparse.ArgumentParser(description="How many small faults in what computes the tests notice.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=320)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=20)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--wider", action="store_true")
    parser.add_argument("--equivalent", type=Path)
    parser.add_argument("--packages", nargs="+", choices=PACKAGES, default=PACKAGES)
    parser.add_argument("--tests", type=shlex.split, default=[])
    chosen = parser.parse_args()
    os.nice(19)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    if not (chosen.folder / "seconds.json").exists():
        record_apart(chosen.folder, chosen.tests)
    for name in BEFORE:
        importlib.import_module(name)
    contexts, verdicts = Contexts(chosen.folder, chosen.longest), chosen.folder / "verdicts.jsonl"
    mutants = draw_mutants(chosen.packages, chosen.count, chosen.seed)
    try_originals(mutants, Trials(contexts, chosen.folder / "controls.jsonl", chosen.workers, wider=False))
    known = read_verdicts(verdicts)
    left = {name for name, verdict in known.items() if verdict.verdict == "survived"} if chosen.wider else set()
    waiting = [mutant for mutant in mutants if mutant.name not in known or mutant.name in left]
    Trials(contexts, verdicts, chosen.workers, wider=chosen.wider).run(waiting, Exchange)
    report(mutants, read_verdicts(verdicts), read_equivalents(chosen.equivalent))


if __name__ == "__main__":
    main()
