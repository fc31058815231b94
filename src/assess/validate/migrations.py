"""The steps between versions of a rubric: one unbroken chain to its own, and nothing that has two fates."""

from collections.abc import Iterator

from assess.documents import Route, SourceMap
from assess.model.migrations import Migration
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.problems import Problem, listing, nearest

Found = Iterator[Problem]
Named = list[tuple[Route, str]]
_FEWEST = 2


def chain(rubric: Rubric, sources: SourceMap) -> Found:
    """From every version one step leads on, and the last one leads to the version of the rubric."""
    starts = [step.start for step in rubric.migrations]
    for place, step in enumerate(rubric.migrations):
        if step.start == step.to:
            yield sources.problem("migration", "a step leads from a version to another one", step.anchor, "to")
        elif step.start in starts[:place]:
            message = f"a second step leads on from version {step.start}"
            yield sources.problem("migration", message, step.anchor, "from", hint="put both into one")
        elif step.start == rubric.version:
            message = f"{step.start} is the version of the rubric; nothing leads on from it yet"
            yield sources.problem("migration", message, step.anchor, "from", hint="give the rubric its new version")
        elif step.to not in (*starts, rubric.version):
            message = f"nothing leads on from version {step.to}; the rubric is version {rubric.version}"
            hint = f'add a step {{from: "{step.to}", to: "{rubric.version}"}}, or correct the version'
            yield sources.problem("migration", message, step.anchor, "to", hint=hint)
        elif step.start in _reached(rubric, step):
            message = f"the steps from version {step.start} lead back to it"
            yield sources.problem("migration", message, step.anchor, "to")


def _reached(rubric: Rubric, step: Migration) -> list[str]:
    """The versions a step leads to, nearest first; a circle ends where it closes."""
    following = {found.start: found.to for found in rubric.migrations}
    found = [step.to]
    while following.get(found[-1]) not in (None, *found):
        found.append(following[found[-1]])
    return found


def fates(rubric: Rubric, sources: SourceMap) -> Found:
    """A question has one fate in a step; what it is split from or merged into is several, and retired is not asked."""
    for step in rubric.migrations:
        leaving = step.leaving()
        for name in sorted({name for name in leaving if leaving.count(name) > 1}):
            message = f"'{name}' has two fates in this step; it can be split, merged or retired"
            yield sources.problem("migration", message, step.anchor, hint="keep one of them")
        for old, new in step.split.items():
            if len(set(new)) < _FEWEST:
                hint = "one question under another name says `renamed_from` where it stands"
                message = f"'{old}' is split into fewer than two questions"
                yield sources.problem("migration", message, step.anchor, "split", old, hint=hint)
        for to, merge in step.merge.items():
            if len(set(merge.of)) < _FEWEST:
                message = f"'{to}' is merged from fewer than two questions"
                yield sources.problem("migration", message, step.anchor, "merge", to)
        yield from _still_asked(rubric, sources, step)


def _still_asked(rubric: Rubric, sources: SourceMap, step: Migration) -> Found:
    """What a step does away with and the rubric asks all the same."""
    stays = {new for names in step.split.values() for new in names} | set(step.merge)
    gone: Named = [(("retire", place), name) for place, name in enumerate(step.retire)]
    gone += [(("split", name), name) for name in step.split]
    gone += [(("merge", to, "of", n), name) for to, merge in step.merge.items() for n, name in enumerate(merge.of)]
    for route, name in gone:
        if rubric.names.get(name) in rubric.question_by_id and name not in stays:
            message = f"'{name}' is gone after this step, and version {rubric.version} asks it"
            hint = "take it out here, or give the new question an id of its own"
            yield sources.problem("migration", message, step.anchor, *route, hint=hint)


def names(rubric: Rubric, sources: SourceMap) -> Found:
    """What a step leads to is a question of the rubric, or what a later step starts from."""
    for step in rubric.migrations:
        known = {*rubric.question_by_id, *(name for later in _later(rubric, step) for name in later.leaving())}
        led_to: Named = [(("split", old, place), n) for old, new in step.split.items() for place, n in enumerate(new)]
        led_to += [(("merge", to), to) for to in step.merge]
        led_to += [(("rescale", name), name) for name in step.rescale if name not in step.leaving()]
        for route, name in led_to:
            if rubric.names.get(name, name) not in known:
                message = f"there is no question '{name}'{nearest(name, known)}"
                at_key = route[-1] == name
                yield sources.problem("migration", message, step.anchor, *route, at_key=at_key)


