"""Where answers contradict each other: claims against practice, roles against roles, and how far roles see apart."""

import math
from collections.abc import Iterable

from assess.diagnose.caps import held_by, holds_down
from assess.diagnose.case import DiagnoseContext
from assess.diagnose.grounds import Ground, grounds, nodes_read
from assess.diagnose.quotes import levelled, quote, quotes, roles_heard
from assess.formula import Evaluation, scale_of
from assess.formula.finding_texts import tell_finding
from assess.formula.items import combined
from assess.model.answers import Voice
from assess.model.findings import Finding
from assess.model.nodes import Clash
from assess.model.scorecard import ItemScore
from assess.numbers import DIGITS, counted
from assess.words import listed

PROOF = "Put what each side can show on one table, agree on what it proves, and have that recorded with its basis."


def clashes(case: DiagnoseContext) -> tuple[Finding, ...]:
    """The clashes both halves of which surely hold, with both questions and both answers."""
    return case.by_size(_clash(case, clash) for clash in case.clashing)


def _clash(case: DiagnoseContext, clash: Clash) -> Finding:
    claim, practice = (grounds(case, case.claimed, half) for half in (clash.claim, clash.practice))
    asked = tuple(dict.fromkeys((*claim, *practice)))
    held, says = held_by(case, clash.id), case.scorecard.texts[clash.id]
    so = tell_finding(clash.so, case.given_claims, (clash.claim, clash.practice))
    disputed = [ground.question for ground in asked if disagrees(case.item(ground.question))]
    return Finding(
        id=f"clash_{clash.id}",
        kind="clash",
        node=case.stands_on[clash.id],
        title=clash.title or f"Claim and practice differ: {case.title(case.stands_on[clash.id])}",
        says=says.text,
        red=bool(held or disputed),
        quotes=quotes(case, asked),
        initiatives=tuple(dict.fromkeys(clash.initiatives)),
        settle=clash.settle,
        question=claim[0].question if claim else "",
        size=held[0].points if held else _distance(case, claim, practice),
        because=_why(case, clash, disputed),
        criteria=tuple(dict.fromkeys((*(h.node for h in held), *nodes_read(case, asked)))),
        urgent=clash.urgent,
        so=so.text,
        decision=clash.decision,
        figures=tuple(dict.fromkeys((*says.figures, *so.figures))),
    )


def disagrees(item: ItemScore) -> bool:
    """Whether roles contradict each other on a question and nothing was agreed."""
    return bool(item.conflict) and item.agreed is None


def _why(case: DiagnoseContext, clash: Clash, disputed: list[str]) -> str:
    parts = ["both statements stand in the answers"]
    if held := held_by(case, clash.id):
        parts.append(holds_down(case, clash.id, held))
    if disputed:
        homes_of = dict.fromkeys(case.rubric.home_of[question] for question in disputed)
        parts.append(f"the roles disagree on {listed(case.quoted_title(node) for node in homes_of)}")
    if alone := _alone(case, clash):
        parts.append(f"{counted(alone, 'respondent says', 'respondents say')} both at once")
    return "; ".join(parts)


def _distance(case: DiagnoseContext, claim: Iterable[Ground], practice: Iterable[Ground]) -> float:
    """How far the highest claim stands above the lowest practice, in points; answers without a value count 0."""
    return max(max(_means(case, claim), default=0.0) - min(_means(case, practice), default=0.0), 0.0)


def _means(case: DiagnoseContext, asked: Iterable[Ground]) -> list[float]:
    groups = [
        (case.tree.heard(ground.question, role).values, case.compiled.items[ground.question])
        for ground in asked
        for role in roles_heard(case, ground)
    ]
    means = [combined([values], rule) for values, rule in groups if values]
    return [mean for mean in means if mean is not None]


def _alone(case: DiagnoseContext, clash: Clash) -> int:
    """How many respondents contradict themselves: both halves hold on the answers of one of them."""
    return sum(_says_both(case, clash, voice, tree) for voice, tree in case.lone)


def _says_both(case: DiagnoseContext, clash: Clash, voice: Voice, tree: Evaluation) -> bool:
    if not case.clashes(tree, clash):
        return False
    halves = [grounds(case, tree, half) for half in (clash.claim, clash.practice)]
    return all(half and all(_is_own(case, voice, ground) for ground in half) for half in halves)


def _is_own(case: DiagnoseContext, voice: Voice, ground: Ground) -> bool:
    """Whether a ground is an answer of this respondent, and neither a default nor somebody else's."""
    if ground.question not in voice.answers:
        return False
    heard = (ground.role,) if ground.role else case.compiled.items[ground.question].invited
    return voice.role in heard


def disagreements(case: DiagnoseContext) -> tuple[Finding, ...]:
    """The level questions on which roles contradict each other and nothing was agreed yet."""
    return case.by_size(_disagreement(case, item) for item in case.scorecard.items.values() if disagrees(item))


def _disagreement(case: DiagnoseContext, item: ItemScore) -> Finding:
    question = case.rubric.question_by_id[item.id]
    means = [reading.mean for reading in item.roles if reading.role in item.conflict and reading.mean is not None]
    roles, named = listed(case.role(role) for role in item.conflict), case.quoted_title(item.node)
    says = f"{roles} describe {named} so differently that they cannot all be right."
    return Finding(
        id=f"disagreement_{item.id}",
        kind="disagreement",
        node=item.node,
        title=f"Roles disagree on {named}",
        says=says,
        red=True,
        quotes=tuple(quote(case, question, role, levelled(case, question, role)) for role in item.conflict),
        settle=PROOF,
        initiatives=case.lifters(item.node, item.value or 0.0),
        question=item.id,
        size=max(means) - min(means),
        because=_counts_now(case, item),
        criteria=(item.node,),
    )


def _counts_now(case: DiagnoseContext, item: ItemScore) -> str:
    """What the lowest answer is worth, and what all of them together would be worth on the same evidence."""
    together = item.combined
    if together is not None and item.ceiling is not None:
        together = min(together, item.ceiling)
    now, then = case.points(item.id, item.value, together), case.points(item.id, together, item.value)
    instead = "" if together is None or then == now else f" instead of {then}"
    return f"the lowest answer counts until it is settled: {now} now{instead}"


def perception(case: DiagnoseContext) -> tuple[tuple[str, float], ...]:
    """How much higher those who claim rate a criterion than those in practice, in points of its level question."""
    found: dict[str, list[float]] = {}
    for node in case.rubric.nodes():
        for question in case.level_questions(node):
            gap = _gap_seen(case, case.item(question.id))
            if gap is not None:
                found.setdefault(node.id, []).append(gap)
    gaps = [(node, math.fsum(values) / len(values)) for node, values in found.items()]
    return tuple(sorted(gaps, key=lambda pair: (-round(abs(pair[1]), DIGITS), case.places[pair[0]])))


def _gap_seen(case: DiagnoseContext, item: ItemScore) -> float | None:
    policy = case.rubric.policies.perception
    if policy is None:
        return None
    means = {reading.role: reading.mean for reading in item.roles if reading.mean is not None}
    claimed = means.get(policy.claim)
    seen = [role for role in dict.fromkeys(policy.practice) if role in means]
    if claimed is None or not seen:
        return None
    scale = scale_of(case.rubric, item.id)
    return (claimed - math.fsum(means[role] for role in seen) / len(seen)) * (scale.max - scale.min) / 100
