"""Who is told which problem: what an anonymous person's file says is for `check` alone, and leaves in no other way."""

from collections import Counter
from collections.abc import Iterable, Sequence

from assess.collect.context import Problems
from assess.collect.counting import NOT_KNOWN, Counted, Unasked
from assess.collect.discretion import Discretion
from assess.collect.evidence import at_answer, dated, lines_of, unproved_questions
from assess.collect.freshness import outdated
from assess.collect.raw import Collected, Respondent, with_documents
from assess.formula import evaluate_sheet
from assess.formula.certainty import AnonymousGroup, groups
from assess.formula.readings import evidence_shown
from assess.model.answers import AnswerSheet
from assess.model.engagement import EvidenceItem
from assess.model.rubric import Rubric
from assess.numbers import counted as amount
from assess.problems import Problem, in_order


def withhold_confided(rubric: Rubric, collected: Collected, found: Counted, problems: Iterable[Problem]) -> Problems:
    """The problems that may leave: none rests on an anonymous answer that does not count, or stands in such a file."""
    hidden = [_Hidden(rubric, person) for person in collected.respondents if person.anonymous]
    open_ones = [problem for problem in problems if not any(where.holds(problem) for where in hidden)]
    open_ones = [*(problem for problem in open_ones if problem.code != "not_read"), *collected.unread]
    named = [person for person in _as_counted(collected, found) if not person.anonymous]
    voices = (answer for voice in found.sheet.voices for answer in voice.answers.items())
    crowds = ((name, answer) for (name, _), answers in found.sheet.crowds.items() for answer in answers)
    unasked = [each for each in found.unasked if not each.respondent.anonymous]
    remarks = (
        *unproved_questions(rubric, named, dated((*voices, *crowds))),
        *outdated(rubric, with_documents(named), collected.engagement.assessed_on, _beside(rubric, found.sheet)),
        *collected.open_doubts,
        *_not_asked(rubric, unasked),
        *too_few(rubric, found.sheet),
        *reissued(collected, found),
    )
    return in_order((*open_ones, *remarks))


def _as_counted(collected: Collected, found: Counted) -> list[Respondent]:
    """Everybody without the answers to what was not put to them: of those nothing more is asked."""
    away = {(each.respondent.id, each.question) for each in found.unasked}
    return [
        who._replace(answers={name: answer for name, answer in who.answers.items() if (who.id, name) not in away})
        for who in collected.respondents
    ]


def _beside(rubric: Rubric, sheet: AnswerSheet) -> dict[str, list[EvidenceItem]]:
    """The evidence of anonymous people that counts, by question."""
    given = {
        question.id: [said.answer for said in sheet.answers(question.id) if said.private]
        for question in rubric.questions()
    }
    return {name: evidence_shown(answers) for name, answers in given.items()}


def reissued(collected: Collected, found: Counted) -> Problems:
    """An error where this issue was handed out already and would now count other anonymous answers."""
    if collected.this is None or found.issued in (None, collected.this):
        return ()
    issue = collected.engagement.issue
    message = f"issue {issue} was handed out with other answers of anonymous people than it would count now"
    hint = f"write issue: {issue + 1} in the engagement; new answers of a group wait until they are enough"
    return (Problem("issued", message, hint=hint),)


class _Hidden:
    """Where an anonymous person's answers stand: a whole file, or some lines of the engagement."""

    def __init__(self, rubric: Rubric, person: Respondent) -> None:
        """Find the lines, where it is not the whole file."""
        document = person.document
        self.file = document.name if document else ""
        self.whole = document is not None and document.data.get("assess") == "answers/1"
        asked = () if self.whole else person.answers
        self.lines = {line for question in asked for line in lines_of(rubric, person, question)}

    def holds(self, problem: Problem) -> bool:
        """Whether a problem stands there."""
        place = problem.location
        return place is not None and place.file == self.file and (self.whole or place.line in self.lines)


def confided(rubric: Rubric, collected: Collected, found: Counted, problems: Iterable[Problem]) -> Problems:
    """All problems, for the consultant who holds the folder."""
    people = _as_counted(collected, found)
    remarks = (
        *unproved_questions(rubric, people, dated(pair for person in people for pair in person.answers.items())),
        *outdated(rubric, with_documents(people), collected.engagement.assessed_on),
        *collected.doubts,
        *_not_asked(rubric, found.unasked),
        *_unfounded(collected, found.sheet),
        *_unquoted(rubric, collected),
        *_waiting(rubric, collected, found),
        *_taken_back(rubric, collected, found),
        *too_few(rubric, found.sheet),
        *reissued(collected, found),
    )
    return in_order((*problems, *remarks))


def _not_asked(rubric: Rubric, unasked: Sequence[Unasked]) -> Problems:
    """A warning at every answer that does not count because the question was not put to its respondent."""
    problems: Problems = ()
    for respondent, question, why in unasked:
        message = f"the answer of '{respondent.id}' to '{question}' does not count: {why}"
        condition = rubric.question_by_id[question].show_when
        hint = f"'{question}' is asked only when {condition}; one of the two is wrong"
        hint = "it counts once that is known" if why.startswith(NOT_KNOWN) else hint
        found = Problem("hidden_answer", message, hint=hint, severity="warning")
        problems += at_answer(rubric, respondent, question, found)
    return problems


