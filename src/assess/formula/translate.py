"""Conditions of a rubric as formulas: what every name means, and whether it may be compared so."""

import datetime
from typing import assert_never, get_args

from assess import conditions as c
from assess.conditions import ConditionError
from assess.formula import nodes as f
from assess.formula.normalise import is_by_parts, option_values, worth
from assess.formula.readings import GRADES
from assess.model.answers import AnswerState
from assess.model.betterness import is_low, is_turned, levels_said
from assess.model.question_types import types_read
from assess.model.questions import Question
from assess.model.rubric import Rubric
from assess.problems import listing, nearest

STATES = get_args(AnswerState)
MOST_LISTED = 12
MIRRORED: dict[str, f.Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}

# Where a threshold has not reached its level, `>= level` means above it.
ABOVE: dict[str, f.Operator] = {">=": ">", "<": "<="}
# What the two functions of a figure read of a question, and the figure they come to.
COUNTED: dict[str, tuple[str, f.Facet]] = {"count": ("ticks", "count"), "months_since": ("date", "age")}


def translate_condition(rubric: Rubric, text: str) -> f.Test:
    """The test a condition stands for; raises ConditionError at the word that is wrong."""
    known: dict[str, f.Test] = rubric.derived.setdefault(translate_condition, {})
    if text not in known:
        known[text] = _Translator(rubric).test(c.parse_condition(text))
    return known[text]


