"""Read the database that before.py filled, now that its fields have changed; print the findings as JSON."""

import json
import sys

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from reversion.models import Version

from editing.history import history
from products.approval import changes_since_approval, is_as_approved
from products.models import FaqEntry, Notice, PolicyTerm, SupportDesk
from tests.admin_forms import form_data, form_url_of, save, save_confirmed
from tests.html import Page

call_command("migrate", verbosity=0)
settings.APPROVAL_REQUIRED = True
client = Client()
client.force_login(User.objects.get())
term, entry = PolicyTerm.objects.get(), FaqEntry.objects.first()
found = {
    "as approved": is_as_approved(term),
    "changes": [each.field for each in changes_since_approval(term)],
    "history": Page(client.get(f"/admin/products/policyterm/{term.pk}/history/", secure=True)).text,
    "saved": save(client, form_url_of(term)).status_code,
}

# The approved version, after a version that was saved before the approval.
(*_, approved, before, first) = history(term)


def go_back(entry) -> Page:
    url = f"/admin/products/policyterm/{term.pk}/history/{entry.version.pk}/?correct=1"
    page = Page(client.get(url, secure=True))
    save_confirmed(client, url)
    term.refresh_from_db()
    return page


settings.APPROVAL_REQUIRED = False
found["page of going back"] = go_back(before).text
found["went back to"] = term.coverage_introduction
found["approved after going back"] = is_as_approved(term)
go_back(approved)
found["came back to"] = term.coverage_introduction
found["approved again"] = is_as_approved(term)
save(client, form_url_of(term), rating="5")
found["approved with a value in the new field"] = is_as_approved(term)

found["heading"] = term.coverage_categories.filter(list_heading="補償の対象となる費用の例").exists()
recover = f"/admin/products/notice/recover/{Version.objects.get_deleted(Notice).get().pk}/"
client.post(recover, form_data(client, recover), secure=True)
found["recovered"] = list(Notice.objects.values_list("title", "hint"))

desk = SupportDesk.objects.get()
page = Page(client.get(f"/admin/products/supportdesk/{desk.pk}/history/", secure=True))
found["history of the desk"] = page.text
url = f"/admin/products/supportdesk/{desk.pk}/history/{history(desk)[1].version.pk}/"
found["page of the desk"] = Page(client.get(url, secure=True)).text
client.post(url, form_data(client, url), secure=True)
found["prizes"] = list(desk.prizes.values_list("text", flat=True))
sys.stdout.write(json.dumps(found))
