"""How sure scores and first moves are: seeded draws of weights, answers and evidence through the formulas.

Only this package knows numpy, and whoever imports it has to be ready not to find it (docs/method.md, section 14).
"""

from assess.draws.summary import draw_scores

__all__ = ["draw_scores"]
