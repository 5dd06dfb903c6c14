"""The walks through the chapters on signing in and on trouble."""

from django.contrib.auth.models import User
from django.test import Client

from accounts.roles import USER_ADMINISTRATORS
from contacts.models import Desk, DeskRole
from tests import tasks
from tests.client_screen import ClientScreen
from tests.people import hire


def names_of_roles() -> set[str]:
    """Open the form of a new user, where the user manager sees all users."""
    client = Client()
    client.force_login(hire("管理", USER_ADMINISTRATORS))
    return ClientScreen(client).open().follow("追加").words


def lift_lock_out(name: str) -> set[str]:
    client = Client()
    client.force_login(User.objects.get(username="管理"))
    screen = ClientScreen(client).open().follow("ユーザー", name).follow("解除する")
    screen.press("解除する").says(f"{name}さんのログインの停止を解除しました")
    return screen.words


def walk_signing_in(walk, public, settings, set_clock):
    settings.SECOND_FACTOR = True
    walk.client.logout()
    tasks.sign_in(walk, "花子")
    key = tasks.authenticator_key(walk)
    tasks.set_up_second_factor(walk, tasks.authenticator_code(key))
    codes = tasks.finish_set_up(walk)
    walk.follow("アカウント", around="header")
    assert "認証アプリを登録し直す" in walk.words
    walk.follow("ホーム", around=".breadcrumbs").press("ログアウト")
    set_clock("2025-12-10T10:01")  # an app's figures are good for once
    for code in (tasks.authenticator_code(key), codes[0]):
        tasks.sign_in(walk, "花子")
        tasks.enter_code(walk, code)
        walk.press("ログアウト")

    # The session ends while somebody types.
    settings.SECOND_FACTOR = False
    walk.words |= names_of_roles()
    tasks.sign_in(walk, "花子")
    tasks.write_telephone(walk, "取扱代理店", "03-0000-1234")
    walk.client.logout()
    walk.press("保存", status=403)
    walk.client.force_login(User.objects.get(username="花子"))
    walk.press("入力した内容で続ける")
    assert Desk.objects.get(role=DeskRole.AGENCY).telephone == "03-0000-1234"


def walk_trouble(walk, public, settings, set_clock):
    walk.words |= names_of_roles()
    locked = ClientScreen(Client())
    for status in (200, 200, 200, 200, 429):
        wrong = {"ユーザー名": "花子", "パスワード": "y"}
        locked.open().fill(wrong).press("ログイン", status)
    walk.words |= locked.words
    walk.words |= lift_lock_out("花子")
    tasks.sign_in(locked, "花子")

    tasks.write_notice(walk, {"件名": "件名"})
    walk.press("保存")
    walk.says("件名")
    walk.fill({"本文": "本文", "公開開始日時 日付": "令和8年4月1日"}).press("保存")
    walk.open().follow("お知らせ").follow("件名", within="公開予定")
    tasks.publish_from(walk, "", "")
    walk.press("保存")
    add = "/admin/products/notice/add/"
    walk.client.post(
        "/admin/draft/", {"_path": add, "_tab": "0" * 32, "title": "打ちかけ"}, secure=True
    )
    walk.open(add).says("保存していない入力が残っています")
    walk.press("続きから入力する")
    tasks.open_term(walk, tasks.TERM)
    tasks.correct(walk)
    row = {"id_premium_rows-0-annual_high": "31万円", "id_premium_rows-0-monthly_high": "25,830"}
    walk.fill(row | {"訂正の理由(必須)": "誤字"}).press("保存")
    assert "310,000円" in public("/insurance/premiums/")
    walk.open().follow("パスワードの変更", around="header")
    walk.open().follow("アカウント", around="header").press("すべての端末からログアウトする")
