"""Gathers everything an engagement says, person by person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from assess import documents
from assess.collect import agreed
from assess.collect.context import Context, Problems, WrittenAnswer, entries_at
from assess.collect.deciding import take_decisions
from assess.collect.disputes import disputes
from assess.collect.doubts import find_doubts, settled_shares
from assess.collect.engagement import check_version, drop_empty_keys, fit_engagement
from assess.collect.entries import read_entries
from assess.collect.files import AGREED, AnswerFile, answer_files, decision_files, home
from assess.collect.inline import is_anonymous, read_inline
from assess.collect.issues import issued_before
from assess.collect.raw import Collected, Respondent, with_documents
from assess.collect.strays import stray_files
from assess.collect.values import name_written
from assess.documents import Document, Route
from assess.model.answers import Answer, Settlement
from assess.model.engagement import AgreedFile, AnswersFile, Engagement
from assess.model.rubric import Rubric
from assess.problems import Problem, errors, in_order, listing, nearest


class Settling(NamedTuple):
    """Settled answers as they stand in a document."""

    document: Document
    entries: tuple[WrittenAnswer, ...]


class Signature(NamedTuple):
    """A respondent's id and where it was written."""

    id: str
    document: Document
    route: Route


def collect(path: Path, engagement: Engagement, document: Document, rubric: Rubric) -> tuple[Collected, Problems]:
    """The answers of an engagement, and every problem in any of its documents.

    Roles, criteria and initiatives go by their ids, respondents stand in the order of theirs. Answers that are wrong or
    blank are left out, and so are respondents who answered nothing, save anonymous ones who say they have finished.
    """
    folder = home(path)
    files, problems = answer_files(folder) if folder else ((), ())
    problems += stray_files(path, document, files)
    context = Context(rubric, document, engagement.assessed_on, folder or path.parent)
    settling, found = _settling(context, files)
    problems += found
    entries = [entry for part in settling for entry in part.entries]
    context = context._replace(settled=agreed.settled_questions(rubric, entries))
    respondents, found = _respondents(context, engagement, files)
    problems += found
    settled, found = _settlements(context, settling, [*(f.respondent for f in files), *(r.id for r in respondents)])
    problems += found
    fitted, found = fit_engagement(context, engagement)
    problems += found
    decisions, found = decision_files(folder) if folder else ((), ())
    problems += found
    fitted, decided, found = take_decisions(context, fitted, decisions)
    problems += found
    heard = sorted((r for r in respondents if _took_part(r)), key=lambda respondent: respondent.id)
    for read in (document, *(file.document for file in files if file.document)):
        problems += documents.notice_leftovers(read, problems)
    if not heard and not errors(problems):
        problems += (_no_answers(context, folder, files),)
    before, this, found = issued_before(context._replace(folder=folder), fitted, heard)
    problems += found
    named = [respondent for respondent in respondents if not respondent.anonymous]
    told = [_doubted(context, fitted, settled, some, settling) for some in (respondents, named)]
    doubted = [(), ()] if errors(problems) else told
    unseen = {person.document.name for person in respondents if person.anonymous and person.document}
    unread = stray_files(path, document, files, unseen - {document.name})
    kept = Collected(fitted, tuple(heard), settled, before, this, folder, *doubted)._replace(
        unread=unread, decided=decided
    )
    return kept, in_order(problems)


def _doubted(
    context: Context,
    engagement: Engagement,
    settled: Mapping[str, Settlement],
    people: Sequence[Respondent],
    settling: Iterable[Settling],
) -> Problems:
    """What `check` alone says of answers that were read."""
    told = with_documents(people)
    found = find_doubts(context, engagement, told)
    for part in settling:
        found += settled_shares(context._replace(document=part.document), settled, part.entries)
    return (*found, *disputes(context.rubric, context.settled, told))


def _took_part(respondent: Respondent) -> bool:
    """Whether somebody answered; of anonymous people it must not show that they left everything open."""
    return bool(respondent.answers) or (respondent.anonymous and not respondent.draft)


def _respondents(
    context: Context, engagement: Engagement, files: Sequence[AnswerFile]
) -> tuple[list[Respondent], Problems]:
    """Everybody who answered, in the engagement itself or in a file."""
    main = context.document
    inline, problems = read_inline(context, main.data.get("answers") or {}, ("answers",))
    told = [respondent._replace(document=main) for respondent in inline]
    signatures = [Signature(respondent.id, main, ("answers",)) for respondent in inline]
    for file in files:
        if file.document is None or file.settles:
            continue
        signatures.append(Signature(file.respondent, file.document, ("respondent",)))
        respondent, found = _respondent(context._replace(document=file.document), engagement)
        problems += found
        told += [respondent] if respondent else []
    return told, (*problems, *_signed_twice(signatures))


def _respondent(context: Context, engagement: Engagement) -> tuple[Respondent | None, Problems]:
    """Who answered in a file, and what."""
    wrong = documents.wrong_kind(context.document, "answers/1")
    if wrong:
        settles = context.document.data.get("assess") == "agreed/1"
        return None, (replace(wrong, hint=f"name the file {AGREED}") if settles else wrong,)
    data = drop_empty_keys(context.document)
    record, problems = documents.validated(context.document, AnswersFile, data)
    answers = data.get("answers")
    rubric = context.rubric
    named = rubric.names.get(str(data.get("role")), "")
    entries = entries_at(answers, ("answers",)) if isinstance(answers, Mapping) else ()
    found, mistakes = read_entries(context._replace(role=named), entries)
    problems += mistakes
    if record is None:
        return None, problems
    role = rubric.role_by_id.get(named)
    problems += _role(context, record) if role is None else ()
    problems += check_version(context, record.rubric, record.rubric_version, record.rubric_hash)
    problems += _organization(context, record, engagement)
    problems += _finished(context, record)
    if role is None:
        return None, problems
    problems += _promised(context, record)
    return _signed(context, record, role.id, found), problems


