"""An OWASP SAMM core model to a rubric: functions, practices, levels and activities, each with the id SAMM gave it.

A level is the mean of its two streams, a practice the sum of its levels, a function the mean of its practices and the
whole the mean of the functions; what is not answered counts as No. The model: https://github.com/owaspsamm/core
"""

import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from assess.importers.names import UniqueNames, Wordings, notes, one_line, paragraphs
from assess.importers.samm_answers import answer_steps, mention_unused, option_set, rises
from assess.importers.samm_files import LocatedPart, Model, flat_texts, read_model, related
from assess.importers.samm_parts import (
    Activity,
    AnswerSet,
    Function,
    MaturityLevel,
    Practice,
    PracticeLevel,
    SammQuestion,
    Stream,
)
from assess.importers.sources import Imported, Wish
from assess.model.aggregation import Aggregate
from assess.model.nodes import Node
from assess.model.policies import Policies
from assess.model.questions import Level, Question, Scale
from assess.model.rubric import Rubric
from assess.problems import DocumentError, errors, in_order, listing

CONVENTION = (
    "Imported from an OWASP SAMM core model. A level is the mean of its streams, a practice the sum of its levels, a "
    "function the mean of its practices and the whole the mean of the functions. What is not answered counts as No."
)
FRACTION = Scale(min=0, max=1)
_CODE = re.compile(r"[A-Z][A-Za-z0-9]*")
_PLACEHOLDER = re.compile(r"(result|metric)s? ?\d*|tb[ads]\.?|none|n/?a", re.IGNORECASE)
Q = TypeVar("Q", Function, Practice, SammQuestion)
_PROSE = ("results", "metrics", "costs", "personnel", "notes")


def read_samm(folder: Path, wish: Wish) -> Imported:
    """The rubric of a model folder; raises DocumentError with everything that forbids reading it as SAMM would."""
    model = read_model(folder)
    rubric = _Reader(model).rubric(wish)
    if errors(model.problems):
        raise DocumentError(model.problems)
    counts = {
        "functions": len(rubric.principles),
        "practices": sum(node.kind == "practice" for node in rubric.nodes()),
        "levels": sum(node.kind == "level" for node in rubric.nodes()),
        "activities": sum(node.kind == "activity" for node in rubric.nodes()),
        "questions": sum(1 for _ in rubric.questions()),
        "answer sets": len(rubric.option_sets),
    }
    return Imported(rubric, counts, in_order(model.problems))


