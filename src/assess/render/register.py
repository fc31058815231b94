"""Appendix B: what was shown as evidence, what each piece is worth, and which answers stand without any."""

from collections.abc import Iterator
from typing import NamedTuple

from assess.formula.readings import months_before
from assess.model.answers import Answer
from assess.model.engagement import EvidenceItem
from assess.render.case import DASH, Case
from assess.render.markdown import Markdown, anchor, code, concat, join, link, web_link
from assess.render.tables import Row

_KINDS = {"document": "document", "record": "record", "customer": "customer", "third_party": "third party"}
_OUTSIDE = ("customer", "third_party")


class Exhibit(NamedTuple):
    """One piece of evidence with its number in the register and the questions it was shown for."""

    number: int
    item: EvidenceItem
    questions: tuple[str, ...]

    @property
    def name(self) -> str:
        """The number under which the document speaks of it."""
        return f"E{self.number}"

    @property
    def link(self) -> Markdown:
        """A link to its row in the register."""
        return link(self.name, f"evidence-{self.number}")


def _shown(case: Case) -> Iterator[tuple[str, Answer]]:
    for question in case.rubric.questions():
        for _, answer in case.sheet.answers(question.id):
            yield question.id, answer
        if question.id in case.sheet.settled:
            yield question.id, case.sheet.settled[question.id].answer


def exhibits(case: Case) -> tuple[Exhibit, ...]:
    """All evidence, in the order of the questions; what was shown twice stands once."""
    used: dict[tuple[object, ...], tuple[EvidenceItem, dict[str, None]]] = {}
    for question, answer in _shown(case):
        for item in answer.evidence:
            key = (item.title, item.kind, item.dated, item.file, item.url, item.place)
            used.setdefault(key, (item, {}))[1][question] = None
    return tuple(Exhibit(n, item, tuple(questions)) for n, (item, questions) in enumerate(used.values(), 1))


def effect(case: Case, item: EvidenceItem) -> str:
    """What a piece of evidence counts as under the rubric's policy, and why when it does not count."""
    policy = case.rubric.policies.evidence
    if policy is None:
        return "no ceiling in this rubric"
    outside = item.kind in _OUTSIDE
    if item.dated is None:
        return "confirms, beside a dated document or record" if outside else "does not count: undated"
    if item.dated < months_before(case.sheet.engagement.assessed_on, policy.max_age_months):
        return f"does not count: older than {policy.max_age_months} months"
    return "documented; confirms beside a dated document or record" if outside else "documented"


def _place(item: EvidenceItem) -> Markdown:
    if item.url:
        return web_link(item.url, item.url)
    return code(item.file) if item.file else concat((item.place or DASH,))


def evidence_rows(case: Case, found: tuple[Exhibit, ...]) -> tuple[Row, ...]:
    """The register: number, item, kind, date, where it lies, effect, and the questions it was shown for."""
    return tuple(
        (
            concat((anchor(f"evidence-{e.number}"), e.name)),
            concat((e.item.title, f" ({e.item.id})" if e.item.id else "", f". {e.item.note}" if e.item.note else "")),
            _KINDS[e.item.kind],
            e.item.dated or DASH,
            _place(e.item),
            effect(case, e.item),
            join([link(question, f"answers-{question}") for question in e.questions]),
        )
        for e in found
    )


def unproved_rows(case: Case) -> tuple[Row, ...]:
    """Claims without evidence that counts: question, what is claimed, what it counts as."""
    rows: list[Row] = []
    for item in case.scorecard.items.values():
        if item.weight <= 0 or item.state != "value" or not item.claimed or item.grade not in (None, "stated"):
            continue
        claimed, counts = case.points(item.node, item.claimed), case.points(item.node, item.value)
        rows.append((case.link(item.node), link(item.title or item.id, f"answers-{item.id}"), claimed, counts))
    return tuple(rows)


def exhibits_of(case: Case, found: tuple[Exhibit, ...], node: str) -> Markdown:
    """Links to the evidence shown for the questions of a node."""
    known = case.rubric.node_by_id.get(node)
    own = {question.id for question in known.questions} if known else set()
    return join([e.link for e in found if own.intersection(e.questions)])
