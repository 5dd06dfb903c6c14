"""The policy terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property

from core.clock import TOKYO, end_of_day
from core.fields import FormattedField, LinesField, NoteField, ProseField, WordsField, validate_year
from core.japanese import day
from core.moment import Moment
from products.joining import (
    Deadline,
    Joining,
    JoiningRule,
    Outcome,
    Recruiting,
    find_deadlines,
    find_joining,
    last_day_to_apply,
)
from products.models.base import Publishable, public_from_field
from products.models.choices import COVER_NAMES, TermState
from products.models.gaps import TermGaps
from products.models.term_queries import PolicyTermQuerySet
from products.premiums import Axis, axis_for

DAY_MESSAGE = "どの月にもある日にするため、1から28までで入力してください。"
day_of_every_month = (MinValueValidator(1, DAY_MESSAGE), MaxValueValidator(28, DAY_MESSAGE))


class PolicyTerm(TermGaps, Publishable):
    code = models.SlugField(
        "コード",
        unique=True,
        help_text="ページのアドレスに使う半角の名前です。公開した後は変えないでください。例:2025",
    )
    starts_at = models.DateTimeField(
        "保険期間の開始", help_text="例:2025年4月1日 16:00", validators=[validate_year]
    )
    ends_at = models.DateTimeField(
        "保険期間の終了",
        help_text="この時刻ちょうどに終了します。例:2026年4月1日 16:00",
        validators=[validate_year],
    )
    public_from = public_from_field()
    recruiting_from = models.DateField(
        "募集期間の最初の日", null=True, blank=True, validators=[validate_year]
    )
    recruiting_until = models.DateField(
        "募集期間の最後の日",
        null=True,
        blank=True,
        validators=[validate_year],
        help_text="この日の申込みを含みます。空欄のあいだは、中途加入の締切日の決まりから計算した日を案内します。",
    )
    recruiting_where = FormattedField(
        "申込みの提出先", blank=True, help_text="募集期間の申込書を、どこへ出すか。"
    )
    joining_deadline_day = models.PositiveSmallIntegerField(
        "中途加入の締切日",
        default=20,
        validators=day_of_every_month,
        help_text="毎月の何日か。この日の申込みを含みます。",
    )
    joining_start_day = models.PositiveSmallIntegerField(
        "中途加入の開始日",
        default=1,
        validators=day_of_every_month,
        help_text="締切の翌月の何日か。",
    )
    joining_start_time = models.TimeField("中途加入の開始時刻", default=time(16))
    premium_notes = LinesField(
        "保険料の注記",
        help_text="1行に1つ。保険料を出すところに必ず一緒に出ます。行の先頭の * は自動で付きます。",
    )
    coverage_lead = ProseField("補償内容の説明", blank=True)
    coverage_note = NoteField(
        "補償内容の注記", blank=True, help_text="補償内容と必ず一緒に出ます。* は自動で付きます。"
    )
    support_lead = ProseField("サポート機能の説明", blank=True)
    support_note = NoteField(
        "サポート機能の注記",
        blank=True,
        help_text="サポート機能と必ず一緒に出ます。「(注)」は自動で付きます。",
    )
    eligibility = FormattedField("加入できる方", blank=True)
    exclusions = FormattedField("保険金をお支払いできない場合", blank=True)
    deductible = FormattedField("免責金額(自己負担額)", blank=True)
    how_to_apply = FormattedField("申込みの手続き", blank=True)
    part_year_premium = FormattedField("中途加入の保険料", blank=True)
    closed_day_rule = FormattedField("締切日が休業日にあたるときの取扱い", blank=True)
    policyholder = FormattedField("保険契約者", blank=True, help_text="この団体契約の保険契約者。")
    duty_to_disclose = FormattedField("告知義務", blank=True)
    agency_authority = FormattedField(
        "取扱代理店の権限", blank=True, help_text="保険契約の締結の代理か媒介か。"
    )
    claims_procedure = FormattedField("事故のご連絡と保険金のご請求", blank=True)
    approval_number = WordsField("承認番号", max_length=50, blank=True)
    approved_on = models.DateField("承認日", null=True, blank=True, validators=[validate_year])
    approval_use_by = models.DateField(
        "使用期限",
        null=True,
        blank=True,
        validators=[validate_year],
        help_text="この日まで使えます。",
    )
    approval_scope = ProseField(
        "承認の範囲", blank=True, help_text="例:保険のご案内、保険料、社内説明用シート"
    )
    # Of the content that was approved; products/approval.py computes and compares it.
    approved_fingerprint = models.CharField(
        "承認した内容の指紋", max_length=64, blank=True, editable=False
    )

    objects = PolicyTermQuerySet.as_manager()

    parts = ("reasons", "premium_rows", "coverage_categories", "support_functions")

    class Meta:
        verbose_name = "保険期間"
        verbose_name_plural = "保険期間"
        ordering = ("-starts_at",)
        constraints = (
            models.CheckConstraint(
                name="term_starts_before_it_ends",
                condition=Q(starts_at__lt=F("ends_at")),
                violation_error_message="保険期間の終了は、開始より後にしてください。",
            ),
            models.CheckConstraint(
                name="term_recruiting_begins_before_it_ends",
                condition=Q(recruiting_from=None)
                | Q(recruiting_until=None)
                | Q(recruiting_from__lte=F("recruiting_until")),
                violation_error_message="募集期間の最後の日は、最初の日かその後にしてください。",
            ),
            models.CheckConstraint(
                name="term_joining_days_are_in_every_month",
                condition=Q(
                    joining_deadline_day__range=(1, 28),
                    joining_start_day__range=(1, 28),
                ),
                violation_error_message=DAY_MESSAGE,
            ),
            models.CheckConstraint(
                name="term_approval_has_number_and_date",
                condition=Q(approval_number="", approved_on=None)
                | (~Q(approval_number="") & Q(approved_on__isnull=False)),
                violation_error_message="承認番号と承認日は、両方を入力するか、両方を空欄にしてください。",
            ),
        )

    def __str__(self) -> str:
        return f"{day(self.starts_at.astimezone(TOKYO))}〜{day(self.ends_at.astimezone(TOKYO))}"

    def get_absolute_url(self) -> str:
        return reverse("term", kwargs={"code": self.code})

    def clean(self) -> None:
        """Refuse terms that overlap where both are, or will be, public: at any time there is one price.

        A recruiting period ends before the term starts: after that the rule for joining holds. No approval is
        dated later than today, or later than it may be used.
        """
        if self.approved_on and self.approved_on > Moment.now().today:
            raise ValidationError({"approved_on": "承認日が今日より後の日です。"})
        if self.approved_on and self.approval_use_by and self.approval_use_by < self.approved_on:
            raise ValidationError(
                {
                    "approval_use_by": f"使用期限({day(self.approval_use_by)})が、"
                    f"承認日({day(self.approved_on)})より前の日です。"
                }
            )
        for name in ("recruiting_from", "recruiting_until"):
            each = getattr(self, name)
            if each and self.starts_at and each >= self.starts_at.astimezone(TOKYO).date():
                raise ValidationError({name: "保険期間の開始より前の日を入力してください。"})
        if not (self.public_from and self.starts_at and self.ends_at):
            return
        overlapping = (
            PolicyTerm.objects.exclude(pk=self.pk)
            .exclude(public_from=None)
            .filter(starts_at__lt=self.ends_at, ends_at__gt=self.starts_at)
            .first()
        )
        if overlapping:
            raise ValidationError(
                {"starts_at": f"公開する保険期間「{overlapping}」と重なっています。"}
            )

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    @property
    def joining_rule(self) -> JoiningRule:
        return JoiningRule(
            deadline_day=self.joining_deadline_day,
            start_day=self.joining_start_day,
            start_time=self.joining_start_time,
        )

    @property
    def recruiting(self) -> Recruiting:
        return Recruiting(self.recruiting_from, self.recruiting_until)

    @property
    def recruiting_in_words(self) -> str | None:
        """Return the main recruiting period as far as it is known; None where nobody knows."""
        first, last = self.recruiting_from, self.recruiting_until
        if first and last:
            return f"{day(first)}〜{day(last)}"
        if first:
            return f"{day(first)}から"
        return f"{day(last)}まで" if last else None

    @cached_property
    def cover_names(self) -> dict[str, str]:
        """Return the term's name for each kind of cover beside its premiums, by kind: 賠償, 費用, 利益."""
        own_names = {each.kind: each.short_name for each in self.coverage_categories.all()}
        return COVER_NAMES | own_names

    @cached_property
    def common_limits(self) -> tuple[int, int] | None:
        """Return the limits of liability and costs (yen) that all premium rows share; None where they differ."""
        limits = {(row.liability_limit, row.expense_limit) for row in self.premium_rows.all()}
        return limits.pop() if len(limits) == 1 else None

    @cached_property
    def axis(self) -> Axis:
        """Return the axis on which the bars of all premium rows stand."""
        return axis_for(self.premium_rows.all())

    def state_at(self, moment: Moment) -> TermState:
        """Return the state at the moment. At `ends_at` sharp the term is over.

        It takes no more applications as soon as cover for one made on this day would no longer start inside it.
        """
        moment.will_change(self.starts_at, self.ends_at)
        if moment.at < self.starts_at:
            return TermState.BEFORE
        if moment.at >= self.ends_at:
            return TermState.ENDED
        moment.will_change(self.intake_ends_at)
        return TermState.OPEN if moment.at < self.intake_ends_at else TermState.INTAKE_OVER

    @property
    def intake_ends_at(self) -> datetime:
        """Return the first instant at which an application leads to no start in this term any more."""
        return end_of_day(last_day_to_apply(self.ends_at, self.joining_rule))

    def joining_on(self, day: date, moment: Moment) -> Joining:
        """Return what an application on this day leads to.

        On the day itself the hour counts as well: at 16:00 of its last day the term is over.
        """
        joining = find_joining(
            day, self.starts_at, self.ends_at, self.joining_rule, self.recruiting
        )
        if day == moment.today and self.state_at(moment).is_over:
            return replace(joining, outcome=Outcome.ENDED)
        return joining

    @property
    def deadlines(self) -> list[Deadline]:
        """Return every deadline of the term, in order."""
        return find_deadlines(self.starts_at, self.ends_at, self.joining_rule)
