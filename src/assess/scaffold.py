"""The files of a new engagement: everything to fill in, with the questions each role is asked."""

import datetime
import math
import textwrap
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assess.minutes import sitting
from assess.model.fields import clean
from assess.model.nodes import Node, walk
from assess.model.questions import Question, Role
from assess.model.rubric import Rubric
from assess.model.terms import NO_TERMS
from assess.model.wording import FROM, Wording
from assess.numbers import short
from assess.phrases import Say, in_english, phrases_in
from assess.scope import extent_in_words

WIDTH = 110
UNNAMED = "Unnamed organization"
INVITED, INVITED_ANONYMOUSLY = "3", "8"
IGNORED = (
    "# What issues counted of anonymous people: their single answers, kept by whoever prepares the report.\nissued/\n"
)


class _Form(NamedTuple):
    """What an answers file is made for: a role that is asked a rubric, and the language of what stands around it."""

    rubric: Rubric
    role: Role
    say: Say


def scaffold(
    rubric: Rubric,
    name: str,
    assessed_on: datetime.date,
    terms: Mapping[str, str] = NO_TERMS,
    language: str = "",
) -> Mapping[str, str]:
    """Relative path to text: the engagement, an answers file for every role that is asked, and `.gitignore`.

    terms: words that are read for terms of the rubric, which is in these words already; language: theirs, where it is
    not that of the rubric.
    """
    settings = (*_engagement(rubric, name, assessed_on), *_terms(rubric, terms, language))
    files = {"engagement.yaml": _text(iter(settings)), ".gitignore": IGNORED}
    for role in rubric.roles:
        if any(role.id in rubric.asked(question) for question in rubric.questions()):
            form = _Form(rubric, role, phrases_in(language or rubric.language))
            files[f"answers/{role.id}.yaml"] = _text(_answers(form, assessed_on))
    return files


