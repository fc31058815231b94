"""Reads engagements and answers, fits them to a rubric, and leaves out what does not count.

Every answer is typed, every mistake has its place. What was collected stays here; what is counted goes on.
"""

from assess.collect.counting import Counted, ask_again, count_answers, everything, receipt_of
from assess.collect.decided import WrittenDecision
from assess.collect.deciding import contradictions
from assess.collect.decision_remarks import decision_remarks, unkept_decisions
from assess.collect.doubts import OF_CHECK
from assess.collect.engagement import asked_part, named_by_place, no_parts, open_engagement
from assess.collect.gaps import answer_gaps
from assess.collect.issues import Receipt
from assess.collect.kept_plan import kept_plan, plan_file
from assess.collect.memory import collect_mapping
from assess.collect.outside import answers_inside
from assess.collect.raw import Collected, Respondent
from assess.collect.readiness import left_out, open_readiness, readiness
from assess.collect.sheet import collect
from assess.collect.telling import confided, withhold_confided
from assess.collect.turnout import Progress, Turnout, progress, turnout
from assess.collect.uncertainty import kept_uncertainty, uncertainty_file

__all__ = [
    "OF_CHECK",
    "Collected",
    "Counted",
    "Progress",
    "Receipt",
    "Respondent",
    "Turnout",
    "WrittenDecision",
    "answer_gaps",
    "answers_inside",
    "ask_again",
    "asked_part",
    "collect",
    "collect_mapping",
    "confided",
    "contradictions",
    "count_answers",
    "decision_remarks",
    "everything",
    "kept_plan",
    "kept_uncertainty",
    "left_out",
    "named_by_place",
    "no_parts",
    "open_engagement",
    "open_readiness",
    "plan_file",
    "progress",
    "readiness",
    "receipt_of",
    "turnout",
    "uncertainty_file",
    "unkept_decisions",
    "withhold_confided",
]
