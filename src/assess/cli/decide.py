"""`assess decide`: keep what was decided with the engagement."""

import contextlib
import datetime
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from assess.cli.files import write_whole
from assess.cli.options import EngagementPath, Rubrics
from assess.cli.output import complain, documents_checked

_SPAN = re.compile(r"(-?\d+(?:\.\d+)?)(?:\s*-\s*(\d+(?:\.\d+)?))?")

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="An initiative, a finding, or the node that words are about.")
]
Who = Annotated[str, typer.Option("--who", metavar="TEXT", help="Who decided it.")]
Why = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The reason; own words need none.")]
Dated = Annotated[str | None, typer.Option("--dated", metavar="DATE", help="The day it was decided.")]
Pin = Annotated[bool, typer.Option("--pin", help="Initiative: it is in the plan in any case.")]
Exclude = Annotated[bool, typer.Option("--exclude", help="Initiative: it is not in the plan, nor what needs it.")]
Owner = Annotated[str | None, typer.Option("--owner", metavar="ROLE", help="Initiative: the role that does it here.")]
Days = Annotated[
    str | None, typer.Option("--effort", metavar="DAYS", help="Initiative: days of the owner, such as 6-10.")
]
Weeks = Annotated[int | None, typer.Option("--weeks", metavar="N", help="Initiative: weeks until it works here.")]
From = Annotated[
    str | None, typer.Option("--not-before", metavar="DATE", help="Initiative: the first day it may start.")
]
To = Annotated[str | None, typer.Option("--not-after", metavar="DATE", help="Initiative: the last day it may start.")]
After = Annotated[
    list[str] | None,
    typer.Option("--after", metavar="NAME", help="Initiative: one that ends before it starts; repeatable."),
]
Accept = Annotated[str | None, typer.Option("--accept-until", metavar="DATE", help="Finding: accepted up to this day.")]
Hide = Annotated[bool, typer.Option("--hide", help="Finding: the papers leave it out, and say so.")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Finding: another title.")]
Says = Annotated[str | None, typer.Option("--text", metavar="TEXT", help="Finding: what it says, in other words.")]
So = Annotated[str | None, typer.Option("--so", metavar="TEXT", help="Finding: what follows, in other words.")]
Own = Annotated[str | None, typer.Option("--words", metavar="TEXT", help="Node: your own words about it.")]


def decide(  # noqa: PLR0913 - the options of the command
    path: EngagementPath,
    name: Name,
    *,
    who: Who,
    why: Why = None,
    dated: Dated = None,
    pin: Pin = False,
    exclude: Exclude = False,
    owner: Owner = None,
    effort: Days = None,
    weeks: Weeks = None,
    not_before: From = None,
    not_after: To = None,
    after: After = None,
    accept_until: Accept = None,
    hide: Hide = False,
    title: Title = None,
    text: Says = None,
    so: So = None,
    words: Own = None,
    rubrics: Rubrics = None,
) -> None:
    """Add a decision to an engagement, with who took it and why.

    Writes one entry into decisions.yaml, or into an engagement of one file, and leaves the rest as it is. What
    `assess check` would refuse is not written.
    """
    given: dict[str, object] = {
        "pin": pin or None, "exclude": exclude or None, "owner": owner, "effort": _span(effort), "weeks": weeks,
        "not_before": _day(not_before), "not_after": _day(not_after), "after": after or None,
        "accept_until": _day(accept_until), "hide": hide or None, "title": title, "text": text, "so": so,
        "words": words,
    }  # fmt: skip
    keep_decision(path, name, _told(given), _told({"who": who, "why": why, "dated": _day(dated)}), rubrics or ())


def keep_decision(
    path: Path, name: str, said: Mapping[str, object], grounds: Mapping[str, object], rubrics: Sequence[Path]
) -> None:
    """Write an entry about an element, and print it; said: what was decided, by key. grounds: who, why and when."""
    from assess.authoring.decide import add_decision
    from assess.model.decisions import ABOUT

    chosen = chosen_list(said)
    if chosen == "words":
        said = {"text": said["words"]}
        if "why" in grounds:
            raise typer.BadParameter("own words have no reason; say it in the words", param_hint="--why")
    elif not str(grounds.get("why", "")).strip():
        raise typer.BadParameter("a decision has a reason", param_hint="--why")
    with documents_checked("nothing was written"):
        added = add_decision(path, chosen, {ABOUT[chosen]: name, **said, **grounds}, rubrics)
        write_whole(added.path, added.text)
    typer.echo(f"{added.path}: added\n{added.entry}", nl=False)
    complain(added.problems)


def chosen_list(said: Mapping[str, object]) -> str:
    """The list that what was said belongs to; a usage error where it is nothing, or belongs to several."""
    from assess.model.decisions import ACCEPTING, REWORDED, STEERING

    lists = {"initiatives": STEERING, "findings": (*ACCEPTING, *REWORDED), "words": ("words",)}
    found = [key for key, keys in lists.items() if said.keys() & {*keys}]
    if len(found) == 1:
        return found[0]
    options = {key: ", ".join(f"--{name.replace('_', '-')}" for name in keys) for key, keys in lists.items()}
    if not found:
        told = "; ".join(f"of {_article(key)}: {names}" for key, names in options.items())
        raise typer.BadParameter(f"say what was decided ({told})", param_hint="NAME")
    kinds = " and ".join(_article(key) for key in found)
    raise typer.BadParameter(f"one decision is about {kinds}; make two of it", param_hint="NAME")


def _article(key: str) -> str:
    from assess.model.decisions import ABOUT

    return f"{'an' if ABOUT[key][0] in 'aeiou' else 'a'} {ABOUT[key]}"


def _told(given: Mapping[str, object]) -> dict[str, object]:
    """The options that were given, even with nothing in them: that is refused where all is checked."""
    return {key: value for key, value in given.items() if value is not None}


def _day(text: str | None) -> object:
    """A date where the text is one; what is none is refused where all is checked."""
    with contextlib.suppress(ValueError):
        return datetime.date.fromisoformat(text) if text is not None else None
    return text


def _span(text: str | None) -> object:
    """`6-10` and `6` as two figures of days; anything else is refused where all is checked."""
    found = _SPAN.fullmatch(text.strip()) if text is not None else None
    if text is None or found is None:
        return text
    days = [float(each) for each in (found[1], found[2] or found[1])]
    return [int(each) if each == int(each) else each for each in days]
