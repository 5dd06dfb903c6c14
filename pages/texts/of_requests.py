"""The slots of the prepared request to the agency."""

from pages.texts.slots import Slot

OF_A_REQUEST = ("希望の売上高", "希望の補償", "希望の締切", "希望の開始")

SLOTS = (
    Slot("request-title", "request", "見出しとページの題"),
    Slot("request-description", "request", "検索結果に出る説明"),
    Slot("request-link", "request", "このページへのリンク"),
    Slot("request-lead", "request", "使い方の説明"),
    Slot("request-about", "request", "入力欄:内容の見出し"),
    Slot("request-about-quote", "request", "入力欄:見積り"),
    Slot("request-about-documents", "request", "入力欄:資料"),
    Slot("request-about-question", "request", "入力欄:締切の前の質問"),
    Slot("request-undecided", "request", "入力欄:補償を決めていないとき"),
    Slot("request-button", "request", "入力欄:ボタン"),
    Slot("request-heading", "request", "文の見出し"),
    Slot("request-mail", "request", "メールへのリンク"),
    Slot("request-without-mail", "request", "取扱代理店のメールアドレスがないときの文"),
    Slot("request-quote-subject", "request", "見積り:メールの件名", OF_A_REQUEST),
    Slot("request-quote", "request", "見積り:文", OF_A_REQUEST, several_lines=True),
    Slot("request-documents-subject", "request", "資料:メールの件名", OF_A_REQUEST),
    Slot("request-documents", "request", "資料:文", OF_A_REQUEST, several_lines=True),
    Slot("request-question-subject", "request", "締切の前の質問:メールの件名", OF_A_REQUEST),
    Slot("request-question", "request", "締切の前の質問:文", OF_A_REQUEST, several_lines=True),
    Slot("request-personal-data", "request", "個人情報の見出し"),
    Slot("request-purpose", "request", "個人情報の利用目的", may_be_empty=True),
    Slot("request-purpose-ask", "request", "個人情報の利用目的が空欄のときの文"),
)
