"""For teams that keep a rubric and use pytest: its personas as test cases; nothing here needs pytest.

```python
RUBRIC = "rubrics/complaints"

@pytest.mark.parametrize("persona", personas(RUBRIC))
def test_a_persona_comes_out_as_expected(persona):
    check(RUBRIC, persona)
```
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from assess.authoring.assessments import engagements as engagements_in
from assess.authoring.test.coverage import coverage, reached_by
from assess.authoring.test.expectations import opened
from assess.authoring.test.outcomes import Outcome, judged
from assess.authoring.test.runs import plain
from assess.documents import SourceMap
from assess.load import rubric_fingerprint
from assess.model.rubric import Rubric
from assess.problems import nearest

__all__ = ["check", "missed", "personas"]


def personas(rubric: str | Path) -> tuple[str, ...]:
    """The ids of the personas of a rubric at a path, for `pytest.mark.parametrize`; raises DocumentError."""
    return tuple(persona.id for persona in _opened(rubric)[0].personas)


def check(rubric: str | Path, persona: str) -> None:
    """Raise AssertionError with every line of a persona's `expect:` that did not come true.

    Raises KeyError for a persona the rubric does not have, DocumentError when the rubric cannot be used.
    """
    __tracebackhide__ = True
    known = personas(rubric)
    if persona not in known:
        raise KeyError(f"'{persona}' is no persona of this rubric{nearest(persona, known)}")
    problems = _judged(str(rubric), rubric_fingerprint(Path(rubric)), persona).problems
    if problems:
        raise AssertionError("\n".join(plain(problem) for problem in problems))


def missed(rubric: str | Path, engagements: str | Path | None = None) -> Mapping[str, tuple[str, ...]]:
    """What no persona reaches, nor any engagement in a folder, by the kinds of `assess rubric test --format json`."""
    found, state = _opened(rubric)[0], rubric_fingerprint(Path(rubric))
    reached = [_judged(str(rubric), state, persona.id).reached for persona in found.personas]
    beside = (
        [reached_by(each) for _, each in engagements_in(Path(engagements), found)] if engagements is not None else []
    )
    return {kind.kind: kind.missed for kind in coverage(found, [*reached, *beside])}


def _opened(rubric: str | Path) -> tuple[Rubric, SourceMap]:
    return _kept(str(rubric), rubric_fingerprint(Path(rubric)))


@lru_cache(maxsize=8)
def _kept(rubric: str, state: str | None) -> tuple[Rubric, SourceMap]:  # noqa: ARG001 - other files, another rubric
    return opened(Path(rubric))


@lru_cache(maxsize=1000)
def _judged(rubric: str, state: str | None, persona: str) -> Outcome:
    """What came of a persona; a test of each and one of what they reach together work it out once."""
    found, sources = _kept(rubric, state)
    return judged(found, sources, next(known for known in found.personas if known.id == persona))
