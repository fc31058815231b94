"""Conditions in words: titles in the place of ids, and what each sign means."""

import datetime
from typing import assert_never

from assess.conditions import And, Call, Comparison, Condition, Literal, Name, Not, Operand, Or, parse_condition
from assess.model.rubric import ROOT, Rubric
from assess.numbers import measured, short
from assess.words import listed, quoted

_SIGNS = {">=": "is at least", "<=": "is at most", ">": "is above", "<": "is below", "=": "is", "!=": "is not"}
_CALLS = {
    "answered": "{0} is answered",
    "has": "{0} has {1} ticked",
    "only": "{0} has nothing but {1} ticked",
    "count": "the number of things ticked in {0}",
    "state": "the state of the answer to {0}",
    "evidence": "the proof of {0}",
    "months_since": "the months since {0}",
    "n": "the number of people who answered as {0}",
}


def condition_in_words(rubric: Rubric, condition: str) -> str:
    """A condition as a sentence without its full stop; raises ConditionError when it cannot be read."""
    return _Speaker(rubric).tree(parse_condition(condition))


class _Speaker:
    """Says conditions in the words of one rubric."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric

    def tree(self, tree: Condition) -> str:
        """A whole condition; alternatives inside another join stand in brackets."""
        match tree:
            case And(parts):
                return " and ".join(f"({self.tree(p)})" if isinstance(p, Or) else self.tree(p) for p in parts)
            case Or(parts):
                return " or ".join(self.tree(part) for part in parts)
            case Not(part):
                return f"it is not so that {self.tree(part)}"
            case Comparison():
                return self.comparison(tree)
            case Call():
                return self.operand(tree)
            case _:
                assert_never(tree)

    def comparison(self, found: Comparison) -> str:
        """What is compared, how, with what, and as whose answer."""
        left = self.operand(found.left)
        right = [self.other(found.left, operand) for operand in found.right]
        compared = f"is one of {listed(right)}" if found.op == "in" else f"{_SIGNS[found.op]} {right[0]}"
        said = f", as {self.role(found.role.text)} says," if found.role else ""
        return f"{left}{said} {compared}"

    def operand(self, operand: Operand) -> str:
        """A question, a node, a figure or a function."""
        match operand:
            case Name(text):
                return self.name(text)
            case Call("share", _, _, inner) if inner is not None:
                whose = self.role(inner.role.text) if inner.role else "those asked"
                return f"the share of {whose} for whom {self.comparison(inner._replace(role=None))}"
            case Call(function, arguments):
                first = self.name(arguments[0].text)
                rest = [self.choice(arguments[0], argument.text) for argument in arguments[1:]]
                return _CALLS[function].format(first, *rest)
            case Literal():
                return self.literal(operand)
            case _:
                assert_never(operand)

    def other(self, left: Operand, right: Operand) -> str:
        """The right side of a comparison: a level or an option of the left side, or an operand of its own."""
        if isinstance(right, Literal) and isinstance(left, Name) and isinstance(right.value, float):
            question = self.rubric.question_by_id.get(self.rubric.names.get(left.text, ""))
            if question is not None:
                return measured(right.value, question.unit, one=question.unit_one)
        return self.choice(left, right.text) if isinstance(right, Name) else self.operand(right)

    def literal(self, operand: Operand) -> str:
        """A number or a day."""
        value = operand.value if isinstance(operand, Literal) else 0.0
        return value.isoformat() if isinstance(value, datetime.date) else short(value, 4)

    def name(self, text: str) -> str:
        """What an id or a code stands for, in quotation marks where it has a title."""
        known = self.rubric.names.get(text, text)
        if known == ROOT:
            return "the overall score"
        if known in self.rubric.node_by_id:
            return quoted(self.rubric.node_by_id[known].title)
        if known in self.rubric.question_by_id:
            return quoted(self.rubric.question_by_id[known].text)
        return self.role(text)

    def role(self, text: str) -> str:
        """The title of a role, or the word itself."""
        role = self.rubric.role_by_id.get(self.rubric.names.get(text, text))
        return role.title if role else text.replace("_", " ")

    def choice(self, left: Operand, text: str) -> str:
        """A level by its title, an option by its label, anything else as it would stand on the left."""
        name = self.rubric.names.get(left.text, "") if isinstance(left, Name) else ""
        levels = {level.key: level.title for level in self.rubric.levels_of(name)}
        if text in levels:
            return levels[text]
        question = self.rubric.question_by_id.get(name)
        labels = {o.key: o.label for o in self.rubric.options_of(question)} if question else {}
        if text in labels:
            return labels[text].lower() if text in ("yes", "no") else quoted(labels[text])
        return self.name(text)
