"""The slots of the insurance page, of the pages of single terms, and of what these share with others."""

from pages.texts.slots import NO_TERM, OF_A_TERM, Slot

SLOTS = (
    Slot("insurance-title", "insurance", "ページの題(ブラウザーと検索結果)"),
    Slot(
        "insurance-description",
        "insurance",
        "検索結果に出る説明",
        uncertain=OF_A_TERM,
        without=NO_TERM,
    ),
    Slot("term-title", "insurance", "一つの保険期間のページの題", ("受付の状態", *OF_A_TERM)),
    Slot("term-heading", "insurance", "一つの保険期間のページの見出し", OF_A_TERM),
    Slot(
        "term-description",
        "insurance",
        "一つの保険期間のページの、検索結果に出る説明",
        ("受付の状態", *OF_A_TERM),
    ),
    # The label of a term, on every page that shows one.
    Slot("label-over", "insurance", "保険期間の札:満了した後の注意", OF_A_TERM),
    Slot("label-intake-over", "insurance", "保険期間の札:受付が終わった後の文", OF_A_TERM),
    Slot("label-not-started", "insurance", "保険期間の札:始まる前の文", OF_A_TERM),
    Slot("label-recruiting", "insurance", "保険期間の札:募集期間", ("募集期間", *OF_A_TERM)),
    Slot("label-to-be-confirmed", "insurance", "補償の開始が分からないときの文", OF_A_TERM),
    Slot("label-period", "insurance", "保険期間の札:保険期間", OF_A_TERM),
    Slot(
        "label-mid-term",
        "insurance",
        "保険期間の札:中途加入の決まり",
        ("毎月の締切日", "毎月の開始日", "開始の時刻", *OF_A_TERM),
    ),
    Slot("label-running", "insurance", "保険期間の札:ご加入中の保険期間の前に置く文", OF_A_TERM),
    Slot("label-successor", "insurance", "保険期間の札:次の保険期間の前に置く文", OF_A_TERM),
    # Whom to ask, on several pages.
    Slot("ask-without-term", "insurance", "公開中の保険期間がないときの問い合わせ先"),
    Slot("ask-next-term", "insurance", "次の保険期間の問い合わせ先", OF_A_TERM),
    Slot(
        "ask-after-intake",
        "insurance",
        "受付が終わった後の、次の保険期間の問い合わせ先",
        OF_A_TERM,
    ),
    Slot("insurance-features", "insurance", "特徴の見出し", OF_A_TERM),
    Slot("insurance-features-link", "insurance", "特徴の見出しへのリンク", OF_A_TERM),
    Slot("insurance-coverage", "insurance", "補償内容の見出し", OF_A_TERM),
    Slot("insurance-coverage-link", "insurance", "補償内容の見出しへのリンク", OF_A_TERM),
    Slot("insurance-support", "insurance", "サポート機能の見出し", OF_A_TERM),
    Slot("insurance-members", "insurance", "ご加入中の方への見出し", OF_A_TERM),
    Slot("insurance-members-link", "insurance", "ご加入中の保険期間のページへのリンク", OF_A_TERM),
    Slot("insurance-documents", "insurance", "資料の見出し", OF_A_TERM),
    Slot("insurance-ask-documents", "insurance", "資料がないときの問い合わせ先", OF_A_TERM),
    Slot("insurance-before-applying", "insurance", "お申込みの前に:見出し", OF_A_TERM),
    Slot("first-ask-agency", "insurance", "お申込みの前に:掲載していないときの文", OF_A_TERM),
    Slot("insurance-gaps", "insurance", "お申込みの前に:掲載していないことの前に置く文", OF_A_TERM),
    # The premium table, on the home page too.
    Slot("table-heading", "insurance", "保険料の表の見出し", OF_A_TERM),
    Slot("table-period", "insurance", "表の説明:保険期間", OF_A_TERM),
    Slot(
        "table-common-limits",
        "insurance",
        "表の説明:どの例も同じ保険金額",
        ("賠償", "賠償の保険金額", "費用", "費用の保険金額", "利益", *OF_A_TERM),
    ),
    Slot(
        "table-limits",
        "insurance",
        "表の説明:保険金額が例ごとに違うとき",
        ("賠償", "費用", "利益", *OF_A_TERM),
    ),
    Slot(
        "table-bars",
        "insurance",
        "表の説明:棒の読み方",
        ("目盛りの右端", "目盛りの間隔", *OF_A_TERM),
    ),
)
