"""The content checks that hold for the texts of all content models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from django.db.models import Model

from core.japanese import find_year
from core.moment import Moment
from editing.content_models import all_rows, living_rows, parts_of, whole_models
from editing.findings import Finding, Rank, content_check
from editing.links import form_url, has_form
from editing.nearly_same import nearly_same, sentences_of
from editing.placeholders import (
    allowed_in,
    fault_of,
    placeholders_in,
    text_fields,
    values_now,
    with_values,
)

LONGEST_QUOTE = 60  # characters


@content_check(Rank.NOTHING_TO_SEE)
def unfit_placeholders(moment: Moment) -> Iterator[Finding]:
    """Find texts with a placeholder that no fact fills, or one that is empty: visitors see a gap or a name in braces."""
    values = values_now()
    for row, url in _all_rows():
        texts = [(getattr(row, field.name), allowed_in(field)) for field in text_fields(type(row))]
        faults = {
            text: fault
            for text, allowed in texts
            if allowed is not None and (fault := fault_of(text, allowed) or _gap_in(text, values))
        }
        if faults:
            text, fault = next(iter(faults.items()))
            yield Finding(
                key=f"placeholder:{row._meta.label_lower}:{row.pk}",
                says=f"{row._meta.verbose_name}の文に、内容の入らない波かっこがあります:「{text[:LONGEST_QUOTE]}」",
                advice=fault,
                url=url,
                found="\n".join(faults),
            )


@content_check(Rank.AGEING)
def dated_sentences(moment: Moment) -> Iterator[Finding]:
    """Find sentences that name a year, and so grow old; an acceptance lasts until the year is over."""
    for row, url in _living_rows(moment):
        sentences = [
            sentence
            for field in text_fields(type(row))
            for sentence in re.split(r"[。\n]", str(getattr(row, field.name)))
            if find_year(sentence) is not None
        ]
        if sentences:
            yield Finding(
                key=f"dated:{row._meta.label_lower}:{row.pk}",
                says=f"{row._meta.verbose_name}に、年を含む文があります:「{_quote(sentences[0])}」"
                + (f"など{len(sentences)}か所" if len(sentences) > 1 else ""),
                advice="古くなっていないか、年に一度見直してください。",
                url=url,
                found="\n".join([str(moment.at.year), *sentences]),
            )


@content_check(Rank.AMBIGUOUS)
def diverging_sentences(moment: Moment) -> Iterator[Finding]:
    """Find two kinds of records that say nearly the same: one may have been changed without the other."""
    values = values_now()
    places: dict[str, dict[type[Model], tuple[Model, str]]] = {}
    for row, url in _living_rows(moment):
        for field in text_fields(type(row)):
            for sentence in sentences_of(with_values(getattr(row, field.name), values)):
                places.setdefault(sentence, {}).setdefault(type(row), (row, url))
    for one, other in nearly_same(places):
        if places[one].keys() & places[other].keys():
            continue  # rows of one kind may well say similar things
        (row, url), (other_row, _) = (next(iter(places[each].values())) for each in (one, other))
        yield Finding(
            key=f"diverging:{row._meta.label_lower}:{row.pk}:{other_row._meta.label_lower}:{other_row.pk}",
            says=f"{row._meta.verbose_name}の「{one}」と、{other_row._meta.verbose_name}の"
            f"「{other}」が、少しだけ違います。",
            advice="同じことを述べる文なら、同じ文にしてください。「文章を探す」で、どちらの場所も見つかります。",
            url=url,
            found=f"{one}\n{other}",
        )


def _living_rows(moment: Moment) -> Iterator[tuple[Model, str]]:
    """Yield every living row and its parts, each with the URL of the form in which it is edited."""
    for model in whole_models():
        for row in living_rows(model, moment):
            yield from _with_parts(row, form_url(row))


def _all_rows() -> Iterator[tuple[Model, str]]:
    for model in whole_models():
        for row in all_rows(model):
            yield from _with_parts(row, form_url(row))


def _with_parts(row: Model, url: str) -> Iterator[tuple[Model, str]]:
    yield row, url
    form = url.partition("#")[0]
    for name in parts_of(type(row)):
        for part in getattr(row, name).all():
            yield from _with_parts(
                part, form_url(part) if has_form(part) else f"{form}#{name}-group"
            )


def _gap_in(text: str, values: Mapping[str, str]) -> str:
    """Return which fact that the text names is empty; "" for none."""
    empty = [f"「{{{name}}}」" for name in placeholders_in(text) if values.get(name) == ""]
    return f"{''.join(empty)}の元の内容が空欄です。元の画面で入力してください。" if empty else ""


def _quote(sentence: str) -> str:
    """Return the sentence, shortened around its year, which may stand far back in a long one."""
    sentence = sentence.strip()
    start = max(0, (find_year(sentence) or 0) - LONGEST_QUOTE // 2)
    end = start + LONGEST_QUOTE
    return f"{'…' if start else ''}{sentence[start:end]}{'…' if len(sentence) > end else ''}"
