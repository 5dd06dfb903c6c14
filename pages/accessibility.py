"""The site's claims about its accessibility: the success criteria with the result for each.

tests/browser/test_accessibility.py compares the methods with what is tested.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

TESTED_ON = date(2026, 11, 22)


class Method(StrEnum):
    """The way in which a criterion is checked."""

    AXE = "axe"
    TEST = "専用"
    PERSON = "人"


@dataclass(frozen=True)
class Criterion:
    """A success criterion at level A or AA, of WCAG 2.2 but for 4.1.1. `methods` is empty where no page has
    anything to which it applies."""

    number: str
    title: str
    level: str
    in_jis: bool
    methods: tuple[Method, ...]

    @property
    def result(self) -> str:
        return "適合" if self.methods else "適用なし"


KNOWN_GAPS = (
    "NVDA、VoiceOver などのスクリーンリーダーによる、利用者を交えた試験は、まだ行っていません。",
    "スマートフォンの実機での試験は、まだ行っていません(同じ画面幅の Chromium で確認しています)。",
    "リンク先の外部サイトと PDF は、対象に含めていません。",
)

_AXE, _TEST, _PERSON = Method.AXE, Method.TEST, Method.PERSON
_JIS_TOO, _NOT_IN_JIS = True, False

CRITERIA = tuple(
    Criterion(number, title, level, in_jis, methods)
    for number, title, level, in_jis, methods in (
        ("1.1.1", "非テキストコンテンツ", "A", _JIS_TOO, (_PERSON,)),
        ("1.2.1", "音声のみ及び映像のみ(収録済み)", "A", _JIS_TOO, ()),
        ("1.2.2", "キャプション(収録済み)", "A", _JIS_TOO, ()),
        ("1.2.3", "音声解説又はメディアに対する代替コンテンツ(収録済み)", "A", _JIS_TOO, ()),
        ("1.2.4", "キャプション(ライブ)", "AA", _JIS_TOO, ()),
        ("1.2.5", "音声解説(収録済み)", "AA", _JIS_TOO, ()),
        ("1.3.1", "情報及び関係性", "A", _JIS_TOO, (_AXE, _TEST, _PERSON)),
        ("1.3.2", "意味のあるシーケンス", "A", _JIS_TOO, (_TEST, _PERSON)),
        ("1.3.3", "感覚的な特徴", "A", _JIS_TOO, (_PERSON,)),
        ("1.3.4", "表示の向き", "AA", _NOT_IN_JIS, (_PERSON,)),
        ("1.3.5", "入力目的の特定", "AA", _NOT_IN_JIS, ()),
        ("1.4.1", "色の使用", "A", _JIS_TOO, (_PERSON,)),
        ("1.4.2", "音声の制御", "A", _JIS_TOO, ()),
        ("1.4.3", "コントラスト(最低限レベル)", "AA", _JIS_TOO, (_AXE, _PERSON)),
        ("1.4.4", "テキストのサイズ変更", "AA", _JIS_TOO, (_AXE, _TEST)),
        ("1.4.5", "文字画像", "AA", _JIS_TOO, (_TEST,)),
        ("1.4.10", "リフロー", "AA", _NOT_IN_JIS, (_TEST,)),
        ("1.4.11", "非テキストのコントラスト", "AA", _NOT_IN_JIS, (_PERSON,)),
        ("1.4.12", "テキストの間隔", "AA", _NOT_IN_JIS, (_TEST,)),
        ("1.4.13", "ホバー又はフォーカスで表示されるコンテンツ", "AA", _NOT_IN_JIS, ()),
        ("2.1.1", "キーボード", "A", _JIS_TOO, (_TEST,)),
        ("2.1.2", "キーボードトラップなし", "A", _JIS_TOO, (_TEST,)),
        ("2.1.4", "文字キーのショートカット", "A", _NOT_IN_JIS, ()),
        ("2.2.1", "タイミング調整可能", "A", _JIS_TOO, ()),
        ("2.2.2", "一時停止、停止及び非表示", "A", _JIS_TOO, ()),
        ("2.3.1", "3回の閃光、又は閾値以下", "A", _JIS_TOO, ()),
        ("2.4.1", "ブロックスキップ", "A", _JIS_TOO, (_AXE, _TEST)),
        ("2.4.2", "ページタイトル", "A", _JIS_TOO, (_AXE, _TEST)),
        ("2.4.3", "フォーカス順序", "A", _JIS_TOO, (_TEST, _PERSON)),
        ("2.4.4", "リンクの目的(コンテキスト内)", "A", _JIS_TOO, (_AXE, _PERSON)),
        ("2.4.5", "複数の手段", "AA", _JIS_TOO, (_TEST,)),
        ("2.4.6", "見出し及びラベル", "AA", _JIS_TOO, (_PERSON,)),
        ("2.4.7", "フォーカスの可視化", "AA", _JIS_TOO, (_TEST, _PERSON)),
        ("2.4.11", "隠されないフォーカス(最低限)", "AA", _NOT_IN_JIS, (_TEST,)),
        ("2.5.1", "ポインタのジェスチャ", "A", _NOT_IN_JIS, ()),
        ("2.5.2", "ポインタのキャンセル", "A", _NOT_IN_JIS, (_PERSON,)),
        ("2.5.3", "名前(name)のラベル", "A", _NOT_IN_JIS, (_PERSON,)),
        ("2.5.4", "動きによる起動", "A", _NOT_IN_JIS, ()),
        ("2.5.7", "ドラッグ動作", "AA", _NOT_IN_JIS, ()),
        ("2.5.8", "ターゲットのサイズ(最低限)", "AA", _NOT_IN_JIS, (_AXE, _TEST)),
        ("3.1.1", "ページの言語", "A", _JIS_TOO, (_AXE, _TEST)),
        ("3.1.2", "一部分の言語", "AA", _JIS_TOO, (_PERSON,)),
        ("3.2.1", "フォーカス時", "A", _JIS_TOO, (_TEST,)),
        ("3.2.2", "入力時", "A", _JIS_TOO, (_TEST,)),
        ("3.2.3", "一貫したナビゲーション", "AA", _JIS_TOO, (_TEST,)),
        ("3.2.4", "一貫した識別性", "AA", _JIS_TOO, (_PERSON,)),
        ("3.2.6", "一貫したヘルプ", "A", _NOT_IN_JIS, (_TEST,)),
        ("3.3.1", "エラーの特定", "A", _JIS_TOO, (_TEST,)),
        ("3.3.2", "ラベル又は説明", "A", _JIS_TOO, (_AXE, _PERSON)),
        ("3.3.3", "エラー修正の提案", "AA", _JIS_TOO, (_TEST,)),
        ("3.3.4", "エラー回避(法的、金融、データ)", "AA", _JIS_TOO, ()),
        ("3.3.7", "冗長な入力項目", "A", _NOT_IN_JIS, ()),
        ("3.3.8", "アクセシブルな認証(最低限)", "AA", _NOT_IN_JIS, ()),
        ("4.1.1", "構文解析", "A", _JIS_TOO, (_TEST,)),
        ("4.1.2", "名前(name)、役割(role)及び値(value)", "A", _JIS_TOO, (_AXE, _TEST)),
        ("4.1.3", "ステータスメッセージ", "AA", _NOT_IN_JIS, (_PERSON,)),
    )
)
