"""The files of a new engagement: everything to fill in, with the questions each role is asked."""

import datetime
import math
import textwrap
from collections.abc import Iterator, Mapping

from assess.minutes import sitting
from assess.model.fields import clean
from assess.model.nodes import Node, walk
from assess.model.questions import Question, Role
from assess.model.rubric import Rubric
from assess.model.terms import NO_TERMS
from assess.model.wording import Wording
from assess.numbers import counted, short
from assess.scope import told

WIDTH = 110
UNNAMED = "Unnamed organization"
INVITED, INVITED_ANONYMOUSLY = "3", "8"
IGNORED = (
    "# What issues counted of anonymous people: their single answers, kept by whoever prepares the report.\nissued/\n"
)
STATE_WORDS = {
    "na": "{na: true, why: the reason}  does not apply",
    "unknown": "{unknown: true}  you do not know",
    "declined": "{declined: true}  you would rather not say",
}


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
            files[f"answers/{role.id}.yaml"] = _text(_answers(rubric, role, assessed_on))
    return files


def _text(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes, on one line."""
    escaped = clean(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + " ".join(escaped.split()) + '"'


def _engagement(rubric: Rubric, name: str, assessed_on: datetime.date) -> Iterator[str]:
    asked = {role for question in rubric.questions() for role in rubric.asked(question)}
    level = rubric.policies.target or (rubric.levels[-2:][0].key if rubric.levels else "a_level")
    capacity = short(rubric.policies.plan.capacity)
    yield "assess: engagement/1"
    yield "organization:"
    yield f"  name: {quoted(clean(name) if clean(name).strip() else UNNAMED)}"
    yield "  # sector: Retail"
    yield "  # staff: 1200                 # head count; efforts in the plan are scaled to it"
    yield "  # summary: Two sentences about the organization."
    yield f"rubric: {rubric.id}"
    yield f"rubric_version: {quoted(rubric.version)}"
    if rubric.hash:
        yield f"rubric_hash: {rubric.hash}"
    if rubric.extent:
        parts = (("tier", rubric.extent.tier), ("scope", rubric.extent.scope))
        yield from (f"{f'{key}: {name}'.ljust(32)}# {told(rubric.extent)}" for key, name in parts if name)
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
    yield f"{f'# at_once: {settings.at_once}'.ljust(32)}# how many initiatives one owner works on at the same time"
    yield "# done: []                      # initiatives that are finished already, by id"


def _terms(rubric: Rubric, terms: Mapping[str, str], language: str) -> Iterator[str]:
    """The words that are read for terms of the rubric; where none are chosen, those that can be."""
    if terms:
        if language not in ("", rubric.language):
            yield f"{f'language: {language}'.ljust(32)}# that of the words below"
        yield "terms:                          # words of the rubric that are read otherwise here"
        yield from (f"  {name}: {quoted(word)}" for name, word in terms.items())
    elif rubric.terms:
        yield from _example("terms", rubric.terms, "words of the rubric that may be read otherwise")


def _example(key: str, entries: Mapping[str, str], meaning: str) -> Iterator[str]:
    yield f"{f'# {key}:'.ljust(32)}# {meaning}"
    yield from (f"#   {name}: {value}" for name, value in entries.items())


def _answers(rubric: Rubric, role: Role, assessed_on: datetime.date) -> Iterator[str]:
    """One answers file: what it is, how to fill it in, and the questions of a role below their criteria."""
    yield from _comment(f"{role.title}: {rubric.title}", "# ", "# ")
    yield from _comment(_time(rubric, role), "# ", "# ")
    yield from _comment(_how(rubric, role), "# ", "# ")
    yield from ("#", "#   question: key or number", "#   question:")
    yield "#     value: key"
    yield "#     note: In which place or team this holds."
    day = assessed_on.isoformat()
    asked = [question for question in rubric.questions() if role.id in rubric.asked(question)]
    read = [rubric.wording(question, role.id) for question in asked]
    if any(wording.evidence != "off" for wording in read):
        yield f"#     evidence: [{{title: Name of the paper, kind: document, dated: {day}, file: where it lies}}]"
        yield "#   # kind: document, record, customer (a customer's word) or third_party (somebody else outside)"
    allowed = {state for wording in read for state in wording.allow}
    yield from (f"#   question: {words}" for state, words in STATE_WORDS.items() if state in allowed)
    yield "assess: answers/1"
    yield from _consent(rubric, role)
    yield f"respondent: {role.id.replace('_', '-')}-1"
    yield f"role: {role.id}"
    yield f"kind: {'self' if role.people else 'document'}"
    yield f"# submitted: {day}         # add this line when you have finished; until then the file is a draft"
    yield "answers:"
    for principle in rubric.principles:
        yield from _node(rubric, principle, role)


def _time(rubric: Rubric, role: Role) -> str:
    """How many questions there are and how long they take; who is asked has to find that time."""
    found = sitting(rubric, role, rubric.extent.tier if rubric.extent else "".join(rubric.tiers[-1:]))
    amount = counted(found.questions + found.facts + found.registered, "question", "questions")
    if found.minutes is None:
        return f"{amount[:1].upper()}{amount[1:]}."
    return f"{amount[:1].upper()}{amount[1:]}, about {counted(max(math.ceil(found.minutes), 1), 'minute', 'minutes')}."


def _how(rubric: Rubric, role: Role) -> str:
    anonymous = _is_anonymous(rubric, role)
    which = "respondent" if role.people else "log or register"
    words = f"One file per {which}: copy it, and give each copy a name and a respondent of its own."
    if anonymous:
        words = (
            f"{words} The people who prepare the report read your answers, nobody else does. Your answer to a "
            f"question counts only if at least {rubric.policies.least} of your group answered it; otherwise it is in "
            "no figure and no sentence of any document. What you write in your own words is quoted only if you allow "
            "it below."
        )
    elif role.people:
        words = (
            f"{words} Answers are shown by role and never by name. Should you be the only one who answers for this "
            "role, readers can recognise you: what the role says is then what you say, and your own words are quoted "
            "only if you allow it below."
        )
    return f"{words} Write each answer behind its question, or leave the line as it is. Short and long form:"


def _is_anonymous(rubric: Rubric, role: Role) -> bool:
    return role.id in rubric.policies.anonymous


def _consent(rubric: Rubric, role: Role) -> Iterator[str]:
    """What only the person who answers can allow, a line each; what was promised cannot be lowered later."""
    if not role.people:
        return
    least = rubric.policies.least
    few = f"even where fewer than {least} answered"
    yield f"alone: false    # true: may count and be shown {few}, though I may be recognised"
    yield "quote: false    # true: what I write in my own words may be quoted, by role and never by name"
    if _is_anonymous(rubric, role):
        yield f"min_cell: {least}      # promised: from so many answers on this group counts"


def _node(rubric: Rubric, node: Node, role: Role, above: str = "") -> Iterator[str]:
    """The questions of a role in a node below its title; above: the title of the role's own that stands there already.

    A title of the role's own stands once, above all it is asked in the node, and in place of the titles further down.
    """
    asked = [question for question in node.questions if role.id in rubric.asked(question)]
    own = rubric.title_for(node, role.id)
    if own and any(role.id in rubric.asked(question) for below in walk(node) for question in below.questions):
        yield from ("", f"  # === {own} ===")
    elif asked and not above:
        yield from ("", f"  # === {f'{node.code} {node.title}' if node.code else node.title} ===")
    for question in asked:
        yield from _question(rubric, question, role.id)
    for child in node.criteria:
        yield from _node(rubric, child, role, own or above)


def _question(rubric: Rubric, question: Question, role: str) -> Iterator[str]:
    yield ""
    wording = rubric.wording(question, role)
    yield from _comment(wording.text)
    if wording.help:
        yield from _comment(f"({wording.help})")
    for detail in (*_choices(question, wording), *_remarks(rubric, question, wording)):
        yield from _comment(detail, "  #   ", "  #     ")
    yield f"  {question.id}:"


def _choices(question: Question, wording: Wording) -> Iterator[str]:
    """The options with the number and the key that stand for them; its own have words only where a role has some."""
    own = question.traits.options
    if own and tuple(wording.labels().items()) == own:
        yield " or ".join(key for key, _ in own[::-1])
        return
    if own:
        yield from (f"{key}: {label}" for key, label in wording.labels().items())
        return
    for place, option in enumerate(wording.options, question.traits.first):
        yield f"{place} = {option.key}: {option.label}"


def _remarks(rubric: Rubric, question: Question, wording: Wording) -> Iterator[str]:
    """What an answer must look like, beyond being one of the options."""
    yield form_of(question)
    yield f"Only when {question.show_when}" if question.show_when else ""
    start = wording.evidence.removeprefix("required_from ")
    if wording.evidence.startswith("required"):
        when = "Name" if start == "required" else f"From {start} on, name"
        rest = "; without it the answer counts as stated only" if rubric.policies.evidence else ""
        yield f"{when} dated evidence{rest}."
    yield "Add a note." if question.note == "required" else ""
    yield "{na: true, why: the reason} is possible." if "na" in wording.allow else ""


def form_of(question: Question) -> str:
    """The form of an answer that is no option from a list; empty where options say enough."""
    return _number(question) if question.traits.holds == "number" else question.traits.hint


def _number(question: Question) -> str:
    ends = [("from", question.min), ("to", question.max)]
    unit = [f"({question.unit})"] if question.unit else []
    known = [f"{word} {short(end, 6)}" for word, end in ends if end is not None]
    return " ".join(["A whole number" if question.integer else "A number", *unit, *known])


def _comment(text: str, start: str = "  # ", rest: str = "  # ") -> Iterator[str]:
    """Words in comment lines of at most 110 characters; `start` and `rest` begin the first and the other lines."""
    yield from textwrap.wrap(
        " ".join(text.split()), WIDTH, initial_indent=start, subsequent_indent=rest, break_long_words=False
    )
