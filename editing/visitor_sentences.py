"""Below an input: the sentences that visitors read because of its value, as public pages make them.

The app that makes the pages registers the sentences at the start, so that none is worded a second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model

from core.moment import Moment


@dataclass(frozen=True)
class Sentence:
    """A sentence that pages make of the values of a row.

    `field` is the input below which it stands, `of` the fields that it is made of: while one of them cannot be read,
    it is not shown. `make` gets the row as typed, the moment and the texts of the pages, and returns "" for no
    sentence. `when` says when visitors read it, where they do not always.
    """

    field: str
    of: tuple[str, ...]
    make: Callable[[Any, Moment, Any], str]
    when: str = ""


_registered: dict[type[Model], Sequence[Sentence]] = {}
_texts: list[Callable[[], Any]] = []


def register_sentences(
    sentences: Mapping[type[Model], Sequence[Sentence]], texts: Callable[[], Any]
) -> None:
    """Make the sentences known by model, and what reads the texts that they are made with."""
    _registered.update(sentences)
    _texts[:] = [texts]


def show_sentences(
    form: forms.ModelForm, formsets: Iterable[forms.BaseInlineFormSet], moment: Moment
) -> None:
    """Put the sentences below the inputs of the form and its rows, which are rendered next.

    The texts are read once, if at all.
    """
    wanted = [(form, each) for each in _wanted(form)]
    for formset in formsets:
        for row_form in formset.forms:
            for each in _wanted(row_form):
                # As typed, and not read anew for each row.
                setattr(row_form.instance, formset.fk.name, formset.instance)
                wanted.append((row_form, each))
    if not wanted:
        return
    texts = _texts[0]()
    below: defaultdict[tuple[forms.ModelForm, str], list[tuple[str, str]]] = defaultdict(list)
    for form, each in wanted:
        if said := each.make(form.instance, moment, texts):
            below[form, each.field].append((each.when, said))
    for (form, name), sentences in below.items():
        field = form.fields[name]
        field.widget = WithSentences(field.widget, sentences)


def _wanted(form: forms.ModelForm) -> Iterator[Sentence]:
    for each in _registered.get(type(form.instance), ()):
        # Reading the errors puts what was typed into the instance; at an error the stored value stays in it.
        if each.field in form.fields and not {*each.of} & {*form.errors}:
            yield each


class WithSentences(forms.Widget):
    """Widget of a form that is rendered, with sentences below it."""

    template_name = "admin/with_sentences.html"

    def __init__(self, widget: forms.Widget, sentences: list[tuple[str, str]]) -> None:
        super().__init__(widget.attrs)
        self.widget, self.sentences = widget, sentences
        self.use_fieldset = widget.use_fieldset
        self.is_required = widget.is_required

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {
            "input": self.widget.render(name, value, attrs),
            "id": (attrs or {}).get("id", name),
            "sentences": self.sentences,
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return self.widget.value_from_datadict(data, files, name)

    def id_for_label(self, id_: str) -> str:
        return self.widget.id_for_label(id_)

    def use_required_attribute(self, initial: Any) -> bool:
        return self.widget.use_required_attribute(initial)
