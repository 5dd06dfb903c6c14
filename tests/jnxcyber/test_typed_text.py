"""Typed text on its way from a form to the page: it arrives as it was typed, or is refused at its field."""

import unicodedata

import pytest
from django.contrib.auth.models import User
from django.utils.html import escape

from contacts.models import Organisation
from products.models import FaqEntry
from tests.admin_forms import form_url_of, save
from tests.html import Page

pytestmark = pytest.mark.django_db

IDEOGRAPHS = (
    range(0x4E00, 0x9FFD),
    range(0xAC00, 0xD7A4),
    range(0x17000, 0x18D00),
    range(0x20000, 0x2F800),
)
AT_ONCE = 9_900  # characters in one text


def every_kind_of_character() -> str:
    """Return all letters, marks, numbers, punctuation and signs but most ideographs, which are all alike.

    Five letters show nothing, and go.
    """
    kinds = [chr(n) for block in IDEOGRAPHS for n in (block[0], block[-1])]
    kinds += [
        chr(n)
        for n in range(0x110000)
        if unicodedata.category(chr(n))[0] in "LMNPS"
        and not any(n in block for block in IDEOGRAPHS)
    ]
    return "".join(
        c
        for c in kinds
        if c not in "{}\uff5b\uff5d\ufffd\u3099\u309a\u115f\u1160\u2800\u3164\uffa0"
    )


def pieces(text: str) -> list[str]:
    return [text[start : start + AT_ONCE] for start in range(0, len(text), AT_ONCE)]


@pytest.mark.parametrize(
    "text",
    pieces(every_kind_of_character()),
    ids=lambda text: text[0].encode("unicode_escape").decode(),
)
def test_every_kind_of_character_is_stored_and_shown_as_typed(admin_client, term, visit, text):
    assert save(admin_client, form_url_of(term), support_lead=text).status_code == 302
    term.refresh_from_db()
    assert term.support_lead == text
    assert escape(text) in visit("/insurance/").html


def test_cells_of_a_table_stay_apart_in_a_text(admin_client, term, visit):
    table = "売上高10億円\t140,230円\t305,380円\r\n売上高50億円\t270,190円\t588,420円\r\n"
    save(admin_client, form_url_of(term), support_lead=table)
    page = visit("/insurance/").html
    assert "売上高10億円 140,230円 305,380円" in page
    assert "売上高50億円 270,190円 588,420円" in page


@pytest.mark.parametrize(
    ("model", "name", "typed"),
    [(FaqEntry, "answer", "答え\n担当 \ue000島"), (Organisation, "name", "\ue000島株式会社")],
)
def test_a_character_of_one_machine_is_refused_at_its_field(admin_client, model, name, typed):
    page = Page(save(admin_client, form_url_of(model.objects.first()), **{name: typed}))
    assert "外字などの" in page.one(f".field-{name} .errorlist").text_content()
    assert typed in page.html


def test_a_persons_name_is_typed_text_as_well(admin_client, admin_user):
    url = form_url_of(User.objects.get(pk=admin_user.pk))
    assert (
        save(admin_client, url, last_name="飯\ufa2a\t\u200b", first_name="か\u3099").status_code
        == 302
    )
    admin_user.refresh_from_db()
    assert (admin_user.last_name, admin_user.first_name) == ("飯\ufa2a", "が")
    assert save(admin_client, url, last_name="\ue000").status_code == 200


@pytest.mark.parametrize(
    "question", ["ｻﾎﾟｰﾄﾃﾞｽｸの費用は?", "サポートデスクの費用は？", "サポートデスクの 費用は?"]
)
def test_a_question_that_reads_the_same_is_there_already(admin_client, question):
    FaqEntry.objects.create(question="サポートデスクの費用は?", answer="答え")
    entry = FaqEntry.objects.create(question="別の質問", answer="答え")
    response = save(admin_client, form_url_of(entry), question=question)
    assert "同じ質問がすでにあります(「サポートデスクの費用は?」)。" in response.content.decode()


@pytest.mark.parametrize(
    "title", ["ｽｹｰﾙﾒﾘｯﾄ", "スケ－ルメリット", "スケール\u2028メリット", "すけーるめりっと"]
)
def test_no_spelling_escapes_the_note_of_a_claim(admin_client, term, title):
    changes = {"reasons-0-title": title, "reasons-0-text": "", "reasons-0-note": ""}
    response = save(admin_client, form_url_of(term), **changes)
    assert "「スケールメリット」を示すときは、注記が必要です" in response.content.decode()
