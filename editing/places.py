"""The places in the content at which words stand: which row, which field, which sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.fields import MoneyField
from core.japanese import MAN, yen_in_units
from editing.content_models import content_models, parts_of
from editing.differences import in_words
from editing.form_pages import FormPages
from editing.placeholders import PLACEHOLDER, values_now, with_values
from editing.public_pages import PublicPage
from editing.row_forms import FormOfRows, form_of_rows
from editing.row_names import lineage, row_name, rows_of
from editing.schema import shown_fields
from editing.search import Sentence, Span, find, find_parts, length, sentences

# How much of the words a similar place makes up at least, and of what the best one does.
LEAST_OF_WORDS, LEAST_OF_BEST = 1 / 3, 2 / 3

BOLD = "**"

Find = Callable[[str], list[Span]]  # returns what is found in a text


@dataclass(frozen=True)
class Place:
    """A sentence in a field of a row, with the words that were found in it."""

    form: FormOfRows
    pk: Any
    number: int  # of the row among those of its owner, from 0
    field: models.Field
    text: str  # of the whole field
    sentence: Sentence
    is_filled: bool = False  # the text is as pages show it, with the facts that it names

    @property
    def key(self) -> str:
        """Return what names the place as long as its field holds the same text."""
        parts = (self.form.model._meta.label, self.pk, self.field.name, self.sentence, self.text)
        return sha256(repr(parts).encode()).hexdigest()

    def is_written_as(self, words: str) -> bool:
        """Return whether the words stand there as they were typed, and cut no number."""
        return all(
            self.text[span.start : span.end] == words
            and not (words[0].isdigit() and self.text[: span.start][-1:].isdigit())
            and not (words[-1].isdigit() and self.text[span.end :][:1].isdigit())
            for span in self.sentence.found
        )

    @property
    def parts_bold(self) -> bool:
        """Return whether a found word begins or ends within bold words, so that one of their marks stands alone."""
        return any(self.text[span.start : span.end].count(BOLD) % 2 for span in self.sentence.found)

    @property
    def is_in_braces(self) -> bool:
        """Return whether a found word stands in braces, where it names a value and is no text."""
        return any(
            span.start < name.end() and name.start() < span.end
            for name in PLACEHOLDER.finditer(self.text)
            for span in self.sentence.found
        )

    @property
    def found(self) -> list[str]:
        """Return the words that were found, as they are written."""
        return [self.text[span.start : span.end] for span in self.sentence.found]

    @property
    def marked(self) -> SafeString:
        """Return the sentence with the found words marked."""
        return _marked(self.sentence.pieces(self.text))

    def marked_with(self, new: str) -> SafeString:
        """Return the sentence with the new words, marked, in place of what was found."""
        pieces = self.sentence.pieces(self.text)
        return _marked((new if is_found else piece, is_found) for piece, is_found in pieces)


@dataclass(frozen=True)
class Hit:
    """A place as an editor is told about it."""

    place: Place
    row: models.Model
    whole: models.Model  # that the row is a part of, or the row itself
    names: list[str]  # of the row, after those of what it is a part of
    url: str  # of the field in its form
    state: str  # whether visitors see it now
    pages: list[PublicPage]  # on which it appears


def forms_to_search(request: HttpRequest) -> list[FormOfRows]:
    """Return the forms of all content that the user may view."""
    forms = (form_of_rows(model) for model in content_models())
    return [form for form in forms if form and form.may_view(request)]


def find_places(words: str, forms: Iterable[FormOfRows]) -> list[Place]:
    """Return every place at which the words stand in the rows of these forms. One query for each form.

    Words that stand there only once its placeholders are filled are found as well.
    """
    values = values_now()
    as_a_whole = partial(find, words)
    return [place for form in forms for place in _places_in(form, as_a_whole, values)]


def find_similar_places(words: str, forms: Iterable[FormOfRows]) -> list[Place]:
    """Return the places whose text stands in the words, wholly or in parts: those that make up most of them.

    Empty where none makes up enough of the words. One query for each form.
    """
    values = values_now()
    parts = partial(find_parts, words)
    places = [place for form in forms for place in _places_in(form, parts, values)]
    covered = [sum(map(length, place.found)) for place in places]
    enough = max(LEAST_OF_WORDS * length(words), LEAST_OF_BEST * max(covered, default=0))
    return [place for place, each in zip(places, covered, strict=True) if each >= enough]


def describe(places: Iterable[Place]) -> list[Hit]:
    """Return what an editor is told about each place whose row still exists. One query for each model."""
    places = list(places)
    pks: dict[type[models.Model], set[Any]] = {}
    for place in places:
        pks.setdefault(place.form.model, set()).add(place.pk)
    rows = rows_of(pks)
    return [
        _hit(place, rows[place.form.model][place.pk])
        for place in places
        if place.pk in rows[place.form.model]
    ]


def _places_in(form: FormOfRows, found_in: Find, values: Mapping[str, str]) -> Iterator[Place]:
    fields = [each for each in shown_fields(form.model._meta.label_lower) if _is_searched(each)]
    names = ["pk", form.owner or "pk", *(field.name for field in fields)]
    rows = form.model._default_manager.order_by(*(form.model._meta.ordering or ()), "pk")
    numbers: Counter[Any] = Counter()
    for pk, owner, *stored in rows.values_list(*names):
        for field, value in zip(fields, stored, strict=True):
            text = _text_of(field, value)
            for sentence in sentences(text, found_in(text)):
                yield Place(form, pk, numbers[owner], field, text, sentence)
            if "{" in text:
                filled = with_values(text, values)
                for sentence in sentences(filled, found_in(filled)):
                    if filled[sentence.start : sentence.end] not in text:
                        yield Place(
                            form, pk, numbers[owner], field, filled, sentence, is_filled=True
                        )
        numbers[owner] += 1
    yield from _places_in_words_of_fields(form, found_in)


def _places_in_words_of_fields(form: FormOfRows, found_in: Find) -> Iterator[Place]:
    if not hasattr(form.model, "words_of_fields"):
        return
    rows: Any = form.model._default_manager.prefetch_related(*parts_of(form.model))
    for row in rows:
        for name, text in row.words_of_fields.items():
            field: Any = form.model._meta.get_field(name)
            for sentence in sentences(text, found_in(text)):
                yield Place(form, row.pk, 0, field, text, sentence)


def _is_searched(field: models.Field) -> bool:
    """Return whether a field holds text, an amount, a day or an hour; a choice holds a code that nobody sees."""
    is_text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
    return is_text or isinstance(field, (MoneyField, models.DateField, models.TimeField))


def _text_of(field: models.Field, value: Any) -> str:
    """Return the value as pages write it: an amount that they may write in either way, in both."""
    text = in_words(field, value)
    if isinstance(field, MoneyField) and value and value % MAN == 0:
        return f"{text}({yen_in_units(value)})"
    return text


def _marked(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", piece) if marks else piece,) for piece, marks in pieces),
    )


def _hit(place: Place, row: models.Model) -> Hit:
    form_admin = place.form.admin
    rows = lineage(row)
    whole = rows[0]
    whole_admin = admin.site.get_model_admin(type(whole))
    return Hit(
        place=place,
        row=row,
        whole=whole,
        names=[row_name(each) for each in rows],
        url=place.form.url(row, place.field.name, place.number),
        state=whole_admin.state(whole) if isinstance(whole_admin, FormPages) else "",
        pages=form_admin.pages_of(place.form.edits(row)),
    )
