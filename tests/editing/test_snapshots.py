"""Snapshots of content: the same content has the same fingerprint, however it was serialized."""

from editing.snapshots import fingerprint, of_rows


def test_an_instant_is_the_same_in_every_zone():
    def content(at: str) -> str:
        row = {"model": "products.notice", "pk": 1, "fields": {"title": "件名", "public_from": at}}
        return fingerprint(of_rows([row]))

    in_tokyo = content("2025-10-01T09:00:00+09:00")
    assert content("2025-10-01T00:00:00Z") == in_tokyo
    assert content("2025-09-30T20:00:00-04:00") == in_tokyo
    assert content("2025-10-01T09:00:00Z") != in_tokyo
