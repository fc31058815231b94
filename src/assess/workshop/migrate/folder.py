"""A whole engagement carried over: the files of a new folder, and what became of every answer in the old one."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from assess.collect.engagement import open_engagement
from assess.collect.entries import find_question
from assess.collect.files import ENGAGEMENT, answer_files, engagement_file, home, settles
from assess.collect.inline import is_anonymous
from assess.documents import Document, Route, parse, printable, problem, wrong_kind
from assess.documents.document import value_at
from assess.documents.reader import text_of
from assess.documents.writer import dump
from assess.model.engagement import Engagement
from assess.model.rubric import Rubric
from assess.problems import DocumentError, in_order
from assess.workshop.edits import UneditableError, applied
from assess.workshop.migrate.layout import Rewrite, answer_edits, faithful, head_edits, remarks_on
from assess.workshop.migrate.meaning import Worth, doubts, worths
from assess.workshop.migrate.passage import Carried, Fated, Passage, Road, road, travel
from assess.workshop.migrate.roles import renamed_roles, role_edits, settled_on, with_roles


class Page(NamedTuple):
    """The answers of one respondent, or what was agreed, in one file; role and respondent are empty for the latter.

    lost: answers that fit their question no longer, with the reason. hidden: they are never shown alone.
    worths: answers that stand as they were given and count otherwise.
    """

    file: str
    respondent: str
    role: str
    rewrite: Rewrite
    lost: tuple[Carried, ...] = ()
    hidden: bool = False
    worths: tuple[Worth, ...] = ()

    @property
    def passage(self) -> Passage:
        """What becomes of the answers."""
        return self.rewrite.passage

    def again(self) -> tuple[Carried, ...]:
        """The answers that must be given or agreed again; their reasons say why."""
        doubtful = (entry for entry in self.passage.entries if entry.entry is not None and entry.reasons)
        return (*doubtful, *self.lost)


class Migration(NamedTuple):
    """An engagement of another version: texts by path below its new folder, and every page of answers.

    recast: files that could only be written anew, without their comments.
    """

    path: Path
    engagement: Engagement
    way: Road
    files: Mapping[str, str]
    pages: tuple[Page, ...]
    recast: tuple[str, ...]

    @property
    def source(self) -> Path:
        """The folder or the single file that is carried over."""
        return home(self.path) or self.path

    @property
    def idle(self) -> bool:
        """Whether the answers were given to this version, and nothing becomes of them."""
        same = self.way.start == self.way.new.version
        return same and not any(page.again() or page.worths or not _stays(page) for page in self.pages)

    def evidence(self) -> tuple[str, ...]:
        """The evidence files that the answers name, as they name them."""
        proofs = [proof for _, fated in self.fates() for proof in _proofs(fated.entry)]
        return tuple(dict.fromkeys(str(proof["file"]) for proof in proofs if isinstance(proof.get("file"), str)))

    def fates(self) -> Iterator[tuple[Page, Fated]]:
        """Every old answer with its page."""
        for page in self.pages:
            yield from ((page, fated) for fated in page.passage.fates.values())


def _proofs(entry: object) -> list[Mapping[str, object]]:
    listed = entry.get("evidence") if isinstance(entry, Mapping) else ()
    return [proof for proof in listed if isinstance(proof, Mapping)] if isinstance(listed, list) else []


def _stays(page: Page) -> bool:
    return all(fated.fate == "carried" for fated in page.passage.fates.values())


class _File(NamedTuple):
    """A file of the engagement: its path below the new folder, its text, and what it says."""

    name: str
    text: str
    document: Document


class _Holder(NamedTuple):
    """Where a mapping of answers stands in a file, and whose answers they are."""

    route: Route
    respondent: str
    role: str


def file_name(version: str) -> str:
    """A version as a part of a file name."""
    return "".join(sign if sign.isalnum() or sign in "._-" else "-" for sign in version)


def kept_in(version: str) -> str:
    """The file that keeps the answers of a version which do not stand in the new folder as they were given."""
    return f"retired-{file_name(version)}.yaml"


def carry_over(path: Path, new: Rubric, old: Rubric | None = None) -> Migration:
    """An engagement `migrated`; raises DocumentError too when its version is not known, or not the old rubric's."""
    engagement, document = open_engagement(path)
    named = engagement.rubric_version
    if engagement.rubric != new.id:
        message = f"the engagement uses the rubric '{engagement.rubric}', not '{new.id}'"
        hint = "answers are carried over from version to version of one rubric"
        raise DocumentError([problem(document, "version", message, ("rubric",), hint=hint)])
    if named is None and old is None:
        message = "the engagement does not say which version its answers were given to"
        hint = "write rubric_version:, or name the old rubric with --from"
        raise DocumentError([problem(document, "version", message, hint=hint)])
    if old is not None and (old.id, old.version) != (new.id, named or old.version):
        message = f"the answers were given to version {named} of '{new.id}'; --from names '{old.id}' {old.version}"
        hint = "name the rubric of that version"
        raise DocumentError([problem(document, "version", message, ("rubric_version",), hint=hint)])
    return migrated(path, new, old)


