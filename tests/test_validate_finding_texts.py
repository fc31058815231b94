"""Mistakes in texts of findings, each at its place with the way out; what overlays and translations make of them."""

import pytest

from assess.load import load
from assess.problems import DocumentError
from assess.translations import digest, translatable_texts, translated
from assess.validate import validate
from assess.workflow import load_rubric

RUBRIC = """\
assess: rubric/1
id: r
title: Pace
version: "1"
levels: [{key: low, title: Low, at: 0}, {key: top, title: Top, at: 50}]
roles: [{id: boss, code: BO, title: Boss}, {id: team, title: Team}]
headlines:
  - {id: first, when: days > 9, says: {known: "It takes {days by team}", unknown: Nobody counts},
     cause: "Since {since}", initiatives: [i]}
  - {says: Begin.}
principles:
  - id: p
    title: Quick
    says: {gap: {low: "{days} pass"}, strength: Quick.}
    questions:
      - {id: q, type: level, text: How fast?, options: [{label: Slow}, {label: Fast}]}
      - {id: days, type: number, text: How many days?, weight: 0, unit: days, ask: [team], of: "of {all_days}"}
      - {id: all_days, type: number, text: Of how many?, weight: 0}
      - {id: since, type: date, text: Since when?}
      - {id: so, type: yesno, text: Is it so?, weight: 0, unknown_as: "no", states: {yes: It is so., no: It is not.}}
      - {id: tools, type: multi, text: With what?, weight: 0, options: [{key: a, label: A}, {key: b, label: B}]}
    gates:
      - id: g
        when: so = no
        flag: true
        because:
          known: [{when: days > 5, says: "{days} pass, {q by BO}"}, It is not so]
          unknown: Nobody knows
        so: {known: Customers wait}
        urgent: harm
        decision: {stop: The promise, who: boss}
        lifted_by: [i]
initiatives:
  - {id: i, title: Do, lifts: {p: top}, effort: {low: 1, high: 2}, weeks: 2, owner: boss, done: It runs.}
"""


def problems(folder, *edits, text=RUBRIC):
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "r.yaml").write_text(text, encoding="utf-8")
    try:
        return text, validate(*load(folder / "r.yaml"))
    except DocumentError as error:
        return text, error.problems


def test_every_form_of_a_text_is_sound(tmp_path):
    assert problems(tmp_path)[1] == ()


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        (
            "{days} pass, {q", "{dais} pass, {q",
            "there is no question 'dais' to quote; did you mean 'days'?",
            "write {question}",
        ),
        ("{q by BO}", "{q by bos}", "there is no role 'bos'; did you mean 'boss'?", "write {question}"),
        (
            "{days by team}", "{days by boss}",
            "'days' is never put to 'boss', so there is nothing to quote",
            "it is put to team",
        ),
        (
            'known: "It takes {days by team}"', 'known: "It takes {so}"',
            "the answer to 'so', a question of type yesno",
            "when: so = yes",
        ),
        (
            'cause: "Since {since}"', 'cause: "With {tools}"',
            "the answer to 'tools', a question of type multi",
            "has(tools",
        ),
        (
            '"of {all_days}"', '"of {all_dais}"',
            "there is no question 'all_dais' to quote; did you mean 'all_days'?",
            "",
        ),
        ('"{days} pass"', '"{day} pass"', "there is no question 'day' to quote; did you mean 'days'?", ""),
        ("{low: ", "{lwo: ", "there is no level of 'p' 'lwo'; did you mean 'low'?", "levels are low, top"),
        (
            "{stop: The promise, who: boss}", "{stop: A, hold: B, who: boss}",
            "a decision is one of `stop`, `hold` and `allow`",
            "keep the one",
        ),
        ("who: boss}", "who: bos}", "there is no role 'bos'; did you mean 'boss'?", ""),
        ("initiatives: [i]}", "initiatives: [j]}", "there is no initiative 'j'", ""),
        (
            "when: days > 5, says", "when: dais > 5, says",
            "there is no 'dais' in the rubric; did you mean 'days'?",
            "",
        ),
        (
            "id: first, when", "id: headline_2, when",
            "'headline_2' is what a headline without an id goes by",
            "a name of its own",
        ),
        (
            "type: number, text: How many days?", "type: number, text: How many days?, states: {yes: A}",
            "a question of type number has no `states`",
            "",
        ),
        ("{id: since, type: date", "{id: since, of: of it, type: date", "a question of type date has no `of`", ""),
        ("urgent: harm", "urgent: often", "'often' is not one of law, harm, promise", ""),
        ("unknown: Nobody knows", "unknwon: Nobody knows", "unknown key 'unknwon'", ""),
        ("{id: first, when", "{id: g, when", "'g' is already used in", ""),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_way_out(tmp_path, old, new, message, hint):
    text, found = problems(tmp_path, (old, new))
    (problem,) = [problem for problem in found if problem.severity == "error"]
    assert problem.message.startswith(message)
    assert hint in problem.hint
    changed = text.splitlines()[problem.location.line - 1]
    assert changed not in RUBRIC.splitlines() or new.startswith("{id: g")


