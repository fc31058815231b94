"""What the scores mean: gaps, gates, contradictions, missing proof, silence and strengths, each with a way out."""

from assess.diagnose.caps import gates
from assess.diagnose.case import Case
from assess.diagnose.contradictions import clashes, disagreements, perception
from assess.diagnose.levels import gaps, strengths, unproved
from assess.diagnose.silences import blind_spots, silences
from assess.formula import Organization
from assess.formula.nodes import Leaf
from assess.model.findings import Diagnosis, Finding
from assess.model.rubric import Headline
from assess.numbers import apart

# In the order they are printed; strengths come last, because they leave out what the others find.
KINDS = (gates, clashes, disagreements, gaps, unproved, blind_spots, silences)
NO_INITIATIVE = "Agree who changes this and by when; the rubric names no initiative for it."


def diagnose(organization: Organization) -> Diagnosis:
    """All findings about an organization, red first, with the headline and the perception gaps."""
    case = Case(**organization.parts())
    found = tuple(_with_way_out(finding) for kind in KINDS for finding in kind(case))
    found += strengths(case, found)
    ordered = tuple(sorted(found, key=lambda finding: not finding.red))
    return Diagnosis(_headline(case), ordered, perception(case))


def _with_way_out(finding: Finding) -> Finding:
    """The finding; a red one that nothing answers says who has to decide."""
    stuck = finding.red and not finding.initiatives and not finding.settle
    return finding._replace(settle=NO_INITIATIVE) if stuck else finding


def _headline(case: Case) -> str:
    """What the first headline says whose condition surely holds and whose figures are known; empty when none does."""
    fitting = (h for h in case.rubric.headlines if h.when is None or case.holds(case.tree, h.when))
    return next((told for told in (_told(case, headline) for headline in fitting) if told), "")


def _told(case: Case, headline: Headline) -> str:
    """A headline with the figures it quotes; empty where one of them is not known."""
    says = headline.says
    for name in headline.quoted():
        figure = _figure(case, name)
        if figure is None:
            return ""
        says = says.replace(f"{{{name}}}", figure)
    return says


def _figure(case: Case, question: str) -> str | None:
    """The answer to a number question as it is printed; None when nobody gave one.

    What a don't-know counts as was said by nobody and is never quoted.
    """
    name = case.rubric.id_of(question)
    if case.tree.item(name).state != "value":
        return None
    figure = case.tree.number(Leaf(name, facet="number")).value
    return None if figure is None else apart(figure, 1, *case.limits.get(name, ()))
