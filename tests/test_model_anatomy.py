"""The anatomy of documents: what a field holds, names and means is read off its type, without a list of keys."""

from collections.abc import Mapping
from typing import Annotated

import pytest

from assess.authoring.schema import KINDS
from assess.model.aggregation import Weights
from assess.model.anatomy import (
    change_classes_of,
    conditions_in,
    elements_in,
    fields_in,
    lists_in,
    name_of,
    names_in,
    records_below,
    records_in,
    references_in,
)
from assess.model.change_classes import alters_scale, alters_words
from assess.model.engagement import AnswersFile, Engagement, EvidenceItem, Organization
from assess.model.fields import Condition, Id, InitiativeRef, Many, NodeRef, Record, Ref, RoleRef, Text
from assess.model.initiatives import Claim
from assess.model.nodes import Clash, Gate, Node
from assess.model.policies import Perception
from assess.model.questions import Level
from assess.model.rubric import Rubric
from assess.model.rubric_files import HOMES
from assess.model.sentences import sentences_of, title_of


class Tier(Record, title="step of the house"):
    """A record no rubric has, as the next author may write it."""

    id: Id
    owner: RoleRef
    """Who looks after it."""
    deputy: RoleRef | None = None
    after: Many[NodeRef] = ()
    weights: Mapping[NodeRef, Annotated[float, alters_scale("inside a type it is of no field")]] = {}
    opens: Condition | None = None
    """A condition
    on two lines."""
    words: Annotated[Text, alters_words("what is told")] = ""


class House(Record):
    """A record that holds the other in every form."""

    roof: Annotated[Many[Tier], alters_scale("told as a whole")] = ()
    floors: Many[Tier] = ()
    cellar: Tier | None = None
    rooms: Mapping[str, Many[Tier]] = {}
    garden: Many["House"] = ()
    known: Many[InitiativeRef] | None = None


def test_a_name_is_known_by_its_type_in_every_form():
    assert {name: found.to for name, found in references_in(Tier).items()} == {
        **dict.fromkeys(("owner", "deputy"), ("role",)),
        **dict.fromkeys(("after", "weights"), ("node",)),
    }
    assert [*references_in(House)] == ["known"]
    assert [*conditions_in(Tier)] == ["opens"]


def test_what_a_record_holds_is_found_in_every_form():
    assert records_in(House) == {**dict.fromkeys(("roof", "floors", "cellar", "rooms"), Tier), "garden": House}
    assert lists_in(House) == {"roof": Tier, "floors": Tier, "garden": House}
    assert records_below(House) == (House, Tier)
    assert records_below(Mapping[str, Many[Tier]]) == (Tier,)


def test_a_field_with_a_class_of_its_own_is_told_as_a_whole():
    assert elements_in(House) == {"floors": Tier, "garden": House}
    assert change_classes_of(House)["roof"].why == "told as a whole"
    assert [*change_classes_of(Tier)] == ["words"]


def test_the_sentence_of_a_field_is_the_docstring_below_it_or_that_of_its_type():
    assert sentences_of(Tier) == {
        **dict.fromkeys(("id", "deputy", "after", "weights", "words"), ""),
        "owner": "Who looks after it.",
        "opens": "A condition on two lines.",
    }
    assert sentences_of(Gate)["notes"] == sentences_of(Claim)["notes"] == "For authors; never printed."
    assert (title_of(Tier), title_of(House)) == ("step of the house", "house")


@pytest.mark.parametrize(
    ("record", "field", "to"),
    [
        (Node, "claims", ("claim",)),
        (Gate, "lifted_by", ("initiative",)),
        (Claim, "source", ("source",)),
        (Perception, "practice", ("role",)),
        (Weights, "rank", ("node", "question")),
        (Engagement, "capacity", ("other role", "role")),
    ],
)
def test_what_a_key_leads_to_is_said_by_its_type(record, field, to):
    assert references_in(record)[field].to == to


def test_a_word_of_the_same_name_is_no_name_where_its_type_says_so():
    """`claim` of a clash is a condition and `claim` of a policy a role; `source` of a gate is a text."""
    assert "claim" in conditions_in(Clash)
    assert "claim" in references_in(Perception)
    assert "source" not in references_in(Gate)


def test_every_name_in_a_document_says_what_it_leads_to():
    (pattern,) = (each.pattern for each in Ref.__metadata__)
    patterns = {
        (r, n): str(f) for kind in KINDS.values() for r in records_below(kind) for n, f in r.model_fields.items()
    }
    bare = {place for place, said in patterns.items() if repr(pattern) in said or pattern in said} - {
        (record, name) for record, name in patterns if name in references_in(record)
    }
    own = {(Organization, "id"), (EvidenceItem, "id"), (AnswersFile, "organization")}  # ids of other things
    rubrics = {(record, "rubric") for record, name in bare if name == "rubric"}
    moved = {(record, name) for record, name in bare if record.__name__ == "Move"}
    assert bare - own - rubrics - moved == set()


def test_what_elements_are_called():
    assert names_in(Node) == ("id", "code")
    assert (names_in(Claim), names_in(Level), names_in(Weights)) == (("code",), (), ())
    assert name_of(Level(key="low", title="Low", at=0)) == "low"
    assert name_of(Weights()) == ""


def test_the_files_that_hold_one_element_know_its_list():
    assert HOMES == {"principle/1": "principles", "persona/1": "personas", "translation/1": "translations"}


def test_keys_are_those_of_the_documents():
    assert fields_in(Rubric)["principles"] == "principles"
    other = {key: name for record in records_below(Rubric) for key, name in fields_in(record).items() if key != name}
    assert (other["is"], other["from"]) == ("category", "start")
