"""Appendix B: what was shown as evidence, what each piece is worth, and which answers stand without any."""

from collections.abc import Iterator
from typing import NamedTuple

from assess.formula.readings import months_before
from assess.model.engagement import EvidenceItem
from assess.render.context import DASH, RenderContext
from assess.render.markdown import BREAK, Markdown, anchor, code, concat, join, lines, link, web_link
from assess.render.tables import Right, Row, Table, without

_KINDS = {"document": "document", "record": "record", "customer": "customer", "third_party": "third party"}
REGISTER = ("No.", "Item", "Kind", "Date\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}item", "Where", "Counts as", "Shown for")
UNPROVED = ("Where", "Question", Right("Claimed"), Right("Counts as"))
EFFECT, COUNTS = 5, 3
_OUTSIDE = ("customer", "third_party")


class Exhibit(NamedTuple):
    """One piece of evidence with its number in the register and the questions it was shown for.

    role: the anonymous role that brought it, of which nothing is told that says who; else empty.
    counts: whether it stands beside an answer with a value.
    """

    number: int
    item: EvidenceItem
    questions: tuple[str, ...]
    role: str = ""
    counts: bool = True

    @property
    def name(self) -> str:
        """The number under which the document speaks of it."""
        return f"E{self.number}"

    @property
    def link(self) -> Markdown:
        """A link to its row in the register."""
        return link(self.name, f"evidence-{self.number}")


class _Shown(NamedTuple):
    """A piece of evidence as it was shown for one question; `role` as in an exhibit."""

    question: str
    role: str
    item: EvidenceItem
    counts: bool


def _shown(case: RenderContext) -> Iterator[_Shown]:
    for question in case.rubric.questions():
        for said in case.sheet.answers(question.id):
            for item in said.answer.evidence:
                yield _Shown(question.id, said.role if said.private else "", item, said.answer.state == "value")


def exhibits(case: RenderContext) -> tuple[Exhibit, ...]:
    """All evidence, in the order of the questions; what was shown twice stands once."""
    used: dict[tuple[object, ...], list[_Shown]] = {}
    for shown in _shown(case):
        item = shown.item
        key = (shown.role, item.title, item.kind, item.dated, item.file, item.url, item.place)
        used.setdefault(key, []).append(shown)
    found = []
    for number, together in enumerate(used.values(), 1):
        questions = tuple(dict.fromkeys(shown.question for shown in together))
        counts = any(shown.counts for shown in together)
        found.append(Exhibit(number, together[0].item, questions, together[0].role, counts))
    return tuple(found)


def evidence_effect(case: RenderContext, exhibit: Exhibit) -> str:
    """What a piece of evidence counts as, and why when it does not count; empty without a policy on evidence."""
    policy, item = case.rubric.policies.evidence, exhibit.item
    if policy is None:
        return ""
    if not exhibit.counts:
        return "does not count: shown without an answer"
    outside = item.kind in _OUTSIDE
    if item.dated is None:
        return "confirms, beside a dated document or record" if outside else "does not count: undated"
    if item.dated < months_before(case.sheet.engagement.assessed_on, policy.max_age_months):
        return f"does not count: older than {policy.max_age_months} months"
    return "documented; confirms beside a dated document or record" if outside else "documented"


def _name(case: RenderContext, exhibit: Exhibit) -> Markdown:
    """Title, id and note of a piece of evidence; of what an anonymous role brought, only whose it is."""
    item = exhibit.item
    if exhibit.role:
        return concat((f"Not shown: brought by an anonymous role ({case.role(exhibit.role)})",))
    named, note = f"{item.title} ({item.id})" if item.id else item.title, lines(item.note)
    return join((named, *note), BREAK) if len(note) > 1 else concat((named, f". {item.note.strip()}" if note else ""))


def _place(item: EvidenceItem) -> Markdown:
    if item.url:
        return web_link(item.url, item.url)
    return code(item.file) if item.file else concat((item.place or DASH,))


def register(case: RenderContext, found: tuple[Exhibit, ...]) -> Table:
    """The register: number, item, kind, date, where it lies, effect if there is a rule, and what it was shown for."""
    empty = frozenset() if case.rubric.policies.evidence else frozenset([EFFECT])
    rows: Iterator[Row] = (
        (
            concat((anchor(f"evidence-{e.number}"), e.name)),
            _name(case, e),
            _KINDS[e.item.kind],
            DASH if e.role else e.item.dated or DASH,
            DASH if e.role else _place(e.item),
            evidence_effect(case, e),
            join([link(question, f"answers-{question}") for question in e.questions]),
        )
        for e in found
    )
    return Table(without(REGISTER, empty), tuple(without(row, empty) for row in rows))


def unproved_claims(case: RenderContext) -> Table:
    """Claims without evidence that counts: question, what is claimed, and what it counts as if there is a rule."""
    empty = frozenset() if case.rubric.policies.evidence else frozenset([COUNTS])
    rows: list[Row] = []
    for item in case.scorecard.items.values():
        if item.weight <= 0 or item.state != "value" or not item.claimed or item.id in case.backed:
            continue
        claimed, counts = case.points_of(item.id, item.claimed), case.points_of(item.id, item.value)
        rows.append((case.link(item.node), link(item.title or item.id, f"answers-{item.id}"), claimed, counts))
    return Table(without(UNPROVED, empty), tuple(without(row, empty) for row in rows))


def exhibits_of(case: RenderContext, found: tuple[Exhibit, ...], node: str) -> Markdown:
    """Links to the evidence shown for the questions of a node."""
    own = {question.id for question in case.rubric.node_by_id[node].questions}
    return join([e.link for e in found if own.intersection(e.questions)])