def test_a_figure_is_marked_where_it_stands(tmp_path):
    text, (found,) = problems(tmp_path, ("{q by BO}", "{q by nobody}"))
    line = text.splitlines()[found.location.line - 1]
    assert line[found.location.column - 1 :].startswith("{q by nobody}")


@pytest.mark.parametrize("because", ["''", "~", "[]", "{}", "{Text: more of it}"])
def test_a_text_that_is_none_is_refused_at_its_key(tmp_path, because):
    start, end = RUBRIC.index("        because:"), RUBRIC.index("        so: {known")
    text = f"{RUBRIC[:start]}        because: {because}\n{RUBRIC[end:]}"
    (tmp_path / "r.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load(tmp_path / "r.yaml")
    (found,) = caught.value.problems
    assert "because" in text.splitlines()[found.location.line - 1]
    assert "text" in found.message


def test_braces_that_quote_nothing_are_words_and_in_a_headline_a_mistake(tmp_path):
    assert problems(tmp_path, ("Customers wait", '"{what they say}"'))[1] == ()
    _, (found,) = problems(tmp_path, ("Begin.", '"{what they say}"'))
    assert (found.severity, found.message) == ("error", "'{what they say}' quotes nothing")


CAPPED = """\
    facts:
      - id: rule
        type: yesno
        text: Is there a rule?
        unknown_as: "no"
        caps:
          {when: "no", of: [p], at: low, because: {known: "{days} and no rule", unknown: Nobody knows of a rule},
           so: "It costs {all_days}", urgent: law, decision: {allow: A rule, who: BO}, lifted_by: [i]}
    gates:
"""


def test_the_gate_inside_a_fact_says_what_fits_its_case_too(tmp_path):
    text = RUBRIC.replace("    gates:\n", CAPPED)
    assert problems(tmp_path, text=text)[1] == ()
    gate = next(gate for gate in load(tmp_path / "r.yaml")[0].all_gates() if gate.id == "rule_cap")
    assert (gate.because.unknown, gate.urgent, gate.decision.verb) == ("Nobody knows of a rule", "law", "allow")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"{days} and', '"{dyas} and', "there is no question 'dyas' to quote; did you mean 'days'?"),
        ('"It costs {all_days}"', '"It costs {days by boss}"', "'days' is never put to 'boss'"),
        ("who: BO}", "who: BU}", "there is no role 'BU'"),
    ],
)
def test_a_mistake_in_the_gate_inside_a_fact_stands_at_its_place(tmp_path, old, new, message):
    text, (found,) = problems(tmp_path, (old, new), text=RUBRIC.replace("    gates:\n", CAPPED))
    assert found.message.startswith(message)
    assert new.strip('"')[:8] in text.splitlines()[found.location.line - 1]


# --- overlays


