"""The history tells an edit in plain Japanese sentences."""

import pytest

from editing.change_words import in_sentences


@pytest.mark.parametrize(
    ("noted", "says"),
    [
        ("並び順を変えました。", "並び順を変えました。"),
        ([], "変更はありませんでした。"),
        ([{"added": {}}], "追加しました。"),
        ([{"changed": {"fields": ["回答"]}}], "回答を変更しました。"),
        (
            [{"changed": {"fields": ["質問", "回答", "表示順"]}}],
            "質問、回答、表示順を変更しました。",
        ),
        (
            [
                {"added": {"name": "担当者", "object": "山田 花子"}},
                {"changed": {"name": "事故", "object": "攻撃", "fields": ["説明"]}},
                {"deleted": {"name": "保険料の例", "object": "No.1"}},
            ],
            "担当者「山田 花子」を追加しました。事故「攻撃」の説明を変更しました。保険料の例「No.1」を削除しました。",
        ),
    ],
)
def test_what_a_form_changed_is_told_in_sentences(noted, says):
    assert in_sentences(noted) == says
