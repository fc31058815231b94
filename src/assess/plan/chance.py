"""A counted sequence of chances: the same seed gives the same on every machine and release.

SplitMix64 (Steele, Lea and Flood 2014; docs/method.md, section 9.5).
"""

_ALL = (1 << 64) - 1
_STEP, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


class Chance:
    """Numbers that look like chance and follow from a seed."""

    def __init__(self, seed: int) -> None:
        self._state = seed & _ALL

    def share(self) -> float:
        """A number from 0 up to and without 1."""
        self._state = (self._state + _STEP) & _ALL
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * _FIRST) & _ALL
        mixed = ((mixed ^ (mixed >> 27)) * _SECOND) & _ALL
        return ((mixed ^ (mixed >> 31)) >> 11) / (1 << 53)

    def below(self, count: int) -> int:
        """A whole number from 0 up to and without a count."""
        return int(self.share() * count)
