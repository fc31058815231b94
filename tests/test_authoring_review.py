"""A rubric in full, for people who do not open YAML: no text is missing, whatever form it is printed in."""

import csv
import html
import io
import re
from html.parser import HTMLParser

import pytest
from ferry import FERRY

from assess.authoring.review import as_csv, as_html, as_markdown, review_pages
from assess.authoring.review.entries import ReviewPart
from assess.load import load
from assess.render.markdown import escape
from assess.resources import shipped
from assess.translations import translatable_texts
from assess.workflow import load_rubric


@pytest.fixture
def ferry(tmp_path):
    def loaded(text=FERRY):
        (tmp_path / "ferry").mkdir()
        (tmp_path / "ferry" / "rubric.yaml").write_text(text, encoding="utf-8")
        return load(tmp_path / "ferry")[0]

    return loaded


def parts(part):
    yield part
    for inner in part.parts:
        yield from parts(inner)


def found(whole, mark) -> ReviewPart:
    return next(part for part in parts(whole) if part.mark == mark)


def says(part, label):
    return [line for entry in part.entries if entry.label == label for line in entry.lines]


def rows(rubric):
    return list(csv.DictReader(io.StringIO(as_csv(rubric).removeprefix("\ufeff"), newline="")))


# --- nothing is missing ---


@pytest.mark.parametrize("name", ["complaint_handling", "social_business"])
def test_every_text_of_a_shipped_rubric_stands_in_every_form(name):
    rubric = load_rubric(shipped("rubrics") / name)
    whole = review_pages(rubric)
    markdown, page, table = as_markdown(whole), as_html(whole, rubric.language), {r["text"] for r in rows(rubric)}
    for text in translatable_texts(rubric).values():
        assert escape(text) in markdown
        assert html.escape(text) in page
        assert text in table


def test_every_kind_of_text_stands_in_every_form(ferry):
    rubric = ferry()
    whole = review_pages(rubric)
    markdown, page = as_markdown(whole), html.unescape(as_html(whole, "en"))
    assert [text for text in translatable_texts(rubric).values() if escape(text) not in markdown] == []
    assert [text for text in translatable_texts(rubric).values() if text not in page] == []
    assert [row["text"] for row in rows(rubric)] == [*translatable_texts(rubric).values()]


def test_every_id_of_a_rubric_is_a_place_to_be_found(ferry):
    rubric = ferry()
    marks = [part.mark for part in parts(review_pages(rubric)) if part.mark]
    assert len(marks) == len({*marks})
    questions, rules = rubric.question_by_id, (*rubric.all_gates(), *rubric.all_clashes())
    assert {*questions, *(rule.id for rule in rules), *rubric.initiative_by_id, *rubric.headline_by_id} <= {*marks}


# --- what stands where ---


def test_a_gate_and_a_clash_stand_beside_the_first_question_they_read_and_are_named_at_the_others(ferry):
    whole = review_pages(ferry())
    assert [part.title for part in found(whole, "bell").parts] == ["Gate: No bell"]
    assert [part.title for part in found(whole, "board").parts] == ["Clash: Two hours"]
    late = found(whole, "late")
    assert [part.title for part in late.parts] == ["Gate: It does not sail"]
    assert says(late, "Read also by") == ["Clash: Two hours, beside board"]
    assert says(found(whole, "bell_cap"), "When") == ["the answer above is no (bell = no)"]
    assert says(found(whole, "said"), "Practice") == ['"How late?" is above 9 minutes (late > 9)']


@pytest.mark.parametrize(
    ("key", "written", "lines"),
    [
        ("Minutes", "minutes: 7", ["7"]),
        ("Minutes", "minutes: {mate: 7}", ["mate: 7"]),
        ("Minutes", "minutes: {mate: 7, log: 12.5}", ["mate: 7", "log: 12.5"]),
        ("Terms", "terms: {mate: hand, hours: hours}", ["mate: hand", "hours: hours"]),
    ],
)
def test_words_that_name_no_element_stand_as_they_are(ferry, key, written, lines):
    roles = "roles: [{id: mate, title: Mate}"
    text = FERRY.replace(
        roles, f"tiers: [mate, log]\n{roles[:-1]}, {written}}}" if key == "Minutes" else f"{written}\n{roles}"
    )
    whole = review_pages(ferry(text))
    assert says(found(whole, "mate") if key == "Minutes" else whole, key) == lines


