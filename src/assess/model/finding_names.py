"""What the findings about an organization can be called: the ids that a rubric makes possible."""

from collections.abc import Iterator, Mapping

from assess.model.rubric import Rubric

OF_NODES = ("gap", "strength", "silence")
OF_QUESTIONS = ("disagreement", "unproved", "blind")
SHORT: Mapping[str, str] = {"node": "gap", "gate": "gate", "clash": "clash"}
"""What the bare name of an element stands for."""


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
    for node in rubric.tree():
        for child in node.criteria:
            yield f"cap_{node.id}_{child.id}", f"cap_{node.id}_{child.id}"
