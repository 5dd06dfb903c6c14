"""Words that are replaced at several places in one step: an edit of each object in whose form they stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, cast

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.safestring import SafeString

from editing.places import Hit, Place, describe, find_places, forms_to_search
from editing.reasons import reason_is_given, reason_of
from editing.row_forms import offered_fields
from editing.saving import Edit, SaveOutcome, save_together
from editing.search import replaced

MOST_PLACES = 200  # that one page shows
OUTDATED = "この画面を開いた後に、選んだ場所の内容が変わりました。まだ置き換えていません。下の内容で、もう一度確かめてください。"
NO_TEXT = "金額、日時、コードは、ここでは置き換えられません。"
IN_BRACES = (
    "差し込み({ })にかかる言葉は、ここでは置き換えられません。元の場所で置き換えてください。"
)
PARTS_BOLD = (
    "太字(**)の一部にかかる言葉は、ここでは置き換えられません。元の場所で置き換えてください。"
)
NOT_ALLOWED = "変更する権限がありません。"
NOT_OFFERED = "この欄は、変更できない内容です。"


@dataclass(frozen=True)
class Rights:
    """The rights of a user in a form."""

    editor: BaseModelAdmin | None  # None: nothing
    offered: set[str]  # names of fields
    needs_reason: bool

    def why_not(self, field: models.Field) -> str:
        """Return why words may not be replaced in the field; "" where they may."""
        is_text = isinstance(field, (models.CharField, models.TextField))
        if not is_text or isinstance(field, models.SlugField):
            return NO_TEXT
        if self.editor is None:
            return NOT_ALLOWED
        return "" if field.name in self.offered else NOT_OFFERED


@dataclass(frozen=True)
class Candidate:
    """A place with the new words."""

    hit: Hit
    rights: Rights
    new: SafeString  # the sentence with the new words, marked
    why_not: str  # why they may not be put there; "" where they may
    needs_reason: bool  # the content was public, so that a change is a correction
    is_as_typed: bool  # and not in a different spelling, or within a number

    @property
    def is_usual(self) -> bool:
        """Return whether the place is chosen before the editor chooses: it may be changed, and is no correction."""
        return self.is_as_typed and not self.why_not and not self.needs_reason

    @property
    def place(self) -> Place:
        return self.hit.place

    @property
    def obj(self) -> models.Model:
        """The object in whose form the place is."""
        return self.place.form.edits(self.hit.row)

    @property
    def object_key(self) -> tuple[str, ...]:
        """The object after its whole, which is what a save locks."""
        whole, obj = self.hit.whole, self.obj
        return whole._meta.label, str(whole.pk), obj._meta.label, str(obj.pk)


class Replacement:
    """The new words at all places at which the old ones stand, for an editor who chooses among them.

    `errors` holds what is wrong with the new words, by the keys of the places.
    """

    def __init__(self, request: HttpRequest, words: str, new: str) -> None:
        self.request = request
        self.words = words
        self.new = new
        self.errors: dict[str, list[str]] = {}
        self._rights: dict[tuple[type[models.Model], Any], Rights] = {}
        places = find_places(words, forms_to_search(request))
        self.count = len(places)
        hits = describe(places) if self.count <= MOST_PLACES else []
        self.candidates = [*map(self._candidate, hits)]

    @property
    def is_possible(self) -> bool:
        """Return whether there is a place at which the words may be replaced."""
        return any(not each.why_not for each in self.candidates)

    @property
    def needs_reason(self) -> bool:
        """Return whether one of the places may be changed with a reason only."""
        return any(each.needs_reason for each in self.candidates)

    def save(self, keys: Collection[str]) -> list[SaveOutcome]:
        """Store the new words at the places with these keys, all or none; return the outcome for each object.

        Raises ValidationError where one of the places is no longer as it was shown.
        """
        chosen = [each for each in self.candidates if each.place.key in keys and not each.why_not]
        if len(chosen) < len(set(keys)):
            raise ValidationError(OUTDATED)
        chosen.sort(key=lambda each: each.object_key)  # everybody locks them in the same order
        by_object = [[*group] for _, group in groupby(chosen, lambda each: each.object_key)]
        says = f"「{self.words}」を「{self.new}」に置き換えました({len(chosen)}か所)。"
        edits = [self._edit(group, says) for group in by_object]
        return save_together(edits, chosen[0].place.form.admin.target(self.request))

    def _candidate(self, hit: Hit) -> Candidate:
        rights = self._rights_in(hit)
        place = hit.place
        in_braces = place.is_in_braces or place.is_filled
        why_not = (
            rights.why_not(place.field)
            or (IN_BRACES if in_braces else "")
            or (PARTS_BOLD if place.parts_bold else "")
        )
        needs_reason = rights.needs_reason and not why_not
        is_as_typed = place.is_written_as(self.words)
        new = place.marked_with(self.new)
        return Candidate(hit, rights, new, why_not, needs_reason, is_as_typed)

    def _rights_in(self, hit: Hit) -> Rights:
        """Return what the user may change in the form of the place, asked once for each form."""
        form, obj = hit.place.form, hit.place.form.edits(hit.row)
        key = (form.model, obj.pk)
        if key not in self._rights:
            editor = form.editor(self.request, hit.row)
            self._rights[key] = Rights(
                editor,
                offered_fields(editor, self.request, obj) if editor else set(),
                form.admin.needs_reason(obj),
            )
        return self._rights[key]

    def _edit(self, group: list[Candidate], says: str) -> Edit:
        form_admin, obj = group[0].place.form.admin, group[0].obj
        return Edit(
            cast(User, self.request.user),
            obj,
            make=partial(self._replace, obj, group),
            says=lambda: says,
            reason=reason_of(self.request),
            needs_reason=form_admin.needs_reason(obj),
            rules=(reason_is_given, *form_admin.rules),
            doubts=form_admin.doubts,
            confirmed=self.request.POST.getlist("_confirmed"),
        )

    def _replace(self, obj: models.Model, group: list[Candidate]) -> list[models.Model] | None:
        """Write the new words, and return the object; None where they are not valid, which is noted."""
        by_row: dict[models.Model, list[Candidate]] = {}
        for each in group:
            by_row.setdefault(each.hit.row, []).append(each)
        for row, candidates in by_row.items():
            self._replace_in(row, candidates)
        is_valid = not any(each.place.key in self.errors for each in group)
        return [type(obj)._default_manager.get(pk=obj.pk)] if is_valid else None

    def _replace_in(self, shown: models.Model, candidates: list[Candidate]) -> None:
        row = type(shown)._default_manager.filter(pk=shown.pk).first()
        if row is None or any(
            getattr(row, each.place.field.name) != each.place.text for each in candidates
        ):
            raise ValidationError(OUTDATED)
        by_field: dict[str, list[Candidate]] = {}
        for each in candidates:
            by_field.setdefault(each.place.field.name, []).append(each)
        try:
            for name, places in by_field.items():
                setattr(row, name, self._cleaned(places))
            row.full_clean()
            row.save(update_fields=[*by_field])
        except ValidationError as error:
            self._note(row, error, by_field)

    def _cleaned(self, places: list[Candidate]) -> Any:
        """Return the text of the field with the new words, as its form takes it. Raises ValidationError."""
        place, editor = places[0].place, places[0].rights.editor
        spans = [span for each in places for span in each.place.sentence.found]
        text = replaced(place.text, spans, self.new)
        form_field = editor and editor.formfield_for_dbfield(place.field, request=self.request)
        try:
            return form_field.clean(text) if form_field else text
        except ValidationError as error:
            raise ValidationError({place.field.name: error.messages}) from error

    def _note(
        self, row: models.Model, error: ValidationError, by_field: dict[str, list[Candidate]]
    ) -> None:
        """Note what is wrong at the first place in the field; in the row, where its field has none."""
        first = next(iter(by_field.values()))
        for name, messages in error.message_dict.items():
            has_place = name in by_field or name == NON_FIELD_ERRORS
            label = "" if has_place else f"{_label(row, name)}:"
            key = by_field.get(name, first)[0].place.key
            self.errors.setdefault(key, []).extend(f"{label}{message}" for message in messages)


def _label(row: models.Model, name: str) -> str:
    return str(cast(models.Field, row._meta.get_field(name)).verbose_name)
