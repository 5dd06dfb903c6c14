"""The lock-out after too many failed sign-ins: its page, its line in the log, and its end before its time."""

from datetime import datetime, timedelta
from math import ceil

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.clock import TOKYO, real_now
from core.csp import allow_admin_assets
from core.japanese import hour


@allow_admin_assets  # type: ignore[arg-type]  # django-csp's types know no further argument
def locked_out(
    request: HttpRequest, original_response: HttpResponse | None, credentials: dict[str, str]
) -> HttpResponse:
    """Say until when sign-ins are refused; the same for user names that exist and for others.

    By the real clock, as django-axes counts, whatever SITE_CLOCK says.
    """
    now = real_now()
    end = _end(request, credentials) or now
    # Shown as the next full minute: whoever comes back then is let in.
    until = (end + timedelta(minutes=1)).astimezone(TOKYO)
    context = {
        **admin.site.each_context(request),
        "title": "ログインを一時的に止めています",
        "failures": settings.AXES_FAILURE_LIMIT,
        "until": hour(until.time()),
        "is_nav_sidebar_enabled": False,
    }
    response = render(request, "admin/accounts/locked_out.html", context, status=429)
    response["Retry-After"] = str(ceil((end - now).total_seconds()))
    return response


def _end(request: HttpRequest, credentials: dict[str, str]) -> datetime | None:
    """Return when sign-ins are accepted again; None where they are already.

    At the very end of the time, the attempts have just been deleted.
    """
    (attempts,) = AxesDatabaseHandler().get_user_attempts(request, credentials)
    last: datetime | None = attempts.aggregate(last=Max("attempt_time"))["last"]
    return last + settings.AXES_COOLOFF_TIME if last else None


def is_locked_out(user: User) -> bool:
    """Return whether the user cannot sign in now from some IP at least."""
    recent = AccessAttempt.objects.filter(
        username=user.get_username(), attempt_time__gt=real_now() - settings.AXES_COOLOFF_TIME
    )
    failures = recent.values("ip_address").annotate(failures=Sum("failures_since_start"))
    return bool(failures.filter(failures__gte=settings.AXES_FAILURE_LIMIT).exists())


def lift(user: User) -> None:
    """Let the user sign in again at once, from everywhere."""
    AxesDatabaseHandler().reset_attempts(username=user.get_username())


def nobody(*about_the_client: object) -> str:
    """Return the name under which the log reports failed sign-ins."""
    return "somebody"
