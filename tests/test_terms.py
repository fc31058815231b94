"""Words of a rubric that an engagement reads otherwise: whole words in their capitals, and nothing that is no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from assess.cli import app
from assess.model.terms import replacing
from assess.problems import DocumentError, Problem, errors
from assess.translations import digest, in_terms, translated
from assess.workflow import assess, checked_rubric, load_rubric, report

READ = {"guest": "reader", "guests": "readers", "front desk": "counter", "NGO": "charity", "host\u2019s": "owner's"}
PLACE = """\
assess: rubric/1
id: inn
version: '1'
title: Guests first
summary: What a guest meets at the Front
  Desk.
levels: [{key: low, title: No guest knows, at: 0}, {key: high, title: Every guest knows, at: 50}]
policies: {target: high}
roles: [{id: guest, title: Guests}, {id: desk, title: The front desk}]
terms: {guest: guest, guests: guests, front_desk: front desk}
sources: [{id: book, title: The guest is king}]
claims: [{code: C1, source: book, says: A guest is heard., home: heard}]
headlines: [{says: "Guests were heard {guest_count by desk} times."}]
principles:
  - id: hearing
    code: GUEST-1
    title: Hearing guests
    criteria:
      - id: heard
        title: The guest is heard
        claims: [C1]
        why: Guests leave; a guest's word travels.
        says: {gap: {low: Guests talk to nobody.}, strength: Guests talk.}
        questions:
          - id: guest_asked
            type: level
            text: Does anybody ask the guests?
            help: Not the newsletter at https://inn.example/guest or guest@inn.example.
            options: [{label: No guest is asked}, {label: GUESTS are asked}]
            ask: {guest: "Were you, as a guest, asked?", desk: ~}
          - {id: guest_count, type: number, weight: 0, min: 0, text: How many?, unit: guests, unit_one: guest,
             ask: [desk]}
        gates:
          - {id: guest_gate, when: guest_count < 3, flag: true, lifted_by: [ask_guests], because: Few guests were asked,
             decision: {stop: Counting guests, who: desk}}
initiatives:
  - {id: ask_guests, title: Ask guests, lifts: {heard: high}, effort: {low: 1, high: 2}, weeks: 2, owner: desk,
     steps: [Ask a guest], success: A guest answers}
