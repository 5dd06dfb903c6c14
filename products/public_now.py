"""The part of the admin's home that says what visitors see now."""

from __future__ import annotations

from typing import Any

from core.moment import Moment
from editing.public_pages import public_pages
from products.models import Document, Notice, PolicyTerm

MOST_NOTICES = 10


def public_now(moment: Moment) -> dict[str, Any]:
    """Return the term, notices and documents that are public, as the template shows them."""
    term = PolicyTerm.objects.offered_at(moment)
    notices = Notice.objects.public_at(moment)
    return {
        "pages": public_pages(),
        "term": term,
        "state": term.state_at(moment) if term else None,
        "joining": term.joining_on(moment.today, moment) if term else None,
        "notices": sorted(notices, key=lambda notice: not notice.important)[:MOST_NOTICES],
        "notices_count": len(notices),
        "documents_count": len(_documents(term, moment)),
    }


def _documents(offered: PolicyTerm | None, moment: Moment) -> list[Document]:
    """Return the documents on the public page: those of no term, of the offered one, and of the running one of members."""
    running = PolicyTerm.objects.running_at(moment)
    shown = {None, offered and offered.pk, running and running.pk}
    return [each for each in Document.objects.public_at(moment) if each.term_id in shown]