def _text(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def double_quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes, on one line."""
    escaped = clean(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + " ".join(escaped.split()) + '"'


def _engagement(rubric: Rubric, name: str, assessed_on: datetime.date) -> Iterator[str]:
    asked = {role for question in rubric.questions() for role in rubric.asked(question)}
    level = rubric.policies.target or (rubric.levels[-2:][0].key if rubric.levels else "a_level")
    capacity = short(rubric.policies.plan.capacity)
    yield "assess: engagement/1"
    yield "organization:"
    yield f"  name: {double_quoted(clean(name) if clean(name).strip() else UNNAMED)}"
    yield "  # sector: Retail"
    yield "  # staff: 1200                 # head count; efforts in the plan are scaled to it"
    yield "  # summary: Two sentences about the organization."
    yield f"rubric: {rubric.id}"
    yield f"rubric_version: {double_quoted(rubric.version)}"
    if rubric.hash:
        yield f"rubric_hash: {rubric.hash}"
    if rubric.extent:
        parts = (("tier", rubric.extent.tier), ("scope", rubric.extent.scope))
        words = [f"# {extent_in_words(rubric.extent)}", ""]
        said = zip((f"{key}: {name}" for key, name in parts if name), words, strict=False)
        yield from (f"{key.ljust(32)}{told}".rstrip() for key, told in said)
    yield f"assessed_on: {assessed_on.isoformat()}         # every age is counted from this day"
    yield "# issue: 1                      # counts the documents handed out"
    yield "status: draft                   # draft or final"
    yield f"# start_on: {assessed_on.isoformat()}         # first day of the plan; else the day of the assessment"
    yield "# prepared_for: The board"
    yield "# prepared_by: Your name"
    yield "# confidentiality: For the board only"
    invited = {role.id: INVITED_ANONYMOUSLY if _is_anonymous(rubric, role) else INVITED for role in rubric.roles}
    people = {role.id: invited[role.id] for role in rubric.roles if role.people and role.id in asked}
    yield from _example("invited", people, "how many are asked, per role")
    yield from _example("targets", {"default": level}, "the level every criterion should reach; single ones by id")
    yield from _example("capacity", {"default": capacity}, "person-days per owner role and period")
    settings = rubric.policies.plan
    yield f"{f'# periods: {settings.periods}'.ljust(32)}# how many periods the plan has"
    yield f"{f'# weeks: {settings.weeks}'.ljust(32)}# how long a period is"
    at_once = settings.at_once or "5"
    yield f"{f'# at_once: {at_once}'.ljust(32)}# how many initiatives are in work at the same time"
    yield "# no_start:                     # times in which nothing new begins"
    yield f"#   - {{from: {assessed_on.isoformat()}, to: {assessed_on.isoformat()}, why: The trading peak}}"
    yield "# done: []                      # initiatives that are finished already, by id"


def _terms(rubric: Rubric, terms: Mapping[str, str], language: str) -> Iterator[str]:
    """The words that are read for terms of the rubric; where none are chosen, those that can be."""
    if terms:
        if language not in ("", rubric.language):
            yield f"{f'language: {language}'.ljust(32)}# that of the words below"
        yield "terms:                          # words of the rubric that are read otherwise here"
        yield from (f"  {name}: {double_quoted(word)}" for name, word in terms.items())
    elif rubric.terms:
        yield from _example("terms", rubric.terms, "words of the rubric that may be read otherwise")


def _example(key: str, entries: Mapping[str, str], meaning: str) -> Iterator[str]:
    yield f"{f'# {key}:'.ljust(32)}# {meaning}"
    yield from (f"#   {name}: {value}" for name, value in entries.items())


def _answers(form: _Form, assessed_on: datetime.date) -> Iterator[str]:
    """One answers file: what it is, how to fill it in, and the questions of a role below their criteria."""
    rubric, role, say = form
    yield from _comment(f"{role.title}: {rubric.title}", "# ", "# ")
    yield from _comment(_time(form), "# ", "# ")
    yield from _comment(_how(form), "# ", "# ")
    yield from ("#", f"#   {say('question: key or number')}", f"#   {say('question:')}")
    yield f"#     {say('value: key')}"
    yield f"#     {say('note: In which place or team this holds.')}"
    yield from _proof_and_states(form, assessed_on)
    yield "assess: answers/1"
    yield from _consent(form)
    yield f"respondent: {role.id.replace('_', '-')}-1"
    yield f"role: {role.id}"
    yield f"kind: {'self' if role.people else 'document'}"
    finished = say("add this line when you have finished; until then the file is a draft")
    yield f"# submitted: {assessed_on.isoformat()}         # {finished}"
    yield "answers:"
    for principle in rubric.principles:
        yield from _node(form, principle)


def _proof_and_states(form: _Form, assessed_on: datetime.date) -> Iterator[str]:
    """How to name evidence, and what may stand in the place of an answer, where a question of the role takes it."""
    rubric, role, say = form
    read = [rubric.wording(question, role.id) for question in rubric.questions() if role.id in rubric.asked(question)]
    if any(wording.evidence != "off" for wording in read):
        proof = say(
            "evidence: [{{title: Name of the paper, kind: document, dated: {day}, file: where it lies}}]",
            day=assessed_on.isoformat(),
        )
        kinds = say("kind: document, record, customer (a customer's word) or third_party (somebody else outside)")
        yield from (f"#     {proof}", f"#   # {kinds}")
    allowed = {state for wording in read for state in wording.allow}
    if "na" in allowed:
        yield f"#   {say('question: {{na: true, why: the reason}}  does not apply')}"
    if "unknown" in allowed:
        yield f"#   {say('question: {{unknown: true}}  you do not know')}"
    if "declined" in allowed:
        yield f"#   {say('question: {{declined: true}}  you would rather not say')}"


def _time(form: _Form) -> str:
    """How many questions there are and how long they take; who is asked has to find that time."""
    rubric, role, say = form
    found = sitting(rubric, role, rubric.extent.tier if rubric.extent else "".join(rubric.tiers[-1:]))
    count = found.questions + found.facts + found.registered
    questions = say("1 question") if count == 1 else say("{count} questions", count=count)
    if found.minutes is None:
        return say("{questions}.", questions=questions)
    minutes = max(math.ceil(found.minutes), 1)
    if minutes == 1:
        return say("{questions}, about 1 minute.", questions=questions)
    return say("{questions}, about {minutes} minutes.", questions=questions, minutes=minutes)


def _how(form: _Form) -> str:
    rubric, role, say = form
    per_person = "One file per respondent: copy it, and give each copy a name and a respondent of its own."
    per_log = "One file per log or register: copy it, and give each copy a name and a respondent of its own."
    words = [say(per_person) if role.people else say(per_log)]
    if _is_anonymous(rubric, role):
        promise = (
            "The people who prepare the report read your answers, nobody else does. Your answer to a question counts "
            "only if at least {least} of your group answered it; otherwise it is in no figure and no sentence of any "
            "document. What you write in your own words is quoted only if you allow it below."
        )
        words.append(say(promise, least=rubric.policies.least))
    elif role.people:
        warning = (
            "Answers are shown by role and never by name. Should you be the only one who answers for this role, "
            "readers can recognise you: what the role says is then what you say, and your own words are quoted only if "
            "you allow it below."
        )
        words.append(say(warning))
    asked = (question for question in rubric.questions() if role.id in rubric.asked(question))
    if any(question.traits.anchored for question in asked):
        closest = "Where lines build on each other, take the one that is closest to what you have seen yourself."
        stairs = "Where lines build on each other, start at the bottom and go up while the next one is true as well."
        words.append(say(closest) if _is_anonymous(rubric, role) else say(stairs))
    words.append(say("Write each answer behind its question, or leave the line as it is. Short and long form:"))
    return " ".join(words)


def _is_anonymous(rubric: Rubric, role: Role) -> bool:
    return role.id in rubric.policies.anonymous


def _consent(form: _Form) -> Iterator[str]:
    """What only the person who answers can allow, a line each; what was promised cannot be lowered later."""
    rubric, role, say = form
    if not role.people:
        return
    least = rubric.policies.least
    shown = "true: may count and be shown even where fewer than {least} answered, though I may be recognised"
    yield f"alone: false    # {say(shown, least=least)}"
    yield f"quote: false    # {say('true: what I write in my own words may be quoted, by role and never by name')}"
    if _is_anonymous(rubric, role):
        yield f"min_cell: {least}      # {say('promised: from so many answers on this group counts')}"


def _node(form: _Form, node: Node, above: str = "") -> Iterator[str]:
    """The questions of a role in a node below its title; above: the title of the role's own that stands there already.

    A title of the role's own stands once, above all it is asked in the node, and in place of the titles further down.
    """
    rubric, role, _ = form
    asked = [question for question in node.questions if role.id in rubric.asked(question)]
    own = rubric.title_for(node, role.id)
    if own and any(role.id in rubric.asked(question) for below in walk(node) for question in below.questions):
        yield from ("", f"  # === {own} ===")
    elif asked and not above:
        yield from ("", f"  # === {f'{node.code} {node.title}' if node.code else node.title} ===")
    for question in asked:
        yield from _question(form, question)
    for child in node.criteria:
        yield from _node(form, child, own or above)


def _question(form: _Form, question: Question) -> Iterator[str]:
    yield ""
    wording = form.rubric.wording(question, form.role.id)
    yield from _comment(wording.text)
    if wording.help:
        yield from _comment(f"({wording.help})")
    for detail in (*_choices(question, wording, form.say), *_remarks(form, question, wording)):
        yield from _comment(detail, "  #   ", "  #     ")
    yield f"  {question.id}:"


def _choices(question: Question, wording: Wording, say: Say) -> Iterator[str]:
    """The options with the number and the key that stand for them; its own have words only where a role has some."""
    own = dict(question.traits.options)
    if own and wording.labels() == own:
        yield say(" or ".join([*own][::-1]))
    elif own:
        yield from (f"{key}: {say(x) if own[key] == x else x}" for key, x in wording.labels().items())
    else:
        options = enumerate(wording.options, question.traits.first)
        yield from (f"{place} = {option.key}: {option.label}" for place, option in options)


def _remarks(form: _Form, question: Question, wording: Wording) -> Iterator[str]:
    """What an answer must look like, beyond being one of the options."""
    say = form.say
    yield form_of(question, say)
    yield say("Only when {condition}", condition=question.show_when) if question.show_when else ""
    yield _proof(wording, say, counts=form.rubric.policies.evidence is not None)
    yield say("Add a note.") if question.note == "required" else ""
    yield say("{{na: true, why: the reason}} is possible.") if "na" in wording.allow else ""


def _proof(wording: Wording, say: Say, *, counts: bool) -> str:
    """Which evidence has to be named; counts: whether the answer counts for less without it."""
    if not wording.evidence.startswith("required"):
        return ""
    start = wording.evidence.removeprefix(FROM)
    if start == wording.evidence:
        always = "Name dated evidence; without it the answer counts as stated only."
        return say(always) if counts else say("Name dated evidence.")
    late = "From {start} on, name dated evidence; without it the answer counts as stated only."
    return say(late, start=start) if counts else say("From {start} on, name dated evidence.", start=start)


def form_of(question: Question, say: Say = in_english) -> str:
    """The form of an answer that is no option from a list; empty where options say enough."""
    return _number(question, say) if question.traits.holds == "number" else say(question.traits.hint)


def _number(question: Question, say: Say) -> str:
    known = [say("from {end}", end=short(question.min, 6))] if question.min is not None else []
    known += [say("to {end}", end=short(question.max, 6))] if question.max is not None else []
    unit = [f"({question.unit})"] if question.unit else []
    return " ".join([say("A whole number") if question.integer else say("A number"), *unit, *known])


def _comment(text: str, start: str = "  # ", rest: str = "  # ") -> Iterator[str]:
    """Words in comment lines of at most 110 characters; `start` and `rest` begin the first and the other lines."""
    yield from textwrap.wrap(
        " ".join(text.split()), WIDTH, initial_indent=start, subsequent_indent=rest, break_long_words=False
    )
