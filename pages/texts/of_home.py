"""The slots of the home page and of the notices."""

from pages.texts.slots import NO_TERM, OF_A_TERM, Slot

SLOTS = (
    Slot("home-title", "home", "ページの題(ブラウザーと検索結果)"),
    Slot("home-description", "home", "検索結果に出る説明", uncertain=OF_A_TERM, without=NO_TERM),
    Slot("home-key-facts", "home", "「目安」の枠の見出し", OF_A_TERM),
    Slot("home-annual-premiums", "home", "年間保険料の見出し", OF_A_TERM),
    Slot(
        "home-annual-premium", "home", "年間保険料:売上高ごとの見出し", ("例の売上高", *OF_A_TERM)
    ),
    Slot("home-profit-limits", "home", "年間保険料:かっこの中の説明", ("利益", *OF_A_TERM)),
    Slot("home-next-deadline", "home", "次の締切の見出し", OF_A_TERM),
    Slot("home-start", "home", "補償の開始の見出し", OF_A_TERM),
    Slot("home-start-deadline", "home", "保険期間の開始からの加入:締切", ("締切日", *OF_A_TERM)),
    Slot("home-part-year-premium", "home", "中途加入の保険料の問い合わせ先", OF_A_TERM),
    Slot(
        "home-reasons",
        "home",
        "理由の見出し",
        OF_A_TERM,
        uncertain=("理由の数",),
        without="理由が10以上あるとき",
    ),
    Slot("home-offers", "home", "サービスの一覧の見出し"),
    Slot("news-title", "news", "ページの題(ブラウザーと検索結果)", ("ページ番号",)),
    Slot("news-description", "news", "検索結果に出る説明", ("ページ番号",)),
    Slot("news-heading", "news", "見出し(ホームとお知らせの一覧)"),
    Slot("news-empty", "news", "お知らせがないときの文"),
    Slot(
        "news-item-description",
        "news",
        "1件のお知らせの、検索結果に出る説明",
        ("お知らせの件名", "お知らせの日付"),
    ),
    Slot("news-item-ended", "news", "掲載が終了したお知らせの、本文の上の文"),
    Slot("news-feed-title", "news", "更新情報の配信(フィード)の題"),
)
