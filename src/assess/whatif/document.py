"""The document `whatif/1`: what a scenario changes, and the best single changes, as JSON values."""

from collections.abc import Mapping

from assess.model.findings import Finding
from assess.model.roadmap import Placement
from assess.model.scorecard import NodeScore
from assess.whatif.best import BestChanges
from assess.whatif.differences import WhatIf

Json = dict[str, object]


def whatif_json(what: WhatIf | None, best: BestChanges | None) -> Json:
    """Scores on 0..100 and in native points, null without a value; days of the plan in ISO form, both worked.

    Without a scenario `changes` is empty and nothing moves; without single changes asked for `best` is null.
    """
    moved = _moved_json(what) if what else {"changes": []}
    return {"assess": "whatif/1", **moved, "best": _best_json(best) if best else None}


def _moved_json(what: WhatIf) -> Json:
    message = {"before": what.before.diagnosis.headline, "after": what.after.diagnosis.headline}
    return {
        "changes": list(what.scenario.options()),
        "headline": message,
        "overall": _sides(what, "overall"),
        "nodes": {move.before.id: _sides(what, move.before.id) for move in what.nodes},
        "findings": {
            "come": [_finding_json(finding) for finding in what.come],
            "go": [_finding_json(finding) for finding in what.go],
            "turned": [_finding_json(finding) for finding in what.turned],
        },
        "plan": {
            "come": [_placement_json(placement) for placement in what.planned],
            "go": [_placement_json(placement) for placement in what.dropped],
            "move": [{"before": _placement_json(old), "after": _placement_json(new)} for old, new in what.moved],
        },
        "missed": dict(what.missed),
    }


def _sides(what: WhatIf, node: str) -> Mapping[str, Json]:
    sides = (("before", what.before), ("after", what.after))
    return {side: _score_json(assessed.scorecard.scores[node]) for side, assessed in sides}


def _score_json(score: NodeScore) -> Json:
    told: Json = {"value": score.value, "points": score.points, "level": score.level}
    return {**told, "category": score.category, "scale": list(score.scale)}


def _finding_json(finding: Finding) -> Json:
    named: Json = {"id": finding.id, "kind": finding.kind, "node": finding.node}
    return {**named, "title": finding.title, "red": finding.red}


def _placement_json(placement: Placement) -> Json:
    days = {"starts": placement.starts.isoformat(), "ends": placement.last_day.isoformat()}
    return {"initiative": placement.initiative, "owner": placement.owner, **days, "period": placement.period}


def _best_json(best: BestChanges) -> Json:
    changes = [
        {
            "name": change.name,
            "changes": list(change.scenario.options()),
            "value": change.value,
            "lifts": dict(change.lifts),
            "ends": list(change.ends),
            "needs": list(change.needs),
        }
        for change in best.changes
    ]
    return {"node": best.node, "changes": changes, "untold": list(best.untold)}
