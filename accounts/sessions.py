"""How long a session lasts: 30 idle minutes (Django's settings see to that), and 8 hours at most.

The times here are those of the real clock, not of the Moment that SITE_CLOCK can pin: under a pinned
clock a session would never end, or be over at once.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django_otp import DEVICE_ID_SESSION_KEY

from core.clock import real_now

LONGEST = timedelta(hours=8)
_BEGAN_AT = "began_at"


def begin(request: HttpRequest, **_: Any) -> None:
    """When a password has been accepted: the 8 hours begin, and the second factor is asked for again,
    also where Django keeps the session of a user who signs in twice."""
    request.session[_BEGAN_AT] = real_now().timestamp()
    request.session.pop(DEVICE_ID_SESSION_KEY, None)
    request.session.clear_expired()  # nobody else does: no cron job is asked of an installation


def is_over(request: HttpRequest) -> bool:
    """Whether it is 8 hours or more since the user of this session signed in."""
    age = real_now().timestamp() - request.session.get(_BEGAN_AT, 0)
    return age >= LONGEST.total_seconds()


def end_all(user: User) -> None:
    """Sign the user out on every device."""
    for session in Session.objects.all():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
