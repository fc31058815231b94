"""The lock pins all that the README's two commands install, wherever they are run, and within every bound.

What they install is found without the resolver that wrote the lock: from the words of the commands, the bounds of
pyproject.toml, what the build backend asks for, and the metadata of what is installed here.
"""

import ast
import contextlib
import functools
import itertools
import shlex
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires

import hatchling.build
import pytest
from checkout.fences import fences
from checkout.ours import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BOUNDS = PYPROJECT["project"]["dependencies"]
EXTRAS = [bound for extra in PYPROJECT["project"]["optional-dependencies"].values() for bound in extra]
GROUPS = PYPROJECT["dependency-groups"]
COMMANDS = [fence.text for fence in fences((ROOT / "README.md").read_text(encoding="utf-8"))[:2]]
WITH_VALUE = {"-c", "--build-constraint", "--group"}
PLATFORMS = [("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt")]
ENVIRONMENTS = {
    f"{version} {platform}": {
        "python_version": version,
        "python_full_version": f"{version}.0",
        "sys_platform": platform,
        "platform_system": system,
        "os_name": os,
    }
    for version, (platform, system, os) in itertools.product(("3.11", "3.12", "3.13"), PLATFORMS)
}


def pins(name):
    """The lines of a lock."""
    lines = (line.partition("#")[0].strip() for line in (ROOT / ".ci" / name).read_text(encoding="utf-8").splitlines())
    return [Requirement(line) for line in lines if line]


def holds(requirement, environment, extras=()):
    marker = requirement.marker
    return marker is None or any(marker.evaluate(environment | {"extra": extra}) for extra in ("", *extras))


def installs(command):
    """The words behind each `pip install` of a command: pairs of an option, or nothing, and its value."""
    for line in command.splitlines():
        words = iter(shlex.split(line.removesuffix("&&").partition(" pip install ")[2]))
        yield [(word, next(words)) if word in WITH_VALUE else ("", word) for word in words]


def backend():
    """What the build backend asks for, of all the ways to build."""
    with contextlib.chdir(ROOT):
        built = hatchling.build.get_requires_for_build_wheel(), hatchling.build.get_requires_for_build_editable()
    return [*PYPROJECT["build-system"]["requires"], *itertools.chain(*built)]


@functools.cache
def roots():
    """The requirements that the commands of the README name, by themselves, by the project or by a group."""
    found = set()
    for option, value in itertools.chain.from_iterable(itertools.chain(*map(installs, COMMANDS))):
        if option == "--group":
            found |= set(GROUPS[value])
        elif value == ".":
            found |= {*BOUNDS, *backend()}
        elif not option and not value.startswith("-"):
            found.add(value)
    return [Requirement(text) for text in sorted(found)]


def within(requirement, environment):
    """What a requirement brings in an environment; nothing is known of what is not installed here."""
    try:
        texts = requires(requirement.name) or []
    except PackageNotFoundError:
        return []
    return [found for text in texts if holds(found := Requirement(text), environment, requirement.extras)]


@functools.cache
def needed(place):
    """Every requirement that holds in an environment, from the roots down."""
    waiting, found = list(roots()), {}
    while waiting:
        requirement = waiting.pop()
        if str(requirement) not in found:
            found[str(requirement)] = requirement
            waiting += within(requirement, ENVIRONMENTS[place])
    return found.values()


def unpinned(lock, place):
    """The names of what is needed in an environment and is not pinned there, once and within its bounds."""
    fitting = [pin for pin in lock if holds(pin, ENVIRONMENTS[place])]
    found = set()
    for requirement in needed(place):
        name = canonicalize_name(requirement.name)
        versions = [version(pin) for pin in fitting if pin.name == name]
        if len(versions) != 1 or versions[0] not in requirement.specifier:
            found.add(name)
    return found


def version(pin):
    """The version of a pin, which is all that it allows."""
    (only,) = pin.specifier
    assert only.operator == "=="
    return Version(only.version)


@pytest.mark.parametrize("place", ENVIRONMENTS)
def test_everything_the_readme_installs_is_pinned(place):
    assert unpinned(pins("lock.txt"), place) == set()


@pytest.mark.parametrize("place", ENVIRONMENTS)
def test_a_lock_that_lacks_one_package_is_noticed_whichever_it_is(place):
    names = {canonicalize_name(requirement.name) for requirement in needed(place)}
    assert {"hatchling", "editables", "pip", "pytest", "execnet", "typer", "pydantic-core", "markupsafe"} <= names
    for name in names:
        assert unpinned([pin for pin in pins("lock.txt") if pin.name != name], place) == {name}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("pydantic==2.11", {"pydantic"}),
        ("markupsafe==1.0", {"markupsafe"}),
        ("editables==1.0", {"editables"}),
        ("colorama==0.4.6; sys_platform == 'cygwin'", {"colorama"}),
        ("typing-extensions==4.16.0; python_version < '3.13'", {"typing-extensions"}),
    ],
)
def test_a_pin_outside_a_bound_or_for_other_machines_is_noticed(line, told):
    other = Requirement(line)
    lock = [other if pin.name == other.name else pin for pin in pins("lock.txt")]
    assert unpinned(lock, "3.13 win32") == told


def test_two_pins_for_one_machine_are_noticed():
    assert unpinned([*pins("lock.txt"), Requirement("rich==14.0")], "3.12 darwin") == {"rich"}


@pytest.mark.parametrize("group", sorted(GROUPS.keys() - {"dev", "lock"}))
def test_the_tools_are_pinned_within_their_bounds(group):
    lock = {pin.name: pin for pin in pins("lock.txt")}
    for bound in map(Requirement, GROUPS[group]):
        assert version(lock[canonicalize_name(bound.name)]) in bound.specifier


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_installs_nothing_beside_the_lock(command):
    for words in filter(None, installs(command)):
        builds = ("", ".") in words
        assert ("-c", ".ci/lock.txt") in words
        assert (("--build-constraint", ".ci/lock.txt") in words) == builds


def test_the_lowest_run_pins_every_lower_bound():
    lowest = {pin.name: version(pin) for pin in pins("lowest.txt")}
    for bound in map(Requirement, [*BOUNDS, *GROUPS["tests"], *PYPROJECT["build-system"]["requires"]]):
        (floor,) = (each.version for each in bound.specifier if each.operator == ">=")
        assert lowest[canonicalize_name(bound.name)] == Version(floor), bound


def imported():
    """The first word of every module that the package imports, at the top of a file or inside a function."""
    files = (ROOT / "src").rglob("*.py")
    for node in itertools.chain.from_iterable(ast.walk(ast.parse(file.read_text(encoding="utf-8"))) for file in files):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module.partition(".")[0]


@pytest.mark.slow
def test_the_package_imports_every_dependency_it_declares_and_no_other():
    ours = {"assess", "pydantic_core"}  # pydantic pins its core to the one version that fits
    foreign = set(imported()) - sys.stdlib_module_names - ours
    owners = packages_distributions()
    used = {canonicalize_name(owner) for name in foreign for owner in owners[name]}
    assert used == {canonicalize_name(Requirement(bound).name) for bound in (*BOUNDS, *EXTRAS)}


def test_what_extras_bring_is_there_for_the_tests_within_the_same_bounds():
    assert {*EXTRAS} <= {*GROUPS["tests"]}
