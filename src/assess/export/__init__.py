"""Scores, findings and problems as stable, versioned JSON values."""

from collections.abc import Iterable, Sequence
from datetime import date

from assess.export.facts import decision_json
from assess.formula import EvaluatedOrganization, Evaluation, read_by
from assess.formula.certainty import Certainty
from assess.formula.decision_words import finding_state
from assess.formula.finding_texts import message_of
from assess.model.answers import AnswerSheet
from assess.model.decisions import FindingDecision, InitiativeDecision, OwnWords
from assess.model.finding_names import ACCEPTED_CAPS, finding_subjects
from assess.model.finding_texts import QuotedFigure
from assess.model.findings import AgreementChange, Changes, Diagnosis, Finding, Message
from assess.model.initiatives import Claim, Initiative, Reference
from assess.model.nodes import Clash, Gate
from assess.model.roadmap import Placement, Plan
from assess.model.rubric import Rubric
from assess.model.scorecard import GateResult, ItemScore, NodeScore, RoleReading, Scorecard
from assess.model.uncertainty import Uncertainty
from assess.problems import Problem, errors

Json = dict[str, object]
# The fields of records as they are named in JSON, in its order.
SCORE = (
    "kind", "code", "title", "value", "low", "high", "claimed", "coverage", "level", "staged_level", "weight",
    "uncapped", "gates", "because", "points", "scale", "category", "mean", "minimum", "imbalance_loss", "gradient",
    "effective_weight",
)  # fmt: skip
GATE = ("id", "at", "holds", "binds", "because", "lifted_by")
FINDING = (
    "id", "kind", "node", "red", "title", "says", "because", "quotes", "initiatives", "settle", "urgent", "so",
    "decision", "lowered", "figures", "remark",
)  # fmt: skip
PROBLEM = ("code", "severity", "message", "hint")
PLACE = ("file", "line", "column", "length")


def certainty_json(found: Certainty) -> Json:
    """Who stands behind a node; cells are required questions, once for each role in which somebody was asked.

    groups: of how many questions put to the anonymous people of a role their answers count on how many.
    """
    return {
        "people": found.people,
        "roles": [voice._asdict() for voice in found.voices],
        "not_heard": list(found.silent),
        "groups": [group._asdict() for group in found.groups],
        "cells": found.asked,
        "filled": found.filled,
        "scored": found.scored,
        "answered": found.answered,
        "backed": found.backed,
    }


def scorecard_json(assessed: EvaluatedOrganization, diagnosis: Diagnosis, problems: Iterable[Problem]) -> Json:
    """The document `scorecard/1`: values on 0..100 or null, coverage 0..1, weights among siblings."""
    sheet, scorecard = assessed.sheet, assessed.scorecard
    organization = sheet.engagement.organization
    return {
        "assess": "scorecard/1",
        "rubric": {
            "id": scorecard.rubric,
            "version": scorecard.rubric_version,
            "hash": scorecard.rubric_hash,
        },
        "organization": {
            "id": organization.id,
            "name": organization.name,
            "assessed_on": scorecard.assessed_on,
            "answers_hash": sheet.hash,
        },
        "headline": diagnosis.headline,
        "message": message_json(diagnosis.message),
        "scores": {name: score_json(score) for name, score in scorecard.scores.items()},
        "findings": [finding_json(finding) for finding in diagnosis.findings],
        "problems": [problem_json(problem) for problem in problems],
        "extent": extent_json(assessed.rubric),
        "accepted": [finding_json(finding) for finding in diagnosis.accepted],
        "hidden": [finding_json(finding) for finding in diagnosis.hidden],
        "with_acceptances": dict(assessed.with_acceptances),
        "decisions": decisions_json(assessed, diagnosis),
        "uncertainty": uncertainty_json(assessed.drawn),
    }