class _Translator:
    """Names of one rubric, applied to condition trees."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric

    def test(self, tree: c.Condition) -> f.Test:
        """Any condition as a test."""
        match tree:
            case c.Not(part):
                return f.Not(self.test(part))
            case c.And(parts):
                return f.All(tuple(self.test(part) for part in parts))
            case c.Or(parts):
                return f.Any(tuple(self.test(part) for part in parts))
            case c.Call():
                return self.predicate(tree)
            case c.Comparison():
                return self.comparison(tree)
            case _:
                assert_never(tree)

    def predicate(self, call: c.Call) -> f.Test:
        """The functions answered, has and only."""
        question = self.question(call.arguments[0])
        if call.function == "answered":
            return f.InState(question.id, ("value",))
        if question.traits.reads != "ticks":
            raise _wrong(call.arguments[0], f"{call.function} reads a question of several options", "compare it with =")
        key = self.key(question, call.arguments[1])
        return f.Ticked(question.id, key, alone=call.function == "only")

    def comparison(self, found: c.Comparison) -> f.Test:
        """A comparison, its sides turned so that the number or key stands right."""
        if isinstance(found.left, c.Literal) and not isinstance(found.right[0], c.Literal) and found.op != "in":
            found = c.Comparison(found.right[0], MIRRORED[found.op], (found.left,), found.role, found.offset)
        role = self.role(found.role) if found.role else None
        if isinstance(found.left, c.Literal):
            raise ConditionError("a number or date is compared with another", found.offset, 1, "name a question")
        if isinstance(found.left, c.Call):
            return self.function(found.left, found, role)
        name = self.name(found.left)
        if name == "assessed_on":
            return self.dated(f.Leaf("", None, "date"), found)
        if name in self.rubric.question_by_id:
            return self.asked(self.rubric.question_by_id[name], found, role)
        if name in self.rubric.node_by_id:
            if found.role:
                raise _wrong(found.role, "a node is not answered by a role", "name a question before `by`")
            return self.scored(name, found)
        raise _wrong(found.left, f"'{found.left.text}' is neither a question nor a node")

    def asked(self, question: Question, found: c.Comparison, role: str | None) -> f.Test:
        """A comparison of a question by its type."""
        reads = question.traits.reads
        match reads:
            case "steps":
                return self.ordered(question, found, role)
            case "key":
                return self.chosen(question, found, role)
            case "number":
                return self.numeric(f.Leaf(question.id, role, "number"), found)
            case "date":
                return self.dated(f.Leaf(question.id, role, "date"), found)
            case "ticks" | "presence":
                hint = f"use has({question.id}, option)" if reads == "ticks" else f"use answered({question.id})"
                raise ConditionError(f"'{question.id}' cannot be compared", found.offset, len(question.id), hint)
            case _:
                assert_never(reads)

    def chosen(self, question: Question, found: c.Comparison, role: str | None) -> f.Test:
        """Whether the answer is one of some options, which have no order."""
        if found.op not in ("=", "!=", "in"):
            message = f"'{question.id}' has no order"
            raise ConditionError(message, found.offset, len(question.id), "use =, != or in (...)")
        chosen = f.Chose(question.id, tuple(self.key(question, right) for right in found.right), role)
        return f.Not(chosen) if found.op == "!=" else chosen

    def ordered(self, question: Question, found: c.Comparison, role: str | None) -> f.Test:
        """A level or scale question against its options, a position, or another ordered question."""
        left = f.Leaf(question.id, role, "value")
        if found.op == "in":
            return f.Any(tuple(f.Compare(left, "=", f.Constant(self.position(question, k))) for k in found.right))
        op = MIRRORED[found.op] if is_turned(self.rubric, question) else _operator(found.op)
        right = found.right[0]
        if isinstance(right, c.Name) and right.text in self.rubric.question_by_id:
            other = self.rubric.question_by_id[right.text]
            same = other.type == question.type and is_turned(self.rubric, other) is is_turned(self.rubric, question)
            if same and right.text not in option_values(self.rubric, question):
                return f.Compare(left, op, f.Leaf(other.id, role, "value"))
        return f.Compare(left, op, f.Constant(self.position(question, right)))

    def position(self, question: Question, right: c.Operand) -> float:
        """What an option is worth on 0..100, by key or by number."""
        values = option_values(self.rubric, question)
        if isinstance(right, c.Literal) and isinstance(right.value, float):
            place = int(right.value) - question.traits.first
            if right.value == int(right.value) and 0 <= place < len(values):
                return list(values.values())[place] or 0.0
            raise ConditionError(f"'{question.id}' has no option number {right.value:g}", right.offset)
        return values[self.key(question, right)] or 0.0

    def scored(self, node: str, found: c.Comparison) -> f.Test:
        """A node against a level key, a native number or another node."""
        right, op, low = found.right[0], _operator(found.op, found), is_low(self.rubric, node)
        turned = MIRRORED[op] if low else op
        if isinstance(right, c.Literal) and isinstance(right.value, float):
            return f.Compare(f.Score(node), turned, self.worth(node, right.value))
        levels = {level.key: level.at for level in levels_said(self.rubric, node)}
        if isinstance(right, c.Name):
            if right.text in levels:
                return self.reached(node, found, levels[right.text])
            other = self.rubric.names.get(right.text, right.text)
            if other in self.rubric.node_by_id and is_low(self.rubric, other) is low:
                return f.Compare(f.Score(node), turned, f.Score(other))
            if other in self.rubric.node_by_id:
                raise ConditionError(f"more is better for one of '{node}' and '{other}', and worse for the other", 0)
            raise _none_of(right, f"'{right.text}' is neither a level of '{node}' nor a node", [*levels])
        raise ConditionError(f"'{node}' is compared with a level key or a number", right.offset)

    def reached(self, node: str, found: c.Comparison, at: float) -> f.Test:
        """Whether a node has reached a level that begins at a value on 0..100 of its scale."""
        op, low = _operator(found.op, found), is_low(self.rubric, node)
        above = (self.rubric.node_by_id[node].closed or self.rubric.closed) == "above"
        reached = ABOVE.get(op, op) if above else op
        if not low:
            return f.Compare(f.Score(node), reached, f.Constant(at))
        return f.Compare(f.Score(node), MIRRORED[reached], f.Constant(100 - at))

    def worth(self, node: str, points: float) -> f.Constant:
        """What points of a node are worth on 0..100."""
        value = worth(self.rubric, node, points)
        return f.Constant(value, "", node, points) if is_by_parts(self.rubric, node) else f.Constant(value)

    def function(self, call: c.Call, found: c.Comparison, role: str | None) -> f.Test:
        """A comparison whose left side is a function."""
        if role:
            raise ConditionError(f"{call.function} takes no `by`", found.offset, len(call.function))
        if call.function == "share":
            return self.numeric(self.share(call), found)
        if call.function == "n":
            return self.numeric(f.Headcount(self.role(call.arguments[0])), found)
        question = self.question(call.arguments[0])
        if call.function == "state":
            states = tuple(self.word(right, STATES, "a state") for right in found.right)
            inside = f.InState(question.id, states)
            if found.op not in ("=", "!=", "in"):
                raise ConditionError("states have no order", found.offset, 1, "use =, != or in (...)")
            return f.Not(inside) if found.op == "!=" else inside
        if call.function == "evidence":
            rank = GRADES.index(self.word(found.right[0], GRADES, "a grade of evidence"))
            return f.Compare(f.Leaf(question.id, None, "grade"), _operator(found.op, found), f.Constant(rank))
        wanted, facet = COUNTED[call.function]
        if question.traits.reads != wanted:
            types = listing(types_read(wanted))
            raise _wrong(call.arguments[0], f"{call.function} reads a question of type {types}")
        return self.numeric(f.Leaf(question.id, None, facet), found)

    def share(self, call: c.Call) -> f.Share:
        """The percentage a share reads."""
        inner = call.inner
        if inner is None or inner.role is None or not isinstance(inner.left, c.Name):
            raise ConditionError("share needs a question, a comparison and a role", call.offset, 5)
        test, role = self.comparison(inner), self.role(inner.role)
        if isinstance(test, f.Chose):
            return f.Share(test.question, role, "=", 1, "value", test.keys)
        if isinstance(test, f.Not) and isinstance(test.part, f.Chose):
            return f.Share(test.part.question, role, "!=", 1, "value", test.part.keys)
        if isinstance(test, f.Any):
            question = self.question(inner.left)
            return f.Share(question.id, role, "=", 1, "value", tuple(self.key(question, k) for k in inner.right))
        if isinstance(test, f.Compare) and isinstance(test.left, f.Leaf) and isinstance(test.right, f.Constant):
            return f.Share(test.left.question, role, test.op, test.right.value, test.left.facet)
        raise ConditionError("share reads a question with options or a number", inner.offset, len(inner.left.text))

    def numeric(self, left: f.Formula, found: c.Comparison) -> f.Test:
        """A number against a number or another number question."""
        right = found.right[0]
        if isinstance(right, c.Literal) and isinstance(right.value, float):
            return f.Compare(left, _operator(found.op, found), f.Constant(right.value))
        if isinstance(right, c.Name) and self.question(right).traits.reads == "number":
            return f.Compare(left, _operator(found.op, found), f.Leaf(self.question(right).id, None, "number"))
        raise ConditionError("a number is compared with a number", right.offset, 1, "write the number")

    def dated(self, left: f.Formula, found: c.Comparison) -> f.Test:
        """A date against a date, another date question, or assessed_on."""
        right = found.right[0]
        if isinstance(right, c.Literal) and isinstance(right.value, datetime.date):
            return f.Compare(left, _operator(found.op, found), f.Constant(right.value.toordinal()))
        if isinstance(right, c.Name) and right.text == "assessed_on":
            return f.Compare(left, _operator(found.op, found), f.Leaf("", None, "date"))
        if isinstance(right, c.Name) and self.question(right).traits.reads == "date":
            return f.Compare(left, _operator(found.op, found), f.Leaf(self.question(right).id, None, "date"))
        raise ConditionError("a date is compared with a date", right.offset, 1, "write it as 2026-06-30")

    def name(self, name: c.Name) -> str:
        """The id behind a name."""
        if name.text == "assessed_on":
            return name.text
        if name.text in self.rubric.names:
            return self.rubric.names[name.text]
        raise _wrong(name, f"there is no '{name.text}' in the rubric", known=list(self.rubric.names))

    def question(self, name: c.Name) -> Question:
        """The question behind a name."""
        found = self.rubric.question_by_id.get(self.name(name))
        if found is None:
            raise _wrong(name, f"'{name.text}' is not a question")
        return found

    def role(self, name: c.Name) -> str:
        """The role behind a name."""
        roles = {key: role.id for role in self.rubric.roles for key in (role.id, role.code or role.id)}
        if name.text not in roles:
            raise _none_of(name, f"there is no role '{name.text}'", [*roles])
        return roles[name.text]

    def key(self, question: Question, right: c.Operand) -> str:
        """An option key of a question."""
        keys = [option.key or "" for option in self.rubric.options_of(question)]
        return self.word(right, tuple(keys), f"an option of '{question.id}'")

    def word(self, right: c.Operand, known: tuple[str, ...], what: str) -> str:
        """One of some known words."""
        if isinstance(right, c.Name) and right.text in known:
            return right.text
        if isinstance(right, c.Name):
            raise _none_of(right, f"'{right.text}' is not {what}", list(known))
        raise ConditionError(f"{what} is missing here", right.offset, 1, "one of " + ", ".join(known))


def _none_of(name: c.Name, message: str, known: list[str]) -> ConditionError:
    """A name that is none of a few words: the nearest of them, else all."""
    hint = "" if nearest(name.text, known) or not known else f"one of: {listing(known, MOST_LISTED)}"
    return _wrong(name, message, hint, known)


def _wrong(name: c.Name, message: str, hint: str = "", known: list[str] | None = None) -> ConditionError:
    return ConditionError(message + nearest(name.text, known or []), name.offset, len(name.text), hint)


def _operator(op: str, found: c.Comparison | None = None) -> f.Operator:
    for known in MIRRORED.values():
        if known == op:
            return known
    offset = found.offset if found else 0
    raise ConditionError("`in` reads questions with options", offset, 1, "use =, <, <=, > or >=")
