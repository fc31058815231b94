"""A client of yaml-language-server over standard input and output: what an editor asks, and what it is told."""

import contextlib
import itertools
import json
import subprocess
from pathlib import Path
from typing import NamedTuple


class Mark(NamedTuple):
    """What is marked: line and columns from 1, the last exclusive, and the message."""

    line: int
    start: int
    end: int
    message: str


class Server:
    """A running server; settings are those of the section `yaml`."""

    def __init__(self, process, settings):
        self.process, self.settings, self.numbers, self.marked = process, settings, itertools.count(1), {}
        item = {"completion": {"completionItem": {"snippetSupport": True}}, "hover": {"contentFormat": ["markdown"]}}
        abilities = {"textDocument": item, "workspace": {"configuration": True}}
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": abilities})
        self.send(method="initialized", params={})

    def send(self, **message):
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self.process.stdin.flush()

    def receive(self):
        """The next message meant for the client; questions of the server are answered on the way."""
        while True:
            length = 0
            while (line := self.process.stdout.readline()) != b"\r\n":
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            message = json.loads(self.process.stdout.read(length))
            if message.get("method") == "workspace/configuration":
                sections = [item.get("section") for item in message["params"]["items"]]
                found = [self.settings if section == "yaml" else {} for section in sections]
                self.send(id=message["id"], result=found)
            elif "method" in message and "id" in message:
                self.send(id=message["id"], result=None)
            else:
                return message

    def ask(self, method, params):
        number = next(self.numbers)
        self.send(id=number, method=method, params=params)
        while (message := self.receive()).get("id") != number:
            self.keep(message)
        return message["result"]

    def keep(self, message):
        if message["method"] == "textDocument/publishDiagnostics":
            self.marked[message["params"]["uri"]] = message["params"]["diagnostics"]

    def opened(self, path, text):
        """Open a text as a file, and wait for the marks on it."""
        uri = Path(path).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.send(method="textDocument/didOpen", params={"textDocument": document})
        while uri not in self.marked:
            self.keep(self.receive())
        ranges = [(found["range"]["start"], found["range"]["end"], found["message"]) for found in self.marked[uri]]
        return sorted(Mark(a["line"] + 1, a["character"] + 1, b["character"] + 1, words) for a, b, words in ranges)

    def at(self, what, path, line, column):
        """The answer to a question about a place, line and column from 1."""
        place = {"line": line - 1, "character": column - 1}
        return self.ask(f"textDocument/{what}", {"textDocument": {"uri": Path(path).as_uri()}, "position": place})


@contextlib.contextmanager
def running(command):
    """A server, ended at the end."""
    settings = {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}
    process = subprocess.Popen([command, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        yield Server(process, settings)
    finally:
        process.terminate()
        process.communicate()
