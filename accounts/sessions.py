"""The length of a session: 30 idle minutes, by Django's settings, and 8 hours at most.

By the real clock, not by the Moment: under a pinned clock a session would never end, or end at once.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django_otp import DEVICE_ID_SESSION_KEY

from accounts import first_password
from core.clock import real_now

LONGEST_SESSION = timedelta(hours=8)
_BEGAN_AT = "began_at"


def begin(request: HttpRequest, user: User, **_: Any) -> None:
    """Start the 8 hours when a password is accepted, and ask for the second factor again.

    Django keeps the session of a user who signs in twice, so that both are reset here.
    """
    request.session[_BEGAN_AT] = real_now().timestamp()
    request.session.pop(DEVICE_ID_SESSION_KEY, None)
    first_password.begin(request, user)
    request.session.clear_expired()  # nobody else does: no cron job is asked of an installation


def is_over(request: HttpRequest) -> bool:
    """Return whether the user of this session signed in 8 hours ago or earlier."""
    age = real_now().timestamp() - request.session.get(_BEGAN_AT, 0)
    return age >= LONGEST_SESSION.total_seconds()


def end_all(user: User) -> None:
    """Sign the user out on every device."""
    for session in Session.objects.all():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