"""
SETTINGS = """\
assess: engagement/1
organization: {name: Guest House}
rubric: inn
assessed_on: 2026-06-30
"""
TERMS = "terms: {guest: reader, guests: readers, front_desk: counter}\n"


@pytest.fixture
def inn(tmp_path):
    """A rubric in a folder, and what writes an engagement beside it: its last lines, and the answers of the desk."""
    (tmp_path / "rubrics" / "inn").mkdir(parents=True)
    (tmp_path / "rubrics" / "inn" / "rubric.yaml").write_text(PLACE, encoding="utf-8")

    def engaged(more="", answers="{guest_asked: low, guest_count: 2}"):
        home = tmp_path / "house"
        home.mkdir(exist_ok=True)
        (home / "engagement.yaml").write_text(f"{SETTINGS}{more}answers:\n  desk: {answers}\n", encoding="utf-8")
        return home

    engaged.rubrics = [tmp_path / "rubrics"]
    return engaged


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A guest met Guests and GUESTS.", "A reader met Readers and READERS."),
        ("The front desk, the Front\ndesk and the FRONT DESK", "The counter, the Counter and the COUNTER"),
        ("guestbook, guest_id, guesting, unguest", "guestbook, guest_id, guesting, unguest"),
        ("the guest's key and the guests' keys", "the guest's key and the readers' keys"),
        ("a guest-facing 'guest'; (guest) “guest”: guest?", "a reader-facing 'reader'; (reader) “reader”: reader?"),
        ("See http://a.example/guest, guest@b.example, www.guest.example/guest, in/guest/guest.pdf, guest.csv", None),
        ("guests/staff and guest/front desk/other", "readers/staff and reader/counter/other"),
        (
            "{guest by guest} of {guest_count}, {a guest of ours}",
            "{guest by guest} of {guest_count}, {a reader of ours}",
        ),
        ("an NGO", "an charity"),
        ("The host's and the Host\u2019s house", "The owner's and the Owner's house"),
    ],
)
def test_whole_words_are_read_otherwise_in_their_capitals(text, said):
    assert replacing(READ)(text) == (text if said is None else said)


def test_words_that_change_places_are_said_at_once():
    say = replacing({"buyer": "seller", "seller": "buyer"})
    assert say("A buyer and a Seller") == "A seller and a Buyer"
    assert say(say("A buyer and a Seller")) == "A buyer and a Seller"


@given(st.text(alphabet="guest DeskS.'{}-_/@", max_size=60))
def test_what_holds_no_declared_word_stays_as_it_is(text):
    said = replacing({"guest": "reader"})(text)
    assert said == text or "guest" in text.casefold()
    assert replacing({"guest": "guest"})(text) == text


def test_every_text_for_people_is_read_otherwise_and_no_name_or_source(inn):
    rubric = load_rubric(inn.rubrics[0] / "inn")
    found = in_terms(rubric, {"guest": "reader", "guests": "readers", "front_desk": "counter"})
    assert (found.title, found.summary) == ("Readers first", "What a reader meets at the Counter.")
    assert [role.id for role in found.roles] == ["guest", "desk"]
    assert [role.title for role in found.roles] == ["Readers", "The counter"]
    assert [level.title for level in found.levels] == ["No reader knows", "Every reader knows"]
    node = found.node_by_id["heard"]
    assert (node.title, node.why) == ("The reader is heard", "Readers leave; a guest's word travels.")
    assert (node.says.gap, node.says.strength) == ({"low": "Readers talk to nobody."}, {"": "Readers talk."})
    assert found.node_by_id["hearing"].code == "GUEST-1"
    asked, count = node.questions
    assert (asked.id, asked.text) == ("guest_asked", "Does anybody ask the readers?")
    assert asked.help == rubric.question_by_id["guest_asked"].help
    assert [option.label for option in found.options_of(asked)] == ["No reader is asked", "READERS are asked"]
    assert found.wording(asked, "guest").text == "Were you, as a reader, asked?"
    assert (count.unit, count.unit_one) == ("readers", "reader")
    (gate,) = node.gates
    assert (gate.when, gate.because.always, gate.decision.stop) == (
        "guest_count < 3",
        "Few readers were asked",
        "Counting readers",
    )
    assert found.headlines[0].says.always == "Readers were heard {guest_count by desk} times."
    (one,) = found.initiatives
    assert (one.title, one.steps, one.success) == ("Ask readers", ("Ask a reader",), "A reader answers")
    assert (found.sources, found.claims) == (rubric.sources, rubric.claims)
    assert (found.hash, found.text_hash) == (rubric.hash, rubric.text_hash)


def test_terms_that_read_as_they_do_already_change_nothing(inn):
    rubric = load_rubric(inn.rubrics[0] / "inn")
    terms = {"guest": "reader", "front_desk": "front desk"}
    once = in_terms(rubric, terms)
    assert in_terms(once, terms) is once
    assert in_terms(rubric, {"front_desk": "front desk", "unheard": "of"}) is rubric
    assert in_terms(in_terms(rubric, {"guest": "reader"}), {"guest": "guest"}).title == rubric.title


def test_report_and_explanation_read_the_words_of_the_engagement(inn):
    found = assess(inn(TERMS), inn.rubrics)
    text = report(found)
    assert "Readers were heard 2 times" in text
    assert "Few readers were asked" in text
    assert "Readers talk to nobody" in text
    assert "Guest House" in text
    assert "The reader is heard" in text
    plain = report(assess(inn(), inn.rubrics))
    assert "Guests were heard 2 times" in plain
    assert found.scorecard["overall"].value == assess(inn(), inn.rubrics).scorecard["overall"].value


@pytest.mark.parametrize("words", ["No reader is asked", "readers are asked", "low", "0"])
def test_answers_are_given_by_the_labels_that_are_read(inn, words):
    found = assess(inn(TERMS, f"{{guest_asked: {words}, guest_count: 2}}"), inn.rubrics)
    assert found.scorecard["heard"].value == (100 if words.startswith("readers") else 0)


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ("{gest: reader}", "'inn' declares no term 'gest'; did you mean 'guest'?"),
        ("{guests: readers, nurse: doctor}", "'inn' declares no term 'nurse'"),
    ],
)
def test_a_word_that_is_not_declared_is_told_at_its_place(inn, terms, told):
    home = inn(f"terms: {terms}\n")
    with pytest.raises(DocumentError) as failure:
        assess(home, inn.rubrics)
    (problem,) = errors(failure.value.problems)
    assert (problem.code, problem.message, problem.location.line) == ("unknown_name", told, 5)
    assert problem.hint == "its terms are: guest, guests, front_desk"


def test_a_new_engagement_asks_in_the_words_it_is_given(inn, tmp_path):
    words = ["--term", "guest=reader", "--term", "guests=readers"]
    arguments = [
        "new",
        str(tmp_path / "begun"),
        "--on",
        "2026-06-30",
        "--rubric",
        "inn",
        "--rubrics",
        *map(str, inn.rubrics),
    ]
    assert CliRunner().invoke(app, [*arguments, *words]).exit_code == 0
    asked = (tmp_path / "begun" / "answers" / "guest.yaml").read_text(encoding="utf-8")
    assert "Were you, as a reader, asked?" in asked
    assert "# Readers: Readers first" in asked
    settings = (tmp_path / "begun" / "engagement.yaml").read_text(encoding="utf-8")
    assert settings.endswith('  guest: "reader"\n  guests: "readers"\n')
    refused = CliRunner().invoke(app, [*arguments, "--term", "gast=reader"])
    assert refused.exit_code == 2
    assert "guest, guests" in " ".join(refused.output.split())


GERMAN = """\
translations:
  - language: de
    terms: {{guest: Gast, guests: Gäste}}
    texts:
      guest_asked.text: {{says: Werden die Gäste gefragt?, of: {asked}}}
      heard.title: {{says: Der Gast wird gehört, of: {heard}}}
