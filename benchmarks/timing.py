"""Interleaved timings: every candidate runs once per round, so that a busy machine burdens all of them alike."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median


def medians(jobs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median time of each job in milliseconds; one round more is run first, to warm caches, and not counted."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for counted in range(rounds + 1):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            if counted:
                times[name].append((time.perf_counter() - start) * 1000)
    return {name: median(values) for name, values in times.items()}


def process(command: Sequence[str]) -> Callable[[], object]:
    """A job that runs a command to its end, its output dropped; raises CalledProcessError when the command fails.

    Compiled modules may be kept, as in an installed program, whatever the environment says.
    """
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    nowhere = subprocess.DEVNULL
    return lambda: subprocess.run(command, check=True, env=env, stdout=nowhere, stderr=nowhere)


def table(times: Mapping[str, float]) -> None:
    """Print one line per job."""
    for name, value in times.items():
        print(f"{value:9.1f} ms  {name}")
