"""Questions and what they are answered with: options, goalposts, bands, scales, levels and roles."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from assess.model.change_classes import alters_print, alters_rule, alters_scale, alters_words
from assess.model.fields import (
    Claims,
    Condition,
    Duty,
    Flag,
    Id,
    Key,
    Many,
    Notes,
    Number,
    OptionKey,
    OwnCode,
    OwnId,
    QuotesFigures,
    Quotient,
    Read,
    Record,
    RoleRef,
    Since,
    Stage,
    Text,
    Words,
)
from assess.model.question_types import QUESTION_TYPES, QuestionType, Traits

Combine = Literal["mean", "median", "min", "max"]
State = Literal["na", "unknown", "declined"]


class Scale(Record):
    """The native range of a node or question; scores inside run on 0..100."""

    min: Number = 0
    """The number printed for 0 of 100."""
    max: Number
    """The number printed for 100 of 100."""


BetterEnd = Literal["high", "low"]


class Level(Record):
    """A named step of a scale; `at` is its lower threshold on 0..100, a number or a fraction such as `100/3`."""

    key: Key
    """What conditions, targets and `lifts` call the level."""
    title: Annotated[Words, alters_words("what the client is told a score means"), Read()]
    """What it is called in print."""
    at: Annotated[Quotient, Field(ge=0, le=100), alters_scale("the threshold itself")]
    """The lower threshold, on 0..100; that of the first level is 0."""
    says: Annotated[Text, alters_words("what the client is told a score means"), Read()] = ""
    """What an organization at this level looks like."""


ANY_TIER = "default"
Minutes = Annotated[Number, Field(gt=0)]


def _minutes(value: object) -> object:
    return value if isinstance(value, Mapping) else {ANY_TIER: value}


class Role(Record):
    """Who answers or owns; `people: false` marks logs and registers."""

    id: OwnId
    code: OwnCode = None
    title: Annotated[Words, alters_words("who is asked"), Read()]
    """What it is called in print."""
    people: Annotated[Flag, alters_rule("whether it is asked where nobody is named")] = True
    """`false` for logs and registers: never invited unless a question names them in `ask`."""
    minutes: Annotated[Mapping[Key, Minutes], BeforeValidator(_minutes), alters_print("how long it may take")] = {}
    """Minutes its questions may take: one number, or a number for each tier."""
    renamed_from: Many[Id] = ()
    """Former ids; old answers stay readable by them."""


class Option(Record):
    """One answer a question offers; `score` is native to the question, `must` a cap on 0..100 while not ticked."""

    key: OptionKey | None = None
    """What answers and conditions call it; the level keys by default where there are as many."""
    label: Annotated[Words, alters_words("what an answer says"), Read(alone=True)]
    """What the respondent reads; unique in the question."""
    score: Annotated[Number | None, alters_scale("what an answer is worth")] = None
    """Points, native to the question; given to all options or to none."""
    exclusive: Annotated[Flag, alters_scale("what may be ticked together")] = False
    """Of a multi: stands alone, and counts 0 by default."""
    must: Annotated[
        Annotated[Number, Field(ge=0, le=100)] | None, alters_scale("what is capped while it is not ticked")
    ] = None
    """Of a multi: the highest value on 0..100 while it is not ticked."""
    stop: Annotated[Flag, alters_scale("where a ladder ends")] = False
    """Of a ladder: `true` when this answer ends it."""
    renamed_from: Many[Key] = ()
    """Former ids; old answers stay readable by them."""


class Goalposts(Record):
    """The numbers worth 0 and 100; `log` compares logarithms."""

    worst: Number
    """The number worth 0; may lie above `best`."""
    best: Number
    """The number worth 100."""
    log: Flag = False
    """`true`: logarithms are compared."""


class Band(Record):
    """Numbers worth 100 (`start`..`to`), falling in a straight line to 0 at `zero_below` and `zero_above`."""

    start: Number = Field(alias="from")
    """The least number worth 100."""
    to: Number
    """The greatest number worth 100."""
    zero_below: Number
    """From here downwards a number is worth 0."""
    zero_above: Number
    """From here upwards a number is worth 0."""


class PointStep(Record, title="step of a number"):
    """The points of a number from one figure on, up to where the next step begins."""

    start: Number = Field(alias="from")
    """The least number of this step; below the first, the points of the first are given."""
    points: Number
    """What a number of this step brings; more are better, unless more is worse in its node."""


EvidenceRule = Annotated[str, Field(pattern=r"^(off|optional|required|required_from [a-z][a-z0-9_]{0,39})$")]
NO_HELP = "none"


def _worded(value: object) -> object:
    """What a role is asked in one text, or in nothing but the words of the question, as a mapping."""
    if value is None:
        return {}
    return {"text": value} if isinstance(value, str) else value


class AnswerRules(Record, title="rules for answers"):
    """What answers may and must bring where nothing nearer says so."""

    evidence: EvidenceRule | None = None
    """Whether proof is offered or demanded; a `required_from KEY` holds for the questions that have this option."""
    allow: Many[State] | None = None
    """States offered besides the answers."""


class Defaults(Record, title="defaults"):
    """What questions, facts and the questions of single roles take where they do not say it themselves."""

    questions: AnswerRules = AnswerRules()
    """For questions that weigh something."""
    facts: AnswerRules = AnswerRules()
    """For facts."""
    roles: Mapping[RoleRef, AnswerRules] = {}
    """For all that a role is asked; goes before those for questions and facts."""


class Asking(Record, title="wording of a role"):
    """How one role is asked a question, as far as it is other than for everybody."""

    text: Annotated[Text, Read(alone=True)] = ""
    """The question as this role is asked it."""
    help: Annotated[Text, Read(none=NO_HELP)] = ""
    """The help this role reads; `none` for none."""
    options: Annotated[Mapping[OptionKey, Words], Read()] = {}
    """Option key to the label this role reads; keys and values stay those of the question."""
    evidence: EvidenceRule | None = None
    """Whether proof is offered to this role or demanded of it."""
    allow: Many[State] | None = None
    """States this role is offered besides the answers."""
    tier: Key | None = None
    """From which tier on this role is asked."""


def _asked(value: object) -> object:
    if isinstance(value, list | tuple) and all(isinstance(name, str) for name in value):
        return dict.fromkeys(value)
    return value


class States(Record):
    """A yes and a no as sentences."""

    yes: Annotated[Text, Read()] = ""
    """What is so where the answer is yes."""
    no: Annotated[Text, Read()] = ""
    """What is so where the answer is no."""


class Question(Record):
    """One question; which keys fit depends on its type, and `validate` says so in words."""

    id: OwnId
    type: Annotated[QuestionType, alters_scale("what can be answered, and how it counts")]
    """`level`: ordered anchors. `scale`: a point of a shared set. `choice`: one of unordered options. `yesno`.
    `multi`: several. `number`, `text`, `date`."""
    text: Annotated[Words, alters_words("what is asked"), Read()]
    """The question; unique in the rubric."""
    ask: Annotated[
        Mapping[RoleRef, Annotated[Asking, BeforeValidator(_worded)]],
        BeforeValidator(_asked),
        alters_rule("whose answers count"),
    ] = {}
    """Who is asked: roles, or role to its own text or wording (`~` for the same); left out: all people."""
    help: Annotated[Text, alters_print("advice on how to answer"), Read()] = ""
    """What to count, over which time, and what to leave out."""
    options: Many[Option] = ()
    """The answers offered, lowest first; labels differ."""
    options_from: Annotated[Key | None, alters_print("where the options stand; they are compared one by one")] = None
    """The name of a shared list in `option_sets`."""
    weight: Annotated[Number, Field(ge=0), alters_scale("how much it counts, or whether it does")] = 1
    """Weight in the mean, 1 by default; with 0 it is a fact that feeds conditions and nothing else."""
    stage: Stage = None
    duty: Duty = "must"
    reverse: Annotated[Flag, alters_scale("which end is the good one")] = False
    """`true` when the last option, or yes, is the bad answer."""
    better: Annotated[
        Literal["high", "low", "neither"] | None,
        alters_print("what the check takes for the good end; one that turns values is told as `reverse`"),
    ] = None
    """Which answers are the better ones: `high`, `low`, or `neither` where the answer only states something; of level,
    scale and yesno `low` is the same as `reverse: true`."""
    goalposts: Annotated[Goalposts | None, alters_scale("what a number is worth")] = None
    """The numbers worth 0 and 100."""
    band: Annotated[Band | None, alters_scale("what a number is worth")] = None
    """Numbers worth 100 inside, falling to 0 outside."""
    steps: Annotated[Many[PointStep], alters_scale("what a number is worth")] = ()
    """Points from one figure on, `[{from: 0, points: 0}, {from: 9, points: 2}]`, in the place of goalposts."""
    min: Annotated[Number | None, alters_words("which numbers are an answer")] = None
    """The least number taken."""
    max: Annotated[Number | None, alters_words("which numbers are an answer")] = None
    """The greatest number taken."""
    integer: Annotated[Flag, alters_words("which numbers are an answer")] = False
    """`true`: whole numbers alone."""
    unit: Annotated[Text, alters_words("what the number counts"), Read()] = ""
    """The unit of the number, such as `%`."""
    unit_one: Annotated[Text, alters_print("the unit of the number 1"), Read()] = ""
    """The unit of the number 1 where it reads otherwise: `group` beside `groups`."""
    of: Annotated[Text, QuotesFigures(), alters_words("what the number is a part of"), Read()] = ""
    """What a share is a share of, as it stands behind the number: `of the refusals`; `{question}` quotes a figure."""
    states: Annotated[States | None, alters_print("how the answer reads in a sentence")] = None
    """Of a yesno: the answer as a sentence, `{yes: ..., no: ...}`."""
    allow: Annotated[Many[State] | None, alters_rule("which states are an answer")] = None
    """States offered besides the answers; `[unknown, declined]` by default."""
    show_when: Annotated[Condition | None, alters_rule("whether it is put at all")] = None
    """A condition; the question is shown only when it surely holds."""
    unknown_as: Annotated[Text | None, alters_scale("what a don't-know counts")] = None
    """For facts: what a don't-know counts as in conditions."""
    required: Annotated[Flag, alters_scale("whether it counts in coverage, and what it counts while it is open")] = True
    """`false`: may stay open; then it is in no coverage and counts nothing."""
    note: Annotated[
        Literal["off", "optional", "required"], alters_print("whether words are asked for; none is scored")
    ] = "optional"
    """Whether a note is offered or demanded."""
    evidence: Annotated[EvidenceRule | None, alters_words("what has to be proved")] = None
    """Whether proof is offered or demanded; `required_from KEY` demands it from an option on."""
    combine: Annotated[Combine | None, alters_scale("how the answers of a role become one")] = None
    """How several answers of a role become one; the policy's by default."""
    tier: Annotated[Key | None, alters_rule("from which tier on it is asked")] = None
    """From which tier on it is asked; that of its criterion by default."""
    office: Annotated[Flag, alters_words("whether it is printed as the statement of a function")] = False
    """`true`: asked of one function; its answer is printed as what that function states, never as a mean of people."""
    looked_up_in: Annotated[Id | None, Field(alias="register"), alters_print("where the answer is looked up")] = None
    """The register that answers it; a fact then costs roles no time, save anonymous ones."""
    since: Since = ""
    claims: Claims = ()
    renamed_from: Many[Id] = ()
    """Former ids; old answers stay readable by them."""
    notes: Notes = ""

    @property
    def traits(self) -> Traits:
        """What its type is; raises KeyError on one that is not in the table."""
        return QUESTION_TYPES[self.type]

    @property
    def sentences(self) -> Mapping[str, str]:
        """A yes and a no as sentences, as far as the question has them."""
        named = {"yes": self.states.yes, "no": self.states.no} if self.states else {}
        return {key: says for key, says in named.items() if says}

    @property
    def has_figures(self) -> bool:
        """Whether it is a number with something that says what it is worth."""
        return bool(self.goalposts or self.band or self.steps)

    @property
    def way_of_steps(self) -> Literal["high", "low", "neither"] | None:
        """Which numbers bring the better steps; None without steps."""
        points = [step.points for step in self.steps]
        if not points:
            return None
        return "high" if points == sorted(points) else "low" if points == sorted(points, reverse=True) else "neither"
