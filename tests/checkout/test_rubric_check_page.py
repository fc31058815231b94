"""The page on `assess rubric check` explains every code of the audit, and no other."""

import re
from pathlib import Path

import yaml

from assess.problems import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "rubric-check.md").read_text(encoding="utf-8")
DOUBTS = yaml.safe_load((ROOT / "tests" / "cases" / "doubts.yaml").read_text(encoding="utf-8"))
EXPLAINED = {
    code: severities.split(", ") for code, severities in re.findall(r"^### `(\w+)` · (.+)$", PAGE, re.MULTILINE)
}


def test_every_code_has_its_entry():
    assert EXPLAINED.keys() == {doubt["code"] for doubt in DOUBTS}
    assert EXPLAINED.keys() <= CATALOGUE.keys()


def test_every_severity_is_named():
    unnamed = [(d["code"], d["severity"]) for d in DOUBTS if d["severity"] not in EXPLAINED[d["code"]]]
    assert unnamed == []
