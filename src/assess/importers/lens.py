"""An AWS Well-Architected custom lens to a rubric: a question is a table from ticked choices to a risk.

The format: https://docs.aws.amazon.com/wellarchitected/latest/userguide/lenses-format-specification.html
"""

from pathlib import Path

from assess.documents import Document, Route, problem, validated
from assess.documents.json_text import read_json
from assess.documents.scalars import format_scalar
from assess.importers.lens_parts import Lens, LensChoice, LensQuestion, Pillar, Resource
from assess.importers.lens_rules import VALUES, read_rules
from assess.importers.names import UniqueNames, Wordings, make_id, notes, one_line, paragraphs
from assess.importers.sources import Imported, Unread, Wish, shown_path
from assess.model.nodes import Node
from assess.model.policies import Policies
from assess.model.questions import Level, Option, Question
from assess.model.rubric import Rubric
from assess.numbers import counted
from assess.problems import DocumentError, Problem, Severity, errors, in_order

NONE_OF_THESE = "None of these"
LEVELS = tuple(
    Level(key=key, title=key.replace("_", " ").capitalize(), at=at)
    for key, at in sorted(VALUES.items(), key=lambda x: x[1])
)
CONVENTION = (
    "Imported from an AWS Well-Architected custom lens. The risk of a question is that of the first rule that is true, "
    "as in the tool. The tool gives no number and counts risks instead; here no risk is worth 100, medium risk 50 and "
    "high risk 0, and pillars and the whole are arithmetic means of the questions that were answered."
)


def read_lens(path: Path, wish: Wish) -> Imported:
    """The rubric of a lens file; raises DocumentError with everything that forbids reading it as its own tool would."""
    document = read_json(path, shown_path(path))
    if "pillars" not in document.data:
        message = "the file is no custom lens: it has no 'pillars'"
        hint = "name the JSON file of a custom lens, or the folder of a SAMM core model; nothing else is read"
        raise DocumentError([problem(document, "import_format", message, hint=hint)])
    lens, problems = validated(document, Lens)
    if lens is None:
        raise DocumentError(problems)
    reader = _Reader(document)
    rubric = reader.rubric(lens, wish)
    if errors(reader.problems):
        raise DocumentError(reader.problems)
    return Imported(rubric, _counts(rubric), in_order(reader.problems))


def _counts(rubric: Rubric) -> dict[str, int]:
    questions = [*rubric.questions()]
    return {
        "pillars": len(rubric.principles),
        "questions": len(questions),
        "choices": sum(len(question.options) for question in questions),
        "risk rules": sum(len(node.aggregate.cases) + 1 for node in rubric.nodes() if node.questions),
    }


