"""The names of one rubric in the sentences about a plan."""

import re

from assess.model.rubric import ROOT, Rubric
from assess.plan.outlook import Outlook
from assess.words import quoted

SIGNS = {
    ">=": "is at least",
    "<=": "is at most",
    ">": "is above",
    "<": "is below",
    "=": "is",
    "==": "is",
    "!=": "is not",
}


class NameWords:
    """The names of one rubric in sentences."""

    def __init__(self, outlook: Outlook) -> None:
        self.outlook = outlook
        self.rubric: Rubric = outlook.rubric

    def initiative(self, name: str) -> str:
        """Code and title of an initiative."""
        found = self.outlook.initiatives[name]
        return f"{found.code} {found.title}" if found.code else quoted(found.title)

    def brief(self, name: str) -> str:
        """The code of an initiative, or its title where it has none."""
        found = self.outlook.initiatives[name]
        return found.code or quoted(found.title)

    def node(self, name: str) -> str:
        """The title of a node."""
        return "the overall score" if name == ROOT else quoted(self.rubric.node_by_id[name].title)

    def role(self, name: str) -> str:
        """The title of a role."""
        return self.rubric.role_by_id[name].title if name in self.rubric.role_by_id else name

    def condition(self, name: str) -> str:
        """What an initiative waits for, with titles in the place of ids."""
        text = self.outlook.initiatives[name].not_before
        waits = [re.sub(r"[A-Za-z][\w.-]*|[<>=!]+", self._word, text)] if text else []
        titles = {gate.id: gate.title or gate.id for gate in self.rubric.all_gates()}
        gates = [quoted(titles[gate]) for gate in self.outlook.blocked_by.get(name, ())]
        return " and ".join([*waits, *(f"{gate} no longer holds" for gate in gates)])

    def _word(self, match: re.Match[str]) -> str:
        word = match.group()
        node = self.rubric.names.get(word, word)
        levels = {level.key: level.title for known in self.rubric.nodes() for level in self.rubric.levels_of(known.id)}
        if node in self.rubric.node_by_id:
            return self.node(node)
        if node in self.rubric.question_by_id:
            return f"the answer to {quoted(self.rubric.question_by_id[node].text)}"
        return SIGNS.get(word) or levels.get(word, word)
