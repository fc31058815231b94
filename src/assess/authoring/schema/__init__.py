"""JSON Schemas of every kind of document, for completion, hover and marks in an editor.

What they cannot say (references, conditions, uniqueness, sums of weights) is the business of `assess rubric check`.
"""

import json
from collections.abc import Mapping

from assess import overlay
from assess.authoring.schema.answering import answering
from assess.authoring.schema.conditions import conditioned
from assess.authoring.schema.forms import any_document, document, formed
from assess.authoring.schema.offers import offering, with_evidence
from assess.authoring.schema.shape import DRAFT, definitions, reached
from assess.model.anatomy import records_below
from assess.model.decisions import DecisionsFile
from assess.model.engagement import AgreedEntry, AgreedFile, AnswerEntry, AnswersFile, Engagement
from assess.model.fields import Record
from assess.model.rubric import Rubric
from assess.model.rubric_files import RECORDS

KINDS: Mapping[str, type[Record]] = {
    **{kind.removesuffix("/1"): record for kind, record in RECORDS.items()},
    "overlay": overlay.Overlay,
    "engagement": Engagement,
    "answers": AnswersFile,
    "agreed": AgreedFile,
    "decisions": DecisionsFile,
}
PARTS: Mapping[str, type[Record]] = {"answer": AnswerEntry, "settlement": AgreedEntry}
ANY = "assess"


def schemas(rubric: Rubric | None = None) -> Mapping[str, str]:
    """File name to JSON text: one schema per kind of document, and one that holds for all of them.

    With a rubric, its questions and their answers are known in them, and its names are offered.
    """
    records = {record.__name__: record for kind in (*KINDS.values(), *PARTS.values()) for record in records_below(kind)}
    homes, known = definitions({**KINDS, **PARTS}, records)
    known = with_evidence(conditioned(formed(known), records.values(), rubric), rubric)
    if rubric is not None:
        known = answering(offering(known, rubric, records.values()), rubric)
    files = {}
    for kind in KINDS:
        schema = document(f"{kind}/1", known[homes[kind]])
        files[f"{kind}.schema.json"] = _text({"$schema": DRAFT, **schema, "$defs": reached(schema, known)})
    whole = any_document({f"{kind}/1": f"{kind}.schema.json" for kind in KINDS})
    return {**files, f"{ANY}.schema.json": _text({"$schema": DRAFT, **whole})}


def _text(schema: Mapping[str, object]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
