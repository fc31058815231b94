"""Translations that no longer say what the rubric says, and texts without one."""

from assess.authoring.check.context import Found, Subject
from assess.model.translations import translation_anchor
from assess.translations import digest, entries, translatable_texts


def stale(subject: Subject) -> Found:
    """Every translation was made of the text as it stands today, and says so."""
    texts = translatable_texts(subject.rubric)
    for entry in entries(subject.rubric):
        mark = digest(texts[entry.key])
        if entry.of == mark or not entry.says.strip():
            continue
        message = f"'{entry.name}' reads otherwise since it was translated into {entry.language}"
        hint = f"read the translation again beside the text of today, then write `of: {mark}`"
        if not entry.of:
            message = f"nothing says which wording of '{entry.name}' was translated into {entry.language}"
            hint = f"if it translates the text of today, write `of: {mark}`"
        route = ("texts", entry.name, "of" if entry.of else "says")
        yield subject.found("stale_translation", message, entry.anchor, *route, hint=hint, severity="warning")


def missing(subject: Subject) -> Found:
    """A language that is begun has every text; said once, where the language is named first."""
    texts = translatable_texts(subject.rubric)
    seen: set[str] = set()
    for place, translation in enumerate(subject.rubric.translations):
        language = translation.language
        there = {entry.key for entry in entries(subject.rubric) if entry.language == language and entry.says.strip()}
        lacking = [key for key in texts if key not in there]
        if lacking and language not in seen:
            message = f"{len(lacking)} of {len(texts)} texts have no translation into {language}"
            whole = f"`assess rubric translate {subject.rubric.id} --language {language} -o FILE` writes them all"
            hint = f"the first is {lacking[0]}: {{says: ..., of: {digest(texts[lacking[0]])}}}; {whole}"
            yield subject.found(
                "missing_translation", message, translation_anchor(place), "language", hint=hint, severity="note"
            )
        seen.add(language)


TRANSLATION_RULES = (stale, missing)
