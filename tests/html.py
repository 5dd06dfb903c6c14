"""Reading an answer as a visitor and their software would."""

import json
import re

import lxml.html
from django.http import HttpResponseBase

UTF_8 = lxml.html.HTMLParser(encoding="utf-8")


def squeezed(text: str) -> str:
    """Without white space, which neither the source nor HTML gives a meaning in Japanese text."""
    return re.sub(r"\s", "", text)


class Page:
    def __init__(self, response: HttpResponseBase) -> None:
        self.response = response
        self.html = b"".join(response).decode()
        self.document = lxml.html.document_fromstring(self.html.encode(), parser=UTF_8)

    @property
    def text(self) -> str:
        """Return the text of the page with the URLs of its links, without white space."""
        body = self.document.body
        links = " ".join(link.get("href", "") for link in body.iter("a"))
        return squeezed(body.text_content() + links)

    @property
    def main(self) -> str:
        return squeezed(self.document.get_element_by_id("main").text_content())

    def all(self, selector: str) -> list[lxml.html.HtmlElement]:
        return self.document.cssselect(selector)

    def texts(self, selector: str) -> list[str]:
        return [squeezed(element.text_content()) for element in self.all(selector)]

    def attributes(self, selector: str, name: str) -> list[str]:
        return [element.get(name) for element in self.all(selector)]

    def one(self, selector: str) -> lxml.html.HtmlElement:
        (element,) = self.all(selector)
        return element

    def drop_phrase_marks(self) -> None:
        """Join the texts of headings, which phrase marks part in nodes."""
        for mark in self.all("wbr"):
            mark.drop_tag()

    @property
    def structured_data(self) -> list[dict]:
        return [
            thing
            for script in self.all('script[type="application/ld+json"]')
            for thing in json.loads(script.text)["@graph"]
        ]