"""


def test_a_translation_has_words_of_its_own_for_the_terms(inn):
    more = GERMAN.format(asked=digest("Does anybody ask the guests?"), heard=digest("The guest is heard"))
    (inn.rubrics[0] / "inn" / "rubric.yaml").write_text(PLACE + more, encoding="utf-8")
    rubric = load_rubric(inn.rubrics[0] / "inn")
    german = translated(in_terms(rubric, {"guest": "Leserin", "guests": "Leserinnen"}, "de"), "de")
    assert german.question_by_id["guest_asked"].text == "Werden die Leserinnen gefragt?"
    assert german.node_by_id["heard"].title == "Der Leserin wird gehört"
    assert german.title == "Guests first"
    english = in_terms(rubric, {"guest": "reader", "guests": "readers"})
    assert translated(english, "de").question_by_id["guest_asked"].text == "Werden die Gäste gefragt?"
    assert english.question_by_id["guest_asked"].text == "Does anybody ask the readers?"


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ("{guest: guest, visitor: Guest}", "'visitor' is the same word as 'guest'"),
        ("{front_desk: front desk, desk: front  desk}", "'desk' is the same word as 'front_desk'"),
    ],
)
def test_two_terms_are_two_words(inn, terms, told):
    text = PLACE.replace("terms: {guest: guest, guests: guests, front_desk: front desk}", f"terms: {terms}")
    (inn.rubrics[0] / "inn" / "rubric.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as failure:
        checked_rubric(inn.rubrics[0] / "inn")
    assert [problem.message for problem in failure.value.problems] == [told]


def test_a_translation_says_only_terms_there_are(inn):
    (inn.rubrics[0] / "inn" / "rubric.yaml").write_text(
        PLACE + "translations: [{language: de, terms: {gast: Gast}}]\n", encoding="utf-8"
    )
    with pytest.raises(DocumentError) as failure:
        checked_rubric(inn.rubrics[0] / "inn")
    found: list[Problem] = list(failure.value.problems)
    assert [problem.message for problem in found] == ["'inn' declares no term 'gast'; did you mean 'guest'?"]
