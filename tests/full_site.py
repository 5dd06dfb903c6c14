"""The full site: all that a secretariat may enter, at once, at a moment at which two terms are public.

`manage.py shell -c "from tests.full_site import fill; fill()"` fills an installation with it; SITE_CLOCK=AT shows it.
"""

from django.core.files.base import ContentFile

from contacts.models import Desk, DeskRole, PublicDesk
from products.models import Document, Notice, PolicyTerm
from products.models.gaps import GAPS
from products.rollover import prepare_next
from tests.factories import pdf
from tests.moments import tokyo

AT = "2026-03-10T10:00"  # the running term takes no more applications; the next one is offered
PATHS = (
    "/insurance/terms/2025/",
    "/insurance/terms/2026/",
    "/news/1/",
    "/insurance/join/?on=2026-03-10",
    "/insurance/premiums/?own=30億円&profit=yes",
    "/insurance/summary/?turnover=30億円&on=2026-03-10",
    "/insurance/request/?about=question&turnover=30億円&profit=yes&on=2026-03-10",
    "/nowhere/",
)
LONG = "長い文が続くときの一文です。" * 42 + "ただし、これは最後の文です。"  # 600 characters
FORMATTED = (
    f"{LONG}\n- **一つ目**\n- [資料](https://a.jp/)\n1. 一番\n\n"
    f"[案内](https://a.jp/)と https://a.jp/{'long/' * 30} をご覧ください。TEL:03-0000-0000"
)


def fill() -> None:
    running = PolicyTerm.objects.get()
    following = prepare_next(running)
    texts = dict.fromkeys((*GAPS, "recruiting_where"), LONG) | {"claims_procedure": FORMATTED}
    for term in (running, following):
        PolicyTerm.objects.filter(pk=term.pk).update(
            **texts,
            public_from=tokyo("2025-02-01T00:00"),
            approval_number="SJ25-01234",
            approved_on="2025-01-15",
        )
    for pk in (1, 2):
        Notice.objects.create(
            pk=pk, title=f"{'窓口の受付時間の変更について' * 3}({pk})", important=True, text=FORMATTED,
            public_from=tokyo("2026-03-01T00:00"), public_until=tokyo("2027-01-01T00:00"),
        )  # fmt: skip
    for number, term in enumerate((None, running, following)):
        document = Document(
            code=f"document-{number}", title="パンフレット兼重要事項説明書" * 2, kind="pamphlet", term=term,
            public_from=tokyo("2025-02-01T00:00"),
        )  # fmt: skip
        document.file.save(f"{document.code}.pdf", ContentFile(pdf()))
    PublicDesk.objects.create(
        name="公的な相談窓口の名称", subject="被害のご相談", telephone="03-0000-0000", hours="平日",
        url="https://example.jp/",
    )  # fmt: skip
    Desk.objects.filter(role=DeskRole.AGENCY).update(email="agency@example.jp")
