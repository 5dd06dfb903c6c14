"""Organisations and their contact desks, one file per subject."""

from contacts.models.desk_parts import ClosedDay, PersonInCharge
from contacts.models.desks import ROLE_NAMES, Desk, DeskRole
from contacts.models.organisations import Organisation
from contacts.models.public_desks import PublicDesk

__all__ = [
    "ROLE_NAMES",
    "ClosedDay",
    "Desk",
    "DeskRole",
    "Organisation",
    "PersonInCharge",
    "PublicDesk",
]
