"""The personas of a rubric as its tests."""
