"""The contact desks. Each desk is one record, shown wherever it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from contacts.hours import DeskStatus, OpeningHours
from contacts.models.organisations import Organisation
from contacts.validators import (
    too_long_at_year_end,
    validate_month_and_day,
    validate_postal_code,
    validate_telephone,
    wrong_count_of_digits,
)
from core.clock import end_of_day
from core.fields import NoteField, WordsField
from core.moment import Moment

if TYPE_CHECKING:
    from contacts.models.desk_parts import ClosedDay


class DeskRole(models.TextChoices):
    AGENCY = "agency", "取扱代理店"
    INSURER = "insurer", "引受保険会社"
    SECRETARIAT = "secretariat", "事務局"
    INCIDENT = "incident", "サイバーインシデント対応"


# What public pages call each role; the labels above are those of the admin.
ROLE_NAMES: dict[str, str] = {
    DeskRole.AGENCY: "取扱代理店",
    DeskRole.INSURER: "引受保険会社",
    DeskRole.SECRETARIAT: "事務局",
    DeskRole.INCIDENT: "サイバーインシデント対応",
}


class DeskQuerySet(models.QuerySet["Desk"]):
    def by_role(self) -> dict[str, Desk]:
        """Return all desks by role, in their order of display, with all that a page shows of them. Three queries."""
        desks = self.select_related("organisation").prefetch_related("persons", "closed_days")
        return {desk.role: desk for desk in desks}

    def get_by_natural_key(self, role: str) -> Desk:
        return self.get(role=role)


WHO_MAY_CALL_MESSAGE = (
    "サイバーインシデント対応の窓口には「利用できる方」が必要です。"
    "緊急のときに、利用できない方が電話をかけないようにするためです。"
)
TELEPHONE_MESSAGE = "この窓口の電話番号は多くのページで案内しているため、空欄にできません。"
INCIDENT_HOURS_MESSAGE = "サイバーインシデント対応の窓口には、受付時間が必要です。"


class Desk(models.Model):
    role = models.CharField("役割", max_length=20, choices=DeskRole, unique=True)
    subject = WordsField(
        "お問い合わせの内容",
        max_length=100,
        help_text="窓口の見出しです。同じ内容の窓口は一つの見出しの下に並びます。",
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="会社・団体", on_delete=models.PROTECT, related_name="desks"
    )
    name = WordsField("窓口の名称", max_length=100, blank=True)
    department = WordsField("部署", max_length=100, blank=True)
    postal_code = models.CharField(
        "郵便番号", max_length=8, blank=True, validators=[validate_postal_code]
    )
    address = WordsField(
        "住所",
        max_length=200,
        blank=True,
        help_text="会社・団体の所在地と違うときだけ入力します。空欄なら、会社・団体の所在地が出ます。",
    )
    telephone = models.CharField(
        "電話番号", max_length=20, blank=True, validators=[validate_telephone]
    )
    email = models.EmailField("メールアドレス", blank=True)
    who_may_call = NoteField(
        "利用できる方",
        max_length=200,
        blank=True,
        help_text="電話番号の前に必ず表示します。※ は自動で付きます。",
    )
    who_may_call_in_short = NoteField(
        "利用できる方(短く)",
        max_length=60,
        blank=True,
        help_text="すべてのページの上の帯で、「利用できる方」の代わりに使います。",
    )
    always_open = models.BooleanField(
        "24時間365日受付",
        default=False,
        help_text="この場合、受付時刻には、受け付けたものに対応する時間帯を入力します。",
    )
    opens_at = models.TimeField("受付開始時刻", null=True, blank=True)
    closes_at = models.TimeField("受付終了時刻", null=True, blank=True)
    closed_on_saturdays = models.BooleanField("土曜日は休み", default=True)
    closed_on_sundays = models.BooleanField("日曜日は休み", default=True)
    closed_on_public_holidays = models.BooleanField("祝日は休み", default=True)
    closed_at_year_end = models.BooleanField("年末年始は休み", default=True)
    year_end_first_day = models.CharField(
        "年末年始の最初の日",
        max_length=5,
        default="12-29",
        validators=[validate_month_and_day],
        help_text="月と日。例:12-29",
    )
    year_end_last_day = models.CharField(
        "年末年始の最後の日",
        max_length=5,
        default="01-03",
        validators=[validate_month_and_day],
        help_text="月と日。例:01-03",
    )
    after_hours_note = NoteField(
        "夜間・休日の注意", blank=True, help_text="電話番号のそばに必ず表示します。"
    )
    after_hours_note_in_short = NoteField(
        "夜間・休日の注意(短く)",
        max_length=60,
        blank=True,
        help_text="すべてのページの上の帯で、「夜間・休日の注意」の代わりに使います。",
    )
    order = models.PositiveSmallIntegerField("表示順", default=0)

    objects = DeskQuerySet.as_manager()

    parts = ("persons", "closed_days")

    class Meta:
        verbose_name = "窓口"
        verbose_name_plural = "窓口"
        ordering = ("order", "role")
        constraints = (
            models.CheckConstraint(
                name="desk_hours_start_before_they_end",
                condition=Q(opens_at=None, closes_at=None)
                | Q(
                    opens_at__isnull=False,
                    closes_at__isnull=False,
                    opens_at__lt=F("closes_at"),
                ),
                violation_error_message="受付時刻は、開始と終了の両方を開始が先になるように入力するか、"
                "両方を空欄にしてください。",
            ),
            models.CheckConstraint(
                name="desk_can_be_reached",
                condition=~Q(telephone="") | ~Q(email=""),
                violation_error_message="電話番号かメールアドレスのどちらかを入力してください。",
            ),
            models.CheckConstraint(
                name="desk_for_incidents_says_who_may_call",
                condition=~Q(role=DeskRole.INCIDENT) | ~Q(who_may_call=""),
                violation_error_message=WHO_MAY_CALL_MESSAGE,
            ),
            models.CheckConstraint(
                name="desk_of_agency_and_incidents_has_a_telephone",
                condition=~Q(role__in=(DeskRole.AGENCY, DeskRole.INCIDENT)) | ~Q(telephone=""),
                violation_error_message=TELEPHONE_MESSAGE,
            ),
            models.CheckConstraint(
                name="desk_for_incidents_has_hours",
                condition=~Q(role=DeskRole.INCIDENT)
                | Q(always_open=True)
                | Q(opens_at__isnull=False),
                violation_error_message=INCIDENT_HOURS_MESSAGE,
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}({self.organisation})"

    def clean(self) -> None:
        """Report at the field what constraints on the role demand, a number that cannot be called, and swapped days.

        The admin does not offer the role, and Django then leaves these constraints to the database.
        """
        errors = {}
        if self.is_for_incidents and not self.who_may_call:
            errors["who_may_call"] = WHO_MAY_CALL_MESSAGE
        if self.is_for_incidents and not self.always_open and self.opens_at is None:
            errors["always_open"] = INCIDENT_HOURS_MESSAGE
        if self.role in (DeskRole.AGENCY, DeskRole.INCIDENT) and not self.telephone:
            errors["telephone"] = TELEPHONE_MESSAGE
        elif message := wrong_count_of_digits(self.telephone):
            errors["telephone"] = message
        first, last = self.year_end_first_day, self.year_end_last_day
        if self.closed_at_year_end and (message := too_long_at_year_end(first, last)):
            errors["year_end_last_day"] = message
        if errors:
            raise ValidationError(errors)

    def natural_key(self) -> tuple[str]:
        return (self.role,)

    @property
    def role_name(self) -> str:
        """Return the name of the desk's role on public pages."""
        return ROLE_NAMES[self.role]

    @property
    def is_for_incidents(self) -> bool:
        """Return whether this is the emergency number, shown only with who may call it and when."""
        return self.role == DeskRole.INCIDENT

    @property
    def title(self) -> str:
        """Return the name of the desk: its own, or that of its organisation."""
        return self.name or self.organisation.name

    @property
    def postal_address(self) -> str:
        """Return the postal address of the desk: its own, or that of its organisation; "" where neither is known."""
        if not self.address:
            return self.organisation.postal_address
        return f"〒{self.postal_code} {self.address}" if self.postal_code else self.address

    @property
    def hours(self) -> OpeningHours:
        return OpeningHours(
            always_open=self.always_open,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            closed_on_saturdays=self.closed_on_saturdays,
            closed_on_sundays=self.closed_on_sundays,
            closed_on_public_holidays=self.closed_on_public_holidays,
            year_end=(self.year_end_first_day, self.year_end_last_day)
            if self.closed_at_year_end
            else None,
            closed_days={
                day: closed.reason_in_words
                for closed in self.closed_days.all()
                for day in closed.days
            },
        )

    @property
    def words_of_fields(self) -> dict[str, str]:
        """Return the sentences that pages make of the hours, by the field to edit, for the search."""
        hours = self.hours
        field = "always_open" if self.always_open else "opens_at"
        return {field: hours.in_words, "closed_on_saturdays": hours.closed_days_in_words}

    def status(self, moment: Moment) -> DeskStatus | None:
        """Return the status of the desk's hours at the moment; None for a desk without hours."""
        status = self.hours.status_at(moment.at)
        if status and status.changes_at:
            moment.will_change(status.changes_at)
        if status and (status.reason or not status.changes_at):
            # A new day may have a different reason, or bring an opening in sight.
            moment.will_change(end_of_day(moment.at))
        return status

    def closed_soon(self, moment: Moment) -> list[ClosedDay]:
        """Return the closed days that visitors are told of at the moment: those of the next weeks, and today's.

        A desk that takes calls at all hours is closed on no day.
        """
        if self.always_open:
            return []
        return [closed for closed in self.closed_days.all() if closed.is_told_at(moment)]

    @property
    def persons_in_charge(self) -> str:
        """Return 「飯島・千葉」, or "" where nobody is named."""
        return "・".join(person.name for person in self.persons.all())
