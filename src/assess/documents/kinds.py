"""The kinds of document there are: what each is called, and where it belongs when it stands somewhere else."""

from collections.abc import Mapping
from typing import NamedTuple

from assess.documents.document import Document, problem
from assess.documents.scalars import name_value
from assess.problems import Problem, nearest


class _Kind(NamedTuple):
    """A kind of document: its name with an article, and where it belongs."""

    name: str
    home: str


_RUBRIC = "put it into the folder of a rubric; `assess rubric check` reads it there"
BY_KIND: Mapping[str, _Kind] = {
    "engagement/1": _Kind(
        "the settings of an engagement", "put it into the folder of its engagement as engagement.yaml"
    ),
    "answers/1": _Kind(
        "an answers file", "put it into the folder `answers` of an engagement; `assess check ENGAGEMENT` reads it there"
    ),
    "agreed/1": _Kind("what was settled in an engagement", "put it into the folder `answers` as _agreed.yaml"),
    "uncertainty/1": _Kind(
        "what was drawn of an engagement",
        "put it beside engagement.yaml as uncertainty.yaml; `assess score ENGAGEMENT --draws 4000` writes it there",
    ),
    "plan-order/1": _Kind(
        "the order of a plan",
        "put it beside engagement.yaml as plan.yaml; `assess plan ENGAGEMENT --deep` writes it there",
    ),
    "decisions/1": _Kind("what was decided in an engagement", "put it beside engagement.yaml as decisions.yaml"),
    "rubric/1": _Kind("a rubric", "`assess rubric check` reads it"),
    "overlay/1": _Kind("a rubric laid over another", "`assess rubric check` reads it"),
    "principle/1": _Kind("a principle of a rubric", _RUBRIC),
    "initiatives/1": _Kind("a file of a rubric's initiatives", _RUBRIC),
    "claims/1": _Kind("a file of a rubric's claims", _RUBRIC),
    "persona/1": _Kind("a persona of a rubric", _RUBRIC),
    "migrations/1": _Kind("the migrations of a rubric", _RUBRIC),
    "translation/1": _Kind("a translation of a rubric", _RUBRIC),
}
# Keys by which a document without a kind is known all the same, the first that fits.
_TELLING: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"organization", "assessed_on"}), "engagement/1"),
    (frozenset({"initiatives", "findings"}), "decisions/1"),
    (frozenset({"findings", "words"}), "decisions/1"),
    (frozenset({"respondent", "role"}), "answers/1"),
    (frozenset({"respondent", "answers"}), "answers/1"),
    (frozenset({"role", "answers"}), "answers/1"),
    (frozenset({"id", "version", "title"}), "rubric/1"),
)


# Keys that only documents of a kind have, of which a beginning one may have some.
_OWN: Mapping[str, frozenset[str]] = {
    "engagement/1": frozenset({"organization", "assessed_on", "invited", "answers"}),
    "answers/1": frozenset({"respondent", "role", "submitted", "answers"}),
    "agreed/1": frozenset({"answers"}),
    "uncertainty/1": frozenset({"draws", "seed", "numbers", "scores"}),
    "decisions/1": frozenset({"initiatives", "findings", "words"}),
    "plan-order/1": frozenset({"order", "seed", "trials", "numbers"}),
}


def wrong_kind(document: Document, kind: str) -> Problem | None:
    """What to say when a document does not begin with `assess:` and the kind that belongs there."""
    found = document.data.get("assess")
    if found == kind:
        return None
    wanted = f"{BY_KIND[kind].name} ({kind})"
    if isinstance(found, str) and found in BY_KIND:
        message = f"this is {BY_KIND[found].name} ({found}); {wanted} belongs here"
        return problem(document, "document_kind", message, ("assess",), hint=BY_KIND[found].home)
    if found is None:
        return problem(
            document,
            "document_kind",
            f"the document names no kind; {wanted} belongs here",
            ("assess",),
            hint=_unnamed(document, kind),
        )
    near = nearest(found, BY_KIND) if isinstance(found, str) else ""
    message = f"the document says it is {name_value(found)}; {wanted} belongs here{near}"
    hint = f"begin it with assess: {kind}, if it is {BY_KIND[kind].name}; else put it somewhere else"
    return problem(document, "document_kind", message, ("assess",), hint=hint)


def _unnamed(document: Document, kind: str) -> str:
    """The way out for a document without a kind, by what its keys tell."""
    likely = next((found for keys, found in _TELLING if keys <= document.data.keys()), None)
    if likely == kind:
        return f"begin it with assess: {kind}"
    if likely:
        return f"it looks like {BY_KIND[likely].name}: begin it with assess: {likely}, and {BY_KIND[likely].home}"
    if document.data.keys() & _OWN[kind]:
        return f"begin it with assess: {kind}, if it is {BY_KIND[kind].name}"
    return f"it does not look like {BY_KIND[kind].name}: move it away from here, or name another file"
