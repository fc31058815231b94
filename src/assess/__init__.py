"""Assess an organization against a declarative rubric: scores, diagnosis and a roadmap.

>>> rubric = load_rubric("rubrics/social_business")
>>> answers = load_answers("sample_orgs/quietwater", rubric)
>>> score(rubric, answers)["lwp"].value
50.0
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assess.problems import DocumentError
    from assess.workflow import load_answers, load_rubric, score

__all__ = ["DocumentError", "load_answers", "load_rubric", "score"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the workflow offers under that name
    """Import the engine when one of the public names is first used, so that `--help` stays quick."""
    if name in __all__:
        from assess import workflow

        return getattr(workflow, name)
    raise AttributeError(f"module 'assess' has no attribute '{name}'")
