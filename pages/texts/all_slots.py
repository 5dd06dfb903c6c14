"""All slots by key."""

from pages.texts import of_answers, of_home, of_insurance, of_other_pages, of_requests, of_services
from pages.texts.slots import Slot

SLOTS: dict[str, Slot] = {
    slot.key: slot
    for module in (of_home, of_insurance, of_answers, of_requests, of_services, of_other_pages)
    for slot in module.SLOTS
}
