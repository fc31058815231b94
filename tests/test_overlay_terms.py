"""The words of a base in an overlay: its texts read otherwise, those of the overlay as they are written."""

import pytest
from overlaying import BASE, HEAD, written
from test_terms import PLACE

from assess.problems import DocumentError, errors
from assess.translations import in_terms, translatable_texts
from assess.workflow import load_rubric

OVER = 'assess: overlay/1\nid: club\nversion: "2"\nbase: inn\n'
WORDS = {"guest": "member", "guests": "members", "front_desk": "club house"}
TERMS = "terms: {guest: member, guests: members, front_desk: club house}\n"


@pytest.fixture
def laid(tmp_path):
    """What an overlay makes of the rubric of an inn."""
    written(tmp_path / "inn", {"rubric": PLACE})

    def over(text):
        return load_rubric(written(tmp_path / "club", {"rubric": OVER + text}))

    over.base = lambda: load_rubric(tmp_path / "inn")
    return over


def test_an_overlay_reads_the_base_in_its_words_as_an_engagement_would(laid):
    found, expected = laid(TERMS), in_terms(laid.base(), WORDS)
    assert found.terms == WORDS
    assert translatable_texts(found) == translatable_texts(expected)
    assert "Does anybody ask the members?" in translatable_texts(found).values()
    assert (found.claims, found.sources) == (expected.claims, expected.sources)


def test_the_overlay_s_own_texts_are_read_as_they_are_written(laid):
    more = """\
override: {guest_asked: {text: Are guests of the bar members?, ask: {desk: ~}}}
add: {heard: {questions: [{id: bar, type: yesno, weight: 0, text: Does a guest come to the bar?, ask: [desk]}]}}
"""
    found = laid(TERMS + more)
    assert found.question_by_id["guest_asked"].text == "Are guests of the bar members?"
    assert found.question_by_id["bar"].text == "Does a guest come to the bar?"
    assert found.node_by_id["heard"].title == "The member is heard"


def test_words_are_replaced_again_above_an_overlay(laid, tmp_path):
    laid(TERMS)
    above = 'assess: overlay/1\nid: choir\nversion: "3"\nbase: club\nterms: {guest: singer, front_desk: vestry}\n'
    found = load_rubric(written(tmp_path / "choir", {"rubric": above}))
    assert found.terms == {"guest": "singer", "guests": "members", "front_desk": "vestry"}
    assert (found.node_by_id["heard"].title, found.roles[1].title) == ("The singer is heard", "The vestry")
    assert in_terms(found, {"guest": "bass"}).node_by_id["heard"].title == "The bass is heard"


def test_a_role_a_condition_and_a_figure_keep_their_names(tmp_path):
    base = BASE["rubric"].replace("headlines:\n", "terms: {team: team, fq: so, boss: boss}\nheadlines:\n")
    base = base.replace("{says: Begun.}", '{says: "The team and {fq by boss}."}')
    written(tmp_path / "base", {**BASE, "rubric": base.replace("title: Team", "title: The team")})
    rubric = load_rubric(written(tmp_path / "mine", {"rubric": HEAD + "terms: {team: crew, boss: chief}\n"}))
    assert [(role.id, role.title) for role in rubric.roles] == [("boss", "Chief"), ("team", "The crew")]
    assert rubric.wording(rubric.question_by_id["fq"], "boss").text == "How, chief?"
    assert rubric.headlines[-1].says.always == "The crew and {fq by boss}."
    assert rubric.asked(rubric.question_by_id["fq"]) == ("boss", "team")


@pytest.mark.parametrize(
    ("text", "told", "line"),
    [
        ("terms: {gest: member}\n", "the base declares no term 'gest'; did you mean 'guest'?", 5),
        ("terms:\n  guest: member\n  nurse: doctor\n", "the base declares no term 'nurse'", 7),
        ("override: {overall: {terms: {guest: member}}}\n", "what terms read as is no key to override", 5),
    ],
)
def test_what_cannot_be_read_otherwise_is_told_at_its_place(laid, text, told, line):
    with pytest.raises(DocumentError) as failure:
        laid(text)
    assert [(each.message, each.location.line) for each in errors(failure.value.problems)] == [(told, line)]


@pytest.mark.parametrize(
    "asked",
    [
        "[guest_asked, ask the guests]",
        "{in: guest_asked.text, phrase: ask the guests}",
        "[{in: guest_asked, phrase: anybody}, {in: guest_asked.high, phrase: GUESTS are}]",
    ],
)
def test_where_a_claim_is_asked_is_read_in_the_words_of_the_overlay(tmp_path, asked):
    base = PLACE.replace("        claims: [C1]\n", f"        claims: [C1]\n        asked_in: {{C1: {asked}}}\n")
    written(tmp_path / "inn", {"rubric": base})
    rubric = load_rubric(written(tmp_path / "club", {"rubric": OVER + TERMS}))
    phrases = [each.phrase for each in rubric.node_by_id["heard"].asked_in["C1"]]
    assert phrases in (["ask the members"], ["anybody", "MEMBERS are"])
