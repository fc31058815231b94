"""Writes the papers of a set, which are Markdown, in formats that a browser or an office program reads."""

from assess.formats.pages import html_book, html_pages

__all__ = ["html_book", "html_pages"]
