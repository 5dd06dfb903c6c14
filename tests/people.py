"""The people who work in the admin, for tests and for the guide's pictures."""

from django.contrib.auth.models import Group, User

from tests.tasks import PASSWORD

SECRETARIAT = {"花子": "事務局", "太郎": "事務局", "新人": "事務局", "監査": "閲覧"}


def hire(name: str, *roles: str) -> User:
    user = User.objects.create_user(
        name, password=PASSWORD, last_name="事務", first_name=name, is_staff=True
    )
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def hire_secretariat() -> None:
    for name, role in SECRETARIAT.items():
        hire(name, role)
