"""The audit in particular: every kind of answer a condition can read, and what a single case of a rule cannot show."""

import pytest
from factories import CEILINGS, built, clash, fact, gate, level, node, percent, question

from assess.authoring.check import audit
from assess.documents import SourceMap
from assess.load import load

EXCLUSIVE = [{"key": "a", "label": "A"}, {"key": "z", "label": "None", "exclusive": True}]
STEPS = [{"key": "n", "label": "N", "score": 1, "stop": True}, {"key": "y", "label": "Y", "score": 2}]
WHOLE = {"weight": 0, "min": 0, "max": 9, "integer": True}


def audited(*principles, seed=0, **more):
    return audit(built(*principles, **more), SourceMap(), seed=seed)


def found(code, *principles, **more):
    return [(p.severity, p.message, p.witness) for p in audited(*principles, **more) if p.code == code]


def gated(when, *asked, code="gate_never"):
    """What is said with a code about one gate on a node of its own."""
    return found(code, node("p", *asked), node("o", percent("r"), gates=[gate("g", when, "o", "l1")]))


# --- what conditions can read ---

ASKED = [
    level("q", 3), fact("f"), percent("n", min=0, max=100), question("d", "date"), question("t", "text"),
    question("m", "multi", 3), question("w", "number", **WHOLE), question("c", "choice", 3),
    level("x", 3, evidence="off", allow=["unknown"]), question("e", "date"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("possible", "impossible"),
    [
        ("q > k0 and q < k1", "q > k0 and q < k0"),
        ("q = 1", "q < k0"),
        ("q in (k0, k1) and q != k0", "q in (k0, k1) and q = k2"),
        ("q >= k2 by boss and q < k1 by team", "q >= k2 by boss and q < k1 by boss"),
        ("f = no and f = yes by team", "f = yes and f = no by team"),
        ("n > 60 and n < 61", "n > 100"),
        ("w > 8", "w > 8 and w < 9"),
        ("w = 3 or w = 40", "w = 40"),
        ("d > 2026-01-01 and d < 2026-01-03", "d > 2026-01-01 and d < 2026-01-01"),
        ("d > 2026-01-01 and e > d and e < 2026-01-04", "d > e and e > d"),
        ("d <= assessed_on", "d < assessed_on and d > assessed_on"),
        ("months_since(d) > 12 and d > 2020-01-01", "months_since(d) > 12 and months_since(d) <= 12"),
        ("has(m, k0) and not has(m, k1)", "only(m, k0) and has(m, k1)"),
        ("count(m) = 2 and not has(m, k0)", "count(m) > 3"),
        ("count(m) > 1", "only(m, k0) and count(m) > 1"),
        ("state(q) = na", "state(x) = na"),
        ("state(q) in (unknown, declined)", "state(q) = unknown and q >= k1"),
        ("not answered(t)", "answered(t) and not answered(t)"),
        ("state(x) = missing", "state(x) = missing and x >= k1"),
        ("evidence(q) >= documented", "evidence(x) >= documented"),
        ("share(q >= k1 by team) > 40 and share(q >= k1 by team) < 60", "share(q >= k1 by team) > 100"),
        ("n(team) >= 5", "n(team) >= 5 and n(team) < 5"),
        ("p >= l4", "p > l4"),
        ("p > l1 and p < l2", "p > l2 and p < l1"),
        ("p > s", "p > s and p < s"),
        ("c != k0 and c != k1", "c = k0 and c = k1"),
    ],
)
def test_an_answer_that_a_condition_can_tell_apart_is_tried(possible, impossible):
    assert gated(possible, *ASKED, node("s", percent("y"))) == []
    ((severity, message, _),) = gated(impossible, *ASKED, node("s", percent("y")))
    assert (severity, message) == ("error", "'g' can never hold")


def test_a_state_that_is_asked_for_is_an_answer_like_any_other():
    assert gated("answered(t)", question("t", "text", allow=[]), percent("n"), code="gate_always") == []
    assert gated("answered(t) and f = no", question("t", "text"), fact("f"), percent("n"), code="idle_condition") == []


@pytest.mark.slow
def test_so_many_options_that_not_every_set_can_be_tried():
    asked = question("m", "multi", 14)
    every = " and ".join(f"has(m, k{place})" for place in range(14))
    ((severity, message, _),) = gated(f"{every} and count(m) < 14", asked)
    assert (severity, "sampled 2,000 sheets" in message) == ("note", True)
    assert gated(every, asked) == []


@pytest.mark.parametrize(
    "asked",
    [
        percent("q", stage=1),
        question("q", "number", stage=1, goalposts={"worst": 1, "best": 1000, "log": True}),
        question("q", "number", stage=1, band={"from": 30, "to": 40, "zero_below": 0, "zero_above": 100}),
        question(
            "q", "multi", [{"key": "a", "label": "A", "score": 5}, {"key": "b", "label": "B", "score": 3}], stage=1
        ),
        question("q", "yesno", stage=1),
    ],
    ids=lambda asked: str(asked.get("goalposts", asked.get("band", asked["type"]))),
)
def test_stages_read_what_an_answer_is_worth(asked):
    higher = {**asked, "id": "r", "text": "What more?", "stage": 2}
    for reach in ("> 37", ">= 62"):
        assert found("unreachable_result", node("p", asked, higher, aggregate={"cumulative": {"reach": reach}})) == []


def test_what_shows_a_question_is_read_with_it():
    shown = [fact("f"), level("q", show_when="f = yes")]
    assert gated("q >= k1 and f = yes", *shown) == []
    assert len(gated("q >= k1 and f = no", *shown)) == 1


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        ("q <= k1 and f = no", "q: k0, f: no"),
        ("q <= k1 or f = no", "q: k0"),
        ("has(m, k1)", "m: [k1]"),
        ("w > 4", "w: 5"),
        ("months_since(d) > 3", "d: 2025-09-30, assessed_on: 2026-01-01"),
        ("share(q < k1 by team) > 50", "q by team: k0"),
        ("n(team) < 5", "an empty sheet"),
        ("p < l1", "p: 0"),
        ("evidence(q) >= documented", "evidence(q): documented"),
    ],
)
def test_the_answers_that_show_it_are_as_few_as_can_be(when, shown):
    top = {"id": "g", "when": when, "cap": {"of": ["o"], "at": "l4"}, "because": "b"}
    ((_, _, witness),) = found("gate_no_effect", node("p", *ASKED), node("o", percent("r"), gates=[top]))
    assert witness == shown


