"""The public pages. Each is a function of the content and a moment, and joins products and contacts."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from contacts.models import DeskRole
from core.moment import Moment
from core.templatetags.japanese import plain_day
from pages import feeds, structured_data
from pages.accessibility import CRITERIA, KNOWN_GAPS, TESTED_ON
from pages.page_context import PageContext, or_404, render_page, term_context
from pages.prepared_request import request_query
from pages.public_content import content_now
from pages.site_map import PAGES, SiteMapEntry, site_map, term_entry
from products.models import Document, LegalTextKind, PolicyTerm
from products.pdf import ENDING, is_name_of_pdf

NEWEST_NOTICES = 3
# The policy of a PDF, which django-csp reads from the response. WebKit applies it to its own viewer, which needs
# styles, frames and scripts.
OF_A_FILE = {"frame-ancestors": [NONE]}
NOTICES_ON_A_PAGE = 20


def home(moment: Moment) -> HttpResponse:
    page_context = PageContext.at(moment)
    content = page_context.content
    term = content.terms.offered_at(moment)
    return render_page(
        page_context,
        "home",
        data=structured_data.web_site(content.product),
        support_desk=content.support_desk,
        security_program=content.security_program,
        notices=content.notices.public_at(moment)[:NEWEST_NOTICES],
        prices=term.premium_rows.all() if term and moment.at < term.ends_at else [],
        number_of_reasons=_number_of_reasons(term),
        documents=_documents_of(term, page_context) if term else [],
        **term_context(term, page_context),
    )


def insurance(moment: Moment) -> HttpResponse:
    page_context = PageContext.at(moment)
    term = page_context.content.terms.offered_at(moment)
    return render_page(
        page_context,
        "insurance",
        data=structured_data.insurance(page_context.content.product),
        documents=_documents_of(term, page_context) if term else [],
        **term_context(term, page_context),
    )


def term(moment: Moment, code: str) -> HttpResponse:
    """Show a term under its own URL: one that ended, or one that is to come."""
    page_context = PageContext.at(moment)
    term = page_context.public_term(code)
    context = term_context(term, page_context)
    return render_page(
        page_context,
        "insurance",
        template="insurance/term.html",
        slots="term",
        child=term_entry(term),
        canonical=PAGES["insurance"].path if context["is_offered"] else None,
        data=structured_data.insurance(page_context.content.product),
        documents=_documents_of(term, page_context),
        **context,
    )


def support_desk(moment: Moment) -> HttpResponse:
    page_context = PageContext.at(moment)
    support_desk = page_context.content.support_desk
    documents = page_context.content.documents.public_at(moment)
    terms_of_use = [each for each in documents if each.pk == support_desk.terms_of_use_id]
    return render_page(
        page_context,
        "support-desk",
        data=structured_data.desk_service(page_context.content.desks),
        title=page_context.content.desks[DeskRole.INCIDENT].title,
        support_desk=support_desk,
        term=page_context.content.terms.in_force_at(moment),
        terms_of_use=terms_of_use[0] if terms_of_use else None,
    )


def security_services(moment: Moment) -> HttpResponse:
    page_context = PageContext.at(moment)
    program = page_context.content.security_program
    services = program.services.all()
    return render_page(
        page_context,
        "security-services",
        data=structured_data.services(program.provider, [service.title for service in services]),
        title=program.name,
        program=program,
        services=services,
        service_titles="、".join(service.title for service in services),
    )


def company(moment: Moment) -> HttpResponse:
    page_context = PageContext.at(moment)
    insurer = page_context.content.product.insurer
    return render_page(page_context, "company", data=structured_data.organisation(insurer))


def contact(moment: Moment) -> HttpResponse:
    page_context = PageContext.at(moment)
    data = structured_data.contacts(page_context.content.desks.values())
    return render_page(page_context, "contact", data=data)


def faq(moment: Moment) -> HttpResponse:
    page_context = PageContext.at(moment)
    entries = page_context.content.faq_entries
    term = page_context.content.terms.offered_at(moment)
    return render_page(
        page_context,
        "faq",
        data=structured_data.faq(entries),
        entries=entries,
        documents=_documents_of(term, page_context) if term else [],
        **term_context(term, page_context),
    )


def news(moment: Moment, query: dict[str, str]) -> HttpResponse:
    """List the notices in pages, the newest first; a page number that makes no sense is the first page."""
    page_context = PageContext.at(moment)
    pages = Paginator(page_context.content.notices.public_at(moment), NOTICES_ON_A_PAGE)
    page = pages.get_page(query.get("page"))
    canonical = f"{PAGES['news'].path}?page={page.number}" if page.number > 1 else None
    number = f"({page.number}ページ目)" if page.number > 1 else ""
    return render_page(page_context, "news", canonical=canonical, notices=page, page_number=number)


def news_item(moment: Moment, pk: int) -> HttpResponse:
    """Show a notice; one whose publication has ended keeps its URL, and says so."""
    page_context = PageContext.at(moment)
    notices = page_context.content.notices
    notice = or_404(each for each in notices if each.pk == pk and each.was_public_by(moment))
    return render_page(
        page_context,
        "news",
        template="news/item.html",
        slots="news-item",
        child=SiteMapEntry(notice.title, notice.get_absolute_url()),
        data=structured_data.article(notice, page_context.content.updated_at(notice)),
        title=f"{notice.title}({plain_day(notice.public_from)})" if notice.public_from else "",
        notice=notice,
        has_ended=notice.has_ended_at(moment),
    )


def news_feed(moment: Moment) -> HttpResponse:
    feed = feeds.news(content_now(), moment)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def documents(moment: Moment) -> HttpResponse:
    """List the documents of no term and of the term that is offered, then those of the running term of members.

    The documents of a past term stand on its own page.
    """
    page_context = PageContext.at(moment)
    content = page_context.content
    context = term_context(content.terms.offered_at(moment), page_context)
    term, running = context["term"], context["running"]
    public = content.documents.public_at(moment)
    return render_page(
        page_context,
        "documents",
        documents=[each for each in public if each.term_id in {None, term.pk if term else None}],
        documents_of_members=_documents_of(running, page_context) if running else [],
        request_query=request_query(about="documents"),
        **context,
    )


def document_file(moment: Moment, code: str) -> HttpResponse:
    documents = content_now().documents.public_at(moment)
    document = or_404(each for each in documents if each.code == code and each.file)
    try:
        # Not document.file.open(), which would keep the open file in what all threads share.
        pdf = Path(document.file.path).read_bytes()
    except OSError:
        moment.will_change(moment.at + timedelta(minutes=1))  # it may be back soon
        raise Http404 from None
    title = document.title
    filename = title if is_name_of_pdf(title) else f"{title}{ENDING}"
    name = content_disposition_header(as_attachment=False, filename=filename)
    response = HttpResponse(
        pdf, "application/pdf", headers={"Content-Disposition": name, "Accept-Ranges": "bytes"}
    )
    response._csp_config = OF_A_FILE  # type: ignore[attr-defined]
    return response


def privacy(moment: Moment) -> HttpResponse:
    page_context = PageContext.at(moment)
    paragraphs = page_context.content.legal_texts[LegalTextKind.PRIVACY]
    return render_page(page_context, "privacy", paragraphs=paragraphs)


def accessibility(moment: Moment) -> HttpResponse:
    return render_page(
        PageContext.at(moment),
        "accessibility",
        criteria=CRITERIA,
        tested_on=TESTED_ON,
        known_gaps=KNOWN_GAPS,
    )


def site_map_for_people(moment: Moment) -> HttpResponse:
    page_context = PageContext.at(moment)
    return render_page(page_context, "site-map", entries=site_map(page_context.content, moment))


def _number_of_reasons(term: PolicyTerm | None) -> int | None:
    """Return how many reasons the heading counts: none beyond nine, which Japanese counts in a different way."""
    number = len(term.reasons.all()) if term else 0
    return number if number < 10 else None


def _documents_of(term: PolicyTerm, page_context: PageContext) -> list[Document]:
    documents = page_context.content.documents.public_at(page_context.moment)
    return [document for document in documents if document.term_id == term.pk]
