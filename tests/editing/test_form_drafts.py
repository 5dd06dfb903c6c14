"""Drafts of forms: what is typed and not saved is offered again, to its author alone, and gone once it is saved.

Each form that was loaded, as in two tabs, has a draft of its own.
"""

import json

import pytest
from django.test import Client
from django.urls import reverse
from reversion.models import Version

from accounts.roles import EDITORS, VIEWERS
from editing.models import FormDraft, RecordedChange
from products.models import FaqEntry
from tests.admin_forms import form_data, form_url_of, save, sent_by
from tests.html import Page
from tests.people import hire

pytestmark = pytest.mark.django_db
KEEP = "/admin/draft/"
ADD = "/admin/products/faqentry/add/"
TAB = "a" * 32


@pytest.fixture
def entry() -> FaqEntry:
    return FaqEntry.objects.first()


def path_of(row) -> str:
    return form_url_of(row).partition("?")[0]


def browser_of(name: str) -> Client:
    client = Client()
    client.force_login(hire(name, EDITORS))
    return client


def pause(client, path: str, data: dict) -> str:
    """Send what the script sends when typing pauses; return what is told then."""
    response = client.post(KEEP, {"_tab": TAB} | data | {"_path": path}, secure=True)
    assert response.status_code == 200
    return json.loads(response.content)["says"]


def typed(client, row, **changes) -> dict:
    return form_data(client, form_url_of(row)) | changes


def test_what_was_not_saved_is_offered_and_comes_back_as_it_was_typed(admin_client, entry):
    pause(admin_client, path_of(entry), typed(admin_client, entry, question="打ちかけ\ue000の質問"))
    page = Page(admin_client.get(form_url_of(entry), secure=True))
    assert "保存していない入力が残っています" in page.texts("#draft")
    data = dict(page.all("form.draft")[0].form_values()) | {"_draft": "1"}
    page = Page(admin_client.post(path_of(entry), data, secure=True))
    assert page.attributes("#id_question", "value") == ["打ちかけ\ue000の質問"]
    assert page.all("#colleagues[data-unsaved]")
    entry.refresh_from_db()
    assert "打ちかけ" not in entry.question


def test_so_it_is_for_something_new_with_the_reason(admin_client):
    typed = {"question": "新しい質問", "answer": "", "_reason": "理由", "_save": "1", "": "x"}
    pause(admin_client, ADD, typed)
    page = Page(admin_client.get(ADD, secure=True))
    data = dict(page.all("form.draft")[0].form_values())
    assert (data["question"], data["_reason"]) == ("新しい質問", "理由")
    assert "_save" not in data


def test_it_is_gone_after_saving(admin_client, entry):
    data = typed(admin_client, entry, question="打った質問")
    pause(admin_client, path_of(entry), data)
    assert admin_client.post(path_of(entry), data, secure=True).status_code == 302
    assert FormDraft.objects.count() == 0


def test_it_is_gone_where_the_same_was_saved_before(admin_client):
    data = form_data(admin_client, ADD) | {"question": "二度押した質問", "answer": "回答"}
    for _ in range(2):
        pause(admin_client, ADD, data)
        assert admin_client.post(ADD, data, secure=True).status_code == 302
    assert FaqEntry.objects.filter(question="二度押した質問").count() == 1
    assert FormDraft.objects.count() == 0


def test_it_is_gone_when_its_author_drops_it(admin_client, entry):
    pause(admin_client, path_of(entry), typed(admin_client, entry, question="打ちかけ"))
    page = Page(admin_client.get(form_url_of(entry), secure=True))
    data = dict(page.all("form.draft")[1].form_values()) | {"_discard": "1"}
    assert admin_client.post(KEEP, data, secure=True)["Location"] == path_of(entry)
    assert not Page(admin_client.get(form_url_of(entry), secure=True)).all("#draft")


def test_a_later_pause_replaces_it_and_no_history_knows_of_it(admin_client, entry):
    versions, changes = Version.objects.count(), RecordedChange.objects.count()
    data = typed(admin_client, entry)
    for question in ("一", "二"):
        pause(admin_client, path_of(entry), data | {"question": question})
    assert ["question", "二"] in FormDraft.objects.get().fields
    assert (Version.objects.count(), RecordedChange.objects.count()) == (versions, changes)


def offered(client, url: str = ADD) -> list[dict]:
    """Return what the buttons that continue a draft send, from the top of the page down."""
    forms = Page(client.get(url, secure=True)).all("form.draft")
    return [dict(form.form_values()) for form in forms[::2]]


