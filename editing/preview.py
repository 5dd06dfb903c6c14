"""Previews: the public site as of a day, by a link that works without signing in, or with an unsaved edit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from core.clock import TOKYO
from core.fields import validate_year
from core.japanese import day_and_hour
from core.moment import Moment
from core.paths import PREVIEW
from editing.content_models import models_with_drafts, publish_drafts, publish_for_preview
from editing.forms import TokyoDateTimeField
from editing.home import may_see_content
from editing.inputs import ContentFields
from editing.links import content_admins
from editing.public_pages import public_pages
from publishing.page_as_of import keep_links_within, page_as_of

SALT = "preview of a day"
DAYS_OF_A_LINK = (1, 7, 14, 30)
WITH_DRAFTS = "下書きも、公開したものとして表示しています。"
OF_A_DAY = "この日時に表示される予定の内容です。"
OWN_PAGE = ""
NOT_SAVED = "まだ保存していない内容を含みます。リンクの先は公開中のページです。"


@dataclass(frozen=True)
class Shown:
    """A preview as its link describes it: the site as of `at`, with or without drafts; the link works until `until`."""

    at: datetime
    with_drafts: bool
    until: datetime

    @classmethod
    def by(cls, link: str) -> Shown:
        """Return what a link shows. Raises Http404 for one that was not made here."""
        try:
            shown = signing.loads(link, salt=SALT)
        except signing.BadSignature as error:
            raise Http404 from error
        at, until = (datetime.fromisoformat(shown[name]) for name in ("at", "until"))
        return cls(at.astimezone(TOKYO), shown["drafts"], until.astimezone(TOKYO))

    @property
    def link(self) -> str:
        shown = {
            "at": self.at.isoformat(),
            "drafts": self.with_drafts,
            "until": self.until.isoformat(),
        }
        return signing.dumps(shown, salt=SALT)

    @property
    def url(self) -> str:
        """Return the path under which anybody sees the home page."""
        return f"{PREVIEW}{self.link}/"

    @property
    def moment(self) -> Moment:
        says = WITH_DRAFTS if self.with_drafts else OF_A_DAY
        return Moment(self.at, pinned=True, preview=says)


@csrf_exempt
@require_safe
def preview_of_a_day(request: HttpRequest, link: str, path: str) -> HttpResponseBase:
    """Return a public page as of the moment in the link, with or without drafts.

    410 once the link has expired. Raises Http404 for a link that was not made here.
    """
    shown = Shown.by(link)
    if Moment.now().at >= shown.until:
        until = day_and_hour(shown.until)
        return render(request, "preview_expired.html", {"until": until}, status=410)
    with drafts_published(shown.moment, shown.with_drafts):
        response = page_as_of(f"/{path}", request.GET, shown.moment)
        return keep_links_within(response, f"{PREVIEW}{link}/")


@contextmanager
def drafts_published(moment: Moment, wanted: bool = True) -> Iterator[None]:
    """Make all drafts public as of the moment, until the end of the block."""
    if not wanted:
        yield
        return
    with transaction.atomic():
        publish_drafts(moment.at)
        yield
        transaction.set_rollback(True)


def page_with(instance: Model, path: str) -> HttpResponseBase:
    """Return the public page with an edit of the object, made in a transaction that the caller takes back.

    It is shown as of now, or as of when the object becomes public.
    """
    at = publish_for_preview(instance, Moment.now().at)
    moment = Moment(at.astimezone(TOKYO), pinned=True, preview=NOT_SAVED)
    return page_as_of(path, QueryDict(), moment)


class PreviewForm(forms.Form):
    """The form of the day to look at."""

    drafts = forms.BooleanField(label="下書きも、公開したものとして表示する", required=False)
    days = forms.TypedChoiceField(
        label="リンクの有効期間",
        coerce=int,
        choices=[(days, f"{days}日間") for days in DAYS_OF_A_LINK],
        initial=14,
        help_text="リンクを知っている人は、ログインしなくても、この期間だけ見ることができます。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not declared in the class: the admin classes are known only after the start.
        at = TokyoDateTimeField(
            label="表示する日時", usual_hour=_last_usual_hour(), validators=[validate_year]
        )
        self.fields = {"at": at, **self.fields}
        drafts = "・".join(str(model._meta.verbose_name) for model in models_with_drafts())
        self.fields["drafts"].help_text = f"公開開始日時が空欄の{drafts}を含めます。"

    @classmethod
    def asked(cls, query: QueryDict) -> PreviewForm:
        """Return the form as it was sent, or an empty one.

        Our own links name a day, and leave it to the editor for how long the preview works.
        """
        if "at_0" not in query:
            return cls(initial={"at": Moment.now().at})
        return cls(query if "days" in query else {**query.dict(), "days": DAYS_OF_A_LINK[2]})

    def preview(self) -> dict[str, Any]:
        """Return the link to the preview, as the template shows it; nothing until a day was chosen."""
        if not self.is_valid():
            return {}
        until = Moment.now().at + timedelta(days=self.cleaned_data["days"])
        at = self.cleaned_data["at"].astimezone(TOKYO)
        shown = Shown(at, self.cleaned_data["drafts"], until)
        return {
            "url": shown.url,
            "link": shown.link,
            "until": day_and_hour(until),
            "shown_at": day_and_hour(at),
            "site_url": settings.SITE_URL,
        }


def _last_usual_hour() -> time:
    """Return the hour after which nothing is usually published: it shows a day with all its changes."""
    return max(each.usual_hour for each in content_admins() if isinstance(each, ContentFields))


def public_places() -> list[tuple[str, str]]:
    """Return path and name of the pages on which an edit can be looked at before it is saved.

    The first is the object's own page, whose path is "": the edit may change it, and gives a new object one.
    """
    return [
        (OWN_PAGE, "このページ"),
        *((page.path, page.label) for page in public_pages().values()),
    ]


def preview_view(request: HttpRequest) -> HttpResponseBase:
    """Show the admin's page on which a day is chosen and its link is made."""
    if not may_see_content(request.user):
        raise PermissionDenied
    form = PreviewForm.asked(request.GET)
    context = {
        **admin.site.each_context(request),
        "title": "日時を選んでサイトを見る",
        "form": form,
        **form.preview(),
    }
    return TemplateResponse(request, "admin/preview.html", context)
