"""A rubric for people who do not open YAML: every text in order, as Markdown, as a page, or as a table of texts."""

from assess.authoring.review.html import as_html
from assess.authoring.review.markdown import as_markdown
from assess.authoring.review.pages import review_pages
from assess.authoring.review.table import as_csv

__all__ = ["as_csv", "as_html", "as_markdown", "review_pages"]
