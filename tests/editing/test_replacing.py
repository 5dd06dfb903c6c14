"""Words are replaced at several places in one step: what is shown, what is stored, what is refused."""

import pytest
from reversion.models import Revision, Version

from contacts.models import Desk, PersonInCharge
from editing.history import history
from editing.models import RecordedChange
from pages.models import PageText
from products.models import Document, FaqEntry, Reason
from tests.editing.replacing import (
    OUTDATED,
    all_places,
    answers,
    make_questions,
    persons,
    press,
    replace,
    shown,
    ticked,
)
from tests.factories import make_term
from tests.html import Page, squeezed
from tests.meanwhile import once_read

pytestmark = pytest.mark.django_db


def test_each_place_is_shown_with_old_and_new_side_by_side(editor):
    make_questions("前の文。担当は、ｱｵｲ です。後の文。")
    page = shown(editor, "アオイ", "山田")
    assert page.texts(".old-and-new dd") == ["担当は、ｱｵｲです。", "担当は、山田です。"]
    assert page.texts(".old-and-new mark") == ["ｱｵｲ", "山田"]
    assert not ticked(page)  # it is written in a different way
    label = page.one("label[for=place-1]").text_content()
    assert squeezed(label) == "よくあるご質問「問い0」回答"
    assert answers() == ["前の文。担当は、ｱｵｲ です。後の文。"]


@pytest.mark.parametrize(
    ("text", "words", "is_ticked"),
    [
        ("担当はアオイです。", "アオイ", True),
        ("担当はｱｵｲです。", "アオイ", False),
        ("7391年のことです。", "7391", True),
        ("番号は173918です。", "7391", False),
        ("番号は0120-73-9100です。", "7391", False),
        ("第73919回です。", "919回", False),
        ("青い\n空です。", "青い空", False),
    ],
)
def test_only_what_is_written_as_typed_is_ticked(editor, text, words, is_ticked):
    make_questions(text)
    page = shown(editor, words, "新しい言葉")
    assert len(all_places(page)) == 1
    assert bool(ticked(page)) == is_ticked


def test_the_name_of_a_value_is_not_replaced(editor):
    PageText.objects.filter(slot="faq-title").update(text="{商品名}とは何か")
    page = shown(editor, "商品名}とは何か", "保険の種類}とは何か")
    assert "差し込み({})にかかる言葉は、ここでは置き換えられません" in page.text
    assert not ticked(page)


@pytest.mark.parametrize(
    ("words", "has_a_box"),
    [("ゼブラは", False), ("あのゼ", False), ("あのゼブラは", True), ("ゼブラ", True)],
)
def test_words_that_begin_or_end_within_bold_words_are_not_replaced(editor, words, has_a_box):
    make_questions("あの**ゼブラ**は任意です。")
    page = shown(editor, words, "新しい言葉")
    assert len(all_places(page)) == has_a_box
    assert ("太字(**)の一部にかかる言葉は、ここでは置き換えられません" in page.text) != has_a_box


def test_replacing_asks_what_a_save_of_the_form_asks(editor):
    make_questions("前の文。", "お支払いする費用は、ゼブラです。")
    page = replace(editor, "ゼブラ", "包括的に補償")
    assert answers() == ["前の文。", "お支払いする費用は、ゼブラです。"]
    (doubt,) = page.texts("[aria-labelledby=doubts] li")
    places, confirmed = ticked(page), page.attributes("[name=_confirmed]", "value")
    data = {"q": "ゼブラ", "new": "包括的に補償", "place": places, "_replace": "1"}
    url = "/admin/replace/"
    after = Page(editor.post(url, data | {"_confirmed": confirmed}, secure=True, follow=True))
    assert answers()[1] == "お支払いする費用は、包括的に補償です。"
    assert doubt in after.texts(".messagelist .warning")[0]


def test_the_words_are_replaced_everywhere_in_one_step_and_one_version(editor):
    before = Revision.objects.count()
    page = replace(editor, "飯島", "山田")
    assert persons() == ["山田", "千葉", "山田"]
    says = "「飯島」を「山田」に置き換えました(2か所)。"
    assert page.texts(".messagelist") == [f"{says}元に戻す"]
    assert page.texts("#found") == ["「山田」がある場所(2件)"]
    assert Revision.objects.count() == before + 1
    steps = RecordedChange.objects.filter(says__contains=says).values_list("step", flat=True)
    assert (len(steps), len(set(steps))) == (2, 1)
    for desk in Desk.objects.filter(persons__name="山田"):
        entry = history(desk)[0]
        assert (entry.comment, entry.by, entry.together) == (says, "事務 花子", 2)
        assert [(each.old, each.new) for each in entry.differences] == [("飯島", "山田")]


def test_only_what_is_ticked_is_replaced_and_nothing_around_it(editor):
    make_questions("青の一。 青 の二。\n青の三。", "青")
    places = all_places(shown(editor, "青", "赤"))
    press(editor, "青", "赤", [places[0], places[2]])
    assert answers() == ["赤の一。 青 の二。\n赤の三。", "青"]


