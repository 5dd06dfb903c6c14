"""New rows of a form come last, wherever they are typed."""

import pytest

from contacts.models import Desk, DeskRole
from products.models import CoverageCategory, PolicyTerm, SecurityProgram, SupportDesk
from tests.admin_forms import form_data, form_url_of
from tests.html import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("parent", "relation", "fields"),
    [
        (PolicyTerm, "reasons", {"title": "理由"}),
        (PolicyTerm, "support_functions", {"title": "機能", "summary": "説明", "items": "項目"}),
        (CoverageCategory, "events", {"title": "事象", "text": "説明"}),
        (SupportDesk, "cases", {"signs": "事案"}),
        (SupportDesk, "strengths", {"title": "特長", "text": "説明"}),
        (SupportDesk, "cautions", {"text": "注意"}),
        (SecurityProgram, "services", {"title": "サービス", "text": "説明"}),
        (Desk, "persons", {"name": "担当"}),
    ],
)
def test_new_rows_come_last_in_the_order_of_the_form(admin_client, parent, relation, fields):
    owner = parent.objects.get(role=DeskRole.AGENCY) if parent is Desk else parent.objects.first()
    before = list(getattr(owner, relation).all())
    url = form_url_of(owner)
    (place,) = Page(admin_client.get(url, secure=True)).all(f"[name={relation}-__prefix__-order]")
    typed = {f"{relation}-TOTAL_FORMS": len(before) + 2}
    for number in (len(before), len(before) + 1):
        row = f"{relation}-{number}-"
        typed |= {f"{row}order": place.get("value") or ""}
        typed |= {f"{row}{name}": f"{value}{number}" for name, value in fields.items()}
    sent = form_data(admin_client, url) | typed
    assert admin_client.post(url, sent, secure=True).status_code == 302
    *others, one, two = getattr(owner, relation).all()
    assert others == before
    name = next(iter(fields))
    assert [getattr(row, name) for row in (one, two)] == [
        typed[f"{relation}-{number}-{name}"] for number in (len(before), len(before) + 1)
    ]


def test_a_new_row_goes_where_its_place_was_typed(admin_client):
    desk = SupportDesk.objects.get()
    data = form_data(admin_client, form_url_of(desk))
    count = int(data["cautions-TOTAL_FORMS"])
    data |= {"cautions-TOTAL_FORMS": count + 1, f"cautions-{count}-text": "先頭の注意"}
    data |= {f"cautions-{count}-order": "1"}
    assert admin_client.post(form_url_of(desk), data, secure=True).status_code == 302
    assert desk.cautions.first().text == "先頭の注意"
