"""The content checks of figures: far from those of the term before, from each other, or from a twelfth."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise

from core.japanese import yen
from core.moment import Moment
from editing.findings import Finding, Rank, content_check
from editing.links import form_url
from products.doubts.dates import long_before
from products.doubts.figures import ENDS, not_a_twelfth, same_as_before, tenfold
from products.models import (
    PolicyTerm,
)
from products.premiums import is_out_of_line


@content_check(Rank.DOUBTFUL_FIGURE)
def doubtful_terms(moment: Moment) -> Iterator[Finding]:
    """Find what an editor had to confirm: figures far from those of the term before, or the same, and slips in a year."""
    living = {term.pk for term in PolicyTerm.objects.living_at(moment) if term.public_from}
    terms = PolicyTerm.objects.order_by("starts_at").prefetch_related("premium_rows")
    for last_year, term in pairwise((None, *terms)):
        if term is None or term.pk not in living:
            continue
        figures = tenfold(term.premium_rows.all(), last_year)
        for says in (*long_before(term), *same_as_before(term, last_year), *figures):
            yield Finding(
                key=f"doubt:{term.pk}:{sha256(says.encode()).hexdigest()[:16]}",
                says=f"保険期間{term}:{says}",
                advice="引受保険会社の資料と見比べてください。資料のとおりなら、このままにします。",
                url=form_url(term, "premium_rows-group"),
                found=says,
            )


@content_check(Rank.DOUBTFUL_FIGURE)
def premium_ranges(moment: Moment) -> Iterator[Finding]:
    """Find a range that is far wider or narrower than those of the other rows: often a digit too many."""
    for term in PolicyTerm.objects.living_at(moment).prefetch_related("premium_rows"):
        rows = list(term.premium_rows.all())
        for name, ranges in (
            ("年間保険料", [(row.annual_low, row.annual_high) for row in rows]),
            ("月額保険料", [(row.monthly_low, row.monthly_high) for row in rows]),
        ):
            for row, (low, high) in zip(rows, ranges, strict=True):
                if is_out_of_line((low, high), ranges):
                    yield Finding(
                        key=f"premium-range:{term.pk}:{row.number}:{name}",
                        says=f"保険期間{term}の No.{row.number}:{name}の幅({yen(low)}から{yen(high)}、"
                        f"{high / low:.2f}倍)が、ほかの例と大きく違います。",
                        advice="けた違いの入力がないか、引受保険会社の資料と見比べてください。",
                        url=form_url(term, "premium_rows-group"),
                        found=f"{low} {high}",
                    )


@content_check(Rank.DOUBTFUL_FIGURE)
def monthly_premiums(moment: Moment) -> Iterator[Finding]:
    """Find monthly figures that are not a twelfth of the annual one. They are published as given."""
    for term in PolicyTerm.objects.living_at(moment).prefetch_related("premium_rows"):
        for row in term.premium_rows.all():
            for end, label in ENDS.items():
                annual, monthly = getattr(row, f"annual_{end}"), getattr(row, f"monthly_{end}")
                for says in not_a_twelfth(row, end):
                    yield Finding(
                        key=f"monthly-premium:{term.pk}:{row.number}:{label}",
                        says=f"保険期間{term}:{says}",
                        advice="引受保険会社の資料と見比べてください。資料のとおりなら、このままにします。",
                        url=form_url(term, "premium_rows-group"),
                        found=f"{annual} {monthly}",
                    )