def _signed(context: Context, record: AnswersFile, role: str, answers: Mapping[str, Answer]) -> Respondent:
    return Respondent(
        id=record.respondent,
        role=role,
        answers=answers,
        kind=record.kind if context.rubric.role_by_id[role].people else "document",
        anonymous=is_anonymous(context.rubric, role) or bool(record.anonymous),
        alone=bool(record.alone),
        quote=bool(record.quote),
        draft=record.submitted is None,
        document=context.document,
    )


def _promised(context: Context, record: AnswersFile) -> Problems:
    """Whether the rubric lets in fewer anonymous answers than this person was told."""
    least = context.rubric.policies.least
    if record.min_cell is None or record.min_cell <= least:
        return ()
    message = (
        f"'{record.respondent}' was promised groups of {record.min_cell}; '{context.rubric.id}' counts from {least}"
    )
    hint = f"set min_cell: {record.min_cell} or more in the policies of the rubric; what was promised cannot be lowered"
    return (context.problem("promise", message, ("min_cell",), hint=hint),)


def _role(context: Context, record: AnswersFile) -> Problems:
    names = {name: meant for name, meant in context.rubric.names.items() if meant in context.rubric.role_by_id}
    message = f"{name_written(record.role)} is not a role of '{context.rubric.id}'{nearest(record.role, names)}"
    hint = f"one of: {listing([role.id for role in context.rubric.roles], most=12)}"
    return (context.problem("respondent", message, ("role",), hint=hint),)


def _organization(context: Context, record: AnswersFile, engagement: Engagement) -> Problems:
    """Whether a file is about the organization that is assessed, where both say so."""
    ours = engagement.organization.id
    if not ours or record.organization in (None, ours):
        return ()
    message = (
        f"these answers are about {name_written(record.organization)}; the engagement is about {name_written(ours)}"
    )
    hint = "move the file to its own engagement, or correct the id"
    return (context.problem("respondent", message, ("organization",), hint=hint),)


def _finished(context: Context, record: AnswersFile) -> Problems:
    """A warning about a file nobody has filled in yet, or about a draft."""
    if all(value is None for value in record.answers.values()):
        message = f"'{record.respondent}' has answered nothing yet and is left out"
        hint = "fill in answers:, or take the file out"
        return (context.problem("no_answers", message, ("answers",), at_key=True, hint=hint, severity="warning"),)
    if record.submitted is None:
        message = f"'{record.respondent}' has not submitted: these answers count, but may not be finished"
        hint = "add submitted: with the date once they are"
        return (context.problem("draft", message, ("respondent",), hint=hint, severity="warning"),)
    return ()


def _signed_twice(signatures: Iterable[Signature]) -> Problems:
    """Second files of one respondent; capitals make no difference, because file systems may not tell them apart."""
    first: dict[str, Signature] = {}
    problems: list[Problem] = []
    for signature in signatures:
        before = first.setdefault(signature.id.casefold(), signature)
        if before is not signature:
            there = documents.problem(before.document, "respondent", "", before.route).location
            place = f"{there.file}:{there.line}" if there else before.document.name
            message = f"the respondent '{signature.id}' has answers already, at {place}"
            hint = "keep one file per respondent, or give each an id of their own"
            problems.append(documents.problem(signature.document, "respondent", message, signature.route, hint=hint))
    return tuple(problems)


def _settling(context: Context, files: Sequence[AnswerFile]) -> tuple[tuple[Settling, ...], Problems]:
    """What the engagement itself and `_agreed.yaml` settle, still unread."""
    main = context.document
    found = [Settling(main, entries_at(main.data.get("agreed") or {}, ("agreed",)))]
    problems: Problems = ()
    for document in (file.document for file in files if file.settles and file.document):
        wrong = documents.wrong_kind(document, "agreed/1")
        if wrong:
            problems += (wrong,)
            continue
        data = drop_empty_keys(document)
        record, mistakes = documents.validated(document, AgreedFile, data)
        problems += mistakes
        if record:
            here = context._replace(document=document)
            problems += check_version(here, record.rubric, record.rubric_version)
        answers = data.get("answers")
        found.append(Settling(document, entries_at(answers, ("answers",)) if isinstance(answers, Mapping) else ()))
    return tuple(found), problems


def _settlements(
    context: Context, settling: Iterable[Settling], respondents: Sequence[str]
) -> tuple[dict[str, Settlement], Problems]:
    """What was settled, by question id; a question settled in two documents is a problem."""
    settled: dict[str, Settlement] = {}
    problems: Problems = ()
    homes: dict[str, str] = {}
    for part in settling:
        here = context._replace(document=part.document)
        found, mistakes = agreed.read_settlements(here, part.entries, respondents)
        problems += mistakes
        for question in sorted(found.keys() & settled.keys()):
            message = f"'{question}' is settled in {homes[question]} already"
            hint = "keep one of the two"
            problems += (here.problem("settled", message, ("answers", question), at_key=True, hint=hint),)
        settled |= found
        homes |= dict.fromkeys(found, part.document.name)
    return settled, problems


def _no_answers(context: Context, folder: Path | None, files: Sequence[AnswerFile]) -> Problem:
    hint = "add answers/<respondent>.yaml" if folder else "add answers: with question: answer below it"
    if any(not file.settles for file in files):
        hint = "write the answers into the files in answers/, each behind its question"
    return context.problem("no_answers", "nobody has answered anything yet", hint=hint)
