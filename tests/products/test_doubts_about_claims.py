"""Claims whose note an edit takes away, or that it adds without one, are confirmed before they are saved."""

import pytest
from django.urls import reverse
from reversion.models import Revision

from products.models import FaqEntry, PolicyTerm
from tests.admin_forms import form_url_of, save, save_confirmed
from tests.html import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_term")]

SUPPORTED = (
    "選ばれる理由「事故発生時も安心充実したサポート体制」に「自動付帯」とありますが、"
    "サポート機能の注記が付いていません。"
)
WIDE = (
    "選ばれる理由「事故発生時の幅広い補償を提供」に「幅広い補償」とありますが、"
    "補償内容の注記が付いていません。"
)
QUESTION = "「自動付帯」とありますが、サポート機能の注記が付いていません。"


def asked(response) -> list[str]:
    """Return what the form asks to confirm; nothing where it was saved at once."""
    return (
        [] if response.status_code == 302 else Page(response).texts("[aria-labelledby=doubts] li")
    )


def asked_of_reasons(client, term, **changes) -> list[str]:
    doubts = asked(save(client, form_url_of(term), **changes))
    return [each for each in doubts if each.startswith("選ばれる理由")]


@pytest.mark.parametrize(
    ("changes", "doubts"),
    [
        ({"coverage_note": "別の注記"}, []),
        ({"support_note": ""}, [SUPPORTED]),
        ({"coverage_note": "*"}, [WIDE]),
        ({"support_note": "", "reasons-1-text": "ほかの説明"}, []),
        ({"coverage_note": "", "reasons-2-title": "補償", "reasons-2-DELETE": "on"}, []),
    ],
)
def test_a_note_that_a_reason_needs_is_not_emptied_without_a_question(
    admin_client, term, changes, doubts
):
    assert asked_of_reasons(admin_client, term, **changes) == doubts


def test_only_a_claim_that_is_new_is_asked(admin_client, draft):
    PolicyTerm.objects.filter(pk=draft.pk).update(support_note="", coverage_note="")
    assert asked_of_reasons(admin_client, draft, coverage_lead="別の説明") == []
    assert asked_of_reasons(admin_client, draft, **{"reasons-0-text": "自動付帯です。"}) == [
        "選ばれる理由「JNXによる団体スケールメリット」に「自動付帯」とありますが、"
        "サポート機能の注記が付いていません。"
    ]


def test_undoing_asks_as_well(admin_client, term):
    PolicyTerm.objects.update(coverage_note="")
    save(admin_client, form_url_of(term), support_lead="最初の版")
    save(admin_client, form_url_of(term), coverage_note="注記")
    url = reverse("admin:undo-change", args=[Revision.objects.latest("pk").pk])
    page = Page(admin_client.post(url, {"_reason": "間違えたため"}, secure=True))
    assert page.texts("[aria-labelledby=doubts] li") == [WIDE]


def test_an_answer_that_loses_the_note_is_asked(admin_client, term):
    entry = FaqEntry.objects.get(answer__contains="自動付帯")
    others = entry.answer.replace(term.support_note, "")
    (doubt,) = asked(save(admin_client, form_url_of(entry), answer=others))
    assert doubt == f"よくあるご質問「{entry}」に{QUESTION}"
    assert asked(save(admin_client, form_url_of(entry), answer=f"{entry.answer}追記")) == []
    assert save_confirmed(admin_client, form_url_of(entry), answer=others).status_code == 302
    assert asked(save(admin_client, form_url_of(entry), question="別の質問?")) == []  # as before


def test_a_note_of_which_an_answer_holds_the_old_words_is_asked(admin_client, term):
    (doubt,) = asked(save(admin_client, form_url_of(term), support_note="新しい注記"))
    assert doubt.startswith("よくあるご質問")
    assert doubt.endswith(QUESTION)


def test_the_note_of_next_year_leaves_the_answers_as_they_are(admin_client, draft):
    assert asked(save(admin_client, form_url_of(draft), support_note="新しい注記")) == []
