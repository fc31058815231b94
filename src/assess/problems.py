"""What can be wrong with a document, and where: locations, problems, and the catalogue of problem codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, NamedTuple

from assess.spelling import printable

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

CATALOGUE: dict[str, str] = {
    # reading
    "file_missing": "A file or folder that was named is not there, or cannot be read.",
    "file_encoding": "The file is not UTF-8 text, or holds a control character.",
    "file_too_large": "The file is larger than any document of this kind needs to be.",
    "extra_missing": "Something that need not be installed is asked for and is not there.",
    "file_unwritable": "The output cannot be written; what was there before is untouched.",
    "file_edited": "The output was changed by hand since it was written; use --force to replace it.",
    "yaml_syntax": "The text is not YAML: most often an unquoted special character or a wrong indent.",
    "yaml_duplicate": "A key stands twice in one mapping; one of the two would be lost.",
    "merge_marks": "Marks of git in a file that two people changed: one of the two sides must be chosen.",
    "yaml_feature": "Anchors, aliases, tags, merge keys and second documents are refused.",
    "yaml_depth": "Lists or mappings are nested deeper than any document of this kind needs.",
    "json_syntax": "The text is not JSON: most often a missing comma, or a text without double quotes.",
    "not_read": "A file that looks like part of an engagement or a rubric and is read by no command.",
    # shape
    "shape": "A value is of the wrong kind, such as a text where a number is needed.",
    "unknown_key": "A key that this kind of document does not have; most often a typing mistake.",
    "idle_key": "A key that older versions of the program read, and this one does not.",
    "at_once": "A limit on initiatives in work that held for each owner, and holds for the whole organization now.",
    "missing_key": "A key that this kind of document must have.",
    "document_kind": "The first key `assess:` is missing or names another kind of document.",
    "version": "The answers were given to another version of the rubric.",
    "planned_before": "The order of a plan that is kept in an engagement cannot be read.",
    "drawn_before": "What was drawn of an engagement cannot be used: its numbers are others by now, or it is damaged.",
    "rubric_changed": "Same version, other text: the rubric was edited after these answers were given.",
    # rubric
    "duplicate_id": "Two things carry the same id or code, or one text has two translations into a language.",
    "duplicate_text": "Two questions, or two options of one question, read the same.",
    "reserved": "The word has a meaning of its own and cannot be an id or a key.",
    "unknown_name": "A reference to something that is not in the rubric.",
    "condition": "A condition that cannot be read.",
    "option": "An option or a key of an answer that does not fit its question.",
    "question": "A question whose keys do not fit its type.",
    "aggregate": "An aggregation whose settings do not fit its node.",
    "weights": "Weights that do not fit the children of their node.",
    "scale": "A scale, a threshold or a level outside its range.",
    "gate": "A gate without effect, reason or way out.",
    "cycle": "Things that depend on each other in a circle.",
    "both_senses": "A question that can raise and lower the same score; bounds stay safe but are wider than needed.",
    "initiative": "An initiative that lifts nothing, or whose effort or owner does not add up.",
    "reference": "An outside reference that is recalled or disputed and yet carries a threshold or a gate.",
    "asked_in": "The words that ask a claim do not stand where the criterion says.",
    "persona": "A persona that does not fit the rubric, or is in the end like itself.",
    "overlay": "An overlay that cannot be laid over its base: what it drops is still needed, or it moves in a circle.",
    "dropped_along": "What goes with the elements an overlay drops, because they alone decide it.",
    "miscounted": "A text of a base that names a number of principles or criteria which an overlay has changed.",
    "stale_override": "A text of the base that reads otherwise today than when an overlay overrode it.",
    "unmarked_override": "Texts an overlay overrides without a mark of what the base said then.",
    "own_words": "A question an overlay rewords, which a role goes on reading in the words the base has for it.",
    "empty_node": "A node without a scored question or criterion.",
    # sense of a rubric
    "gate_never": "A gate that no answers can make hold.",
    "gate_always": "A gate that holds whatever is answered.",
    "gate_no_effect": "A cap at the top of what the node it caps can reach: it holds nothing down.",
    "gate_never_binds": "A gate beside which other caps always hold the same node down as far.",
    "gate_usual": "A gate that holds for nearly all answers.",
    "gate_self": "A gate that tests only what it caps.",
    "clash_never": "A clash whose two halves cannot hold at the same time.",
    "idle_condition": "A part of a condition that is always true, or never.",
    "opposed": "A figure that one condition blames for being low and another for being high.",
    "falling_score": "A better answer that lowers a score, or makes a gate or the practice half of a clash hold.",
    "divided_by_zero": "A ratio whose divisor can be 0 says nothing of that case, or points beyond its scale.",
    "turned_part": "A part of a ratio or a difference that takes over which end is better, against its own figures.",
    "best_answers": "The best answers do not give the best score.",
    "unreachable_result": "A headline, a category or a step that no answers lead to.",
    "gap": "Answers for which none of the headlines holds.",
    "missing_default": "Headlines without a last one that always holds.",
    "overlap": "Two rows of a table that can hold at the same time, so that their order decides.",
    "unreachable_level": "A level of a node that no answers reach.",
    "negligible_weight": "A weight so small beside its siblings that it changes nothing anybody would see.",
    "dead_option": "An option that changes nothing, or that nothing tells apart from another.",
    "dead_question": "A question that nothing reads.",
    "reused_id": "A former id or key that is in use again, so that old answers would be read wrongly.",
    "similar_text": "Two texts that differ only in signs, spaces or capitals.",
    "idle_text": "A text of a finding that is never printed.",
    "missing_text": "A case in which a finding has no words.",
    "adverb_anchors": "Neighbouring anchors of a question that differ only by an adverb.",
    "telling": "A choice that tells the answer of one person in a role that was promised to be a group.",
    "unclaimed": "A criterion that encodes no claim, or a claim whose home does not name it.",
    "unasked_role": "A condition that reads what a role says on a question the role is not asked.",
    "asked_of_nobody": "A question that is put to nobody, or is never shown.",
    "evidence_out_of_reach": "Evidence that is asked for or counted and that nobody could give.",
    "idle_initiative": "An initiative that changes nothing, or nothing that those before it have not changed.",
    "unreachable_initiative": "An initiative that can never begin.",
    "unreachable_target": "A criterion that no initiative lifts to its target.",
    "stale_translation": "A translation of a text that reads otherwise today, or one that does not say what it is of.",
    "missing_translation": "Texts without a translation into a language in which others have one.",
    "yaml_trap": "A text that YAML, or another reader of YAML, takes otherwise than it looks.",
    "mixed_condition": "A condition in which `and` and `or` stand side by side without brackets.",
    "outside_cap": "A gate that tests facts of one criterion and caps another one.",
    "aimless_initiative": "A gate or clash that names an initiative for what that initiative does not lift.",
    "unable_owner": "An initiative whose owner cannot do it: no people, or people nobody knows.",
    "effort": "An initiative whose work does not fit into its weeks, or its weeks not into the plan.",
    "endless_exit": "An exit that says how an initiative goes on, and not what ends it.",
    "leftover": "Something in a text that was left over: a mark for its author, an empty field, garbled characters.",
    "several_questions": "A question that asks several things and has room for one answer.",
    "leading_question": "A question that says which answer is wished for.",
    "exchanged_texts": "A strength that speaks of a lack, beside a gap that speaks of none.",
    "anchor_order": "Anchors that do not rise: percentages that fall or overlap, or nothing above something.",
    "term": "A term that stands in no text, or a plural or possessive of one that is no term.",
    "over_budget": "Questions that take a role longer than the rubric allows itself.",
    "hole": "A step that is left out of a row that is otherwise even.",
    "unlike_siblings": "Something that all others beside it do otherwise.",
    "heavy_weight": "A weight ten times as large as those beside it.",
    "unit": "A figure in another unit or of another size than its question.",
    "kind_unknown": "A don't-know that is read as the better answer.",
    "idle_role": "A role that is asked nothing and owns nothing.",
    "idle_setting": "A setting that changes nothing where it stands.",
    "misplaced_gate": "A gate inside a fact that it does not read.",
    "accepted": "A finding that is accepted and no longer there, or that cannot be accepted.",
    # answers
    "unknown_question": "An answer to a question the rubric does not ask.",
    "answer": "An answer that is not one of those the question offers.",
    "not_applicable": "A question was called not applicable where that is not allowed, or without a reason.",
    "evidence_date": "Evidence from the future, or a date that cannot be.",
    "evidence_missing": "The answer needs a dated document and names none.",
    "evidence_stale": "Evidence so old that it counts no longer.",
    "note_missing": "The question asks for a note and none was given.",
    "respondent": "A respondent's role or name that does not fit the rubric or the other files.",
    "draft": "An answers file without `submitted:`: it counts, but may not be finished.",
    "half_filled": "An answers file that says it was submitted and leaves more than half of its questions open.",
    "copied": "Two people with the same answers in the same words.",
    "submitted_date": "An answers file submitted so long before or after that it is rather of another assessment.",
    "out_of_scope": "An answer to a question outside of the tier or scope of the engagement; it does not count.",
    "hidden_answer": "An answer to a question that is not shown, by the respondent's own answers or by those of all.",
    "nobody_knows": "Everybody who was asked says they do not know.",
    "office_differs": "A question that one function answers for itself, and that its people answer differently.",
    "na_disputed": "Some say that a question does not apply, and others answer it.",
    "unlikely": "A number or a day that can be written and was rather not meant.",
    "left_open": "Answers that some of those asked have not given.",
    "held_down": "Answers that count for less than they say, because of their evidence.",
    "unanswered": "A question that nobody who was asked has answered.",
    "unasked": "A role answered a question that is not put to it; the answer is compared and never averaged.",
    "too_few": "Anonymous people of a role gave too few answers to some questions; those answers count in nothing.",
    "waiting": "Anonymous answers that came or were corrected after an issue, and do not count yet.",
    "unquoted": "Comments that are not printed, because their writers can be recognised and did not allow it.",
    "issued": "What an earlier issue counted of anonymous people is missing, or this one would count otherwise.",
    "promise": "The rubric would count smaller groups of anonymous people than they were told.",
    "unheard": "A role the rubric asks was neither invited nor did anybody in it answer.",
    "thin_role": "Few of the people asked in a role have answered.",
    "na_share": "So much was left out as not applicable that the score says little.",
    "settled": "An entry of _agreed.yaml without basis or reason.",
    "no_answers": "An engagement without a single answer.",
    # decisions
    "decision": "A decision that contradicts another one or the plan, or that decides nothing.",
    "idle_decision": "A decision that changes nothing: what it is about is not there today, done, or left out.",
    "own_figures": "Own words that were written of other figures than those of today, or that name none.",
    "expired": "An acceptance whose last day has passed; what was accepted is a finding again.",
    # importing the models of other tools
    "import_format": "What was named is not what the importer reads.",
    "import_duplicate": "Two parts of the source carry the same id, or read the same.",
    "import_reference": "The source refers to something that is not in it, or is of another kind.",
    "import_gap": "A part of the source is empty, missing or still a placeholder.",
    "import_rule": "A risk rule that cannot be read, that no answer reaches, or that decides nothing.",
    "import_answers": "An answer set whose values or weights are not those its own tool counts with.",
    "import_left_out": "Something in the source for which the imported rubric has no place.",
    # versions of a rubric
    "migration": "A step between two versions of a rubric that leads nowhere, or gives a question two fates.",
    "revision": "A revision of git, or a path in it, that cannot be read.",
    # personas
    "expectation": "A persona came out otherwise than its `expect:` says.",
    "unproved": "What was taken over as expected is that low only because a persona shows no evidence.",
    # what if
    "what_if": "A change to be tried that does not fit the rubric or the answers, or whose effect is not told.",
    # output
    "markdown": "The document would be broken: a dead link, a broken table or a skipped heading level.",
    "template": "A template that cannot be filled.",
}


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a document: line and column count from 1, length in characters."""

    file: str
    line: int = 1
    column: int = 1
    length: int = 1


