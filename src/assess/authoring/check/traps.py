"""YAML that is read otherwise than it looks, by us or by the other tools that read it."""

import re

from assess.authoring.check.context import Found, Subject
from assess.problems import Fix

FLAGS = re.compile(r"[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF")
MISREAD = {
    "a number with the base 8": re.compile(r"[-+]?0[0-7_]+"),
    "a number with the base 60": re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"),
}
TRIMMED = re.compile(r"[0-9]+\.[0-9]*0")
SHOWN = frozenset({"key", "label", "says", "text", "title"})
LISTS = frozenset({"steps", "proof"})


def misread(subject: Subject) -> Found:
    """An unquoted word is a text for every reader of YAML."""
    for text in subject.unquoted:
        route, value = text.route, text.value
        taken = next((what for what, words in MISREAD.items() if words.fullmatch(value)), "")
        if route[-1] in SHOWN and FLAGS.fullmatch(value):
            taken = "true or false"
        elif route == ("version",) and TRIMMED.fullmatch(value):
            taken = f"the number {float(value):g}"
        if taken:
            message = f"{value} without quotes is a text here; readers of YAML 1.1 take it for {taken}"
            quoted = Fix(value, f'"{value}"')
            yield subject.found_at(
                text, "yaml_trap", message, hint=f"write {quoted.instead}", severity="note", fix=quoted
            )


def divided(subject: Subject) -> Found:
    """No text in a list in brackets is divided by its own comma."""
    for text in subject.unquoted:
        document, route, value = text
        listed = len(route) > 1 and route[-2] in LISTS and route[-1] != 0
        if not listed or not value[:1].islower():
            continue
        home = document.places[route[:-1]]
        if document.lines_around(home)[home.line - 1][home.column - 1] == "[":
            message = f"'{value}' is an entry of its own: a comma in brackets ends a text"
            hint = "put the text with the comma into quotes"
            yield subject.found_at(text, "yaml_trap", message, hint=hint, severity="warning")


TRAP_RULES = (misread, divided)