# --- too much to look at ---

MANY = [level(f"q{place}", 5) for place in range(10)]


def test_where_there_is_too_much_to_look_at_samples_are_drawn_and_the_seed_is_said():
    often = " and ".join(f"({' or '.join(f'q{n} {low}' for n in range(10))})" for low in ("< k3", "<= k3"))
    ((severity, message, _),) = gated(often, *MANY, code="gate_usual")
    assert (severity, "(sampled 2,000 sheets, seed 0)" in message) == ("note", True)
    principles = [node("p", *MANY), node("o", percent("r"), gates=[gate("g", often, "o", "l1")])]
    assert audited(*principles, seed=3) == audited(*principles, seed=3)
    assert "seed 3" in found("gate_usual", *principles, seed=3)[0][1]


@pytest.mark.slow
def test_a_search_that_comes_to_no_end_says_so_and_is_a_note():
    numbers = [question(f"q{place}", "number", min=0, max=4, integer=True, weight=0) for place in range(6)]
    apart = " and ".join(f"q{low} != q{high}" for low in range(6) for high in range(low))
    ((severity, message, _),) = gated(apart, *numbers, percent("n"))
    assert (severity, message) == ("error", "'g' can never hold")
    assert gated(apart, *[{**each, "max": 5} for each in numbers], percent("n")) == []
    more = [question(f"q{place}", "number", min=0, max=7, integer=True, weight=0) for place in range(9)]
    apart = " and ".join(f"q{low} != q{high}" for low in range(9) for high in range(low))
    ((severity, message, _),) = gated(apart, *more, percent("n"))
    assert (severity, "sampled 2,000 sheets, seed 0" in message) == ("note", True)


