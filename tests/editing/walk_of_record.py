"""The walk through the chapter on the record of changes."""

from contacts.models import Desk, DeskRole
from editing.models import ChangeKind, RecordedChange
from editing.record_page import ENTRIES_ON_A_PAGE
from tests import tasks
from tests.editing.walks_of_accounts import names_of_roles


def walk_record(walk, public, settings, set_clock):
    walk.words |= names_of_roles()
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
    walk.open("/admin/record/").follow("印刷のために500件ずつ出す").says("51件のうち1〜51件目")