def decisions_json(assessed: EvaluatedOrganization, diagnosis: Diagnosis) -> Json:
    """What was decided, each with its state today: of a finding `in force`, `expired` or `idle`, of words `moved`."""
    on, decisions = assessed.sheet.engagement.assessed_on, assessed.decisions
    findings = [{**_plain(entry), "state": finding_state(entry, diagnosis, on)} for entry in decisions.findings]
    words = [{**_plain(entry), "moved": assessed.has_moved(entry)} for entry in decisions.words]
    return {"initiatives": [*map(_plain, decisions.initiatives)], "findings": findings, "words": words}


def decided_json(assessed: EvaluatedOrganization, name: str) -> list[Json]:
    """What was decided about an initiative, about findings on a node or of a gate or clash, and own words on a node."""
    subjects, decisions = finding_subjects(assessed.rubric), assessed.decisions
    rules = {f"{kind}_{name}" for kind in ACCEPTED_CAPS}
    findings = [f for f in decisions.findings if f.finding in rules or subjects[f.finding][1] == name]
    initiatives = [each for each in decisions.initiatives if each.initiative == name]
    words = [each for each in decisions.words if each.node == name]
    return [*map(_plain, initiatives), *map(_plain, findings), *map(_plain, words)]


def _plain(entry: InitiativeDecision | FindingDecision | OwnWords) -> Json:
    return entry.model_dump(mode="json", exclude_defaults=True)


def uncertainty_json(drawn: Uncertainty | None) -> Json | None:
    """What was drawn of the numbers as they stand: values on 0..100, shares of 1; null where nothing was."""
    return drawn.model_dump(mode="json", exclude={"assess", "rubric", "rubric_version"}) if drawn else None


def extent_json(rubric: Rubric) -> Json | None:
    """How far an engagement goes; null where it asks all of its rubric."""
    return rubric.extent._asdict() if rubric.extent else None


def score_json(score: NodeScore) -> Json:
    """One node's score."""
    found = _named(score, SCORE)
    return {**found, "gates": [gate_json(gate) for gate in score.gates], **_counted_json(score)}


def _counted_json(score: NodeScore) -> Json:
    """What a sum or tally adds up; nothing for other nodes."""
    if score.possible is None or score.applicable is None:
        return {}
    return {"earned": score.earned, "possible": list(score.possible), "applicable": list(score.applicable)}


def gate_json(gate: GateResult) -> Json:
    """One gate on one node; `at` on 0..100, null for a flag."""
    return _named(gate, GATE)


def item_json(sheet: AnswerSheet, item: ItemScore) -> Json:
    """One question's value and the steps to it, with the answers that do not count by role and reason."""
    found = item._asdict()
    heard = [role for role in item.roles if role.n or role.unknown or role.declined or role.na]
    few = [role for role in item.roles if role.invited and role not in heard and sheet.unheard(item.id, role.role)]
    found["roles"] = [role_json(role) for role in heard]
    found["roles"] += [{"role": role.role, "invited": role.invited, "withheld": True} for role in few]
    found["not_counted"] = [{"role": role, "why": why} for role, why in sheet.unasked(item.id)]
    return found


def role_json(role: RoleReading) -> Json:
    """What one role said on a question."""
    return {**role._asdict(), "withheld": False}


def finding_json(finding: Finding) -> Json:
    """One finding with its quotes and ways out."""
    decision, figures = decision_json(finding.decision), figures_json(finding.figures)
    quotes = [quote._asdict() for quote in finding.quotes]
    return {**_named(finding, FINDING), "quotes": quotes, "decision": decision, "figures": figures}


def message_json(message: Message) -> Json:
    """The headline that is printed; its id is empty where there is none."""
    found = message._asdict()
    return {**found, "initiatives": list(message.initiatives), "figures": figures_json(message.figures)}


def figures_json(figures: Iterable[QuotedFigure]) -> list[Json]:
    """What a text quotes: the question, the role (empty for all together), the figure as printed, and who gave it."""
    return [{"question": f.question, "role": f.role, "shown": f.shown, "source": f.source} for f in figures]


def problem_json(problem: Problem) -> Json:
    """One problem; line and column count from 1, null without a place; `accepted` is the reason why it stays."""
    place = dict.fromkeys(PLACE) if problem.location is None else _named(problem.location, PLACE)
    beside = {"witness": problem.witness, "at": problem.about, "accepted": problem.accepted or None}
    return {**_named(problem, PROBLEM), **place, **beside}


