"""What single roles read of a question: roles asked once, labels of options that are there, and none of them twice."""

from collections.abc import Iterator, Mapping

from assess.documents import SourceMap
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.model.wording import FROM
from assess.problems import Problem, listing, nearest
from assess.validate.references import unknown

Found = Iterator[Problem]
LONGEST_ID = 40


def asked_once(rubric: Rubric, sources: SourceMap) -> Found:
    """No role is named twice in `ask`, by its id, its code or a former id."""
    for question in rubric.questions():
        seen: dict[str, str] = {}
        for name in question.ask:
            role = rubric.names.get(name, name)
            if role in seen:
                message = f"'{name}' and '{seen[role]}' are the same role, asked '{question.id}' twice"
                route, at_key = sources.naming(question.id, "ask", name=name)
                yield sources.problem("question", message, question.id, *route, at_key=at_key, hint="keep one of them")
            seen.setdefault(role, name)


def role_labels(rubric: Rubric, sources: SourceMap) -> Found:
    """A role has labels only for options the question has, and reads no label twice."""
    for question in rubric.questions():
        for name, asking in question.ask.items():
            if not asking.options:
                continue
            route = ("ask", name, "options")
            if not question.traits.has_options:
                message, hint = f"a question of type {question.type} has no `options`", "take them out"
                yield sources.problem("question", message, question.id, *route, at_key=True, hint=hint)
                continue
            yield from _unknown_keys(rubric, sources, question, name)
            yield from _repeated_labels(rubric, sources, question, name)


def mistaken_labels(rubric: Rubric, sources: SourceMap) -> Found:
    """No label reads like another option: its number, its key, or what everybody else reads of it."""
    for question in rubric.questions():
        if not question.traits.lists:
            continue
        keys = [option.key or "" for option in rubric.options_of(question)]
        numbers = {str(place): key for place, key in enumerate(keys, question.traits.first)}
        meant = {**numbers, **{key: key for key in keys}}
        for key, label in rubric.wording(question).labels().items():
            if meant.get(label.strip(), key) != key:
                message = f"the label '{label}' of '{key}' is what stands for '{meant[label.strip()]}' in an answer"
                hint = "say it in words, or put the options in the order of their numbers"
                route = () if question.options_from else ("options", keys.index(key))
                yield sources.problem("option", message, question.id, *route, hint=hint, severity="warning")
        everybody = {_even(label): key for key, label in rubric.wording(question).labels().items()}
        for name, asking in question.ask.items():
            yield from _others(sources, question, name, everybody | meant, asking.options)


def _others(
    sources: SourceMap, question: Question, name: str, meant: Mapping[str, str], labels: Mapping[str, str]
) -> Found:
    for key, label in labels.items():
        other = meant.get(_even(label), key)
        if other != key:
            message = f"'{name}' reads for '{key}' what stands for '{other}': '{label}'"
            hint = "put each label below the key of the option it is for"
            route = ("ask", name, "options", key)
            yield sources.problem("option", message, question.id, *route, hint=hint, severity="warning")


def _even(text: str) -> str:
    return " ".join(text.casefold().split())


def _unknown_keys(rubric: Rubric, sources: SourceMap, question: Question, name: str) -> Found:
    keys = [option.key for option in rubric.options_of(question) if option.key]
    for key in question.ask[name].options:
        if key not in keys:
            message = f"'{key}' is not an option of '{question.id}'{nearest(key, keys)}"
            hint = f"there are: {listing(keys, most=12)}"
            yield sources.problem("option", message, question.id, "ask", name, "options", key, at_key=True, hint=hint)


def _repeated_labels(rubric: Rubric, sources: SourceMap, question: Question, name: str) -> Found:
    seen: dict[str, str] = {}
    for key, label in rubric.wording(question, name).labels().items():
        words = _even(label)
        if words in seen:
            own = key if key in question.ask[name].options else seen[words]
            message = f"'{name}' reads the same words for '{key}' as for '{seen[words]}': '{label}'"
            hint = "give the role other words for one of the two"
            yield sources.problem("duplicate_text", message, question.id, "ask", name, "options", own, hint=hint)
        seen.setdefault(words, key)


def defaults(rubric: Rubric, sources: SourceMap) -> Found:
    """The defaults of a rubric are for roles it has, and for options that some question has."""
    roles = [name for name, found in rubric.names.items() if found in rubric.role_by_id]
    by_role = [(("roles", name), rules) for name, rules in rubric.defaults.roles.items()]
    for name in rubric.defaults.roles:
        if name not in roles:
            yield unknown(sources, "", ("defaults", "roles"), "role", name, roles)
    keys = {option.key for question in rubric.questions() for option in rubric.options_of(question)}
    general = [(("questions",), rubric.defaults.questions), (("facts",), rubric.defaults.facts)]
    for route, rules in [*general, *by_role]:
        start = (rules.evidence or "").removeprefix(FROM)
        if start != (rules.evidence or "") and start not in keys:
            message = f"no question has the option '{start}'{nearest(start, filter(None, keys))}"
            hint = "name an option of the questions it is for"
            yield sources.problem("option", message, "", "defaults", *route, "evidence", hint=hint)


def titles(rubric: Rubric, sources: SourceMap) -> Found:
    """Titles for roles are for roles the rubric has."""
    roles = [name for name, found in rubric.names.items() if found in rubric.role_by_id]
    for node in rubric.nodes():
        for name in node.titles:
            if name not in roles:
                yield unknown(sources, node.id, ("titles",), "role", name, roles)


def inner_gates(rubric: Rubric, sources: SourceMap) -> Found:
    """A gate inside a fact that takes its id from it has one that is short enough."""
    for gate in rubric.all_gates():
        if len(gate.id) > LONGEST_ID:
            message = f"'{gate.id}', as its gate is called, is longer than {LONGEST_ID} characters"
            yield sources.problem("gate", message, gate.id, hint="give the gate an id of its own: `id: ...` in `caps`")


def registers(rubric: Rubric, sources: SourceMap) -> Found:
    """A register answers facts and level questions."""
    for question in rubric.questions():
        if question.looked_up_in and question.weight and not question.traits.anchored:
            message = f"no register answers a question of type {question.type} that weighs something"
            hint = "put it below `facts`, or take `register` out"
            yield sources.problem("question", message, question.id, "register", at_key=True, hint=hint)


def offices(rubric: Rubric, sources: SourceMap) -> Found:
    """What a function states is asked of that function alone, which is not anonymous."""
    hidden = {rubric.names.get(name, name) for name in rubric.policies.anonymous}
    for question in rubric.questions():
        asked = rubric.asked(question)
        if question.office and len(asked) == 1 and asked[0] in hidden:
            message = f"'{asked[0]}' is never shown alone, so '{question.id}' cannot be printed as its statement"
            yield sources.problem("question", message, question.id, "office", at_key=True, hint="take `office` out")
        if question.office and len(asked) != 1:
            message = f"`office` is for what one function states, and '{question.id}' is asked of {len(asked)} roles"
            hint = "name the function in `ask`, it alone, or take `office` out"
            yield sources.problem("question", message, question.id, "office", at_key=True, hint=hint)


WORDING_RULES = (asked_once, role_labels, mistaken_labels, titles, defaults, inner_gates, registers, offices)
