"""The slots of the pages with one subject each, and of the calendar files."""

from pages.texts.slots import OF_A_TERM, Slot

OF_A_DEADLINE = ("締切日", "補償の開始", *OF_A_TERM)

SLOTS = (
    Slot("contact-title", "contact", "ページの題(ブラウザーと検索結果)"),
    Slot("contact-heading", "contact", "見出し"),
    Slot("contact-description", "contact", "検索結果に出る説明"),
    Slot(
        "desk-closed-days",
        "contact",
        "臨時の休業日の案内(受付時間のそば)",
        ("休業の期間", "休業の期間の理由"),
    ),
    Slot("faq-title", "faq", "見出しとページの題"),
    Slot("faq-description", "faq", "検索結果に出る説明"),
    Slot("faq-empty", "faq", "ご質問がないときの文"),
    Slot("faq-ask", "faq", "そのほかのご質問の問い合わせ先"),
    Slot("documents-title", "documents", "見出しとページの題"),
    Slot("documents-description", "documents", "検索結果に出る説明"),
    Slot("documents-empty", "documents", "資料がないときの文"),
    Slot("documents-ask", "documents", "ほかの資料の問い合わせ先"),
    Slot("company-title", "company", "見出しとページの題"),
    Slot("company-description", "company", "検索結果に出る説明"),
    Slot("company-statement", "company", "会社案内の見出し"),
    Slot("privacy-title", "privacy", "見出しとページの題"),
    Slot("privacy-description", "privacy", "検索結果に出る説明"),
    Slot("privacy-link", "privacy", "引受保険会社のサイトへのリンク"),
    Slot("site-map-title", "site-map", "見出しとページの題"),
    Slot("site-map-description", "site-map", "検索結果に出る説明"),
    Slot("calendar-name", "join", "カレンダーの名前"),
    Slot("calendar-deadline", "join", "カレンダー:締切の予定の件名", OF_A_DEADLINE),
    Slot(
        "calendar-deadline-text",
        "join",
        "カレンダー:締切の予定の説明",
        OF_A_DEADLINE,
        several_lines=True,
    ),
    Slot("calendar-alarm", "join", "カレンダー:締切が近いときの知らせ", OF_A_DEADLINE),
)
