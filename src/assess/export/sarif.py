"""Problems as a log of SARIF, for code scanning."""

from collections.abc import Sequence
from urllib.parse import quote

from assess.problems import CATALOGUE, Problem


def sarif_json(problems: Sequence[Problem], version: str) -> dict[str, object]:
    """The problems as a log of SARIF 2.1.0 for code scanning, with the catalogue's words on every code in it.

    version: of this program.
    """
    codes = sorted({problem.code for problem in problems})
    rules = [{"id": code, "shortDescription": {"text": CATALOGUE[code]}} for code in codes]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "assess", "version": version, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [_sarif_result(problem, codes.index(problem.code)) for problem in problems],
            }
        ],
    }


def _sarif_result(problem: Problem, rule: int) -> dict[str, object]:
    place = problem.location
    shown = f" Shown by {problem.witness}." if problem.witness else ""
    hint = f" Way out: {problem.hint}." if problem.hint else ""
    found: dict[str, object] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": f"{problem.message}.{shown}{hint}"},
    }
    if place:
        path = quote(place.file.replace("\\", "/"))
        artifact = {"uri": f"file://{path}" if path.startswith("/") else path}
        region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.column + place.length}
        found["locations"] = [{"physicalLocation": {"artifactLocation": artifact, "region": region}}]
    if problem.accepted:
        found["suppressions"] = [{"kind": "external", "justification": problem.accepted}]
    return found
