"""What the scores mean: gaps, gates, contradictions, missing proof, silence and strengths, each with a way out."""

from assess.diagnose.caps import gates
from assess.diagnose.case import DiagnoseContext
from assess.diagnose.contradictions import clashes, disagreements, perception
from assess.diagnose.decided import as_decided
from assess.diagnose.facts import merge_facts
from assess.diagnose.levels import gaps, strengths
from assess.diagnose.silences import blind_spots, silences
from assess.diagnose.titles import told_apart
from assess.diagnose.unproved import unproved
from assess.formula import EvaluatedOrganization
from assess.formula.finding_texts import message_of, tell_finding
from assess.model.findings import NO_MESSAGE, Diagnosis, Finding, Message

__all__ = ["diagnose", "merge_facts"]

# In the order they are printed; strengths come last, because they leave out what the others find.
KINDS = (gates, clashes, disagreements, gaps, unproved, blind_spots, silences)
NO_INITIATIVE = "Agree who changes this and by when; the rubric names no initiative for it."


def diagnose(organization: EvaluatedOrganization) -> Diagnosis:
    """All findings about an organization, urgent and then red first, with the headline and the perception gaps.

    What was decided about findings is done to them.
    """
    case = DiagnoseContext(**organization.parts())
    found = tuple(_with_way_out(finding) for kind in KINDS for finding in kind(case))
    found += strengths(case, found)
    ordered = tuple(sorted(found, key=lambda finding: (finding.urgent is None, not finding.red)))
    message = _message(case)
    whole = Diagnosis(message.says, ordered, perception(case), message)
    decided = as_decided(whole, organization.decisions, organization.sheet.engagement.assessed_on)
    titles = told_apart([finding.title for finding in decided.findings])
    told = zip(decided.findings, titles, strict=True)
    return decided._replace(findings=tuple(f._replace(title=title, heading=f.title) for f, title in told))


def _with_way_out(finding: Finding) -> Finding:
    """The finding; a red one that nothing answers says who has to decide."""
    stuck = finding.red and not (finding.initiatives or finding.settle or finding.decision)
    return finding._replace(settle=NO_INITIATIVE) if stuck else finding


def _message(case: DiagnoseContext) -> Message:
    """The first headline whose condition surely holds and of which a text fits; an empty one where there is none."""
    for name, headline in case.rubric.headline_by_id.items():
        found = message_of(case.tree, headline)
        if found.text:
            cause = tell_finding(headline.cause, case.given, (headline.when,) if headline.when else ())
            figures = tuple(dict.fromkeys((*found.figures, *cause.figures)))
            return Message(name, found.text, cause.text, headline.initiatives, figures)
    return NO_MESSAGE