def _named(record: object, names: Sequence[str]) -> Json:
    """Some fields of a record; a tuple is a list in JSON."""
    found = {name: getattr(record, name) for name in names}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def check_json(problems: Sequence[Problem], roles: Iterable[Json] = (), people: Iterable[Json] = ()) -> Json:
    """The document `check/1`: roles and respondents as the mappings given, then the problems."""
    return {
        "assess": "check/1",
        "ready": not errors(problems),
        "roles": list(roles),
        "respondents": list(people),
        "problems": [problem_json(problem) for problem in problems],
    }


def rubric_json(rubric: Rubric) -> Json:
    """A rubric as its documents say it, merged; what was left out stays out."""
    return {"assess": "rubric/1", **rubric.model_dump(mode="json", by_alias=True, exclude_defaults=True)}


def cited_by(rubric: Rubric, code: str) -> tuple[str, ...]:
    """The nodes that cite a claim or a reference themselves, in a question, or in a gate or clash of theirs."""
    return tuple(node.id for node in rubric.nodes() if code in node.cited())


def trace_json(rubric: Rubric) -> Json:
    """The document `claims/1`: claims and outside references with the criteria and questions that came of them."""

    def traced(entry: Claim | Reference, names: Iterable[str]) -> Json:
        nodes = dict.fromkeys(rubric.names[name] for name in (*names, *cited_by(rubric, entry.code)))
        questions = {node: [q.id for q in rubric.node_by_id[node].questions] for node in nodes}
        return {**entry.model_dump(mode="json"), "questions": questions}

    return {
        "assess": "claims/1",
        "rubric": {"id": rubric.id, "version": rubric.version, "hash": rubric.hash},
        "sources": [source.model_dump(mode="json") for source in rubric.sources],
        "claims": [traced(claim, (claim.home, *claim.also)) for claim in rubric.claims],
        "references": [traced(reference, reference.bears_on) for reference in rubric.references],
    }


def changes_json(changes: Changes) -> Json:
    """What would change a score: answers as they stand in an answers file; value on 0..100."""
    best = [_change(changes.best)] if changes.best else []
    told = {"up": [*map(_change, changes.up)], "down": [*map(_change, changes.down)], "best": best}
    return {**told, "untold": list(changes.untold)}


def _change(change: AgreementChange) -> Json:
    answer = change.answer.isoformat() if isinstance(change.answer, date) else change.answer
    told = change._asdict()
    del told["scale"]
    return {**told, "answer": answer}


def node_json(assessed: EvaluatedOrganization, name: str) -> Json:
    """A node or question with everything below it, for `explain --format json`."""
    if name in assessed.scorecard.items:
        return {"id": name, **_read_json(assessed, name)}
    children = assessed.scorecard.scores[name].children
    facts = [q.id for q in assessed.rubric.node_by_id[name].questions if q.id not in children]
    below = [node_json(assessed, child) for child in (*children, *facts)]
    return {"id": name, **_read_json(assessed, name), "children": below}


def explained_json(assessed: EvaluatedOrganization, name: str, plan: Plan | None) -> Json:
    """Whatever can be explained, for `explain --format json`; `plan` says when an initiative is due."""
    rubric, scorecard = assessed.rubric, assessed.scorecard
    gates = {gate.id: gate for gate in rubric.all_gates()}
    clashes = {clash.id: clash for clash in rubric.all_clashes()}
    if name in gates:
        gate = gates[name]
        half = _half_json(assessed, assessed.tree, gate.when)
        ways_out = {"lifted_by": list(gate.lifted_by)}
        return {
            **_rule_json(scorecard, gate, "gate"),
            "because": scorecard.texts[name].text,
            "condition": half,
            **ways_out,
        }
    if name in clashes:
        clash = clashes[name]
        halves = {
            "claim": _half_json(assessed, assessed.claimed, clash.claim),
            "practice": _half_json(assessed, assessed.claimed, clash.practice),
        }
        said = {"says": scorecard.texts[name].text, "settle": clash.settle, "initiatives": list(clash.initiatives)}
        return {**_rule_json(scorecard, clash, "clash"), **said, **halves}
    if name in rubric.headline_by_id:
        return _headline_json(assessed, name)
    if name in rubric.initiative_by_id:
        return _initiative_json(rubric.initiative_by_id[name], plan)
    return node_json(assessed, name)


