"""The walks through what the guide says about the record of changes, and about what was deleted."""

from django.test import Client

from accounts.models import Outcome, SignIn
from accounts.roles import USER_ADMINISTRATORS
from contacts.models import Desk, DeskRole
from editing.models import ChangeKind, RecordedChange
from editing.record_page import ENTRIES_ON_A_PAGE
from products.models import FaqEntry
from tests import tasks
from tests.client_screen import ClientScreen
from tests.editing.walks_of_accounts import names_of_roles
from tests.people import hire


def words_about_sign_ins() -> set[str]:
    client = Client()
    client.force_login(hire("次長", USER_ADMINISTRATORS))
    for outcome in Outcome:
        SignIn.note(None, "次長", outcome)
    return ClientScreen(client).open().follow("ログインの記録を見る").words


def walk_record(walk, public, settings, set_clock):
    walk.words |= names_of_roles() | words_about_sign_ins()
    tasks.write_telephone(walk, "取扱代理店", "03-0000-1234")
    walk.press("保存")
    walk.open().says("事務 花子さん 変更:窓口 取扱代理店")
    walk.follow("変更の記録をすべて見る")
    walk.says("03-0000-1234")
    walk.fill({"変更した人": "事務花子", "変更の種類": "変更", "対象の種類": "窓口"})
    walk.fill({"この日から": "令和7年12月10日", "この日まで": "2025/12/10", "言葉": "03-0000"})
    walk.press("さがす").says("1件のうち1〜1件目")
    walk.fill({"言葉": "ないもの"}).press("さがす").says("変更の記録はありません")
    walk.follow("条件を消す").follow("この対象の変更だけを出す")
    walk.says("と、その中の変更だけを出しています")
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    for _ in range(ENTRIES_ON_A_PAGE):
        RecordedChange.write(None, ChangeKind.CHANGED, desk)
    walk.follow("アカウント", around="header")
    walk.open("/admin/record/").follow("印刷のために500件ずつ出す").says("51件のうち1〜51件目")


def walk_emptied_list(walk):
    """Empty the list of questions, and bring them back in each of three ways."""
    before = list(FaqEntry.objects.values_list("pk", "order"))
    for way in ("undo", "list", "record"):
        walk.open().follow("よくあるご質問").fill({"操作": "選んだよくあるご質問を削除"})
        chosen = walk.page.attributes("#result_list .action-select", "aria-label")
        walk.fill(dict.fromkeys(chosen, True)).press("実行")
        walk.says("ページが空になります")
        tasks.confirm_deletion(walk)
        assert not FaqEntry.objects.exists()
        if way == "list":
            tasks.open_deleted(walk)
            walk.fill(dict.fromkeys(walk.page.attributes("[name=key]", "aria-label"), True))
        elif way == "record":
            walk.open("/admin/record/").fill({"変更の種類": "削除"}).press("さがす")
            walk.fill(dict.fromkeys(walk.page.attributes("[name=key]", "id"), True))
        walk.press("元に戻す" if way == "undo" else "選んだものを元に戻す")
        assert list(FaqEntry.objects.values_list("pk", "order")) == before