class Fix(NamedTuple):
    """What may be written in the place of the characters a problem points at."""

    stands: str
    instead: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where, and the way out.

    Whatever a document brings into its words is kept to one line that steers no terminal.
    `source` is the line of the document it points at, `witness` the smallest answers that show it, `about` the element
    of a rubric it stands in, `accepted` why it stays; empty when there are none. `fix` is a way out
    for which one edit is enough.
    Raises KeyError when the code is not in the catalogue.
    """

    code: str
    message: str
    location: Location | None = None
    hint: str = ""
    severity: Severity = "error"
    source: str = ""
    witness: str = ""
    about: str = ""
    accepted: str = ""
    fix: Fix | None = None

    def __post_init__(self) -> None:
        """Refuse a code that the catalogue does not explain, and make every word printable."""
        CATALOGUE[self.code]
        for name in ("message", "hint", "witness", "accepted"):
            words = getattr(self, name)
            if not words.isprintable():
                object.__setattr__(self, name, printable(words))


class DocumentError(Exception):
    """Documents cannot be used as they are; carries every problem found, errors first, then in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems sorted by severity, file, line and column."""
        self.problems = in_order(problems)
        super().__init__("\n".join(f"{_place(p)}{p.message}" for p in self.problems))


def _place(problem: Problem) -> str:
    place = problem.location
    return f"{place.file}:{place.line}:{place.column}: " if place else ""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems without repeats: errors, warnings, notes, each by place; those without a place come first."""
    unique = dict.fromkeys(problems)
    return tuple(
        sorted(
            unique, key=lambda p: (SEVERITIES.index(p.severity), p.location or Location("", 0, 0), p.code, p.message)
        )
    )


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Only the problems that forbid going on."""
    return tuple(p for p in problems if p.severity == "error")


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the nearest known spelling, or the empty text."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{found[0]}'?" if found else ""


def listing(words: Sequence[str], most: int = 8) -> str:
    """Words joined by commas, shortened after `most`."""
    shown = ", ".join(words[:most])
    return shown if len(words) <= most else f"{shown} and {len(words) - most} more"
