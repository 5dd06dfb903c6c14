"""Doubts about when notices and documents are public, and about the codes in their URLs."""

import pytest

from products.models import Document, Notice, PolicyTerm
from products.rollover import prepare_next
from tests.admin_forms import form_url_of, save
from tests.html import Page
from tests.moments import tokyo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_term")]  # 2025-10-03

NEW = "/admin/products/notice/add/"
EMPTY = {"public_from_0": "", "public_from_1": "", "public_until_0": "", "public_until_1": ""}


def asked(client, url: str, **changes) -> list[str]:
    response = save(client, url, **changes)
    return (
        [] if response.status_code == 302 else Page(response).texts("[aria-labelledby=doubts] li")
    )


@pytest.mark.parametrize(
    ("changes", "doubts"),
    [
        (
            {"public_from_0": "2016-11-02", "public_until_0": "2016-11-30"},
            ["公開終了(2016年11月30日の終わり)を過ぎているため、公開されません。"],
        ),
        ({"public_from_0": "2025-10-01", "public_until_0": "2025-12-31", "important": "on"}, []),
        (
            {"public_from_0": "2025-10-01", "public_until_0": "2035-12-31", "important": "on"},
            [
                "公開終了(2035年12月31日の終わり)まで、すべてのページの上部に出ます。"
                "年の入力に間違いがないか、確かめてください。"
            ],
        ),
        ({"public_from_0": "2025-10-01", "public_until_0": "2035-12-31"}, []),
    ],
)
def test_a_new_notice(admin_client, changes, doubts):
    data = EMPTY | {"title": "件名", "text": "本文"} | changes
    assert asked(admin_client, NEW, **data) == doubts


def test_a_second_notice_of_the_same_subject_is_asked(admin_client):
    Notice.objects.create(title="休業のお知らせ", text="本文")
    data = EMPTY | {"title": "休業のお知らせ", "text": "直した本文"}
    assert asked(admin_client, NEW, **data) == [
        "同じ件名「休業のお知らせ」のお知らせが、すでにあります。"
    ]
    assert asked(admin_client, NEW, **data | {"title": "別の件名"}) == []


def test_a_public_notice_that_is_put_off_is_asked_and_one_that_is_taken_back_is_not(admin_client):
    notice = Notice.objects.create(title="件名", text="本文", public_from=tokyo("2025-09-30T09:00"))
    url = form_url_of(notice)
    assert asked(admin_client, url, public_from_0="2062-10-03") == [
        "公開中のお知らせが、2062年10月3日(午前9時)まで公開ページから消えます。"
    ]
    assert asked(admin_client, url, public_from_0="", public_from_1="") == []


@pytest.mark.parametrize(("public_from", "asks"), [("2025-09-30T09:00", 1), (None, 0)])
def test_a_changed_code_is_asked_where_visitors_know_the_url(admin_client, public_from, asks):
    document = Document.objects.create(
        code="c5",
        title="資料",
        kind="other",
        url="https://a.example.jp/",
        public_from=tokyo(public_from) if public_from else None,
    )
    says = "コードを「c5」から変えると、これまでの公開ページのアドレスが使えなくなります。"
    assert asked(admin_client, form_url_of(document), code="c5-new") == [says] * asks
    assert Document.objects.filter(code="c5-new").exists() == (not asks)


def test_publishing_what_changed_since_its_approval_is_asked(admin_client, term):
    draft = prepare_next(term)
    url = form_url_of(draft)
    approved = {"approval_number": "SJ26-001", "approved_on": "2025-10-01"}
    assert asked(admin_client, url, **approved) == []
    says = (
        "承認を受けた後に、内容が変わっています。引受保険会社の承認を受けたか、確かめてください。"
    )
    publication = {"public_from_0": "2026-02-01", "public_from_1": "9:00"}
    assert says not in asked(admin_client, url, **publication)
    assert asked(admin_client, url, coverage_lead="承認の後の文") == []
    assert says in asked(admin_client, url, **publication)
    assert PolicyTerm.objects.get(pk=draft.pk).public_from is None
