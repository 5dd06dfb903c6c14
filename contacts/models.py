"""Whom to call: organisations and their contact desks. Each desk is one record, shown wherever it is needed."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from contacts.hours import OpeningHours

validate_postal_code = RegexValidator(
    r"^\d{3}-\d{4}$", "郵便番号は「108-0074」のように半角で入力してください。"
)
validate_telephone = RegexValidator(
    r"^0\d{1,4}-\d{1,4}-\d{3,4}$",
    "電話番号は「03-5422-6351」のように半角の数字とハイフンで入力してください。",
)
validate_month_and_day = RegexValidator(
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$",
    "「12-29」のように月と日を2桁ずつで入力してください。",
)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def get_by_natural_key(self, code: str) -> Organisation:
        return self.get(code=code)


class Organisation(models.Model):
    code = models.SlugField(
        "コード",
        unique=True,
        help_text="データの書き出しに使う半角の名前です。公開ページには出ません。",
    )
    name = models.CharField("会社名", max_length=100, unique=True)
    short_name = models.CharField(
        "短い会社名", max_length=100, help_text="見出しなどで使います。例:損害保険ジャパン"
    )
    url = models.URLField("URL", blank=True)
    address = models.CharField("所在地", max_length=200, blank=True)
    statement = models.TextField(
        "会社案内", blank=True, help_text="引受保険会社のものは「会社概要」のページに出ます。"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "会社・団体"
        verbose_name_plural = "会社・団体"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class DeskRole(models.TextChoices):
    AGENCY = "agency", "取扱代理店"
    INSURER = "insurer", "引受保険会社"
    SECRETARIAT = "secretariat", "事務局"
    INCIDENT = "incident", "サイバーインシデント対応"


class DeskQuerySet(models.QuerySet["Desk"]):
    def by_role(self) -> dict[str, Desk]:
        """All desks in their order of display, each under its role, with all that a page shows of
        them. Two queries."""
        desks = self.select_related("organisation").prefetch_related("persons")
        return {desk.role: desk for desk in desks}

    def get_by_natural_key(self, role: str) -> Desk:
        return self.get(role=role)


class Desk(models.Model):
    role = models.CharField("役割", max_length=20, choices=DeskRole, unique=True)
    subject = models.CharField(
        "お問い合わせの内容",
        max_length=100,
        help_text="窓口の見出しです。同じ内容の窓口は一つの見出しの下に並びます。",
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="会社・団体", on_delete=models.PROTECT, related_name="desks"
    )
    name = models.CharField("窓口の名称", max_length=100, blank=True)
    department = models.CharField("部署", max_length=100, blank=True)
    postal_code = models.CharField(
        "郵便番号", max_length=8, blank=True, validators=[validate_postal_code]
    )
    address = models.CharField("住所", max_length=200, blank=True)
    telephone = models.CharField(
        "電話番号", max_length=20, blank=True, validators=[validate_telephone]
    )
    email = models.EmailField("メールアドレス", blank=True)
    who_may_call = models.CharField(
        "利用できる方",
        max_length=200,
        blank=True,
        help_text="電話番号の前に必ず表示します。例:損保ジャパンのご契約者専用窓口です。",
    )
    always_open = models.BooleanField("24時間365日受付", default=False)
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
    after_hours_note = models.TextField(
        "夜間・休日の注意", blank=True, help_text="電話番号のそばに必ず表示します。"
    )
    order = models.PositiveSmallIntegerField("表示順", default=0)

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = "窓口"
        verbose_name_plural = "窓口"
        ordering = ("order", "role")
        constraints = (
            models.CheckConstraint(
                name="desk_hours_are_all_day_or_from_until_or_unknown",
                condition=Q(always_open=True, opens_at=None, closes_at=None)
                | Q(always_open=False, opens_at=None, closes_at=None)
                | Q(
                    always_open=False,
                    opens_at__isnull=False,
                    closes_at__isnull=False,
                    opens_at__lt=F("closes_at"),
                ),
                violation_error_message="受付時刻は、開始と終了の両方を開始が先になるように入力してください。"
                "24時間365日受付の窓口では、どちらも空欄にしてください。",
            ),
            models.CheckConstraint(
                name="desk_can_be_reached",
                condition=~Q(telephone="") | ~Q(email=""),
                violation_error_message="電話番号かメールアドレスのどちらかを入力してください。",
            ),
            models.CheckConstraint(
                name="desk_for_incidents_says_who_may_call",
                condition=~Q(role=DeskRole.INCIDENT) | ~Q(who_may_call=""),
                violation_error_message="サイバーインシデント対応の窓口には「利用できる方」が必要です。"
                "緊急のときに、利用できない方が電話をかけないようにするためです。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}({self.organisation})"

    def natural_key(self) -> tuple[str]:
        return (self.role,)

    @property
    def title(self) -> str:
        """What the desk is called: its own name, or that of its organisation."""
        return self.name or self.organisation.name

    @property
    def hours(self) -> OpeningHours:
        return OpeningHours(
            always_open=self.always_open,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            closed_on_saturdays=self.closed_on_saturdays,
            closed_on_sundays=self.closed_on_sundays,
            closed_on_public_holidays=self.closed_on_public_holidays,
            closed_at_year_end=self.closed_at_year_end,
        )

    @property
    def persons_in_charge(self) -> str:
        """「飯島・千葉」, or "" where nobody is named."""
        return "・".join(person.name for person in self.persons.all())


class PersonInCharge(models.Model):
    desk = models.ForeignKey(
        Desk, verbose_name="窓口", on_delete=models.CASCADE, related_name="persons"
    )
    name = models.CharField("氏名", max_length=50)
    order = models.PositiveSmallIntegerField("表示順", default=0)

    class Meta:
        verbose_name = "担当者"
        verbose_name_plural = "担当者"
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.name


class ClosedDay(models.Model):
    desk = models.ForeignKey(
        Desk, verbose_name="窓口", on_delete=models.CASCADE, related_name="closed_days"
    )
    date = models.DateField("休業日")
    reason = models.CharField("理由", max_length=100, blank=True)

    class Meta:
        verbose_name = "臨時の休業日"
        verbose_name_plural = "臨時の休業日"
        ordering = ("date",)
        constraints = (
            models.UniqueConstraint(
                fields=("desk", "date"),
                name="closed_day_once_per_desk",
                violation_error_message="この日はすでに休業日として入力されています。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d}"