# --- scores ---


def test_a_policy_that_lets_no_proof_count_in_full_is_named_once():
    policy = {"evidence": {**CEILINGS["evidence"], "confirmed": 90}}
    ((_, message, _),) = found("best_answers", node("p", level("q"), level("s")), policies=policy)
    assert message == "even the best proof counts only up to 90 of 100, so no answer reaches the top"


def test_an_option_that_stands_alone_takes_no_part_in_the_best_answer():
    scored = [{"key": "a", "label": "A"}, {"key": "z", "label": "Z", "exclusive": True, "score": 1}]
    ((severity, message, _),) = found("best_answers", node("p", question("q", "multi", scored)))
    assert (severity, message) == ("error", "the best answer to 'q' is worth 50 of 100")
    assert found("best_answers", node("p", question("q", "multi", EXCLUSIVE))) == []


@pytest.mark.parametrize(("most", "shown"), [(99.97, "99.97"), (99.4, "99.4"), (89.999, "90"), (99.996, "99.996")])
def test_a_best_answer_below_the_top_is_not_printed_as_the_top(most, shown):
    short = question("q", "number", max=most, goalposts={"worst": 0, "best": 100})
    ((_, message, _),) = found("best_answers", node("p", short))
    assert message == f"the best answer to 'q' is worth {shown} of 100"


def test_a_level_that_the_best_answers_do_not_reach():
    low = question("n", "number", min=0, max=5, goalposts={"worst": 0, "best": 10})
    assert [message for _, message, _ in found("unreachable_level", node("p", node("c", low)))] == [
        "no answers lift 'c' to 'l3', 'l4': its best value is 50"
    ]


def test_weights_are_shares_of_whatever_rule_finds_them():
    parts = [node("c", percent("n")), node("d", percent("m"))]
    assert found("negligible_weight", node("p", *parts, weights={"points": {"c": 98, "d": 2}}))[0][1].startswith(
        "'d' weighs 2%"
    )
    many = [node(f"c{place}", percent(f"n{place}")) for place in range(12)]
    assert found("negligible_weight", node("p", *many, weights={"rank": [each["id"] for each in many]})) == []


def test_a_gate_beside_a_key_criterion_never_binds():
    key = node("c", level("q", allow=["unknown"]), key=True)
    held = gate("g", "c < l1", "p", "l2")
    scale = {"min": 0, "max": 4}
    principles = [node("p", key, node("d", percent("m")), gates=[held])]
    ((_, message, _),) = found("gate_never_binds", *principles, scale=scale)
    assert message == "'g' never lowers 'p': where it holds, the key criterion 'c' already holds it as low"
    lower = [node("p", key, node("d", percent("m")), gates=[{**held, "cap": {"of": ["p"], "at": "l1"}}])]
    assert found("gate_never_binds", *lower, scale=scale) == []


# --- tables, ladders, stages, headlines ---


def table(*cases, otherwise="good", **values):
    rows = [{"when": when, "is": name} for when, name in cases]
    return {"rules": {"cases": rows, "otherwise": otherwise, "values": {"good": 100, "bad": 0, **values}}}


LOW, HIGH = ("q < k2", "bad"), ("q >= k2", "fair")
SHADOWED = "row 2, 'fair', is never the one: whenever it holds, one before it holds as well"


@pytest.mark.parametrize(
    ("how", "messages"),
    [
        (table(LOW), []),
        (table(LOW, fair=50), ["no row leads to the category 'fair'"]),
        (table(LOW, ("q <= k0", "fair"), fair=50), [SHADOWED]),
        (table(LOW, HIGH, fair=100), ["`otherwise` is never reached, so nothing is ever 'good'"]),
        (table(LOW, (HIGH[0], "good")), ["`otherwise` is never reached: the rows before it cover all answers"]),
    ],
)
def test_every_row_and_category_of_a_table_is_reached(how, messages):
    asked = question("q", "level", 3, allow=["unknown"])
    problems = found("unreachable_result", node("p", asked, aggregate=how))
    assert [message for _, message, _ in problems] == messages


