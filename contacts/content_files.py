"""The files that hold the contacts: see `editing/content_files.py`."""

from collections.abc import Iterator

from contacts.models import ClosedDay, Desk, DeskRole, Organisation, PersonInCharge, PublicDesk

FILES = {
    "organisations": (Organisation,),
    "desks": (Desk, PersonInCharge, ClosedDay),
    "public_desks": (PublicDesk,),
}


def missing() -> Iterator[str]:
    """Yield the roles that no desk has: pages rely on every one."""
    roles = set(DeskRole.values) - set(Desk.objects.values_list("role", flat=True))
    if roles:
        yield f"desks.yaml: no desk for: {', '.join(sorted(roles))}"
