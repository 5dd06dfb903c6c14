"""The second factor: an authenticator app (TOTP), and recovery codes for the day it is lost."""

import re

import segno
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django_otp import login, verify_token
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import sessions
from accounts.models import Outcome, SignIn
from core.clock import unix_time
from core.japanese import half_width

RECOVERY_CODES = 10
_KEY = "second_factor_key"


def is_missing(request: HttpRequest) -> bool:
    """Return whether this session still has to give a second factor."""
    return settings.SECOND_FACTOR and not getattr(request.user, "otp_device", None)


def plain(token: str) -> str:
    """Return a token as the devices know it, from input of either width and in groups."""
    return re.sub(r"[\s-]", "", half_width(token)).lower()


def app_of(user: User) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def device_for(user: User, token: str) -> Device | None:
    """Return the user's device for a plain token, by the token's form; None where there is none."""
    if re.fullmatch("[0-9]{6}", token):
        return app_of(user)
    if re.fullmatch("[a-z2-7]{8}", token):
        return StaticDevice.objects.filter(user=user, confirmed=True).first()
    return None


def accepts(device: Device, token: str) -> bool:
    return verify_token(device.user, device.persistent_id, token) is not None


def complete_sign_in(request: HttpRequest, device: Device) -> None:
    request.session.cycle_key()  # what was known of the session before is of no more use
    login(request, device)
    SignIn.note(request, device.user.get_username(), Outcome.SUCCEEDED)


def app_being_set_up(request: HttpRequest) -> TOTPDevice:
    """Return the app that this session sets up, not saved.

    Its key stays in the session: a reload shows the same QR code, and nobody else who knows the password
    learns the key that is confirmed.
    """
    key = request.session.setdefault(_KEY, TOTPDevice().key)
    return TOTPDevice(user=request.user, name="認証アプリ", key=key)


def confirm(request: HttpRequest, app: TOTPDevice, token: str) -> bool:
    """Save the app if the plain token proves that it has the key, and the user has no app yet."""
    # Not TOTPDevice.verify_token(), which saves the device also when the token is wrong.
    totp = TOTP(app.bin_key)
    totp.time = unix_time()
    if not re.fullmatch("[0-9]{6}", token) or not totp.verify(int(token), app.tolerance):
        return False
    with transaction.atomic():
        User.objects.select_for_update().get(pk=app.user_id)  # of two sessions at once, one wins
        if app_of(app.user):
            return False
        app.last_t, app.drift = totp.t(), totp.drift
        app.save()
    del request.session[_KEY]
    return True


def key_in_groups(app: TOTPDevice) -> str:
    """Return the key as it is typed into an app, in groups of four."""
    key = re.search(r"secret=(\w+)", app.config_url)[1]  # type: ignore[index]
    return " ".join(re.findall(".{1,4}", key))


def qr_code(app: TOTPDevice) -> str:
    """Return the data: URL of the QR code, on white also where the page is dark."""
    url: str = segno.make(app.config_url).svg_data_uri(scale=4, light="white")
    return url


def new_recovery_codes(user: User) -> list[str]:
    """Make and return new recovery codes, and delete the older ones."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="回復用コード")
        codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def recovery_codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def remove(user: User) -> None:
    """Remove the user's devices: the second factor is set up anew at the next request."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()


def reset(user: User) -> None:
    """Remove the devices of a user who has lost them, and sign the user out on every device."""
    remove(user)
    sessions.end_all(user)