def test_a_ladder_that_ends_on_its_first_rung():
    ends = [{**option, "stop": True} for option in STEPS]
    rungs = [question("q", "choice", ends, allow=[]), question("r", "choice", STEPS, allow=[])]
    messages = [message for _, message, _ in found("unreachable_result", node("p", *rungs, aggregate="ladder"))]
    assert messages[0].startswith("the step 'n' of 'r' is never the one")
    fine = [question("q", "choice", [STEPS[0], {"key": "y", "label": "Y"}]), question("r", "choice", STEPS)]
    assert found("unreachable_result", node("p", *fine, aggregate="ladder")) == []


def test_a_stage_that_nothing_is_asked_for_is_never_the_highest():
    steps = [level("q", 3, stage=1, allow=[]), level("r", 3, stage=3, allow=[])]
    ((_, message, _),) = found("unreachable_result", node("p", *steps, aggregate={"cumulative": {"reach": ">= 50"}}))
    assert message.startswith("stage 1 of 'p' is never the one")


def test_a_headline_that_quotes_a_figure_holds_only_when_the_figure_is_known():
    lines = [{"says": "There are {n} of you."}, {"says": "Nobody knows how many."}]
    assert found("unreachable_result", node("p", percent("n")), headlines=lines) == []
    assert found("missing_default", node("p", percent("n")), headlines=lines[:1]) != []
    assert found("unreachable_result", node("p", percent("n")), headlines=lines[::-1]) != []


# --- people, initiatives, files ---


def test_a_rubric_without_people_asks_nobody():
    roles = [{"id": "log", "title": "Log", "people": False}]
    ((severity, message, _),) = found("asked_of_nobody", node("p", percent("n")), roles=roles)
    assert (severity, "no role of people" in message) == ("warning", True)
    assert found("asked_of_nobody", node("p", percent("n", ask=["log"])), roles=roles) == []


def test_nobody_has_a_document_of_nothing():
    for rule in ("required", "required_from k0"):
        ((_, message, _),) = found("evidence_out_of_reach", node("p", level("q", evidence=rule)))
        assert message == "even 'k0' of 'q' needs dated evidence, which nobody has of nothing"
    assert found("evidence_out_of_reach", node("p", level("q", evidence="required_from k1"))) == []


def test_a_role_that_is_not_asked_is_a_note_where_others_are_read_as_well():
    asked = level("q", ask=["boss"])
    both = clash("p", "l1", claim="q >= k3 by boss or q >= k3 by team", practice="q < k1 by log")
    problems = found("unasked_role", node("p", asked, clashes=[both]))
    assert [(severity, message.split()[0]) for severity, message, _ in problems] == [
        ("warning", "log"),
        ("note", "team"),
    ]


def test_what_else_a_condition_reads_decides_whether_an_unasked_role_is_enough():
    asked = [level("q", ask=["boss"]), fact("f")]
    for when, severity in [("f = no and not q >= k1 by team", "note"), ("f = no and q < k1 by team", "warning")]:
        held = gate("g", when, "p", "l1")
        assert [found[0] for found in found("unasked_role", node("p", *asked, gates=[held]))] == [severity]


def test_a_part_in_brackets_is_shown_without_them():
    asked = [percent("n", min=0, max=100), fact("f"), level("q")]
    for when, part in [
        ("(n > 50 or n > 500) and f = no", "n > 500"),
        ("f = no and (q < k1 or not (n <= 100))", "n <= 100"),
        ("(f = no and (n < 200))", "n < 200"),
    ]:
        ((_, message, _),) = gated(when, *asked, code="idle_condition")
        assert message.startswith(f"`{part}` is ")


def test_a_claim_is_not_made_by_the_worse_answer():
    halves = clash("p", "l1", claim="q <= k1 by boss", practice="f = no")
    ((severity, message, witness),) = found("falling_score", node("p", level("q"), fact("f"), clashes=[halves]))
    assert (severity, message) == ("warning", "a worse answer to 'q' makes the claim half of 'k' hold")
    assert witness == "q by boss: k1 instead of k2"


