"""A page of HTML as a test reads it: tags in their order, and the text of what is read."""

from html.parser import HTMLParser

# Elements that have no end.
ALONE = {"br", "hr", "img", "input", "meta"}


class Reader(HTMLParser):
    """What a page holds: `tags` with their attributes, `text` without the head, the contents and the skipping link."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.open, self.told = [], [], []
        self.feed(page)
        self.close()
        self.text = "".join(self.told)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ALONE:
            self.open.append(tag)
        elif tag == "br":
            self.told.append(" ")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if "main" in self.open and "nav" not in self.open and "svg" not in self.open:
            self.told.append(data)

    def all(self, *tags):
        return [attributes for tag, attributes in self.tags if tag in tags]

    def ids(self):
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    def hrefs(self):
        return [attributes["href"] for attributes in self.all("a")]
