"""What the names of a rubric stand for, by the kind of element they lead to."""

from collections.abc import Mapping

from assess.model.fields import Target
from assess.model.rubric import ROOT, Rubric

Names = Mapping[str, str]


def titles_by_kind(rubric: Rubric) -> Mapping[Target, Names]:
    """What a key may refer to, by kind: names with their titles, or with what they say."""
    nodes = {node.id: node.title for node in rubric.nodes()}
    return {
        "overall": {ROOT: rubric.title},
        "node": nodes,
        "question": {question.id: question.text for question in rubric.questions()},
        "gate": {gate.id: gate.title or gate.because.sample for gate in rubric.all_gates()},
        "key criterion": {node.id: node.title for node in rubric.nodes() if node.key},
        "clash": {clash.id: clash.title or clash.says.sample for clash in rubric.all_clashes()},
        "initiative": {initiative.id: initiative.title for initiative in rubric.initiatives},
        "role": {role.id: role.title for role in rubric.roles},
        "level": {level.key: level.title for level in rubric.levels},
        "claim": {claim.code: claim.says for claim in rubric.claims},
        "reference": {reference.code: reference.says for reference in rubric.references},
        "source": {source.id: source.title for source in rubric.sources},
        "persona": {persona.id: persona.title for persona in rubric.personas},
        "headline": {name: headline.says.sample for name, headline in rubric.headline_by_id.items()},
        "other criterion": {"default": "Every other criterion"},
        "other role": {"default": "Every other role"},
    }
