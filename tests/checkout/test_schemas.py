"""The schemas of the checkout are those the program writes, and its documents begin with the line that names them."""

from pathlib import Path

import pytest

from assess.authoring.schema import schemas
from assess.authoring.schema.modelines import documents_with_modelines

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "docs" / "schemas"
AGAIN = "run `assess rubric schema --to docs/schemas --modelines rubrics --modelines sample_orgs`"


def test_the_schemas_of_the_docs_are_fresh():
    kept = {path.name: path.read_text(encoding="utf-8") for path in SCHEMAS.glob("*.json")}
    assert kept == schemas(), AGAIN


@pytest.mark.parametrize("folder", ["rubrics", "sample_orgs"])
def test_every_shipped_document_names_its_schema(folder):
    files = list(documents_with_modelines(ROOT / folder, SCHEMAS))
    assert len(files) > 10
    assert [str(file.path.relative_to(ROOT)) for file in files if not file.right] == [], AGAIN
