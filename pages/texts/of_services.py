"""The slots of the support desk, of the page for emergencies, and of the security services."""

from pages.texts.slots import OF_A_TERM, Slot

SLOTS = (
    Slot("support-desk-description", "support-desk", "検索結果に出る説明"),
    Slot("support-desk-strengths", "support-desk", "特長の見出し"),
    Slot("support-desk-members", "support-desk", "ご加入の方への見出し", OF_A_TERM),
    Slot("support-desk-cautions", "support-desk", "ご利用上の注意の見出し"),
    Slot("incident-title", "incident", "見出しとページの題"),
    Slot("incident-description", "incident", "検索結果に出る説明"),
    Slot("incident-signs", "incident", "起きていることの見出し"),
    Slot("incident-functions", "incident", "関係するサポート機能の前に置く文"),
    Slot("incident-note", "incident", "サポート機能についての注記"),
    Slot("incident-policy-number", "incident", "印刷した用紙の記入欄:証券番号"),
    Slot("incident-own-contact", "incident", "印刷した用紙の記入欄:社内の連絡先"),
    Slot("incident-written-on", "incident", "印刷した用紙の記入欄:記入日"),
    Slot("incident-others", "incident", "ご契約者でない方:見出し"),
    Slot("incident-public-desks", "incident", "ご契約者でない方:公的な相談窓口の前に置く文"),
    Slot(
        "incident-without-public-desks",
        "incident",
        "ご契約者でない方:公的な相談窓口の掲載がないときの文",
    ),
    Slot("incident-others-text", "incident", "ご契約者でない方:「利用できる方」の後に続く文"),
    Slot("incident-more", "incident", "くわしい案内へのリンク"),
    Slot(
        "security-services-description",
        "security-services",
        "検索結果に出る説明",
        ("サービスの一覧",),
    ),
)