def _later(rubric: Rubric, step: Migration) -> list[Migration]:
    reached = _reached(rubric, step)
    return [found for found in rubric.migrations if found.start in reached]


def scales(rubric: Rubric, sources: SourceMap) -> Found:
    """Answers are rescaled to options there are, and merged by a rule their question has a meaning for."""
    for step in rubric.migrations:
        later = {rubric.names.get(name, name) for found in _later(rubric, step) for name in found.rescale}
        for name in step.rescale:
            question = rubric.question_by_id.get(rubric.names.get(name, ""))
            if question and question.id not in later:
                yield from _no_options(rubric, sources, step, name)
        for to, merge in step.merge.items():
            question = rubric.question_by_id.get(rubric.names.get(to, ""))
            if question and not _fits(rubric, question, merge.rule):
                message = f"the answers to '{to}' ({question.type}) have no {merge.rule} one"
                hint = f"write {{of: [{', '.join(merge.of)}], rule: first}}"
                yield sources.problem("migration", message, step.anchor, "merge", to, at_key=True, hint=hint)


def _no_options(rubric: Rubric, sources: SourceMap, step: Migration, name: str) -> Found:
    """New keys that a rescaled question does not have."""
    question = rubric.question_by_id[rubric.names[name]]
    if not question.traits.has_options:
        message = f"'{name}' is answered with a {question.type}; only options can be rescaled"
        yield sources.problem("migration", message, step.anchor, "rescale", name, at_key=True)
        return
    keys = [option.key or "" for option in rubric.options_of(question)]
    for old, new in step.rescale[name].items():
        if new not in keys:
            message = f"'{new}' is not an option of '{name}'{nearest(new, keys)}"
            hint = f"one of: {listing(keys, most=12)}"
            yield sources.problem("migration", message, step.anchor, "rescale", name, old, hint=hint)


def roles(rubric: Rubric, sources: SourceMap) -> Found:
    """What a step says of single roles: roles there are, questions they are not asked, and options there are."""
    for step in rubric.migrations:
        for name, unasked in step.unasked.items():
            question = rubric.question_by_id.get(rubric.names.get(name, ""))
            for role in unasked:
                meant = rubric.names.get(role, "")
                if meant not in rubric.role_by_id:
                    yield _no_role(rubric, sources, step, role, "unasked", name)
                elif question and meant in rubric.asked(question):
                    message = f"'{role}' is asked '{name}' in version {rubric.version}"
                    hint = "take the role out here, or out of `ask`"
                    yield sources.problem("migration", message, step.anchor, "unasked", name, hint=hint)
        for name, how in step.answers.items():
            if how.role not in rubric.names or rubric.names[how.role] not in rubric.role_by_id:
                yield _no_role(rubric, sources, step, how.role, "answers", name, "role")
            yield from _no_answers(rubric, sources, step, name)


def _no_role(rubric: Rubric, sources: SourceMap, step: Migration, role: str, *route: str | int) -> Problem:
    message = f"there is no role '{role}'{nearest(role, rubric.role_by_id)}"
    return sources.problem("migration", message, step.anchor, *route)


def _no_answers(rubric: Rubric, sources: SourceMap, step: Migration, name: str) -> Found:
    """A new question that is not there, or new keys that it does not have."""
    question = rubric.question_by_id.get(rubric.names.get(name, ""))
    if question is None:
        message = f"there is no question '{name}'{nearest(name, rubric.question_by_id)}"
        yield sources.problem("migration", message, step.anchor, "answers", name, at_key=True)
        return
    keys = [option.key or "" for option in rubric.options_of(question)]
    how = step.answers[name]
    for key, table in (("keys", how.keys), ("numbers", how.numbers)):
        for old, new in table.items():
            if new not in keys:
                message = f"'{new}' is not an option of '{name}'{nearest(new, keys)}"
                yield sources.problem("migration", message, step.anchor, "answers", name, key, old)
    if not how.keys and not how.numbers:
        message = f"nothing says which answers to '{how.of}' answer '{name}'"
        hint = "add `keys: {old_key: new_key}` or `numbers: {0: no, 1: yes}`"
        yield sources.problem("migration", message, step.anchor, "answers", name, hint=hint)


def _fits(rubric: Rubric, question: Question, rule: str) -> bool:
    """Whether answers to a question can be put in order, or have something between them."""
    worth = question.traits.worth
    if rule == "first" or worth == "steps":
        return True
    if worth == "figure":
        return rule == "mean" or question.goalposts is not None
    return worth == "scores" and rule == "worst" and rubric.scored(question)


MIGRATION_RULES = (chain, fates, names, scales, roles)
