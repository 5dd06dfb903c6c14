"""Queries for policy terms: the public ones, the one that is shown, those before and after it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from core.moment import Moment
from products.joining import cover_start
from products.models.base import PublishableQuerySet

if TYPE_CHECKING:
    from products.models.terms import PolicyTerm


class PolicyTermQuerySet(PublishableQuerySet["PolicyTerm"]):
    def with_details(self) -> PolicyTermQuerySet:
        """Return the terms with all their parts, in a number of queries that does not grow with them."""
        return self.prefetch_related(
            "reasons", "premium_rows", "coverage_categories__events", "support_functions"
        )

    def living_at(self, moment: Moment) -> PolicyTermQuerySet:
        """Return the terms that have not ended, drafts too, and the newest public one.

        Where nothing follows it, that one stands for the product even after its end.
        """
        newest = self.model.objects.filter(public_from__lte=moment.at).order_by("-starts_at")
        return self.filter(Q(ends_at__gt=moment.at) | Q(pk__in=newest.values("pk")[:1]))

    def public_at(self, moment: Moment) -> list[PolicyTerm]:
        """Return the terms that visitors may see, ended ones included, the newest first.

        Decided here and not by the database, which need not be asked again where the rows are loaded.
        """
        for term in self:
            moment.will_change(term.public_from, term.starts_at, term.ends_at)
        return [term for term in self if term.public_from and term.public_from <= moment.at]

    def in_force_at(self, moment: Moment) -> PolicyTerm | None:
        """Return the public term by which members are covered; None where nothing is public.

        It is the running one, else the next to start, else the one that ended last.
        """
        terms = self.public_at(moment)
        upcoming = [term for term in terms if term.starts_at > moment.at]
        return self.running_at(moment) or next(iter([*reversed(upcoming), *terms]), None)

    def running_at(self, moment: Moment) -> PolicyTerm | None:
        """Return the public term that has started and not ended; None where there is none."""
        terms = self.public_at(moment)
        return next((each for each in terms if each.starts_at <= moment.at < each.ends_at), None)

    def offered_at(self, moment: Moment) -> PolicyTerm | None:
        """Return the public term into which an application made now leads: it stands for the product on all pages.

        It is the last one where none takes applications; None where nothing is public.
        """
        terms = self.public_at(moment)[::-1]
        for term in terms:
            moment.will_change(term.intake_ends_at)
            if moment.at < term.intake_ends_at:
                return term
        return terms[-1] if terms else None

    def after(self, term: PolicyTerm, moment: Moment) -> PolicyTerm | None:
        """Return the next public term that starts when this one ends, or later."""
        later = [each for each in self.public_at(moment) if each.starts_at >= term.ends_at]
        return later[-1] if later else None

    def last_to_end(self) -> PolicyTerm | None:
        """Return the term that ends last, whether it is public or not; None where there is no term."""
        return self.order_by("-ends_at").first()

    def before(self, term: PolicyTerm) -> PolicyTerm | None:
        """Return the last term, public or not, that ends when this one starts, or earlier."""
        return self.filter(ends_at__lte=term.starts_at).last_to_end()

    def for_application(self, on: date, moment: Moment) -> PolicyTerm | None:
        """Return the public term that an application on this day leads into; None where nothing is public.

        It is the first in which cover would still start, else the last one.
        """
        terms = self.public_at(moment)[::-1]
        for term in terms:
            if cover_start(on, term.joining_rule) < term.ends_at:
                return term
        return terms[-1] if terms else None

    def get_by_natural_key(self, code: str) -> PolicyTerm:
        return self.get(code=code)
