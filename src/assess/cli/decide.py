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
_LISTS: Mapping[str, tuple[str, ...]] = {
    "initiatives": ("pin", "exclude", "owner", "effort", "weeks", "not_before", "not_after", "after"),
    "findings": ("accept_until", "hide", "title", "text", "so"),
    "words": ("words",),
}
_ABOUT: Mapping[str, str] = {"initiatives": "initiative", "findings": "finding", "words": "node"}

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="An initiative, a finding, or the node that words are about.")
]
Who = Annotated[str, typer.Option("--who", metavar="TEXT", help="Who decided it.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason; own words need none.")]
Dated = Annotated[str, typer.Option("--dated", metavar="DATE", help="The day it was decided.")]
Pin = Annotated[bool, typer.Option("--pin", help="Initiative: it is in the plan in any case.")]
Exclude = Annotated[bool, typer.Option("--exclude", help="Initiative: it is not in the plan, nor what needs it.")]
Owner = Annotated[str, typer.Option("--owner", metavar="ROLE", help="Initiative: the role that does it here.")]
Days = Annotated[str, typer.Option("--effort", metavar="DAYS", help="Initiative: days of the owner, such as 6-10.")]
Weeks = Annotated[int, typer.Option("--weeks", metavar="N", help="Initiative: weeks until it works here.")]
From = Annotated[str, typer.Option("--not-before", metavar="DATE", help="Initiative: the first day it may start.")]
To = Annotated[str, typer.Option("--not-after", metavar="DATE", help="Initiative: the last day it may start.")]
After = Annotated[
    list[str] | None,
    typer.Option("--after", metavar="NAME", help="Initiative: one that ends before it starts; repeatable."),
]
Accept = Annotated[str, typer.Option("--accept-until", metavar="DATE", help="Finding: accepted up to this day.")]
Hide = Annotated[bool, typer.Option("--hide", help="Finding: the papers leave it out, and say so.")]
Title = Annotated[str, typer.Option("--title", metavar="TEXT", help="Finding: another title.")]
Says = Annotated[str, typer.Option("--text", metavar="TEXT", help="Finding: what it says, in other words.")]
So = Annotated[str, typer.Option("--so", metavar="TEXT", help="Finding: what follows, in other words.")]
Own = Annotated[str, typer.Option("--words", metavar="TEXT", help="Node: your own words about it.")]


def decide(  # noqa: PLR0913 - the options of the command
    path: EngagementPath,
    name: Name,
    *,
    who: Who,
    why: Why = "",
    dated: Dated = "",
    pin: Pin = False,
    exclude: Exclude = False,
    owner: Owner = "",
    effort: Days = "",
    weeks: Weeks = 0,
    not_before: From = "",
    not_after: To = "",
    after: After = None,
    accept_until: Accept = "",
    hide: Hide = False,
    title: Title = "",
    text: Says = "",
    so: So = "",
    words: Own = "",
    rubrics: Rubrics = None,
) -> None:
    """Add a decision to an engagement, with who took it and why.

    Writes one entry into decisions.yaml, or into an engagement of one file, and leaves the rest as it is. What
    `assess check` would refuse is not written.
    """
    given: dict[str, object] = {
        "pin": pin, "exclude": exclude, "owner": owner, "effort": _span(effort), "weeks": weeks,
        "not_before": _day(not_before), "not_after": _day(not_after), "after": list(after or ()),
        "accept_until": _day(accept_until), "hide": hide, "title": title, "text": text, "so": so, "words": words,
    }  # fmt: skip
    said = {key: value for key, value in given.items() if value}
    keep_decision(path, name, said, {"who": who, "why": why, "dated": _day(dated)}, rubrics or ())


def keep_decision(
    path: Path, name: str, said: Mapping[str, object], grounds: Mapping[str, object], rubrics: Sequence[Path]
) -> None:
    """Write an entry about an element, and print it; said: what was decided, by key. grounds: who, why and when."""
    from assess.authoring.decide import add_decision

    chosen = chosen_list(said)
    reasons = {key: value for key, value in grounds.items() if value and not (key == "why" and chosen == "words")}
    if chosen == "words":
        said = {"text": said["words"]}
    elif not str(grounds["why"]).strip():
        raise typer.BadParameter("a decision has a reason", param_hint="--why")
    with documents_checked("nothing was written"):
        added = add_decision(path, chosen, {_ABOUT[chosen]: name, **said, **reasons}, rubrics)
        write_whole(added.path, added.text)
    typer.echo(f"{added.path}: added\n{added.entry}", nl=False)
    complain(added.problems)


def chosen_list(said: Mapping[str, object]) -> str:
    """The list that what was said belongs to; a usage error where it is nothing, or belongs to several."""
    found = [key for key, keys in _LISTS.items() if said.keys() & {*keys}]
    if len(found) == 1:
        return found[0]
    options = {key: ", ".join(f"--{name.replace('_', '-')}" for name in keys) for key, keys in _LISTS.items()}
    if not found:
        told = "; ".join(f"of {_article(key)}: {names}" for key, names in options.items())
        raise typer.BadParameter(f"say what was decided ({told})", param_hint="NAME")
    kinds = " and ".join(_article(key) for key in found)
    raise typer.BadParameter(f"one decision is about {kinds}; make two of it", param_hint="NAME")


def _article(key: str) -> str:
    return f"{'an' if _ABOUT[key][0] in 'aeiou' else 'a'} {_ABOUT[key]}"


def _day(text: str) -> object:
    """A date where the text is one; what is none is refused where all is checked."""
    with contextlib.suppress(ValueError):
        return datetime.date.fromisoformat(text)
    return text


def _span(text: str) -> object:
    """`6-10` and `6` as two figures of days; anything else is refused where all is checked."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        return text
    days = [float(each) for each in (found[1], found[2] or found[1])]
    return [int(each) if each == int(each) else each for each in days]
