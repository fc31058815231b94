"""A whole rubric to read and to review, without its YAML: every text, beside what it belongs to."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assess.authoring.review.entries import Reader, ReviewEntry, ReviewPart, label_of
from assess.authoring.review.questions import question_part
from assess.conditions import names, parse_condition
from assess.model.anatomy import fields_in
from assess.model.fields import Record
from assess.model.initiatives import Claim, Source
from assess.model.nodes import Clash, Gate, Node
from assess.model.policies import PlanPolicy
from assess.model.questions import Level, Question
from assess.model.rubric import Rubric
from assess.numbers import short
from assess.words import quoted

FOR_AUTHORS = {"id", "code", "title", "renamed_from", "notes"}
IN_THE_TREE = {"questions", "facts", "gates", "clashes", "criteria", "levels"}
HERE = "the answer above"
ON_THE_COVER = ("version", "summary", "licence", "language", "tiers", "scopes", "terms")


class _Rule(NamedTuple):
    """A gate or a clash with the questions it reads, in the order of the tree."""

    part: ReviewPart
    reads: tuple[str, ...]


def review_pages(rubric: Rubric) -> ReviewPart:
    """A rubric in pieces: levels, roles and key messages, principles with all that is in them, initiatives, sources."""
    return _Pages(rubric).whole()


class _Pages:
    """The pieces of one rubric; a gate or a clash stands beside the first question it reads."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric, self.reader = rubric, Reader(rubric)
        self.order = {question.id: place for place, question in enumerate(rubric.questions())}
        gates = [_Rule(self.rule("gate", gate), self.reads(gate.when)) for gate in rubric.all_gates()]
        clashes = [_Rule(self.rule("clash", c), self.reads(c.claim, c.practice)) for c in rubric.all_clashes()]
        self.rules = {rule.part.mark: rule for rule in (*gates, *clashes)}

    def reads(self, *conditions: str) -> tuple[str, ...]:
        """The questions that conditions read."""
        named = (name.text for condition in conditions for name in names(parse_condition(condition)))
        found = {self.rubric.names.get(name, name) for name in named} & self.order.keys()
        return tuple(sorted(found, key=self.order.__getitem__))

    def whole(self) -> ReviewPart:
        """The cover and all pieces."""
        rubric = self.rubric
        cover = [field for field in ON_THE_COVER if field in type(rubric).model_fields and getattr(rubric, field)]
        entries = tuple(entry for field in cover for entry in self.reader.entry(rubric, field, field))
        parts = [
            self.counting(),
            self.glossary(rubric.levels),
            self.gathered("Roles", [self.part("role", role) for role in rubric.roles]),
            self.gathered(
                "Key messages", [self.part("headline", h, name) for name, h in rubric.headline_by_id.items()]
            ),
            self.gathered("Across all principles", self.left_over(rubric.root)),
            *(self.node(principle) for principle in rubric.principles),
            self.gathered("Initiatives", [self.part("initiative", each) for each in rubric.initiatives]),
            self.gathered("Sources", [self.source(source) for source in rubric.sources]),
            self.gathered("Known from elsewhere", [self.part("reference", each) for each in rubric.references]),
        ]
        return ReviewPart("rubric", rubric.id, rubric.title, entries, tuple(part for part in parts if part))

    def gathered(self, title: str, parts: Sequence[ReviewPart]) -> ReviewPart | None:
        """Pieces of a kind under one heading; none where there are none."""
        return ReviewPart("list", _place(title), title, (), tuple(parts)) if parts else None

    def counting(self) -> ReviewPart:
        """How the principles become the whole, on which scale, and the policies that are other than by default."""
        rubric, told = self.rubric, {entry.label: entry for entry in self.reader.entries(self.rubric)}
        whole = [entry for field in ("scale", "aggregate") for entry in self.reader.entry(rubric, field, field)]
        whole += [told[label] for label in map(label_of, ("decimals", "closed", "better", "weights")) if label in told]
        policies = rubric.policies
        held = {label_of(key): getattr(policies, name) for key, name in fields_in(type(policies)).items()}
        for entry in self.reader.entries(policies):
            choice = held[entry.label]
            # What a choice made here leaves at its default belongs to it; of the plan that would be a page.
            full = isinstance(choice, Record) and not isinstance(choice, PlanPolicy)
            whole.append(ReviewEntry(entry.label, tuple(self.reader.fields(choice))) if full else entry)
        return ReviewPart("list", _place("How it counts"), "How it counts", tuple(whole))

    def glossary(self, levels: Sequence[Level]) -> ReviewPart | None:
        """What the levels are called and where they begin, on 0 to 100."""
        entries = tuple(_level(level) for level in levels)
        return ReviewPart("list", _place("Levels"), "Levels", entries) if entries else None

    def part(self, kind: str, record: Record, name: str = "") -> ReviewPart:
        """A record under its title."""
        mark = name or getattr(record, "id", "") or getattr(record, "code", "")
        return ReviewPart(kind, mark, _titled(record, mark), tuple(self.reader.entries(record, FOR_AUTHORS)))

    def rule(self, kind: str, rule: Gate | Clash) -> ReviewPart:
        """A gate or a clash; its heading says which it is."""
        part = self.part(kind, rule)
        return part._replace(title=f"{kind.capitalize()}: {part.title}")

    def source(self, source: Source) -> ReviewPart:
        """A source and all it states."""
        claims = (claim for claim in self.rubric.claims if claim.source == source.id)
        stated = tuple(ReviewEntry(claim.code, tuple(self.claimed(claim))) for claim in claims)
        part = self.part("source", source)
        return part._replace(entries=(*part.entries, *stated))

    def claimed(self, claim: Claim) -> Iterator[str]:
        """A statement, and what else is said of it."""
        yield claim.says
        for entry in self.reader.entries(claim, FOR_AUTHORS | {"says", "source"}):
            yield f"{entry.label}: {', '.join(entry.lines)}"

    def node(self, node: Node) -> ReviewPart:
        """A principle or criterion with its questions and all that reads them."""
        own = tuple(_level(level) for level in node.levels)
        entries = (*self.reader.entries(node, FOR_AUTHORS | IN_THE_TREE), *own)
        parts = [*self.questions(node), *self.left_over(node), *(self.node(child) for child in node.criteria)]
        return ReviewPart("node", node.id, _titled(node, node.id), entries, tuple(parts))

    def questions(self, node: Node) -> Iterator[ReviewPart]:
        """The questions of a node, each with the rules that read it first, and the names of those that read it too."""
        for question in node.questions:
            reading = [rule for rule in self.rules.values() if question.id in rule.reads]
            here = [_beside(rule.part, question) for rule in reading if rule.reads[0] == question.id]
            further = [f"{r.part.title}, beside {r.reads[0]}" for r in reading if r.reads[0] != question.id]
            yield question_part(self.reader, question, here, further)

    def left_over(self, node: Node) -> list[ReviewPart]:
        """The gates and clashes of a node that read no question, only other nodes."""
        held: list[Gate | Clash] = [*node.gates, *node.clashes]
        return [self.rules[rule.id].part for rule in held if not self.rules[rule.id].reads]


def _beside(rule: ReviewPart, question: Question) -> ReviewPart:
    """A rule as it reads beside a question, whose text stands above it already."""
    text = quoted(question.text)
    entries = (entry._replace(lines=tuple(x.replace(text, HERE) for x in entry.lines)) for entry in rule.entries)
    return rule._replace(entries=tuple(entries))


def _place(title: str) -> str:
    """What a list is found by; no id has a colon."""
    return f"list:{title.lower().replace(' ', '-')}"


def _level(level: Level) -> ReviewEntry:
    begins = f"{level.key}, from {short(level.at, 2)} of 100 on"
    return ReviewEntry(level.title, (begins, *([level.says] if level.says else [])))


def _titled(record: Record, mark: str) -> str:
    """The title of a record behind its code; what has no title goes by its id."""
    title, code = getattr(record, "title", ""), getattr(record, "code", "") or ""
    return " ".join(filter(None, (code, title))) or mark
