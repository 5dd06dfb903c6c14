"""Formsets for rows that are edited within the form of what they belong to."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet, BoundField, ModelChoiceField, ModelForm
from django.forms.models import InlineForeignKeyField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from editing.positions import NO_PLACE, placed, taken_twice

TAKEN = "ほかの行がまだ使っている値です。行どうしで入れ替えるときは、いったん別の値にして保存してください。"


class RowForm(ModelForm):
    """The form of a row within that of its parent."""

    def _get_validation_exclusions(self) -> set[str]:
        """Leave constraints that involve the parent to the formset.

        Django 6.1 and later would compare the row with the stored rows, of which the same form changes or deletes
        some.
        """
        parents = (
            name for name, field in self.fields.items() if isinstance(field, InlineForeignKeyField)
        )
        return {*super()._get_validation_exclusions(), *parents}  # type: ignore[misc]


class LabelledField(BoundField):
    """An input with its label and help, which Django's template for tables leaves to the head of the table."""

    def __str__(self) -> SafeString:
        if self.is_hidden:
            return super().__str__()
        return render_to_string(
            "admin/labelled_input.html", {"field": self, "input": self.as_widget()}
        )

    __html__ = __str__


class LabelledRowForm(RowForm):
    bound_field_class = LabelledField


class RowKeyField(ModelChoiceField):
    """The hidden primary key of a row. Django would read each row that the formset has already read."""

    def __init__(self, *, row: models.Model, **kwargs: Any) -> None:
        self.row = row
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> models.Model | None:
        is_own = self.row.pk is not None and value == str(self.row.pk)
        return self.row if is_own else super().to_python(value)


class ContentRows(BaseInlineFormSet):
    """A formset that puts rows at their typed places, new ones last, and checks the unique constraints among them.

    Django compares each row with the database only, where the other rows are still unchanged, and skips
    constraints with a condition. Some rows would pass and then fail in the database.
    """

    model: type[models.Model]

    def clean(self) -> None:
        self.moved: list[Any] = []  # forms whose rows get another number
        if not any(self.errors):
            self._put_in_order()
        if not any(self.errors):
            for constraint in self.model._meta.constraints:
                if isinstance(constraint, models.UniqueConstraint):
                    self._hold(constraint)
        super().clean()

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "order" in form.fields and form.instance.pk is None:
            form.fields["order"].required = False
            form.fields["order"].initial = form.initial["order"] = None
        key = form.fields[self.model._meta.pk.name]
        if isinstance(key, ModelChoiceField):
            form.fields[self.model._meta.pk.name] = RowKeyField(
                row=form.instance,
                queryset=key.queryset,
                initial=key.initial,
                required=False,
                widget=key.widget,
            )
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "この行を削除"

    def save_existing_objects(self, commit: bool = True) -> list[Any]:
        """Store also the numbers of rows that moved only because others did."""
        saved: list[Any] = super().save_existing_objects(commit)
        for form in self.initial_forms:
            if form in self.moved and not form.has_changed():
                form.instance.save(update_fields=["order"])
        return saved

    def _put_in_order(self) -> None:
        """Number the rows anew from 1 if one was given a place, added or is deleted.

        A typed number is a place among the rows as they are shown. One that is the place of the row already is
        not typed: the buttons that move a row number all of them.
        """
        shown = [form for form in self.forms if form.instance.pk or form.has_changed()]
        if not shown or "order" not in shown[0].fields:
            return
        typed = {
            index: form.cleaned_data["order"]
            for index, form in enumerate(shown)
            if form not in self.deleted_forms and self._has_new_place(form, index + 1)
        }
        wrong = taken_twice(typed) | {
            index: NO_PLACE.format(len(shown))
            for index, place in typed.items()
            if not 1 <= place <= len(shown)
        }
        for index, says in wrong.items():
            shown[index].add_error("order", says)
        kept = self.kept_forms
        if wrong or (not typed and len(kept) == len(shown) == len(self.initial_forms)):
            return
        in_order = [form for form in placed(shown, typed) if form in kept]
        for number, form in enumerate(in_order, start=1):
            if form.instance.order != number:
                form.instance.order = number
                self.moved.append(form)

    @staticmethod
    def _has_new_place(form: Any, place: int) -> bool:
        typed = form.cleaned_data.get("order")
        return "order" in form.changed_data and typed is not None and typed != place

    def _hold(self, constraint: models.UniqueConstraint) -> None:
        # Read anew: the forms have already changed the rows of the formset's own queryset.
        rows = self.model._default_manager.filter(**{self.fk.name: self.instance.pk})
        applies = rows if constraint.condition is None else rows.filter(constraint.condition)
        stored = {self._key(row, constraint): row.pk for row in applies}
        applied = {row.pk for row in applies}
        kept = [
            (self._key(form.instance, constraint), form)
            for form in self.kept_forms
            if (
                self._applies(form.instance, constraint)
                if form.has_changed()
                else form.instance.pk in applied
            )
        ]
        if len({key for key, _ in kept}) < len(kept):
            raise ValidationError(constraint.violation_error_message or "")
        for key, form in kept:
            holder = stored.get(key, form.instance.pk)
            # Existing rows are deleted and changed in the order of the forms, before new ones are added.
            if form.instance.pk is not None and holder != form.instance.pk:
                raise ValidationError(TAKEN)

    @property
    def kept_forms(self) -> list[Any]:
        """Return the forms whose rows exist after the save."""
        return [
            form
            for form in self.forms
            if (form.instance.pk or form.has_changed()) and form not in self.deleted_forms
        ]

    def _key(self, row: models.Model, constraint: models.UniqueConstraint) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in constraint.fields if name != self.fk.name)

    def _applies(self, row: models.Model, constraint: models.UniqueConstraint) -> bool:
        if constraint.condition is None:
            return True
        values = {
            field.name: models.Value(getattr(row, field.attname), field)
            for field in row._meta.fields
        }
        return constraint.condition.check(values)
