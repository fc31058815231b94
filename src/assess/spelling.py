"""Which of the characters that cannot be seen belong to the spelling of a text."""

import re

# Scripts whose letters join, stack or change their shape, from Hebrew to Myanmar, Khmer, Mongolian and the later ones;
# U+061C and U+180E lie among them and are no letters.
_JOINING = (
    "\u0590-\u061b\u061d-\u109f\u1780-\u180d\u180f-\u18af\u1900-\u1cff\ua800-\uab2f\uabc0-\uabff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001e800-\U0001efff"
)
_LEFTWARD = "\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_UNSPACED = "\u0e01-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u1b00-\u1b7f\ua980-\uaadf"
_MONGOLIAN = "\u1820-\u18aa"
_PICTURE = "\u2190-\u2bff\U0001f000-\U0001faff"

_HIDDEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_ANY_HIDDEN = re.compile(f"[{_HIDDEN}]")
_ANY_LEFTWARD = re.compile(f"[{_LEFTWARD}]")
# In this order: joiners in a word, joiners of emoji, word breaks where no blank is written, the vowel separator of
# Mongolian, and the letters of a flag.
_SPELT = re.compile(
    rf"(?<=[{_JOINING}])[\u200c\u200d]{{1,3}}|[\u200c\u200d]{{1,3}}(?=[{_JOINING}])"
    rf"|(?:(?<=[{_PICTURE}])|(?<=[{_PICTURE}]\ufe0f))\u200d(?=[{_PICTURE}])"
    rf"|(?<=[{_UNSPACED}])\u200b(?=[{_UNSPACED}])"
    rf"|(?<=[{_MONGOLIAN}])\u180e(?=[{_MONGOLIAN}])"
    "|(?<=\U0001f3f4)[\U000e0020-\U000e007e]{1,16}\U000e007f"
)
_MARKS = re.compile("[\u061c\u200e\u200f]")
_ISOLATES = re.compile("[\u2066-\u2069\n]")
_END = "\u2069"


def spelt(text: str) -> frozenset[int]:
    """The places, from 0, of the characters that cannot be seen and belong to the spelling.

    These are joiners in scripts that use them and between emoji, marks of direction in a text that has letters written
    from right to left, and isolates that begin and end in one line. Embeddings, overrides and the rest never do.
    """
    if not _ANY_HIDDEN.search(text):
        return frozenset()
    places = [place for found in _SPELT.finditer(text) for place in range(*found.span())]
    if _ANY_LEFTWARD.search(text):
        places += [found.start() for found in _MARKS.finditer(text)]
    return frozenset([*places, *_paired(text)])


def spelled(text: str) -> str:
    """The text without the characters that cannot be seen, those that belong to its spelling apart."""
    if not _ANY_HIDDEN.search(text):
        return text
    stay = spelt(text)
    return _ANY_HIDDEN.sub(lambda found: found.group() if found.start() in stay else "", text)


def _paired(text: str) -> list[int]:
    """The places of isolates that have their end in the same line, and of these ends."""
    open_at: list[int] = []
    paired: list[int] = []
    for found in _ISOLATES.finditer(text):
        if found.group() == "\n":
            open_at = []
        elif found.group() != _END:
            open_at.append(found.start())
        elif open_at:
            paired += [open_at.pop(), found.start()]
    return paired


def printable(text: str) -> str:
    """A text whose characters that would not be seen, break the line or steer a terminal are escapes.

    What belongs to the spelling of a text stays, as it does in every other text.
    """
    if text.isprintable():
        return text
    stay = spelt(text)
    return "".join(c if c.isprintable() or at in stay else _escape(c) for at, c in enumerate(text))


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
