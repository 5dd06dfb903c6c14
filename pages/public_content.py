"""The content that public pages show, read once and cached until it changes.

Between two edits a page costs one query, however much there is to show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db.models import Model
from django.utils.safestring import SafeString

from contacts.models import Desk, PublicDesk
from editing.edit_marks import mark_rows
from editing.history import LastChange, last_change_of, last_saves_of
from pages.models import Redirect
from pages.texts.in_content import fill_facts, known_rows
from pages.texts.reading import Texts
from products.models import (
    Document,
    FaqEntry,
    LegalText,
    LegalTextKind,
    Notice,
    PolicyTerm,
    Product,
    SecurityProgram,
    SupportDesk,
)
from products.models.publication import DocumentQuerySet, NoticeQuerySet
from products.models.term_queries import PolicyTermQuerySet
from publishing.revision import content_revision

MOST_CONTENTS = 2  # in memory: the present one, and the one before while pages of it are rendered


@dataclass(frozen=True)
class Content:
    """The content of one revision. Pages and threads share it: nobody may change what is in it.

    The querysets hold all their rows; to filter one would ask the database again.
    """

    product: Product
    desks: dict[str, Desk]
    public_desks: tuple[PublicDesk, ...]
    terms: PolicyTermQuerySet
    notices: NoticeQuerySet
    documents: DocumentQuerySet
    support_desk: SupportDesk
    security_program: SecurityProgram
    faq_entries: tuple[FaqEntry, ...]
    legal_texts: dict[LegalTextKind, tuple[LegalText, ...]]
    texts: Texts
    redirects: dict[str, str]  # from a path of before, without its last slash, to where it leads
    last_change: LastChange  # of what the calendars show
    notices_saved: dict[str, datetime]  # when each was saved last, by its primary key as text
    facts: dict[str, Any]  # the rows that placeholders name, by the first part of their paths
    fragments: dict[Any, SafeString] = field(default_factory=dict)  # rendered from it alone

    def updated_at(self, notice: Notice) -> datetime | None:
        """Return when the notice became public, or was corrected after that; None for a draft."""
        saved = self.notices_saved.get(str(notice.pk))
        return max(filter(None, (saved, notice.public_from)), default=None)

    @property
    def roots(self) -> Iterator[Model]:
        """Yield the rows with which all others were read."""
        yield from (self.product, self.support_desk, self.security_program)
        yield from chain(self.desks.values(), self.public_desks)
        yield from chain(self.terms, self.notices, self.documents)
        yield from chain(self.faq_entries, *self.legal_texts.values(), self.texts.rows)


def content_now() -> Content:
    """Return the content as the database has it."""
    return _content_of(content_revision())


def content_read_anew(with_marks: bool = False) -> Content:
    """Return the content as the database has it, with or without edit marks.

    Previews use it: edits that are rolled back must not push the present content out of memory.
    """
    content = _read()
    if with_marks:
        mark_rows(content.roots)
    fill_facts(content.roots, content.facts)
    return content


# An edit during the read raises the revision, so mixed content is never used again.
@lru_cache(MOST_CONTENTS)
def _content_of(revision: str) -> Content:
    return content_read_anew()


def _read() -> Content:
    legal_texts = list(LegalText.objects.all())
    product = Product.objects.select_related("insurer").get()
    desks = Desk.objects.by_role()
    security_program = (
        SecurityProgram.objects.select_related("provider").prefetch_related("services").get()
    )
    support_desk = SupportDesk.objects.prefetch_related(
        "cases__functions", "strengths", "cautions"
    ).get()
    known = known_rows(product, desks, support_desk, security_program)
    terms = PolicyTerm.objects.with_details()
    texts = Texts(known)
    in_calendars = [product, product.insurer, *desks.values(), *terms, *texts.rows]
    content = Content(
        product=product,
        desks=desks,
        public_desks=tuple(PublicDesk.objects.all()),
        terms=terms,
        notices=Notice.objects.all(),
        documents=Document.objects.all(),
        support_desk=support_desk,
        security_program=security_program,
        faq_entries=tuple(FaqEntry.objects.all()),
        legal_texts={
            kind: tuple(text for text in legal_texts if text.kind == kind) for kind in LegalTextKind
        },
        texts=texts,
        redirects=dict(Redirect.objects.values_list("path", "target")),
        last_change=last_change_of(in_calendars),
        notices_saved=last_saves_of(Notice),
        facts=known,
    )
    for rows in (content.terms, content.notices, content.documents):
        len(rows)  # evaluates the queryset now, before threads share it
    return content
