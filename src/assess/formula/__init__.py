"""The arithmetic: a rubric compiled to a closed tree of formulas, and the readers of that tree."""

from assess.formula.caps import CapResult
from assess.formula.compile import Compiled, compile_rubric, conditions_of, default_target, read_by
from assess.formula.evaluate import Evaluation, NodeResult, evaluate, evaluate_sheet
from assess.formula.figures import begins, decimals_of, figures_beside, format_figure, tight
from assess.formula.items import ItemResult
from assess.formula.normalise import level_at, native_points, scale_of, target_value, worth
from assess.formula.organization import EvaluatedOrganization
from assess.formula.projection import Dependents, Projection, dependents
from assess.formula.readings import Readings, read_sheet
from assess.formula.running import RunningMean, running_mean
from assess.formula.translate import translate_condition

__all__ = [
    "CapResult",
    "Compiled",
    "Dependents",
    "EvaluatedOrganization",
    "Evaluation",
    "ItemResult",
    "NodeResult",
    "Projection",
    "Readings",
    "RunningMean",
    "begins",
    "compile_rubric",
    "conditions_of",
    "decimals_of",
    "default_target",
    "dependents",
    "evaluate",
    "evaluate_sheet",
    "figures_beside",
    "format_figure",
    "level_at",
    "native_points",
    "read_by",
    "read_sheet",
    "running_mean",
    "scale_of",
    "target_value",
    "tight",
    "translate_condition",
    "worth",
]
