"""Factories of content for tests."""

import io

from pypdf import PdfWriter
from pypdf.constants import UserAccessPermissions
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from contacts.models import ClosedDay, Desk, PersonInCharge
from products.models import (
    CoverageCategory,
    Document,
    FaqEntry,
    LegalText,
    Notice,
    PolicyTerm,
    SecurityService,
    SupportDesk,
)
from tests.moments import tokyo


def make_term(code: str, starts_at: str, ends_at: str, public_from: str | None) -> PolicyTerm:
    return PolicyTerm.objects.create(
        code=code,
        starts_at=tokyo(starts_at),
        ends_at=tokyo(ends_at),
        public_from=tokyo(public_from) if public_from else None,
        premium_notes="注記",
    )


def pdf(
    pages: int = 1,
    password: str = "",
    *,
    rights: int | None = None,
    algorithm: str = "RC4-128",
    opens: dict[str, str] | None = None,
    attached: bool = False,
) -> bytes:
    """Return a PDF: with the rights of a file that everybody can open, with an action when it is opened."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=210, height=297)
    if opens:
        action = {NameObject(key): TextStringObject(value) for key, value in opens.items()}
        action[NameObject("/S")] = NameObject(opens["/S"])
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if attached:
        writer.add_attachment("計算.xlsx", b"1")
    if password:
        writer.encrypt(password, algorithm=algorithm)
    if rights is not None:
        writer.encrypt(
            "", "owner", algorithm=algorithm, permissions_flag=UserAccessPermissions(rights)
        )
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def make_fifty_times_more() -> None:
    term = PolicyTerm.objects.get(code="2025")
    support_desk = SupportDesk.objects.get()
    for number in range(50):
        past = make_term(
            f"past-{number}",
            f"{1950 + number}-04-01T16:00",
            f"{1951 + number}-04-01T16:00",
            public_from="1950-01-01T00:00",
        )
        for kind in ("liability", "expenses", "profit"):
            category = CoverageCategory.objects.create(
                term=past, kind=kind, short_name="名", title="見出し", text="説明"
            )
            category.events.create(title="見出し", text="説明")
        term.reasons.create(title=f"理由{number}", text="説明")
        term.support_functions.create(title=f"機能{number}", items="内容")
        for with_profit in (False, True):
            term.premium_rows.create(
                number=10 + 2 * number + with_profit,
                turnover=10**11 + number,
                liability_limit=10**9,
                expense_limit=10**8,
                profit_limit=10**8 if with_profit else None,
                profit_indemnity_months=1 if with_profit else None,
                annual_low=1, annual_high=2, monthly_low=1, monthly_high=2,
            )  # fmt: skip
        for category in term.coverage_categories.all():
            category.events.create(title=f"事故{number}", text="説明")
        support_desk.cases.create(signs="様子")
        support_desk.strengths.create(title="特長", text="説明")
        support_desk.cautions.create(text="注意")
        SecurityService.objects.create(title=f"サービス{number}", text="説明")
        Notice.objects.create(
            title=f"件名{number}", text="本文", public_from=tokyo("2025-10-01T00:00")
        )
        Document.objects.create(
            code=f"document-{number}", title=f"資料{number}", kind="pamphlet", term=term,
            url="https://example.com/", public_from=tokyo("2025-02-01T00:00"),
        )  # fmt: skip
        FaqEntry.objects.create(question=f"質問{number}", answer="回答")
        LegalText.objects.create(kind="closing", text=f"注記{number}")
        LegalText.objects.create(kind="privacy", text=f"段落{number}")
        for desk in Desk.objects.all():
            PersonInCharge.objects.create(desk=desk, name=f"担当{number}")
            ClosedDay.objects.create(desk=desk, date=f"{2000 + number}-01-01")
