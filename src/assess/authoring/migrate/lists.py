"""What a consultant takes from a migration: whom to ask what again, and the answers that lost their place."""

from collections.abc import Iterator

from assess.authoring.migrate.folder import MigratedEngagement, kept_in
from assess.authoring.migrate.layout import faithful
from assess.authoring.migrate.moves import Carried
from assess.authoring.migrate.pages import Page
from assess.authoring.migrate.values import answer_in_words
from assess.documents.writer import dump
from assess.model.rubric import Rubric
from assess.numbers import counted
from assess.render.markdown import Markdown, code, concat, escape, heading

RECONFIRM = "reconfirm.md"
_AGREED, _NOBODY = "What was agreed", "Answers below no role"
_MASKED = "the question, or what can be answered to it, is another one now"


def extra_files(found: MigratedEngagement) -> dict[str, str]:
    """The two files a new folder holds beside the engagement: what to ask again, and what is kept."""
    files = {RECONFIRM: reconfirm_text(found)}
    return files | ({kept_in(found.way.start): text} if (text := kept_text(found)) else {})


def kept_text(found: MigratedEngagement) -> str:
    """Every answer that does not stand in the new files as it was given, as YAML; empty when all of them do."""
    kept = []
    for page, fated in found.fates():
        if fated.fate in ("carried", "renamed"):
            continue
        who = {"respondent": page.respondent, "role": page.role} if page.respondent else {}
        became = {"became": fated.fate} | ({"of": list(fated.targets)} if fated.targets else {})
        why = {"why": fated.why} if fated.why else {}
        kept.append({"file": page.file, **who, "question": fated.name, **became, **why, "given": faithful(fated.entry)})
    if not kept:
        return ""
    head = f"# Answers to version {found.way.start} that do not stand here as given. No command reads this file.\n"
    versions = {"rubric": found.way.new.id, "from": found.way.start, "to": found.way.new.version}
    return head + dump({"assess": "retired/1", **versions, "answers": kept})


def reconfirm_text(found: MigratedEngagement) -> str:
    """The answers to ask again as Markdown with boxes to tick, by role and respondent."""
    return "".join(f"{line}\n" for line in _reconfirm(found))


def _reconfirm(found: MigratedEngagement) -> Iterator[str]:
    new = found.way.new
    pages = [page for page in found.pages if page.again()]
    amount = counted(sum(len(page.again()) for page in pages), "answer", "answers")
    yield heading(1, "To be asked again")
    yield ""
    told = f"{found.engagement.organization.name}: {new.id} {found.way.start} to {new.version}."
    yield concat([told, f" {amount} must be given again, because the question means something else now."])
    if found.way.old is None:
        yield ""
        yield "The old rubric was not at hand: questions and options that read otherwise are not in this list."
    for title in dict.fromkeys(_title(new, page) for page in pages):
        yield ""
        yield heading(2, title)
        for page in pages:
            if _title(new, page) == title:
                yield from _page(new, page)
    yield from _fresh(found)


def _title(rubric: Rubric, page: Page) -> str:
    """The role whose answers a page holds."""
    if not page.role:
        return _NOBODY if page.respondent else _AGREED
    known = rubric.role_by_id.get(rubric.names.get(page.role, ""))
    return known.title if known else page.role


def _page(rubric: Rubric, page: Page) -> Iterator[str]:
    yield ""
    yield concat([code(page.respondent), ", ", code(page.file)]) if page.respondent else code(page.file)
    yield ""
    for entry in page.again():
        yield from _entry(rubric, page, entry)


def _entry(rubric: Rubric, page: Page, entry: Carried) -> Iterator[str]:
    """One answer to ask again; those of roles that are never shown alone without anything that tells what it was."""
    question = rubric.question_by_id[entry.name]
    wording = rubric.wording(question, rubric.names.get(page.role, page.role)).text
    yield concat([Markdown("- [ ] "), escape(wording), " ", code(entry.name)])
    yield concat([Markdown("  - why: "), escape(_MASKED if page.hidden else "; ".join(entry.reasons))])
    if not page.hidden:
        yield concat([Markdown("  - so far: "), escape(answer_in_words(entry.entry))])


def _fresh(found: MigratedEngagement) -> Iterator[str]:
    """The questions that were not asked before, with the roles they are put to; known with the old rubric at hand."""
    difference, new = found.way.difference, found.way.new
    if difference is None:
        return
    before = {*difference.counterparts("question").values()}
    before |= {name for step in found.way.steps for names in (*step.split.values(), step.merge) for name in names}
    asked = [question for question in new.questions() if question.id not in before]
    if not asked:
        return
    yield from ("", heading(2, "Not asked before"), "")
    for question in asked:
        titles = ", ".join(new.role_by_id[role].title for role in new.asked(question))
        yield concat([Markdown("- [ ] "), escape(question.text), " ", code(question.id), f" ({titles})"])
