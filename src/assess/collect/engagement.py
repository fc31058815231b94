"""Opens an engagement and fits the names in it to a rubric."""

import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from assess import documents
from assess.collect.context import Context, Problems
from assess.collect.files import ANSWERS, ENGAGEMENT, engagement_file, folder_of
from assess.collect.values import name_written
from assess.documents import Document, Route
from assess.model.engagement import Engagement
from assess.model.rubric import Rubric
from assess.problems import DocumentError, Problem, listing, nearest
from assess.scope import scoped
from assess.translations import in_terms

DEFAULT = "default"
T = TypeVar("T")


def open_engagement(path: Path) -> tuple[Engagement, Document]:
    """The engagement in a folder or a single file, with its document; raises DocumentError."""
    document = documents.read(engagement_file(path))
    wrong = documents.wrong_kind(document, "engagement/1")
    if wrong:
        above = path.parent.parent if path.parent.name == ANSWERS else None
        inside = above is not None and (above / ENGAGEMENT).is_file()
        hint = f"name the folder of the engagement: {documents.printable(str(above))}" if inside else wrong.hint
        raise DocumentError([replace(wrong, hint=hint)])
    record, problems = documents.validated(document, Engagement, drop_empty_keys(document))
    if record is None:
        raise DocumentError((*problems, *documents.notice_leftovers(document, problems)))
    return record, document


def named_by_place(engagement: Engagement, document: Document, rubric: Rubric) -> Problem:
    """What to say of an engagement that names the folder or file of its rubric instead of the rubric."""
    message = f"'{engagement.rubric}' is the name of a folder or file; the rubric in it has the id '{rubric.id}'"
    return documents.problem(document, "version", message, ("rubric",), hint=f"write rubric: {rubric.id}")


def drop_empty_keys(document: Document) -> dict[str, object]:
    """The data of a mapping without the keys of answers and decisions nothing stands behind."""
    return {k: v for k, v in document.data.items() if v is not None or k not in ("answers", "agreed", "decisions")}


def check_version(context: Context, rubric: str | None, version: str | None, text_hash: str | None = None) -> Problems:
    """Whether a document was written for this rubric, this version, this text."""
    now = context.rubric
    if rubric is not None and rubric != now.id:
        message = f"written for the rubric '{rubric}'; the rubric used is '{now.id}'"
        hint = f"use the rubric '{rubric}'; assess rubric migrate carries answers between versions of one rubric only"
        return (context.problem("version", message, ("rubric",), hint=hint),)
    if version is not None and version != now.version:
        message = f"written for version {version} of '{now.id}'; the rubric used is version {now.version}"
        return (context.problem("version", message, ("rubric_version",), hint=_other_version(context, version)),)
    if text_hash and now.hash and text_hash not in (now.hash, now.text_hash):
        message = f"'{now.id}' {now.version} was edited since this was written"
        hint = "read the answers again where it changed, and give it a new version when meanings change"
        problem = context.problem("rubric_changed", message, ("rubric_hash",), hint=hint, severity="warning")
        return (problem,)
    return ()


def _other_version(context: Context, version: str) -> str:
    """What to do with answers to another version: carry them over, or go on with that version where it can be had."""
    now, engagement = context.rubric, shlex.quote(documents.printable(str(folder_of(Path(context.document.name)))))
    kept = next((step.kept for step in now.migrations if step.start == version and step.kept), "")
    place = f"; it is kept in {kept}" if kept else ""
    return (
        f"carry the answers over: assess rubric migrate {engagement} --to {now.id}; "
        f"or use version {version}, by --rubrics FOLDER{place}"
    )


def no_parts(rubric: Rubric, engagement: Engagement) -> dict[str, tuple[str, str]]:
    """What is said of the tier and of the scope, by key, where they are none of a rubric, each with its hint."""
    found = {}
    for key, name, known in (
        ("tier", engagement.tier, rubric.whole.tiers),
        ("scope", engagement.scope, tuple(rubric.whole.scopes)),
    ):
        if name and name not in known:
            hint = f"one of: {', '.join(known)}" if known else f"leave `{key}` out: the rubric has none"
            found[key] = (f"'{name}' is no {key} of '{rubric.id}'{nearest(name, known)}", hint)
    return found


def asked_part(rubric: Rubric, engagement: Engagement, document: Document) -> Rubric:
    """The part of a rubric that an engagement asks, in its terms; raises DocumentError where it names no part of it."""
    wrong = [
        documents.problem(document, "unknown_name", message, (key,), hint=hint)
        for key, (message, hint) in no_parts(rubric, engagement).items()
    ]
    if wrong:
        raise DocumentError(wrong)
    return scoped(
        in_terms(rubric, engagement.terms, engagement.language), engagement.tier or "", engagement.scope or ""
    )


def _unknown_terms(context: Context, engagement: Engagement) -> Iterator[Problem]:
    """The words an engagement would have read otherwise that its rubric does not declare."""
    known = context.rubric.terms
    for name in engagement.terms:
        if name not in known:
            message = f"'{context.rubric.id}' declares no term {name_written(name)}{nearest(name, known)}"
            hint = f"its terms are: {listing(tuple(known))}" if known else "take it out: the rubric declares none"
            yield context.problem("unknown_name", message, ("terms", name), at_key=True, hint=hint)