def migrated(path: Path, new: Rubric, old: Rubric | None = None) -> Migration:
    """An engagement as it would be for the new version; raises DocumentError when one of its files cannot be read.

    old: the rubric of the version it was given to; without it changes of meaning are not seen.
    """
    engagement, _ = open_engagement(path)
    start = engagement.rubric_version or (old.version if old else new.version)
    way = road(new, start, old)
    files = _files(path)
    found: dict[str, str] = {}
    pages: list[Page] = []
    recast: list[str] = []
    for file in files:
        own = tuple(_pages(way, file))
        text = _rewritten(way, file, own)
        found[file.name] = text or _recast(way, file, own)
        recast += [] if text else [file.name]
        pages += own
    return Migration(path, engagement, way, found, tuple(pages), tuple(recast))


def _files(path: Path) -> list[_File]:
    """The engagement and its answers files, each read once more with its text."""
    folder = home(path)
    answers, problems = answer_files(folder) if folder else ((), ())
    broken = [problem for problem in problems if problem.severity == "error"]
    if broken:
        raise DocumentError(in_order(broken))
    named = [(ENGAGEMENT, engagement_file(path))] + [(file.name, file.path) for file in answers]
    found = []
    for name, place in named:
        text = text_of(place, printable(str(place)))
        found.append(_File(name, text, parse(text, printable(str(place)))))
    wrong = [problem for file in found[1:] if (problem := wrong_kind(file.document, _kind(file)))]
    if wrong:
        raise DocumentError(wrong)
    return found


def _kind(file: _File) -> str:
    return "agreed/1" if settles(file.name) else "answers/1"


def _pages(way: Road, file: _File) -> Iterator[Page]:
    """The mappings of answers in a file."""
    for holder in _holders(way, file):
        yield from _page(way, file, holder)


def _holders(way: Road, file: _File) -> Iterator[_Holder]:
    data = file.document.data
    if file.name != ENGAGEMENT:
        agreed = _kind(file) == "agreed/1"
        who = ("", "") if agreed else (str(data.get("respondent") or ""), str(data.get("role") or ""))
        yield _Holder(("answers",), *who)
        return
    yield _Holder(("agreed",), "", "")
    yield _Holder(("answers",), "answers", "")
    entries = value_at(data, ("answers",))
    for name, inner in entries.items() if isinstance(entries, Mapping) else ():
        if isinstance(inner, Mapping) and not _is_question(way, name) and _is_role(way, name):
            yield _Holder(("answers", name), f"answers-{name}", name)


def _is_role(way: Road, name: str) -> bool:
    return any(rubric.names.get(name) in rubric.role_by_id for rubric in (way.new, way.old) if rubric)


def _is_question(way: Road, name: str) -> bool:
    return any(find_question(rubric, name) is not None for rubric in (way.new, way.old) if rubric)


def _page(way: Road, file: _File, holder: _Holder) -> Iterator[Page]:
    """A mapping of answers and what becomes of it; roles that stand among the questions are no answers."""
    entries = value_at(file.document.data, holder.route)
    if not isinstance(entries, Mapping):
        return
    inline = file.name == ENGAGEMENT and holder.route == ("answers",)
    names = tuple(n for n in entries if not inline or _is_question(way, n) or not _is_role(way, n))
    passage = travel(way, {name: entries[name] for name in names})
    carried = tuple(_doubted(way, passage, entry, holder.role) for entry in passage.entries)
    passage = passage._replace(entries=carried)
    rewrite = Rewrite(holder.route, names, passage, _remarks(way, passage))
    hidden = bool(holder.role) and is_anonymous(way.new, way.new.names.get(holder.role, holder.role))
    hidden = hidden or file.document.data.get("anonymous") == "true"
    yield Page(
        file.name, holder.respondent, holder.role, rewrite, _lost(way, passage), hidden, tuple(worths(way, passage))
    )


