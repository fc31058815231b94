"""What may leave beside an answer itself: own words that may be quoted, and nothing that names anybody."""

import re
from collections import Counter

from assess.collect.issues import nameless
from assess.collect.raw import Collected, Respondent
from assess.model.answers import Answer, Settlement, Voice
from assess.model.engagement import EvidenceItem
from assess.model.rubric import Rubric


class Discretion:
    """The texts of one engagement, with respondents named by their roles."""

    def __init__(self, rubric: Rubric, collected: Collected) -> None:
        """Learn who the respondents are."""
        self.roles = {person.id: person.role for person in collected.respondents}
        self.heads = Counter(self.roles.values())
        self.titles = {role.id: role.title for role in rubric.roles}
        names = sorted(self.roles, key=len, reverse=True)
        self.names = re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, names))})(?![\w-])" if names else r"(?!)")

    def text(self, text: str) -> str:
        """A text with respondents named by their roles."""
        return self.names.sub(lambda found: self.titles.get(self.roles[found.group()], "somebody"), text)

    def may_quote(self, person: Respondent) -> bool:
        """Whether somebody's own words may be printed; who answers alone in a role can be recognised."""
        if person.quote or (person.kind == "document" and not person.anonymous):
            return True
        return not person.anonymous and self.heads[person.role] > 1

    def answer(self, person: Respondent, answer: Answer) -> Answer:
        """An answer as it may leave."""
        words = self.text if self.may_quote(person) else _silence
        return answer._replace(
            why=words(answer.why),
            note=words(answer.note),
            confidence=None if person.anonymous else answer.confidence,
            evidence=tuple(self._proof(person, item) for item in answer.evidence),
        )

    def _proof(self, person: Respondent, item: EvidenceItem) -> EvidenceItem:
        if person.anonymous:
            return nameless(item)
        copied: EvidenceItem = item.model_copy(update={"title": self.text(item.title), "note": self.text(item.note)})
        return copied

    def voice(self, person: Respondent) -> Voice:
        """Everything one person answered, as it may leave."""
        answers = {name: self.answer(person, answer) for name, answer in person.answers.items()}
        return Voice(person.role, answers, private=person.anonymous, draft=person.draft)

    def settlement(self, found: Settlement) -> Settlement:
        """What was agreed, on the answers of roles."""
        basis = tuple(dict.fromkeys(self.roles.get(name, name) for name in found.basis))
        answer = found.answer._replace(why=self.text(found.answer.why))
        return Settlement(answer, basis, self.text(found.why))


def _silence(_words: str) -> str:
    return ""
