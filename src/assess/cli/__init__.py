"""The command line: parse, call one function, print, exit."""

import errno
import gc
import os
from typing import Annotated

import typer

from assess import __version__
from assess.cli import check, decide, explain, new, plan, report, rubric, score, whatif, where
from assess.cli.streams import leave, prepare, unwritten

app = typer.Typer(
    name="assess",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("report")(report.report)
app.command("check")(check.check)
app.command("score")(score.score)
app.command("plan")(plan.plan)
app.command("explain")(explain.explain)
app.command("whatif")(whatif.whatif)
app.command("decide")(decide.decide)
app.command("new")(new.new)
app.add_typer(rubric.app, name="rubric")
app.command("where")(where.where)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer hands the value over by position
    if wanted:
        typer.echo(f"assess {__version__}")
        raise typer.Exit


EXITS = "Exit codes: 0 done, 1 the documents have problems or are not there, 2 wrong usage, 3 a threshold was missed."


@app.callback(epilog=EXITS)
def about(
    *,
    version: Annotated[  # noqa: ARG001 - its callback answers it
        bool, typer.Option("--version", "-V", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Assess an organization against a rubric and write the roadmap it can work from."""
    from pathlib import Path

    from assess.cache import keep_in

    base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME") or "~/.cache"
    keep_in(Path(os.path.expanduser(base), "social-assess"))  # noqa: PTH111 - never raises


@app.command("help")
def help_on(
    context: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="COMMAND", help="A command, such as `check` or `rubric check`.")
    ] = None,
) -> None:
    """Show the help of a command."""
    root = context.find_root()
    typer.main.get_group(app).main([*(words or ()), "--help"], prog_name=root.info_name, standalone_mode=False)


def main() -> None:
    """Run the command; exit codes: 0 done, 1 the documents have problems, 2 usage, 3 a threshold was missed."""
    # A run is over in a second: looking for garbage, and for plugins of pydantic, takes longer than it gives.
    gc.set_threshold(200_000, 50, 50)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    prepare()
    try:
        app()
    except SystemExit as done:
        leave(done.code)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        unwritten("no space left on device")


__all__ = ["app", "main"]