def test_two_fields_of_a_row_and_rows_of_a_form_are_one_edit(editor):
    desk = Desk.objects.get(role="agency")
    Desk.objects.filter(pk=desk.pk).update(department="青課", subject="青の件")
    PersonInCharge.objects.filter(desk=desk, name="飯島").update(name="青")
    before = Version.objects.get_for_object(desk).count()
    replace(editor, "青", "赤")
    desk.refresh_from_db()
    assert (desk.department, desk.subject) == ("赤課", "赤の件")
    assert "赤" in persons()
    assert Version.objects.get_for_object(desk).count() == before + 1


def test_amounts_codes_and_closed_fields_are_shown_without_a_box(editor):
    Document.objects.create(
        code="140230", title="140,230円の資料", kind="other", url="https://a.jp"
    )
    page = shown(editor, "140230", "150000")
    assert len(all_places(page)) == 1
    assert page.text.count("金額、日時、コードは、ここでは置き換えられません。") == 2


@pytest.mark.parametrize(
    ("words", "new", "message"),
    [
        ("5422", "あ", "電話番号"),
        ("問い", "い" * 100, "200文字以下で入力してください"),
        ("問いの", "問い", "同じ質問がすでにあります(「問い一」)。"),
    ],
)
def test_a_value_that_is_refused_is_told_at_its_place_and_nothing_is_stored(
    editor, words, new, message
):
    FaqEntry.objects.create(question="問い" + "の" * 150, answer="答え")
    FaqEntry.objects.create(question="問い一", answer="5422")
    FaqEntry.objects.create(question="問いの一", answer="答え")
    before = [*FaqEntry.objects.values_list("question", "answer")]
    page = replace(editor, words, new)
    assert [*FaqEntry.objects.values_list("question", "answer")] == before
    assert "まだ置き換えていません。" in page.text
    errors = page.all("li > .errornote")
    assert errors
    assert all(each.getparent().cssselect("[aria-invalid=true]") for each in errors)
    assert any(squeezed(message) in squeezed(each.text_content()) for each in errors)
    assert len(ticked(page)) == len(all_places(page))
    assert page.one("#new-words").get("value") == new


def test_what_the_models_refuse_of_the_whole_row_is_told_too(editor, term):
    draft = make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None)
    reason = Reason.objects.create(term=draft, title="大きな青", text="説明")
    page = replace(editor, "大きな青", "スケールメリット")
    assert "注記:「スケールメリット」を示すときは、注記が必要です。" in page.text
    reason.refresh_from_db()
    assert reason.title == "大きな青"


def test_a_new_word_is_taken_as_the_form_takes_it(editor):
    replace(editor, "5422", "５４２３")
    assert Desk.objects.get(role="agency").telephone == "03-5423-6351"


def test_a_place_that_changed_since_it_was_shown_is_not_replaced(editor):
    _, second = make_questions("青の一", "青の二")
    places = all_places(shown(editor, "青", "赤"))
    FaqEntry.objects.filter(pk=second.pk).update(answer="青の二つ目")
    page = press(editor, "青", "赤", places)
    assert squeezed(OUTDATED) in page.text
    assert answers() == ["青の一", "青の二つ目"]
    assert ticked(page) == places[:1]


def test_a_place_that_changes_during_the_press_is_not_replaced(editor):
    make_questions("青の一", "青の二")
    places = all_places(shown(editor, "青", "赤"))

    def change() -> None:
        FaqEntry.objects.filter(answer="青の二").update(answer="青の二つ目")

    with once_read(FaqEntry, change):
        page = press(editor, "青", "赤", places)
    assert squeezed(OUTDATED) in page.text
    assert answers() == ["青の一", "青の二つ目"]


def test_a_change_elsewhere_in_the_object_does_not_matter_and_stays(editor):
    (entry,) = make_questions("青の一")
    places = all_places(shown(editor, "青", "赤"))
    FaqEntry.objects.filter(pk=entry.pk).update(order=9)
    press(editor, "青", "赤", places)
    entry.refresh_from_db()
    assert (entry.answer, entry.order) == ("赤の一", 9)


def test_a_second_press_replaces_nothing_more(editor):
    make_questions("青")
    places = all_places(shown(editor, "青", "青青"))
    press(editor, "青", "青青", places)
    press(editor, "青", "青青", places)
    assert answers() == ["青青"]


def test_what_was_public_is_not_ticked_and_needs_a_reason(editor, term):
    term.reasons.create(title="青", text="説明")
    make_questions("青")
    page = shown(editor, "青", "赤")
    assert len(all_places(page)) == 2
    assert len(ticked(page)) == 1
    for reason, stored in (("", False), ("\ue000", False), ("誤字のため", True)):
        page = press(editor, "青", "赤", all_places(shown(editor, "青", "赤")), reason)
        assert term.reasons.filter(title="赤").exists() == stored
        assert (answers() == ["赤"]) == stored
        assert bool(page.all("#reason[aria-invalid=true]")) != stored
    assert history(term)[0].comment.startswith("訂正の理由:誤字のため(「青」を")


def test_the_rules_of_each_form_are_kept(editor, term, settings):
    settings.APPROVAL_REQUIRED = True
    term.reasons.create(title="青", text="説明")
    make_questions("青")
    page = press(editor, "青", "赤", all_places(shown(editor, "青", "赤")), "誤字のため")
    assert "公開するには、引受保険会社の承認番号と承認日が必要です。" in page.text
    assert answers() == ["青"]