def test_how_the_whole_is_counted_is_told(ferry):
    plain = found(review_pages(ferry()), "list:how-it-counts")
    assert says(plain, "Scale") == ["0 to 100"]
    assert says(plain, "Aggregate") == ["arithmetic: the weighted mean: each value times its weight, added up"]
    assert [entry.label for entry in plain.entries] == ["Scale", "Aggregate"]


def test_what_was_chosen_for_the_whole_is_told_with_its_defaults(ferry):
    chosen = "scale: {max: 4}\nclosed: above\naggregate: {geometric: {floor: 0}}\n"
    chosen += "policies: {unknown: zero, evidence: {}, min_coverage: 0.5, anonymous: [mate]}\n"
    told = found(review_pages(ferry(FERRY.replace("levels:", f"{chosen}levels:", 1))), "list:how-it-counts")
    assert [says(told, label) for label in ("Scale", "Closed", "Unknown", "Min coverage", "Anonymous")] == [
        ["0 to 4"], ["above"], ["zero"], ["0.5"], ["Mate (mate)"],
    ]  # fmt: skip
    assert says(told, "Aggregate")[0].startswith("geometric: the weighted geometric mean")
    assert says(told, "Evidence") == ["Stated: 50", "Documented: 75", "Confirmed: 100", "Max age months: 12"]


def test_a_gate_that_reads_only_a_node_stands_in_that_where_it_is_written(ferry):
    gate = "gates: [{id: poor, title: Poor, when: hours < 20, flag: true, because: it never sails}]\nheadlines:"
    whole = review_pages(ferry(FERRY.replace("headlines:", gate, 1)))
    assert [part.title for part in found(whole, "list:across-all-principles").parts] == ["Gate: Poor"]
    assert says(found(whole, "poor"), "When") == ['"Hours" is below 20 (hours < 20)']


def test_roles_read_their_own_words_and_what_is_the_same_is_said_once(ferry):
    own = "ask: {mate: {text: What do you write?, help: none, options: {low: I write nothing}}}"
    both = own.replace("}}}", "}, evidence: off}, log: ~}")
    rules = f"help: Look from the pier.\n        evidence: required_from top\n        {both}"
    board = found(review_pages(ferry(FERRY.replace(own, rules))), "board")
    assert says(board, "Asked") == ["Mate", "Log of the bridge"]
    assert says(board, "Reads") == ["What do you write?", "What stands on the board?"]
    assert says(board, "Help") == ["none", "Look from the pier."]
    assert says(board, "Answers") == [
        "0 = low: I write nothing", "1 = top: The hours", "0 = low: Nothing", "1 = top: The hours",
    ]  # fmt: skip
    assert says(board, "Read by nobody") == []
    assert says(board, "Evidence") == ["none is asked for", "has to be named from top on"]


def test_words_that_all_who_are_asked_have_their_own_for_are_shown_as_such(ferry):
    assert says(found(review_pages(ferry()), "board"), "Read by nobody") == ["What stands on the board?", "Nothing"]


def test_roles_that_read_the_same_stand_together(ferry):
    often = found(
        review_pages(ferry(FERRY.replace("options_from: often}", "options_from: often, ask: [mate, log]}"))),
        "how_often",
    )
    assert says(often, "Asked") == ["Mate and Log of the bridge"]
    assert says(often, "Answers") == ["1 = never: Never", "2 = always: Always"]


def test_texts_by_cause_and_level_say_when_they_are_read(ferry):
    whole = review_pages(ferry())
    assert says(found(whole, "fine"), "Says") == [
        'if "How late?" is 0 minutes (late = 0): On time',
        "otherwise: Nearly on time",
        "where nobody knows: Nobody knows",
    ]
    assert says(found(whole, "hours"), "Gap") == ["Low (low): It sails late.", "Top (top): It sails a little late."]
    assert says(found(whole, "stopped"), "Decision") == ["Stop: Selling tickets; Who: Mate (mate)"]


def test_the_days_of_an_initiative_are_those_of_each_role(ferry):
    by_role = "effort: {mate: [1, 2], participants: [3, 4.5]}"
    clocks = found(review_pages(ferry(FERRY.replace("effort: {low: 1, high: 2}", by_role))), "clocks")
    assert says(clocks, "Effort") == ["Roles: Mate (mate): 1 to 2; Participants: 3 to 4.5"]
    assert says(clocks, "Steps") == ["Buy one", "Hang it"]


# --- the forms ---


