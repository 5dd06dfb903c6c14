"""A password that somebody else has set: its user has to change it before anything else.

Whether a session was begun with one is kept in the session: setting a password ends all sessions of its user.
"""

from django.contrib.auth.models import User
from django.http import HttpRequest

from accounts.models import FirstPassword

_IN_USE = "first_password"


def was_set(user: User) -> None:
    """Note that somebody else has set the password of the user."""
    FirstPassword.objects.get_or_create(user=user)


def begin(request: HttpRequest, user: User) -> None:
    """Note in the session whether the password with which it began has to be changed."""
    request.session[_IN_USE] = FirstPassword.objects.filter(user=user).exists()


def is_in_use(request: HttpRequest) -> bool:
    return bool(request.session.get(_IN_USE))


def was_changed(request: HttpRequest) -> None:
    """Note that the user of the request has chosen a password."""
    FirstPassword.objects.filter(user=request.user.pk).delete()
    request.session.pop(_IN_USE, None)
