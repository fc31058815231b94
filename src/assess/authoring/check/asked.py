"""Questions nobody is asked, and evidence nobody could give."""

from assess.authoring.check.context import TOP, Found, Subject
from assess.authoring.check.truths import TRUE
from assess.formula.normalise import option_values
from assess.model.questions import Question
from assess.numbers import short


def asked(subject: Subject) -> Found:
    """Every question is put to somebody."""
    for question in subject.rubric.questions():
        if "ask" in question.model_fields_set and not question.ask:
            message = f"`ask` of '{question.id}' names nobody, which is read as everybody"
            hint = "name the roles, or leave `ask` out to ask all people"
            yield subject.found("asked_of_nobody", message, question.id, "ask", hint=hint)
        elif not subject.rubric.asked(question):
            message = f"'{question.id}' is put to nobody: the rubric has no role of people"
            hint = "name a role in `ask`, or add a role without `people: false`"
            yield subject.found("asked_of_nobody", message, question.id, hint=hint, severity="warning")


def shown(subject: Subject) -> Found:
    """Every question is shown for some answers."""
    for question in subject.rubric.questions():
        if not question.show_when:
            continue
        stated = subject.stated(question.id, "show_when")
        puzzle = subject.puzzle(stated)
        found = puzzle.search([TRUE])
        if found.sheet is None and found.exact:
            message = f"'{question.id}' is never shown"
            hint = "compare with an answer that can be given, or take `show_when` out"
            yield subject.found("asked_of_nobody", message, question.id, "show_when", hint=hint, sheet=puzzle.nearest())


def evidence(subject: Subject) -> Found:
    """Proof that counts can be given, and nothing has to be proved that is not there."""
    for question in subject.rubric.questions():
        ceilings = subject.compiled.items[question.id].ceilings
        if ceilings and not subject.rubric.takes_evidence(question) and ceilings[0] < TOP:
            message = f"'{question.id}' takes no evidence, so its answers count only up to {short(ceilings[0])} of 100"
            hint = "let it take evidence, or give the question the weight 0"
            best = list(option_values(subject.rubric, question))[-1]
            yield subject.found(
                "evidence_out_of_reach",
                message,
                *(question.id, "evidence"),
                hint=hint,
                severity="warning",
                witness=f"{question.id}: {best}",
            )
        elif (lowest := _proved_from(subject, question)) is not None:
            message = f"even '{lowest}' of '{question.id}' needs dated evidence, which nobody has of nothing"
            hint = "let it be required_from the first answer that leaves a trace"
            yield subject.found(
                "evidence_out_of_reach",
                message,
                *(question.id, "evidence"),
                hint=hint,
                severity="warning",
                witness=f"{question.id}: {lowest}",
            )


def _proved_from(subject: Subject, question: Question) -> str | None:
    """The lowest answer to a level question when it needs evidence, else None."""
    if not question.traits.anchored:
        return None
    keys = list(option_values(subject.rubric, question))
    return keys[0] if question.evidence in ("required", f"required_from {keys[0]}") else None


def grades(subject: Subject) -> Found:
    """Better proof never counts for less."""
    policy = subject.rubric.policies.evidence
    if policy and not policy.stated <= policy.documented <= policy.confirmed:
        message = "better proof counts for less: stated, documented and confirmed must not fall"
        hint = "let the three ceilings rise"
        ceilings = {"stated": policy.stated, "documented": policy.documented, "confirmed": policy.confirmed}
        witness = ", ".join(f"{grade}: {short(ceiling)}" for grade, ceiling in ceilings.items())
        route = ("policies", "evidence")
        yield subject.found("falling_score", message, "", *route, hint=hint, severity="warning", witness=witness)


def idle_roles(subject: Subject) -> Found:
    """Every role of people is asked something or owns something, once it is said who owns what."""
    rubric = subject.rubric
    busy = {role for question in rubric.questions() for role in rubric.asked(question)}
    busy |= {initiative.owner for initiative in rubric.initiatives}
    for role in rubric.roles:
        if rubric.initiatives and role.people and role.id not in busy:
            message = f"'{role.id}' is asked nothing and owns nothing"
            hint = "name it in `ask` of the questions it can answer, or take it out"
            yield subject.found("idle_role", message, role.id, hint=hint, severity="note")


PEOPLE_RULES = (asked, shown, evidence, grades, idle_roles)
