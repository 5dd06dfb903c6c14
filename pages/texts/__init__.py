"""Page texts: the sentences of the public pages that stand in no other record.

Slots are code, values are rows. A slot is declared in the module of its page, as a `Slot` of `slots.py`; a template shows it with
`{% text "its-key" %}`. The text is a row of `pages.models.PageText`. The shipped texts are in
`fixtures/page_texts.yaml`; `manage.py prepare` adds those that a database of before lacks.
"""