class Page(HTMLParser):
    """The tags of a page, opened and closed, and its addresses."""

    def __init__(self):
        super().__init__()
        self.open, self.headings, self.ids, self.links, self.others = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag != "meta":
            self.open.append(tag)
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told["href"]] if "href" in told else []
        self.others += [told[name] for name in ("src", "onclick", "style") if name in told]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_one_file_with_headings_in_order_and_links_that_lead_somewhere(ferry):
    page = Page()
    page.feed(as_html(review_pages(ferry()), "en"))
    assert page.open == page.others == []
    assert page.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert len(page.ids) == len({*page.ids})
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= {*page.ids}


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "a & b <b>", '"quoted" <img src=x>'])
def test_words_of_a_rubric_are_no_markup(ferry, words):
    rubric = ferry(
        FERRY.replace("title: The ferry", f"title: '{words}'").replace("What stands on the board?", f"'{words}'")
    )
    page = as_html(review_pages(rubric), rubric.language)
    assert words not in page
    assert page.count(html.escape(words)) >= 3
    assert f"# {escape(words)}\n" in as_markdown(review_pages(rubric))


def test_the_language_of_the_page_is_that_of_the_rubric(ferry):
    rubric = ferry(FERRY.replace("version:", "language: da\nversion:"))
    assert '<html lang="da">' in as_html(review_pages(rubric), rubric.language)


@pytest.mark.parametrize("words", ["=1+1", "+49 30", "-5 is cold", "@home", "=HYPERLINK(0)"])
def test_no_cell_of_the_table_is_a_formula(ferry, words):
    (row,) = [row for row in rows(ferry(FERRY.replace("Is there a bell?", f'"{words}"'))) if words in row["text"]]
    assert row == {"id": "bell", "place": "text", "role": "mate", "text": f"'{words}"}


def test_a_row_says_which_roles_read_it(ferry):
    by_place = {(row["id"], row["place"]): row["role"] for row in rows(ferry())}
    assert by_place["board", "ask.mate"] == by_place["board", "ask.mate.options.low"] == "mate"
    assert by_place["board", "text"] == by_place["board", "options.low"] == ""
    assert by_place["board", "options.top"] == "mate"
    assert by_place["late", "text"] == "log"
    assert by_place["hours", "titles.mate"] == "mate"
    assert by_place["clocks", "title"] == ""


# --- the command ---


def test_the_command_prints_each_form_and_writes_it(run, tmp_path, ferry):
    rubric = ferry()
    forms = {
        "md": as_markdown(review_pages(rubric)),
        "html": as_html(review_pages(rubric), "en"),
        "csv": as_csv(rubric),
    }
    for form, text in forms.items():
        assert run("rubric", "show", tmp_path / "ferry", "--full", "--format", form).stdout_bytes == text.encode()
        written = run("rubric", "show", tmp_path / "ferry", "--full", "--format", form, "-o", tmp_path / f"out.{form}")
        assert (written.exit_code, written.stdout) == (0, "")
        assert (tmp_path / f"out.{form}").read_bytes() == text.encode()
    assert run("rubric", "show", tmp_path / "ferry", "--full").stdout == forms["md"]


def test_a_trace_can_be_written_to_a_file(run, tmp_path, ferry):
    ferry()
    shown = run("rubric", "show", tmp_path / "ferry", "--claims").stdout
    assert run("rubric", "show", tmp_path / "ferry", "--claims", "-o", tmp_path / "trace.txt").exit_code == 0
    assert (tmp_path / "trace.txt").read_text(encoding="utf-8") == shown
    assert "C-1 at no place: A ferry is waited for." in shown


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--format", "html"], "'html' is a form of --full; add it"),
        (["--claims", "--format", "csv"], "'csv' is a form of --full; add it"),
        (["--claims", "--full"], "choose one of --full and --claims"),
    ],
)
def test_what_does_not_go_together_is_said(run, tmp_path, ferry, options, message):
    ferry()
    shown = run("rubric", "show", tmp_path / "ferry", *options)
    assert shown.exit_code == 2
    assert message in " ".join(re.sub("[\u2500-\u257f]", " ", shown.stderr).split())


def test_nothing_is_written_where_no_file_can_stand(run, tmp_path, ferry):
    ferry()
    shown = run("rubric", "show", tmp_path / "ferry", "--full", "-o", tmp_path / "none" / "x.md")
    assert shown.exit_code == 1
    assert "there is no folder" in shown.stderr