def _headline_json(assessed: EvaluatedOrganization, name: str) -> Json:
    """A headline: what it says today, empty where it does not hold or no text fits, and its condition, null without."""
    headline = assessed.rubric.headline_by_id[name]
    found = message_of(assessed.tree, headline)
    half = _half_json(assessed, assessed.tree, headline.when) if headline.when else None
    said = {"says": found.text, "figures": figures_json(found.figures), "initiatives": list(headline.initiatives)}
    return {"id": name, "kind": "headline", **said, "condition": half}


def _rule_json(scorecard: Scorecard, rule: Gate | Clash, kind: str) -> Json:
    """What a gate and a clash have in common; `caps`: what it does to each node it caps."""
    caps = [{"node": result.node, **gate_json(result)} for result in scorecard.gates() if result.id == rule.id]
    told = {"urgent": rule.urgent, "decision": decision_json(rule.decision)}
    figures = figures_json(scorecard.texts[rule.id].figures)
    return {"id": rule.id, "kind": kind, "title": rule.title, "caps": caps, **told, "figures": figures}


def _half_json(assessed: EvaluatedOrganization, tree: Evaluation, condition: str) -> Json:
    """A condition on one of the trees with what it reads; `holds` is null while it is undecided."""
    below = {name: _read_json(assessed, name) for name in read_by(assessed.rubric, condition)}
    return {"when": condition, "holds": tree.truth(condition), "reads": below}


def _read_json(assessed: EvaluatedOrganization, name: str) -> Json:
    """A question with its answers, or the score of a node."""
    if name in assessed.scorecard.items:
        return item_json(assessed.sheet, assessed.scorecard.items[name])
    return score_json(assessed.scorecard.scores[name])


def _initiative_json(initiative: Initiative, plan: Plan | None) -> Json:
    """An initiative, its place in the plan (null when it has none), and why it was left out (null when it was not)."""
    placed = next((p for p in plan.placements if p.initiative == initiative.id), None) if plan else None
    left = next((out for out in plan.left_out if out.initiative == initiative.id), None) if plan else None
    return {
        "id": initiative.id,
        "kind": "initiative",
        "code": initiative.code or "",
        "title": initiative.title,
        "owner": initiative.owner,
        "effort": [initiative.own_days().low, initiative.own_days().high],
        "effort_by_role": {role: [d.low, d.high] for role, d in initiative.days_by_role().items()},
        "running_by_role": dict(initiative.running_by_role()),
        "posts": dict(initiative.posts),
        "weeks": initiative.weeks,
        "lifts": dict(initiative.lifts),
        "needs": list(initiative.needs),
        "not_before": initiative.not_before,
        "planned": _placement_json(placed, plan.projection.high) if plan and placed else None,
        "left_out": left.because if left else None,
    }


def _placement_json(placed: Placement, end: float | None) -> Json:
    days = {"starts": placed.starts.isoformat(), "ends": placed.ends.isoformat()}
    days["last_day"] = placed.last_day.isoformat()
    ends = {gate: day.isoformat() for gate, day in placed.ends_gates.items()}
    steps = {
        node: [{**step._asdict(), "adopted": _day(step.adopted), "proved": _day(step.proved)} for step in found]
        for node, found in placed.steps.items()
    }
    # Keys of before stay: what the plan gains by it, in points of the root; what it goes together with.
    former = {"gain": 0.0 if end is None or placed.without is None else end - placed.without, "brought_by": ""}
    return {**placed._asdict(), **days, "lifts": dict(placed.lifts), "steps": steps, "ends_gates": ends, **former}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