def fit_engagement(context: Context, engagement: Engagement) -> tuple[Engagement, Problems]:
    """The engagement with every role, criterion and initiative by its id, and what names nothing in the rubric.

    Where it asks a part of its rubric, what it says of the rest is left out.
    """
    asked = context.rubric
    context = context._replace(rubric=asked.whole)
    problems = list(check_version(context, engagement.rubric, engagement.rubric_version, engagement.rubric_hash))
    problems += _unknown_terms(context, engagement)
    targets = _renamed(context, engagement.targets, "targets", _criterion_or_default, problems)
    changes = {
        "invited": _renamed(context, engagement.invited, "invited", _role, problems),
        "capacity": _renamed(context, engagement.capacity, "capacity", _role_or_default, problems),
        "targets": {name: key for name, key in targets.items() if name in {*asked.node_by_id, DEFAULT}},
        "done": tuple(name for name in _done(context, engagement, problems) if name in asked.initiative_by_id),
    }
    problems += [*_target_levels(context, engagement), *_rules_of_plan(context, engagement)]
    return engagement.model_copy(update=changes), tuple(problems)


def _rules_of_plan(context: Context, engagement: Engagement) -> Iterator[Problem]:
    """Rules of the plan that are said twice or name levels that are not there, and times that end before they begin."""
    said = engagement.plan.model_fields_set if engagement.plan else frozenset()
    for key in sorted(said & engagement.model_fields_set):
        message = f"'{key}' stands in the engagement and in its `plan`"
        yield context.problem("duplicate_id", message, ("plan", key), at_key=True, hint="keep one of them")
    levels = [level.key for node in context.rubric.tree() for level in context.rubric.levels_of(node.id)]
    named: list[tuple[Route, str]] = []
    if engagement.plan:
        named += [(("plan", "windows", key), key) for key in engagement.plan.windows]
        named += [(("plan", "work_to"), engagement.plan.work_to)] if engagement.plan.work_to else []
    for route, key in named:
        if key not in levels:
            message = f"{name_written(key)} is not a level of '{context.rubric.id}'{nearest(key, levels)}"
            yield context.problem("unknown_name", message, route, at_key=route[-1] == key)
    for place, closed in enumerate(engagement.no_start):
        if closed.first > closed.last:
            message = f"{closed.first} is after {closed.last}"
            yield context.problem("shape", message, ("no_start", place), hint="write the earlier day as `from`")


def _role(rubric: Rubric) -> dict[str, str]:
    return {name: meant for name, meant in rubric.names.items() if meant in rubric.role_by_id}


def _role_or_default(rubric: Rubric) -> dict[str, str]:
    return _role(rubric) | {DEFAULT: DEFAULT}


def _criterion_or_default(rubric: Rubric) -> dict[str, str]:
    """Names of the nodes a target can stand for; that of a principle holds for its criteria."""
    nodes = {node.id for node in rubric.nodes()}
    return {name: meant for name, meant in rubric.names.items() if meant in nodes} | {DEFAULT: DEFAULT}


_KINDS: Mapping[str, str] = {"invited": "role", "capacity": "role", "targets": "criterion", "done": "initiative"}


def _renamed(
    context: Context,
    table: Mapping[str, T],
    key: str,
    known: Callable[[Rubric], Mapping[str, str]],
    problems: list[Problem],
) -> dict[str, T]:
    """A table by ids; names that mean nothing, or the same thing twice, become problems."""
    names = known(context.rubric)
    found: dict[str, T] = {}
    for name, value in table.items():
        meant = names.get(name)
        if meant is None:
            problems.append(_unknown_name(context, name, names, key, (key, name)))
        elif meant in found:
            message = f"{name_written(name)} is the {_KINDS[key]} '{meant}', which stands in {key} already"
            problems.append(context.problem("duplicate_id", message, (key, name), at_key=True, hint="keep one of them"))
        else:
            found[meant] = value
    return found


def _unknown_name(context: Context, name: str, names: Mapping[str, str], key: str, route: Route) -> Problem:
    article = "an" if key == "done" else "a"
    message = f"{name_written(name)} is not {article} {_KINDS[key]} of '{context.rubric.id}'{nearest(name, names)}"
    hint = f"one of: {listing(list(dict.fromkeys(names.values())), most=12)}"
    return context.problem("unknown_name", message, route, at_key=key != "done", hint=hint)


def initiative_names(rubric: Rubric) -> dict[str, str]:
    """Every id, code and former id of an initiative to the id in force."""
    names = {former: initiative.id for initiative in rubric.initiatives for former in initiative.renamed_from}
    names |= {initiative.code: initiative.id for initiative in rubric.initiatives if initiative.code}
    return names | {initiative.id: initiative.id for initiative in rubric.initiatives}


def _done(context: Context, engagement: Engagement, problems: list[Problem]) -> tuple[str, ...]:
    """The ids of the initiatives that are finished."""
    names = initiative_names(context.rubric)
    for place, name in enumerate(engagement.done):
        if name not in names:
            problems.append(_unknown_name(context, name, names, "done", ("done", place)))
    return tuple(dict.fromkeys(names[name] for name in engagement.done if name in names))


def _target_levels(context: Context, engagement: Engagement) -> Problems:
    """Targets that are not a level of what they stand for."""
    problems: list[Problem] = []
    names = _criterion_or_default(context.rubric)
    for name, level in engagement.targets.items():
        if name not in names:
            continue
        keys = [known.key for known in context.rubric.levels_of(names[name])]
        if level not in keys:
            message = f"{name_written(level)} is not a level of {name_written(name)}{nearest(level, keys)}"
            hint = f"one of: {listing(keys, most=12)}"
            problems.append(context.problem("unknown_name", message, ("targets", name), hint=hint))
    return tuple(problems)