class _Reader:
    """Turns one model into a rubric; problems are kept with the model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.names, self.wordings = UniqueNames(), Wordings()
        self.codes: dict[str, str] = {}
        self.sets = {answers.id: self.names.take(answers.id, "s_") for answers in model.all(AnswerSet)}
        # By file, in the order of the files: two questions of one release had one id, and the first keeps it.
        self.asked = {at.document.name: self.names.take(q.id, "q_") for q, at in model.places(SammQuestion)}
        self.steps = answer_steps(model)
        self.numbers = {level.id: level.number for level in model.all(MaturityLevel)}
        self.activity_codes = {activity.id: self.activity_code(activity) for activity in model.all(Activity)}

    def rubric(self, wish: Wish) -> Rubric:
        """The whole model."""
        found = [self.function(*place) for place in _ordered(self.model.places(Function))]
        principles = tuple(principle for principle in found if principle)
        mention_unused(self.model)
        if not principles and self.model.parts:
            self.model.report(self.model.parts[0], "import_gap", "the model has no question to answer", (), "error")
        named = [one_line(function.model) for function in self.model.all(Function) if function.model]
        sets = {
            self.sets[answers.id]: option_set(self.model, answers, at) for answers, at in self.model.places(AnswerSet)
        }
        return Rubric(
            id=wish.id or "samm",
            title=f"OWASP SAMM ({named[0]})" if named else "OWASP SAMM",
            version=wish.version or (named[0] if named else "1"),
            scale=Scale(min=0, max=max(self.numbers.values(), default=1)),
            levels=self.levels(),
            policies=Policies(missing="zero", min_coverage=0),
            option_sets=sets,
            principles=principles,
            notes=CONVENTION,
        )

    def levels(self) -> tuple[Level, ...]:
        """Nothing, and the maturity levels; thresholds are cut after nine places: a whole level reaches its own."""
        said = {level.number: paragraphs(level.description) for level in self.model.all(MaturityLevel)}
        top = max(said, default=1)
        reached = [
            Level(key=f"level_{n}", title=f"Maturity {n}", at=math.floor(1e11 * n / top) / 1e9, says=one_line(said[n]))
            for n in sorted(said)
        ]
        return (Level(key="level_0", title="Nothing", at=0), *reached)

    def function(self, function: Function, found: LocatedPart) -> Node | None:
        """A principle, the mean of its practices."""
        practices = [at for at in _ordered(self.model.places(Practice)) if at[0].function == function.id]
        criteria = self.kept(found, "practice", (self.practice(*place) for place in practices))
        if not criteria:
            return None
        return Node(
            id=self.names.take(function.id, "f_"),
            code=self.code(function.id, _initial(function.name)),
            kind="function",
            title=one_line(function.name),
            summary=paragraphs(function.description),
            criteria=criteria,
        )

    def practice(self, practice: Practice, found: LocatedPart) -> Node | None:
        """A criterion, the sum of its levels."""
        own = [at for at in self.model.places(PracticeLevel) if at[0].practice == practice.id]
        levels = sorted(own, key=lambda at: self.numbers[at[0].maturity_level or ""])
        missing = sorted({*self.numbers.values()} - {self.numbers[level.maturity_level or ""] for level, _ in levels})
        if missing:
            levels_without = listing([str(number) for number in missing])
            message = f"the practice has nothing at level {levels_without}; its scale is that much shorter"
            self.model.report(found, "import_gap", message, ("id",))
        criteria = self.kept(found, "level", (self.level(practice, *place) for place in levels))
        if not criteria:
            return None
        return Node(
            id=self.names.take(practice.id, "p_"),
            code=self.code(practice.id, self.practice_code(practice)),
            kind="practice",
            title=one_line(practice.name),
            summary=paragraphs(practice.summary),
            aggregate=Aggregate(kind="sum"),
            criteria=criteria,
            notes=paragraphs(practice.description),
        )

    def level(self, practice: Practice, level: PracticeLevel, found: LocatedPart) -> Node | None:
        """A criterion on 0 to 1, the mean of its activities: one for each stream."""
        number = self.numbers[level.maturity_level or ""]
        own = [at for at in self.model.places(Activity) if at[0].level == level.id]
        activities = sorted(own, key=lambda at: (self.letter(at[0]), at[0].id))
        letters = [self.letter(activity) for activity, _ in activities]
        wanted = [stream.letter or stream.name for stream in self.model.all(Stream) if stream.practice == practice.id]
        for letter in sorted({*wanted} - {*letters}):
            self.model.report(found, "import_gap", f"stream {letter} has no activity at this level", ("id",))
        for letter in sorted({letter for letter in letters if letters.count(letter) > 1}):
            message = f"stream {letter} has several activities at this level; here each counts as much as a stream"
            self.model.report(found, "import_duplicate", message, ("id",))
        criteria = self.kept(found, "activity", (self.activity(*place) for place in activities))
        if not criteria:
            return None
        return Node(
            id=self.names.take(level.id, "l_"),
            code=self.code(level.id, self.level_code(level)),
            kind="level",
            title=f"{one_line(practice.name)}, level {number}",
            summary=paragraphs(level.objective),
            scale=FRACTION,
            levels=self.steps,
            criteria=criteria,
        )

    def activity(self, activity: Activity, found: LocatedPart) -> Node | None:
        """A criterion on 0 to 1, the mean of its questions, of which there is mostly one."""
        asked = [at for at in _ordered(self.model.places(SammQuestion)) if at[0].activity == activity.id]
        if not asked:
            self.model.report(found, "import_gap", "no question asks about this activity; it is left out", ("id",))
            return None
        stream = self.model.get(Stream, activity.stream)
        if stream.practice != self.model.get(PracticeLevel, activity.level).practice:
            message = "the stream and the level belong to two practices; the activity counts where its level does"
            self.model.report(found, "import_reference", message, ("stream",))
        before = [self.activity_codes[name] or name for name in related(activity) if name in self.activity_codes]
        return Node(
            id=self.names.take(activity.id, "a_"),
            code=self.code(activity.id, self.activity_codes[activity.id]),
            kind="activity",
            title=one_line(activity.title),
            summary=paragraphs(activity.summary),
            why=paragraphs(activity.benefit),
            scale=FRACTION,
            levels=self.steps,
            questions=tuple(self.question(*place) for place in asked),
            notes=notes(
                one_line(f"Stream {stream.letter or ''} {stream.name}"),
                paragraphs(activity.description),
                *self.prose(activity, found),
                f"Builds on {', '.join(before)}" if before else "",
            ),
        )

    def question(self, asked: SammQuestion, found: LocatedPart) -> Question:
        """A question on the answers its set gives; in what order they count decides its type."""
        text, taken = self.wordings.take(asked.text, asked.id)
        if taken:
            message = "another question reads the same; this one is imported with its id behind it"
            self.model.report(found, "import_duplicate", message, ("text",))
        needed = [one_line(line) for line in asked.quality or () if line]
        return Question(
            id=self.asked[found.document.name],
            type="scale" if rises(self.model.get(AnswerSet, asked.answers).values) else "choice",
            text=text,
            help=f"A yes needs all of these: {'; '.join(needed)}." if needed else "",
            options_from=self.sets[asked.answers or ""],
        )

    def prose(self, activity: Activity, found: LocatedPart) -> Iterator[str]:
        """What else an activity says, without placeholders; a note names the keys that hold nothing else."""
        empty: list[str] = []
        for key in _PROSE:
            lines = flat_texts(getattr(activity, key))
            said = [line for line in lines if line and not _PLACEHOLDER.fullmatch(line)]
            if said:
                yield "\n".join([f"{key.capitalize()}:", *said])
            elif lines and key != "notes":
                empty.append(key)
        if empty:
            message = f"only placeholders stand in {listing(empty)}"
            self.model.report(found, "import_gap", message, (empty[0],), "note")

    def kept(self, found: LocatedPart, what: str, nodes: Iterable[Node | None]) -> tuple[Node, ...]:
        """The nodes with something to score; a part with none is left out with a warning."""
        some = tuple(node for node in nodes if node)
        if not some:
            self.model.report(found, "import_gap", f"there is no {what} to score; this part is left out", ("id",))
        return some

    def letter(self, activity: Activity) -> str:
        """The letter of the stream of an activity, else its name."""
        stream = self.model.get(Stream, activity.stream)
        return stream.letter or stream.name

    def code(self, identity: str, wanted: str) -> str | None:
        """The code SAMM uses for a part, such as G-SM-1-A, unless it cannot be made or another part has it."""
        return wanted if wanted and self.codes.setdefault(wanted, identity) == identity else None

    def practice_code(self, practice: Practice) -> str:
        """`G-SM`."""
        return _joined(_initial(self.model.get(Function, practice.function).name), practice.short_name or "")

    def level_code(self, level: PracticeLevel) -> str:
        """`G-SM-1`."""
        practice = self.practice_code(self.model.get(Practice, level.practice))
        return _joined(practice, str(self.numbers[level.maturity_level or ""]))

    def activity_code(self, activity: Activity) -> str:
        """`G-SM-1-A`."""
        return _joined(self.level_code(self.model.get(PracticeLevel, activity.level)), self.letter(activity))


def _initial(name: str) -> str:
    first = name.strip()[:1].upper()
    return first if _CODE.fullmatch(first) else ""


def _joined(start: str, end: str) -> str:
    """Two parts of a code, nothing when one of them is missing or no code."""
    return f"{start}-{end}" if start and re.fullmatch("[A-Za-z0-9]{1,8}", end) else ""


def _ordered(places: Iterable[tuple[Q, LocatedPart]]) -> list[tuple[Q, LocatedPart]]:
    """Parts in the order they ask for, ties by id."""
    return sorted(places, key=lambda at: (at[0].order or 0, at[0].id))
