"""The arguments and options that several commands share; plain types, so that --help loads nothing."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How a command prints."""

    text = "text"
    json = "json"


class ProblemFormat(StrEnum):
    """How problems are printed; `github` is the form of workflow annotations, `sarif` that of code scanning."""

    text = "text"
    json = "json"
    github = "github"
    sarif = "sarif"


EngagementPath = Annotated[Path, typer.Argument(metavar="PATH", help="An engagement: a folder or one YAML file.")]
RubricName = Annotated[str, typer.Argument(metavar="NAME", help="A rubric by name or path.")]
Rubrics = Annotated[
    list[Path] | None,
    typer.Option(
        "--rubrics", metavar="FOLDER", envvar="ASSESS_RUBRICS", help="A folder of rubrics, searched before the others."
    ),
]
Templates = Annotated[
    list[Path] | None,
    typer.Option("--templates", metavar="FOLDER", help="A folder of templates that replace the shipped ones."),
]
Draws = Annotated[
    int | None,
    typer.Option(
        "--draws",
        metavar="COUNT",
        min=100,
        max=1_000_000,
        help="Draw so often how sure the scores are, and keep it in the engagement; 4000 are enough.",
    ),
]
Seed = Annotated[
    int | None,
    typer.Option("--seed", min=0, max=2**53, help="What the draws begin with; by default the numbers decide."),
]
Output = Annotated[Format, typer.Option("--format", help="How to print.")]
ProblemOutput = Annotated[ProblemFormat, typer.Option("--format", help="How to print problems.")]