def _lost(way: Road, passage: Passage) -> tuple[Carried, ...]:
    """The answers without a place whose questions are still put, and now have none."""
    taken = {entry.name for entry in passage.entries}
    found = [(place, way.question(fated.name), fated) for place, fated in passage.fates.items() if not fated.targets]
    open_now = [one for one in found if one[1] in way.new.question_by_id and one[1] not in taken]
    return tuple(Carried(name, fated.entry, place, (fated.why,)) for place, name, fated in open_now)


def _doubted(way: Road, passage: Passage, entry: Carried, role: str) -> Carried:
    fated = passage.fates.get(entry.origin)
    entry = entry._replace(entry=settled_on(entry.entry, renamed_roles(way.new)))
    return entry._replace(reasons=tuple(dict.fromkeys(doubts(way, entry, fated, role)))) if fated else entry


def _remarks(way: Road, passage: Passage) -> Mapping[int, tuple[str, ...]]:
    """What stands in the new file in place of the answers that no longer do."""
    found = {}
    for place, fated in passage.fates.items():
        if not fated.targets:
            why = f"retired {fated.why}" if fated.fate == "retired" else fated.why
            remark = f"{fated.name} is no longer answered here: {why}; the answer is kept in {kept_in(way.start)}"
            found[place] = (remark,)
    return found


def _heads(way: Road, file: _File) -> dict[str, str]:
    """The version and the hash a file names, as they are from now on; the engagement always names both."""
    heads = {"rubric_version": way.new.version, "rubric_hash": way.new.hash}
    named = file.document.data
    return {
        key: text for key, text in heads.items() if text and (file.name == ENGAGEMENT or named.get(key) is not None)
    }


def _wanted(way: Road, file: _File, pages: Sequence[Page]) -> dict[str, object]:
    """What the file says from now on."""
    data: dict[str, object] = dict(file.document.data)
    for page in pages:
        *above, last = page.rewrite.route
        holder: dict[str, object] = data
        for step in above:
            inner = holder[str(step)]
            holder[str(step)] = inner = dict(inner) if isinstance(inner, Mapping) else {}
            holder = inner
        before = holder[str(last)]
        others = {k: v for k, v in before.items() if k not in page.rewrite.names} if isinstance(before, Mapping) else {}
        holder[str(last)] = {**{entry.name: entry.entry for entry in page.passage.entries}, **others} or None
    return with_roles(data, file.name, renamed_roles(way.new)) | _heads(way, file)


def _rewritten(way: Road, file: _File, pages: Sequence[Page]) -> str:
    """The text with the new answers in it; empty when it cannot be had without writing the whole file anew."""
    try:
        edits = [edit for page in pages for edit in answer_edits(file.document, page.rewrite)]
        after = "rubric" if file.document.data.get("rubric_version") is None else "rubric_version"
        edits += role_edits(file.document, file.name, renamed_roles(way.new))
        text = applied(file.text, [*edits, *head_edits(file.document, _heads(way, file), after)])
        found = parse(text, file.document.name)
    except (UneditableError, DocumentError):
        return ""
    return text if found.data == _wanted(way, file, pages) else ""


def _recast(way: Road, file: _File, pages: Sequence[Page]) -> str:
    """The file written anew from its values; what has to be asked again stands at its end."""
    plain = faithful(_wanted(way, file, pages))
    remarks = [remark for page in pages for some in page.rewrite.remarks.values() for remark in some]
    entries = [entry for page in pages for entry in page.passage.entries]
    remarks += [f"{entry.name}: {remark}" for entry in entries for remark in remarks_on(entry)]
    ending = "".join(f"# {printable(' '.join(remark.split()))}\n" for remark in remarks)
    return (dump(plain) if isinstance(plain, dict) else "") + ending
