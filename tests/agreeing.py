"""Samples from before anonymous answers below five were left out, whose customers agree that theirs count alone."""

import shutil


def customers(folder):
    return sorted((folder / "answers").glob("cu-*.yaml"))


def agreeing(sample, folder):
    """A copy of a sample whose customers say that their answers may count alone, and nothing else changed."""
    shutil.copytree(sample, folder)
    for file in customers(folder):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("role: customer\n", "role: customer\nalone: true\n"), encoding="utf-8")
    return folder