class _Reader:
    """Turns one document into a rubric; problems are kept and reading goes on."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.names, self.wordings = UniqueNames(), Wordings()
        self.ids: dict[str, Route] = {}
        self.without_none: list[Route] = []

    def rubric(self, lens: Lens, wish: Wish) -> Rubric:
        """The whole lens."""
        unread = Unread()
        unread.note(self.document, Lens, self.document.data)
        self.problems += unread.problems()
        found = [self.pillar(pillar, ("pillars", place)) for place, pillar in enumerate(lens.pillars)]
        principles = tuple(principle for principle in found if principle)
        if not principles:
            self.report("import_gap", "the lens has no question that can be answered", ("pillars",), "error")
        self.mention_silence()
        schema = f"Schema version {one_line(lens.schema_version)}." if lens.schema_version else ""
        return Rubric(
            id=wish.id or make_id(lens.name) or "lens",
            title=one_line(lens.name),
            version=wish.version or one_line(lens.version) or "1",
            summary=paragraphs(lens.description),
            levels=LEVELS,
            policies=Policies(min_coverage=0, target="no_risk"),
            principles=principles,
            notes=notes(CONVENTION, schema),
        )

    def pillar(self, pillar: Pillar, route: Route) -> Node | None:
        """A principle; nothing when no question of it can be answered."""
        name = self.name(pillar.id, (*route, "id"))
        criteria = [self.question(asked, (*route, "questions", place)) for place, asked in enumerate(pillar.questions)]
        kept = tuple(criterion for criterion in criteria if criterion)
        if not kept:
            self.report(
                "import_gap", f"the pillar '{format_scalar(pillar.id)}' has no questions and is left out", route
            )
            return None
        summary = paragraphs(pillar.description)
        return Node(id=name, kind="pillar", title=one_line(pillar.name), summary=summary, criteria=kept)

    def question(self, asked: LensQuestion, route: Route) -> Node | None:
        """A criterion with a table over the one question it holds; nothing when there are no choices."""
        name = self.name(asked.id, (*route, "id"))
        if not asked.choices:
            self.report("import_gap", f"the question '{format_scalar(asked.id)}' has no choices and is left out", route)
            return None
        text, taken = self.wordings.take(asked.title, asked.id)
        if taken:
            message = (
                f"another question reads the same; this one is imported with '{format_scalar(asked.id)}' behind it"
            )
            self.report("import_duplicate", message, (*route, "title"))
        keys, options = self.choices(asked, route)
        rules = read_rules(self.document, route, asked, name, keys)
        self.problems += rules.problems
        helped = notes(paragraphs(asked.description), _said(asked.helpful))
        return Node(
            id=self.names.take(name, suffix="_risk"),
            title=text,
            aggregate=rules.aggregate,
            questions=(
                Question(id=name, type="multi", text=text, help=helped, options=options, allow=("na", "unknown")),
            ),
            notes=notes(f"Id in the lens: {asked.id}", *(_prose(choice) for choice in asked.choices)),
        )

    def choices(self, asked: LensQuestion, route: Route) -> tuple[dict[str, str], tuple[Option, ...]]:
        """The option key of every choice, and the options."""
        names, wordings = UniqueNames(), Wordings()
        keys: dict[str, str] = {}
        options: list[Option] = []
        for place, choice in enumerate(asked.choices):
            here = (*route, "choices", place)
            if choice.id in keys:
                name = format_scalar(choice.id)
                message = f"the choice '{name}' stands twice in this question, and rules cannot tell which"
                self.report("import_duplicate", message, (*here, "id"), "error")
            if choice.plan is None and not choice.alone:
                message = f"the choice '{format_scalar(choice.id)}' has no improvement plan"
                self.report("import_gap", message, (*here, "id"), "note")
            label, taken = wordings.take(choice.title, choice.id)
            if taken:
                message = (
                    f"another choice reads the same; this one is imported with '{format_scalar(choice.id)}' behind it"
                )
                self.report("import_duplicate", message, (*here, "title"))
            keys[choice.id] = names.take(choice.id)
            options.append(Option(key=keys[choice.id], label=label, exclusive=choice.alone))
        if len(options) == 1:
            message = "the question has one choice; 'None of these' is added, as a rubric asks for two"
            self.report("import_gap", message, (*route, "choices"))
            options.append(Option(key=names.take("none_of_these"), label=NONE_OF_THESE, exclusive=True))
        elif not any(choice.alone for choice in asked.choices):
            self.without_none.append((*route, "choices"))
        return keys, tuple(options)

    def mention_silence(self) -> None:
        """One note for all questions in which nobody can say that nothing is in place."""
        if self.without_none:
            amount = counted(len(self.without_none), "question has", "questions have")
            message = f"{amount} no choice whose id ends in '_no'; an empty list answers that nothing is in place"
            self.report("import_gap", message, self.without_none[0], "note")

    def name(self, identity: str, route: Route) -> str:
        """The name of a pillar or question; an id that was used before is a warning."""
        first = self.ids.setdefault(identity, route)
        name = self.names.take(identity)
        if first is not route:
            line = self.document.places[first].line
            message = (
                f"the id '{format_scalar(identity)}' already stands in line {line}; this one is imported as '{name}'"
            )
            self.report("import_duplicate", message, route)
        return name

    def report(self, code: str, message: str, route: Route, severity: Severity = "warning") -> None:
        """Keep a problem."""
        self.problems.append(problem(self.document, code, message, route, severity=severity))


def _said(resource: Resource | None) -> str:
    """A text and its address."""
    return one_line(f"{resource.text or ''} {resource.url or ''}") if resource else ""


def _prose(choice: LensChoice) -> str:
    """What a lens says about a choice beside its title, line by line."""
    lines = [("", one_line(choice.description)), ("Help: ", _said(choice.helpful)), ("Plan: ", _said(choice.plan))]
    for extra in choice.extras:
        word = "Plan: " if extra.type == "IMPROVEMENT_PLAN" else "Help: "
        lines += [(word, _said(resource)) for resource in extra.content]
    said = [f"{word}{text}" for word, text in lines if text]
    return "\n".join([f"{choice.id}:", *said]) if said else ""
