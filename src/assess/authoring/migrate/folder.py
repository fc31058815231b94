"""A whole engagement carried over: the files of a new folder, and what became of every answer in the old one."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from assess.authoring.migrate.layout import answer_edits, faithful, head_edits, remarks_on
from assess.authoring.migrate.moves import AnswerFate, MigrationPath, road
from assess.authoring.migrate.pages import Holder, Page, SourceFile, mixed_holders, page_of, replace_answers
from assess.authoring.migrate.roles import renamed_roles, role_edits, with_roles
from assess.collect.engagement import named_by_place, open_engagement
from assess.collect.files import ENGAGEMENT, answer_files, engagement_file, home, settles
from assess.collect.inline import PREFIX
from assess.documents import parse, printable, problem, wrong_kind
from assess.documents.edits import UneditableError, applied
from assess.documents.reader import text_of
from assess.documents.writer import dump
from assess.model.engagement import Engagement
from assess.model.rubric import Rubric
from assess.problems import DocumentError, in_order
from assess.resources import find_rubric, identity
from assess.translations import in_terms


class MigratedEngagement(NamedTuple):
    """An engagement of another version: texts by path below its new folder, and every page of answers.

    recast: files that could only be written anew, without their comments.
    """

    path: Path
    engagement: Engagement
    way: MigrationPath
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

    def fates(self) -> Iterator[tuple[Page, AnswerFate]]:
        """Every old answer with its page."""
        for page in self.pages:
            yield from ((page, fated) for fated in page.passage.fates.values())


def _proofs(entry: object) -> list[Mapping[str, object]]:
    listed = entry.get("evidence") if isinstance(entry, Mapping) else ()
    return [proof for proof in listed if isinstance(proof, Mapping)] if isinstance(listed, list) else []


def _stays(page: Page) -> bool:
    return all(fated.fate == "carried" for fated in page.passage.fates.values())


def file_name(version: str) -> str:
    """A version as a part of a file name."""
    return "".join(sign if sign.isalnum() or sign in "._-" else "-" for sign in version)


def kept_in(version: str) -> str:
    """The file that keeps the answers of a version which do not stand in the new folder as they were given."""
    return f"retired-{file_name(version)}.yaml"


def carry_over(path: Path, new: Rubric, old: Rubric | None = None, rubrics: Sequence[Path] = ()) -> MigratedEngagement:
    """An engagement `migrated`; raises DocumentError too when its version is not known, or not the old rubric's.

    rubrics: folders in which a rubric is looked for by the name that the engagement uses.
    """
    engagement, document = open_engagement(path)
    named = engagement.rubric_version
    if engagement.rubric != new.id and _is_place_of(engagement.rubric, new, rubrics):
        raise DocumentError([named_by_place(engagement, document, new)])
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


def _is_place_of(name: str, rubric: Rubric, rubrics: Sequence[Path]) -> bool:
    """Whether a name is that of the folder or file of a rubric, and not its id."""
    try:
        return identity(find_rubric(name, rubrics)) == rubric.id
    except DocumentError:
        return False


def migrated(path: Path, new: Rubric, old: Rubric | None = None) -> MigratedEngagement:
    """An engagement as it would be for the new version; raises DocumentError when one of its files cannot be read.

    old: the rubric of the version it was given to; without it changes of meaning are not seen.
    """
    engagement, _ = open_engagement(path)
    new = in_terms(new, engagement.terms, engagement.language)
    old = in_terms(old, engagement.terms, engagement.language) if old else None
    start = engagement.rubric_version or (old.version if old else new.version)
    way = road(new, start, old)
    files = _files(path, kept_in(start))
    found: dict[str, str] = {}
    pages: list[Page] = []
    recast: list[str] = []
    for file in files:
        own = tuple(_pages(way, file))
        text = _rewritten(way, file, own)
        found[file.name] = text or _recast(way, file, own)
        recast += [] if text else [file.name]
        pages += own
    return MigratedEngagement(path, engagement, way, found, tuple(pages), tuple(recast))


def _files(path: Path, kept: str) -> list[SourceFile]:
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
        found.append(SourceFile(name, text, parse(text, printable(str(place))), kept))
    wrong = [problem for file in found[1:] if (problem := wrong_kind(file.document, _kind(file)))]
    if wrong:
        raise DocumentError(wrong)
    return found


def _kind(file: SourceFile) -> str:
    return "agreed/1" if settles(file.name) else "answers/1"


def _pages(way: MigrationPath, file: SourceFile) -> Iterator[Page]:
    """The mappings of answers in a file."""
    for holder in _holders(way, file):
        yield from page_of(way, file, holder)


def _holders(way: MigrationPath, file: SourceFile) -> Iterator[Holder]:
    data = file.document.data
    if file.name != ENGAGEMENT:
        agreed = _kind(file) == "agreed/1"
        who = ("", "") if agreed else (str(data.get("respondent") or ""), str(data.get("role") or ""))
        yield Holder(("answers",), *who)
        return
    yield Holder(("agreed",), "", "")
    yield from mixed_holders(way, file, ("answers",), PREFIX)


def _heads(way: MigrationPath, file: SourceFile) -> dict[str, str]:
    """The version and the hash a file names, as they are from now on; the engagement always names both."""
    heads = {"rubric_version": way.new.version, "rubric_hash": way.new.hash}
    named = file.document.data
    return {
        key: text for key, text in heads.items() if text and (file.name == ENGAGEMENT or named.get(key) is not None)
    }


def _wanted(way: MigrationPath, file: SourceFile, pages: Sequence[Page]) -> dict[str, object]:
    """What the file says from now on."""
    return with_roles(replace_answers(file.document.data, pages), file.name, renamed_roles(way.new)) | _heads(way, file)


def _rewritten(way: MigrationPath, file: SourceFile, pages: Sequence[Page]) -> str:
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


def _recast(way: MigrationPath, file: SourceFile, pages: Sequence[Page]) -> str:
    """The file written anew from its values; what has to be asked again stands at its end."""
    plain = faithful(_wanted(way, file, pages))
    remarks = [remark for page in pages for some in page.rewrite.remarks.values() for remark in some]
    entries = [entry for page in pages for entry in page.passage.entries]
    remarks += [f"{entry.name}: {remark}" for entry in entries for remark in remarks_on(entry)]
    ending = "".join(f"# {printable(' '.join(remark.split()))}\n" for remark in remarks)
    return (dump(plain) if isinstance(plain, dict) else "") + ending