def test_a_plain_fact_in_a_practice_half_may_be_neither_good_nor_bad():
    halves = {**clash("p", "l1", claim="q >= k3 by boss", practice="f = yes"), "cap": None}
    ((severity, _, witness),) = found("falling_score", node("p", level("q"), fact("f"), clashes=[halves]))
    assert (severity, witness) == ("note", "f: yes instead of no")


@pytest.mark.parametrize("how", [{"type": "choice"}, {"type": "number"}, {"type": "multi"}])
def test_facts_without_better_and_worse_answers_fall_nowhere(how):
    facts = {
        "choice": (question("q", "choice", 3), "q = k2"),
        "number": (question("q", "number", **WHOLE), "q > 3"),
        "multi": (question("q", "multi", 3, weight=0), "has(q, k1)"),
    }
    asked, when = facts[how["type"]]
    assert gated(when, asked, percent("n"), code="falling_score") == []


def test_scored_answers_have_an_order_whatever_their_kind():
    scored = [{"key": "a", "label": "A", "score": 1}, {"key": "b", "label": "B", "score": 3}]
    for asked, when in [
        (question("q", "choice", scored), "q = b"),
        (percent("q"), "q > 30"),
        (question("q", "number", goalposts={"worst": 9, "best": 1}), "q < 3"),
        (question("q", "multi", EXCLUSIVE), "has(q, a)"),
        (question("q", "scale", 3, reverse=True), "q = k0"),
        (level("q"), "evidence(q) = confirmed"),
    ]:
        assert len(gated(when, asked, code="falling_score")) == 1, when


def test_half_a_clash_that_never_holds_is_named():
    halves = clash("p", "l1", claim="q > k4 by boss")
    ((_, message, _),) = found("clash_never", node("p", level("q"), clashes=[halves]))
    assert message == "'k' cannot happen: its claim half never holds"


def initiative(name, **more):
    return {"id": name, "title": name, "effort": {"low": 1, "high": 2}, "weeks": 1, "owner": "boss", **more}


def test_an_initiative_that_repeats_what_it_needs_adds_nothing():
    first, second = initiative("i1", lifts={"p": "l3"}), initiative("i2", lifts={"p": "l2"}, needs=["i1"])
    ((_, message, _),) = found("idle_initiative", node("p", percent("n")), initiatives=[first, second])
    assert message.startswith("'i2' adds nothing")
    higher = {**second, "lifts": {"p": "l4"}}
    assert found("idle_initiative", node("p", percent("n")), initiatives=[first, higher]) == []


def test_an_initiative_that_stops_short_of_the_target():
    problems = found("unreachable_target", node("p", percent("n")), initiatives=[initiative("i1", lifts={"p": "l1"})])
    assert problems == [("warning", "no initiative lifts 'p' to its target 'l3'; the best one stops at 'l1'", "p: 0")]
    assert found("unreachable_target", node("p", percent("n"))) == []


@pytest.mark.parametrize(
    ("line", "trapped"),
    [
        ("version: 1.10", True),
        ('version: "1.10"', False),
        ("version: 010", True),
        ("version: 12:30", True),
        ("version: 1.11", False),
    ],
)
def test_what_other_readers_take_for_numbers_is_noted(tmp_path, line, trapped):
    asked = "principles: [{id: p, title: P, questions: [{id: q, type: yesno, text: T}]}]"
    text = f"assess: rubric/1\nid: r\ntitle: R\n{line}\n{asked}\n"
    (tmp_path / "rubric.yaml").write_text(text, encoding="utf-8")
    assert ("yaml_trap" in {p.code for p in audit(*load(tmp_path))}) is trapped


def test_adverbs_are_looked_for_in_english_only():
    labels = [{"key": "k0", "label": "We do it"}, {"key": "k1", "label": "We really do it"}]
    asked = question("q", "level", labels)
    assert len(found("adverb_anchors", node("p", asked))) == 1
    assert found("adverb_anchors", node("p", asked), language="de") == []