def _unfounded(collected: Collected, sheet: AnswerSheet) -> Problems:
    """A warning about what was settled on nothing but anonymous answers that are too few: it tells what they were."""
    roles = {person.id: person.role for person in collected.respondents}
    shy = {person.id for person in collected.respondents if collected.is_shy(person)}
    problems: Problems = ()
    for name, settled in collected.settled.items():
        hidden = [who for who in settled.basis if who in shy or who in sheet.shy]
        if hidden and len(hidden) == len(settled.basis) and any(sheet.unheard(name, roles.get(w, w)) for w in hidden):
            message = f"'{name}' is settled on anonymous answers alone, which are too few to count"
            hint = "name a basis besides them, or take the entry out: what was settled is printed"
            problems += (Problem("settled", message, hint=hint, severity="warning"),)
    return problems


def _unquoted(rubric: Rubric, collected: Collected) -> Problems:
    """A note for every role with own words that are not printed, because nobody allowed it."""
    discretion = Discretion(rubric, collected)
    amounts: Counter[str] = Counter()
    for person in collected.respondents:
        if not discretion.may_quote(person):
            amounts[person.role] += sum(bool(text) for a in person.answers.values() for text in (a.why, a.note))
    problems: Problems = ()
    for role in (role for role in rubric.roles if amounts[role.id]):
        words = amount(amounts[role.id], "comment is not printed", "comments are not printed")
        message = f"{role.title} ({role.id}): {words}, because the role is anonymous or has one person in it"
        hint = "ask whether they may be quoted; who agrees writes quote: true in the own file"
        problems += (Problem("unquoted", message, hint=hint, severity="note"),)
    return problems


def _waiting(rubric: Rubric, collected: Collected, found: Counted) -> Problems:
    """A note for every role in which answers came or were corrected after an issue and do not count yet."""
    counting = found.issued.cells if found.issued else {}
    discretion = Discretion(rubric, collected)
    waiting: dict[str, set[tuple[str, str]]] = {}
    for person in filter(collected.is_shy, collected.respondents):
        for name, answer in person.answers.items():
            cell = counting.get((name, person.role))
            if cell is not None and cell.get(person.id) != discretion.answer(person, answer):
                waiting.setdefault(person.role, set()).add((person.id, name))
    for each in found.unasked:
        waiting.get(each.respondent.role, set()).discard((each.respondent.id, each.question))
    problems: Problems = ()
    for role in (role for role in rubric.roles if waiting.get(role.id)):
        people, names = ({pair[place] for pair in waiting[role.id]} for place in (0, 1))
        whose = amount(len(people), "anonymous person", "anonymous people")
        message = (
            f"{role.title} ({role.id}): what {whose} answered to {amount(len(names), 'question', 'questions')} came or "
            f"was corrected after issue {collected.engagement.issue - 1} and does not count yet"
        )
        least = rubric.policies.least
        hint = f"it counts once {least} such answers to a question are new, or {least} are corrected; invite more"
        problems += (Problem("waiting", message, hint=hint, severity="note"),)
    return problems


def _taken_back(rubric: Rubric, collected: Collected, found: Counted) -> Problems:
    """A warning for every role of which an issue counted an answer that is gone: what is closed stays closed."""
    closed = found.issued.closed if found.issued else frozenset()
    new = closed - collected.before.closed
    problems: Problems = ()
    for role in rubric.roles:
        shut = [name for name, of in closed if of == role.id and name in rubric.question_by_id]
        if not shut:
            continue
        closed_for = f"{amount(len(shut), 'question is', 'questions are')} closed for this group"
        since = "an answer that an issue counted is gone, or has no value any more"
        message = f"{role.title} ({role.id}): {closed_for}: {since}"
        hint = "if a file was lost or renamed, put it back as it was; what somebody took back stays closed"
        hint = hint if any(of == role.id for _, of in new) else "it was closed by an earlier issue, and stays so"
        problems += (Problem("issued", message, hint=hint, severity="warning"),)
    return problems


def too_few(rubric: Rubric, sheet: AnswerSheet) -> Problems:
    """A warning for every role whose anonymous people gave too few answers to some questions; it counts questions."""
    tree = evaluate_sheet(rubric, sheet)
    found = groups(tree, sheet, rubric.questions())
    return tuple(_few(rubric, sheet, group) for group in found if group.counting < group.asked)


def _few(rubric: Rubric, sheet: AnswerSheet, group: AnonymousGroup) -> Problem:
    few, role = group.asked - group.counting, rubric.role_by_id[group.role]
    have = "has" if few == 1 and group.asked == 1 else "have"
    later = sheet.engagement.issue > 1
    message = (
        f"{role.title} ({role.id}): {few} of {amount(group.asked, 'question', 'questions')} {have} fewer than "
        f"{sheet.least} anonymous answers with a value{' that may count' if later else ''} and count in nothing"
    )
    more = sheet.least - sheet.shy[role.id]
    ask = f"invite {more} more" if more > 0 else "remind those who have not answered"
    hint = f"{ask}, or have people say in their own files that their answers may count alone (alone: true)"
    if later:
        hint = f"after an issue new answers count once {sheet.least} are new, and where one was taken back none does"
    return Problem("too_few", message, hint=hint, severity="warning")
