"""What would change: an engagement with some changes that nobody made, beside the engagement as it is.

The changed engagement is scored, diagnosed and planned by the same stages; nothing is computed here.
"""

from assess.whatif.best import BestChanges, SingleChange, best_changes
from assess.whatif.differences import WhatIf, compare
from assess.whatif.document import whatif_json
from assess.whatif.reading import read_scenario
from assess.whatif.scenario import Scenario, WrittenScenario
from assess.whatif.trial import try_scenario

__all__ = [
    "BestChanges",
    "Scenario",
    "SingleChange",
    "WhatIf",
    "WrittenScenario",
    "best_changes",
    "compare",
    "read_scenario",
    "try_scenario",
    "whatif_json",
]