def laid(folder, text):
    base = folder / "base"
    base.mkdir(exist_ok=True)
    (base / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    over = folder / "mine.yaml"
    over.write_text(f"assess: overlay/1\nid: mine\nbase: ./base\nversion: '1'\n{text}", encoding="utf-8")
    return load_rubric(over)


def test_a_headline_is_dropped_and_said_anew_by_its_id(tmp_path):
    assert [*laid(tmp_path, "drop: [first]\n").headline_by_id] == ["headline_1"]
    changed = laid(tmp_path, "override:\n  first: {says: Slow., cause: ~, initiatives: ~}\n").headlines[0]
    assert (changed.says.always, changed.cause.sample, changed.initiatives) == ("Slow.", "", ())


def test_a_headline_is_added_before_those_of_the_base(tmp_path):
    added = "add:\n  overall: {headlines: [{id: mine_first, when: days > 90, says: Very slow.}]}\n"
    assert [*laid(tmp_path, added).headline_by_id] == ["mine_first", "first", "headline_3"]


def test_the_whole_list_can_still_be_said_anew(tmp_path):
    text = "override:\n  overall: {headlines: [{says: Mine.}]}\n"
    assert [headline.says.always for headline in laid(tmp_path, text).headlines] == ["Mine."]


@pytest.mark.parametrize(
    ("drop", "where"),
    [("all_days", "days (of)"), ("days", "g (when)"), ("q", "g (says)")],
)
def test_what_a_text_quotes_is_missed_when_it_is_dropped(tmp_path, drop, where):
    with pytest.raises(DocumentError) as caught:
        laid(tmp_path, f"drop: [{drop}]\n")
    told = [problem.message for problem in caught.value.problems]
    assert any(f"'{drop}' is dropped and still referred to by" in message and where in message for message in told)


def test_words_of_a_text_are_no_names(tmp_path):
    changed = laid(tmp_path, "override:\n  g: {so: The all_days and since wait}\ndrop: [since]\n")
    gate = next(gate for gate in changed.all_gates() if gate.id == "g")
    assert (gate.so.always, "first" in changed.headline_by_id) == ("The all_days and since wait", False)


# --- translations

KEYS = {
    "p.gap.low": "{days} pass", "p.strength": "Quick.", "g.because.known.1": "{days} pass, {q by BO}",
    "g.because.known.2": "It is not so", "g.because.unknown": "Nobody knows", "g.so.known.1": "Customers wait",
    "first.says.known.1": "It takes {days by team}", "first.says.unknown": "Nobody counts",
    "first.cause": "Since {since}", "headline_2.says": "Begin.", "days.of": "of {all_days}",
    "so.states.yes": "It is so.", "so.states.no": "It is not.",
}  # fmt: skip


def in_german(folder, texts):
    (folder / "r").mkdir(exist_ok=True)
    (folder / "r" / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    lines = [f'  {key}: {{says: "{says}", of: "{digest(KEYS[key])}"}}\n' for key, says in texts.items()]
    (folder / "r" / "de.yaml").write_text(
        f"assess: translation/1\nlanguage: de\ntexts:\n{''.join(lines)}", encoding="utf-8"
    )
    return load(folder / "r")


def test_every_text_of_a_finding_has_a_key_and_a_place_for_its_translation(tmp_path):
    rubric, sources = in_german(tmp_path, {key: f"DE {says}" for key, says in KEYS.items()})
    assert validate(rubric, sources) == ()
    assert {key: translatable_texts(rubric)[key] for key in KEYS} == KEYS
    german = translatable_texts(translated(rubric, "de"))
    assert {key: german[key] for key in KEYS} == {key: f"DE {says}" for key, says in KEYS.items()}


@pytest.mark.parametrize(
    ("key", "says", "quotes"),
    [
        ("g.because.known.1", "{days} vergehen", "that text quotes {days}, {q by BO}"),
        ("first.cause", "Seit langem", "that text quotes {since}"),
        ("g.so.known.1", "Kunden warten {days}", "that text quotes none"),
    ],
)
def test_a_translation_quotes_the_same_figures(tmp_path, key, says, quotes):
    (found,) = validate(*in_german(tmp_path, {key: says}))
    assert found.message == f"'{key}' quotes other figures than the text it translates"
    assert found.hint == quotes