def questions(drafts: list[dict]) -> list[str]:
    return [each["question"] for each in drafts]


def new_question(client, question: str) -> dict:
    """Open the form of a new question as a tab does, and pause in it; return what the tab would send to save it."""
    data = form_data(client, ADD) | {"question": question, "answer": "回答"}
    pause(client, ADD, data)
    return data


def test_each_tab_has_its_own_the_newest_offered_first_with_its_time(admin_client, set_clock):
    for minute, question in ((1, "一"), (2, "二")):
        set_clock(f"2025-10-03T10:0{minute}")
        new_question(admin_client, question)
    assert questions(offered(admin_client)) == ["二", "一"]
    page = Page(admin_client.get(ADD, secure=True))
    times = [page.texts(f"#draft-{number}")[0].partition("に")[0] for number in (1, 2)]
    assert times == ["2025年10月3日(午前10時2分)", "2025年10月3日(午前10時1分)"]
    buttons = page.attributes("form.draft button", "aria-describedby")
    assert buttons == ["draft-1"] * 2 + ["draft-2"] * 2


def test_saving_one_tab_leaves_that_of_the_other(admin_client):
    first, _ = (new_question(admin_client, question) for question in ("一", "二"))
    assert admin_client.post(ADD, first, secure=True).status_code == 302
    assert questions(offered(admin_client)) == ["二"]


def test_dropping_one_leaves_the_others(admin_client):
    for question in ("一", "二"):
        new_question(admin_client, question)
    newest = Page(admin_client.get(ADD, secure=True)).all("form.draft")[1]
    admin_client.post(KEEP, dict(newest.form_values()) | {"_discard": "1"}, secure=True)
    assert questions(offered(admin_client)) == ["一"]


def test_one_that_is_continued_goes_on_and_is_gone_after_saving(admin_client):
    for question in ("一", "二"):
        new_question(admin_client, question)
    response = admin_client.post(ADD, offered(admin_client)[0] | {"_draft": "1"}, secure=True)
    data = sent_by(Page(response)) | {"question": "二と少し", "answer": "回答"}
    pause(admin_client, ADD, data)
    assert questions(offered(admin_client)) == ["二と少し", "一"]
    assert admin_client.post(ADD, data, secure=True).status_code == 302
    assert questions(offered(admin_client)) == ["一"]


def test_a_form_that_comes_back_with_an_error_is_the_same_tab(admin_client):
    data = new_question(admin_client, "一")
    response = admin_client.post(ADD, data | {"answer": ""}, secure=True)
    assert sent_by(Page(response))["_tab"] == [data["_tab"]]


def test_the_newest_five_of_a_form_are_kept(admin_client, entry):
    pause(admin_client, path_of(entry), typed(admin_client, entry, question="別の画面"))
    other = browser_of("hanako")
    new_question(other, "花子")
    tabs = [new_question(admin_client, str(number)) for number in range(1, 6)]
    pause(admin_client, ADD, tabs[0] | {"question": "1の続き"})
    new_question(admin_client, "6")
    assert questions(offered(admin_client)) == ["6", "1の続き", "5", "4", "3"]
    assert questions(offered(admin_client, path_of(entry))) == ["別の画面"]
    assert questions(offered(other)) == ["花子"]


def test_a_colleague_with_two_tabs_is_named_once(admin_client):
    hanako = browser_of("hanako")
    for question in ("一", "二"):
        new_question(hanako, question)
    says = pause(admin_client, ADD, form_data(admin_client, ADD))
    assert says.count("事務 hanakoさんが、この画面に入力しています。") == 1


def test_the_own_other_tab_is_no_colleague(admin_client):
    new_question(admin_client, "一")
    assert pause(admin_client, ADD, form_data(admin_client, ADD)) == ""


@pytest.mark.parametrize("tab", ["", "a", "g" * 32, "a" * 33, "a" * 31 + "\n", "\0"])
def test_an_id_of_a_tab_that_no_page_has_is_refused_or_replaced(admin_client, tab):
    data = {"_path": ADD, "_tab": tab, "question": "一"}
    assert admin_client.post(KEEP, data, secure=True).status_code == 400
    data = form_data(admin_client, ADD) | {"_tab": tab, "question": ""}
    (sent,) = sent_by(Page(admin_client.post(ADD, data, secure=True)))["_tab"]
    assert sent != tab
    assert (
        admin_client.post(KEEP, data | {"_path": ADD, "_tab": sent}, secure=True).status_code == 200
    )
    data |= {"question": "保存する質問", "answer": "回答"}
    assert admin_client.post(ADD, data, secure=True).status_code == 302


