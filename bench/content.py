"""Content to measure with: the shipped one, a term that runs today, and several years of what is
added each year. Run in a checkout that was prepared: `python -m bench.content YEARS`."""

import os
import sys
from datetime import timedelta

import django

NOTICES, DOCUMENTS = 5, 3  # a year
PDF = b"%PDF-1.4\n" + b"%" * 200_000
TERM_LASTS = timedelta(days=30)  # of those that are over: a hundred years would leave the calendar


def add(years: int) -> None:
    # These need the settings.
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from core.moment import Moment
    from products.models import Document, DocumentKind, FaqEntry, Notice, PolicyTerm
    from products.rollover import prepare_next

    moment = Moment.now()
    term = PolicyTerm.objects.latest("starts_at")
    while term.ends_at <= moment.at:  # the shipped one is over, and a page without prices is easy
        term = prepare_next(term)
        term.public_from = term.starts_at - timedelta(days=60)
        term.save()
    over = PolicyTerm.objects.earliest("starts_at")
    for number in range(1, years):
        copy = prepare_next(term)
        copy.code = f"over-{number}"
        copy.ends_at = over.starts_at - TERM_LASTS * (number - 1)
        copy.starts_at = copy.ends_at - TERM_LASTS
        copy.public_from = copy.starts_at
        copy.save()
    text = "\n\n".join(FaqEntry.objects.values_list("answer", flat=True)[:3])
    Notice.objects.bulk_create(
        Notice(
            title=f"測定のためのお知らせ その{number}",
            text=text,
            public_from=moment.at - timedelta(weeks=number),
        )
        for number in range(1, NOTICES * years + 1)
    )
    file = default_storage.save("documents/measured.pdf", ContentFile(PDF))
    Document.objects.bulk_create(
        Document(
            code=f"measured-{number}",
            title=f"測定のための資料 その{number}",
            kind=DocumentKind.OTHER,
            file=file,
            public_from=moment.at - timedelta(weeks=number),
        )
        for number in range(1, DOCUMENTS * years + 1)
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jnxcyber.settings")
    django.setup()
    from django.db import transaction

    with transaction.atomic():
        add(int(sys.argv[1]))
