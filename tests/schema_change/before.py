"""Fill a database with content, approval and history, in the checkout before its fields change."""

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from products.models import FaqEntry, Notice, PolicyTerm, SupportDesk
from tests.admin_forms import form_data, form_url_of, save

call_command("makemigrations", "products", verbosity=0)
call_command("migrate", verbosity=0)
call_command("load_content", verbosity=0)
client = Client()
client.force_login(User.objects.create_superuser("admin"))
term, entry = PolicyTerm.objects.get(), FaqEntry.objects.first()

save(client, form_url_of(term), coverage_lead="前の説明", support_lead="前の案内")
approval = {"approval_number": "SJ25-1", "approved_on": "2025-01-10"}
save(client, form_url_of(term), coverage_lead="承認された説明", **approval)
save(client, form_url_of(entry), answer="別の回答")

added = "/admin/products/notice/add/"
client.post(added, form_data(client, added, title="消した件名", text="本文"), secure=True)
notice = Notice.objects.get()
client.post(f"/admin/products/notice/{notice.pk}/delete/", {"post": "yes"}, secure=True)

desk = SupportDesk.objects.get()
desk.badges.create(text="前の認定").clasps.create(text="前の留め具")
desk.prizes.create(text="前の受賞")
save(client, form_url_of(desk), text="前の説明")
desk.prizes.all().delete()
save(client, form_url_of(desk), text="後の説明")
