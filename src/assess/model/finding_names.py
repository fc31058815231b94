"""What the findings about an organization can be called: the ids that a rubric makes possible."""

from collections.abc import Iterator, Mapping

from assess.model.findings import FindingKind
from assess.model.rubric import Rubric

OF_NODES: tuple[FindingKind, ...] = ("gap", "strength", "silence")
OF_QUESTIONS: Mapping[str, FindingKind] = {
    "disagreement": "disagreement",
    "unproved": "unproved",
    "blind": "blind_spot",
}
"""How a finding about a question is called, to its kind."""
SHORT: Mapping[str, str] = {"node": "gap", "gate": "gate", "clash": "clash"}
"""What the bare name of an element stands for."""
GAP = "gap_"
ACCEPTED_CAPS = ("gate", "clash")
"""The kinds of finding that are called by the id of a cap."""


def key_caps(rubric: Rubric) -> Mapping[str, str]:
    """Every finding that a criterion may hold its principle down, to the id of the criterion."""
    return {f"cap_{node.id}_{child.id}": child.id for node in rubric.tree() for child in node.criteria}


def finding_names(rubric: Rubric) -> Mapping[str, str]:
    """Every name of a finding that may be, to its id: by ids, codes and former ids, and by the bare name of an element.

    A criterion stands for its gap, a gate or a clash for what it finds.
    """
    return dict(_names(rubric))


def _names(rubric: Rubric) -> Iterator[tuple[str, str]]:
    for name, meant in rubric.names.items():
        if meant in rubric.node_by_id:
            yield name, f"{SHORT['node']}_{meant}"
            yield from ((f"{kind}_{name}", f"{kind}_{meant}") for kind in OF_NODES)
        if meant in rubric.question_by_id:
            yield from ((f"{kind}_{name}", f"{kind}_{meant}") for kind in OF_QUESTIONS)
    for gate in rubric.all_gates():
        yield from ((name, f"gate_{gate.id}") for name in (gate.id, f"gate_{gate.id}"))
    for clash in rubric.all_clashes():
        yield from ((name, f"clash_{clash.id}") for name in (clash.id, f"clash_{clash.id}"))
        yield f"gate_{clash.id}", f"gate_{clash.id}"
    yield from ((name, name) for name in key_caps(rubric))


def finding_subjects(rubric: Rubric) -> Mapping[str, tuple[FindingKind, str]]:
    """The kind of every finding that may be, and the node it is about, by its id."""
    found: dict[str, tuple[FindingKind, str]] = {}
    for node in rubric.tree():
        found |= {f"{kind}_{node.id}": (kind, node.id) for kind in OF_NODES}
        found |= {f"cap_{node.id}_{child.id}": ("gate", node.id) for child in node.criteria}
        for question in node.questions:
            found |= {f"{prefix}_{question.id}": (kind, node.id) for prefix, kind in OF_QUESTIONS.items()}
        found |= {f"gate_{gate.id}": ("gate", node.id) for gate in node.gates}
        found |= {f"gate_{clash.id}": ("gate", node.id) for clash in node.clashes}
        found |= {f"clash_{clash.id}": ("clash", node.id) for clash in node.clashes}
    return found