def test_nobody_else_is_offered_it_and_colleagues_are_named(entry, settings):
    hanako, taro = browser_of("hanako"), browser_of("taro")
    pause(hanako, path_of(entry), typed(hanako, entry, question="打ちかけ"))
    page = Page(taro.get(form_url_of(entry), secure=True))
    assert not page.all("#draft")
    assert "hanakoさんが、この画面に入力しています。" in page.texts("#colleagues")[0]
    assert "hanakoさんが、" in pause(taro, path_of(entry), typed(taro, entry, question="別の"))


def test_a_colleague_who_stopped_typing_is_not_named(entry, set_clock):
    set_clock("2025-10-03T10:00")
    hanako = browser_of("hanako")
    pause(hanako, path_of(entry), typed(hanako, entry, question="打ちかけ"))
    set_clock("2025-10-03T10:06")
    taro = browser_of("taro")
    assert pause(taro, path_of(entry), typed(taro, entry, question="別の")) == ""


def test_who_saved_meanwhile_is_named_while_one_types(entry):
    hanako, taro = browser_of("hanako"), browser_of("taro")
    data = typed(hanako, entry, question="打ちかけ")
    assert pause(hanako, path_of(entry), data) == ""
    assert save(taro, form_url_of(entry), question="taroの質問").status_code == 302
    assert "この画面を開いた後に、事務 taroさんが保存しました。" in pause(
        hanako, path_of(entry), data
    )


def test_a_draft_of_before_a_save_of_a_colleague_meets_the_question_of_a_conflict(entry):
    hanako, taro = browser_of("hanako"), browser_of("taro")
    pause(hanako, path_of(entry), typed(hanako, entry, question="打ちかけ"))
    assert save(taro, form_url_of(entry), question="taroの質問").status_code == 302
    (draft,) = offered(hanako, form_url_of(entry))
    page = Page(hanako.post(path_of(entry), draft | {"_draft": "1"}, secure=True))
    page = Page(hanako.post(path_of(entry), sent_by(page), secure=True))
    assert "taroさんが保存しました。まだ保存していません" in page.text


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/admin/",
        "/nowhere/",
        "/admin/auth/user/add/",
        "/admin/password_change/",
        "https://a.example/",
        "/admin/products/faqentry/%31/change/",
        "/admin/products/faqentry/x/../1/change/",
    ],
)
def test_nothing_but_forms_of_the_content_is_kept(admin_client, path):
    data = {"_path": path, "_tab": TAB, "password": "x"}
    response = admin_client.post(KEEP, data, secure=True)
    assert response.status_code == 400
    assert FormDraft.objects.count() == 0


@pytest.mark.parametrize("key", ["x", "_zz"])
def test_a_key_that_is_none_is_refused(admin_client, key):
    data = {"_path": f"/admin/products/faqentry/{key}/change/", "_tab": TAB, "_seen": "x"}
    assert admin_client.post(KEEP, data, secure=True).status_code == 400
    assert FormDraft.objects.count() == 0


def test_who_is_not_signed_in_keeps_nothing(client):
    data = {"_path": ADD, "_tab": TAB, "question": "x"}
    assert client.post(KEEP, data, secure=True).status_code in (302, 403)
    assert FormDraft.objects.count() == 0


def test_who_may_only_look_keeps_nothing_and_is_not_told_who_types(client):
    client.force_login(hire("reader", VIEWERS))
    data = {"_path": ADD, "_tab": TAB, "question": "x"}
    assert client.post(KEEP, data, secure=True).status_code == 403
    assert FormDraft.objects.count() == 0


def test_what_is_far_too_long_is_not_kept_and_said(admin_client):
    assert "残せません" in pause(admin_client, ADD, {"question": "x" * 500_001})
    assert FormDraft.objects.count() == 0


def test_a_form_that_is_only_looked_at_keeps_no_draft(admin_client, entry):
    history = reverse("admin:products_faqentry_history", args=[entry.pk])
    save(admin_client, form_url_of(entry), question="一")
    version = Version.objects.get_for_object(entry).last()
    page = Page(admin_client.get(f"{history}{version.pk}/", secure=True))
    assert not page.all("script[src*=form_draft]")
    assert Page(admin_client.get(form_url_of(entry), secure=True)).all("script[src*=form_draft]")
