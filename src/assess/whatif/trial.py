"""Tries a scenario: the same stages on the changed rubric and sheet."""

from collections.abc import Mapping
from dataclasses import replace

from assess.collect import contradictions
from assess.formula import Evaluation, compile_rubric, evaluate, read_sheet
from assess.model.answers import AnswerSheet
from assess.model.engagement import Engagement
from assess.model.roadmap import PlanSearch
from assess.model.rubric import Rubric
from assess.problems import DocumentError, Problem
from assess.scoring import score_organization, score_trees
from assess.whatif.finished import finished_effect, outlook_of
from assess.whatif.rubrics import reweighted, without_rules
from assess.whatif.scenario import NONE_TRIED, Scenario
from assess.whatif.sheets import UntoldError, changed_sheet
from assess.words import listed
from assess.workflow import Assessment, mistakes

CODE = "what_if"


def try_scenario(before: Assessment, scenario: Scenario) -> Assessment:
    """An assessment as it would be with the changes of a scenario, with its own findings and plan.

    Raises DocumentError where the changed rubric would not be sound, where decisions stand against a change, and where
    what comes of it depends on what anonymous people said.
    """
    rubric = without_rules(_reweighted(before.rubric, scenario.weights), scenario.without)
    try:
        sheet = changed_sheet(before, rubric, scenario)
    except UntoldError as error:
        names = listed(f"'{name}'" for name in error.questions)
        message = f"the changes decide which anonymous people would have been asked {names}; what that does is not told"
        raise DocumentError([Problem(CODE, message, hint="leave out what its condition reads")]) from None
    _refuse_contradicted(before, rubric, sheet.engagement)
    scored = score_organization(rubric, sheet)
    after = replace(before, **scored.parts(), search=_search(before, scenario))
    return _finished(after, scenario.done) if scenario.done else after


def _search(before: Assessment, scenario: Scenario) -> PlanSearch:
    """How the plan is looked for; where nothing but capacity changes, the plan of before is taken where it is better.

    With more days a plan made anew can come out worse (docs/method.md, section 9.5).
    """
    only_capacity = scenario._replace(capacity=NONE_TRIED) == Scenario()
    return before.search._replace(beside=before.plan) if only_capacity else before.search


def _refuse_contradicted(before: Assessment, rubric: Rubric, engagement: Engagement) -> None:
    """Raise DocumentError where what was decided cannot be carried out any more."""
    known = {problem.message for problem in contradictions(before.rubric, before.sheet.engagement)}
    new = [problem for problem in contradictions(rubric, engagement) if problem.message not in known]
    if new:
        told = (Problem(CODE, f"a decision stands against it: {p.message}", hint=p.hint) for p in new)
        raise DocumentError(told)


def _reweighted(rubric: Rubric, weights: Mapping[str, float]) -> Rubric:
    """The rubric with other weights; raises DocumentError where it would not be sound with them."""
    changed = reweighted(rubric, weights)
    new = {} if changed is rubric else {p.message: p for p in mistakes(changed)}
    for known in mistakes(rubric) if new else ():
        new.pop(known.message, None)
    if new:
        raise DocumentError(Problem(CODE, f"with these weights {message}", hint=p.hint) for message, p in new.items())
    return changed


def _finished(organization: Assessment, done: tuple[str, ...]) -> Assessment:
    """The organization with what initiatives lift where they lift it, and without the gates they end.

    Answers stay as they are; levels are those that the plan counts with.
    """
    lifted = finished_effect(outlook_of(organization), done)
    rubric = without_rules(organization.rubric, lifted.off)
    tree, claimed = (_lifted(rubric, organization.sheet, lifted.lifts, claimed=side) for side in (False, True))
    return replace(organization, **score_trees(rubric, organization.sheet, tree, claimed).parts())


def _lifted(rubric: Rubric, sheet: AnswerSheet, lifts: Mapping[str, float], *, claimed: bool) -> Evaluation:
    return evaluate(compile_rubric(rubric), read_sheet(rubric, sheet), claimed=claimed, lifts=lifts)
