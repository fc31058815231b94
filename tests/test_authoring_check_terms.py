"""Terms that no text holds, and forms of terms that would stay as they are."""

import pytest

from assess.authoring.check import review

HEAD = """\
assess: rubric/1
id: shop
version: '1'
title: {title}
summary: {summary}
terms: {terms}
sources: [{{id: book, title: The vendor's book, note: The vendors' own words on the vendor's book}}]
principles:
  - {{id: ear, title: Ear, source: external, questions: [{{id: q, type: yesno, text: "{text}"}}]}}
"""


@pytest.fixture
def told(tmp_path):
    def of(terms, text="Is it so?", title="Shop", summary="~"):
        words = HEAD.format(terms=terms, text=text, title=title, summary="''" if summary == "~" else summary)
        (tmp_path / "rubric.yaml").write_text(words, encoding="utf-8")
        return [(p.location.line, p.message) for p in review(tmp_path / "rubric.yaml") if p.code == "term"]

    return of


@pytest.mark.parametrize(
    ("terms", "text", "idle"),
    [
        ("{vendor: vendor}", "Does the vendor know?", False),
        ("{vendor: vendor}", "Is the VENDOR known?", False),
        ("{vendor: vendor}", "Is there a vending machine?", True),
        ("{front: front desk}", "Who stands at the front  desk?", False),
        ("{vendor: vendor, clerk: clerk}", "Is there a vendor?", True),
    ],
)
def test_a_term_that_stands_in_no_text_is_told(told, terms, text, idle):
    assert [line for line, message in told(terms, text) if "stands in no text" in message] == [6] * idle


@pytest.mark.parametrize(
    ("terms", "text", "left"),
    [
        ("{vendor: vendor}", "Is the vendor there, and the vendor's dog?", ["vendor's"]),
        ("{vendor: vendor}", "Is a vendor like other vendors?", ["vendors"]),
        ("{vendor: vendor, vendors: vendors}", "Is a vendor in the vendors' house?", []),
        ("{vendor: vendor, own: vendor's}", "Is the vendor in the vendor\u2019s house?", []),
        ("{vendor: vendor, vendors: vendors}", "Is one a 'vendor' and two 'vendors'?", []),
        ("{vendor: vendor}", "Is the vendor in the vendorship?", []),
        ("{child: child, children: children}", "Is a child among the children's toys?", ["children's"]),
    ],
)
def test_a_form_of_a_term_that_would_stay_is_told(told, terms, text, left):
    found = [message for _, message in told(terms, text) if "would stay" in message]
    assert len(found) == len(left)
    assert all(f'"{form}"' in message for form, message in zip(left, found, strict=True))
