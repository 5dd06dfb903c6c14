"""Fields of a policy term that the source leaves open: empty until the secretariat knows."""

from __future__ import annotations

from django.db import models

from editing.edit_marks import mark_of

# The fields for what the source leaves open, each with its heading on public pages.
GAPS = {
    "eligibility": "加入できる方",
    "exclusions": "保険金をお支払いできない場合",
    "deductible": "免責金額(自己負担額)",
    "how_to_apply": "申込みの手続き",
    "part_year_premium": "中途加入の保険料",
    "closed_day_rule": "締切日が休業日にあたるときの取扱い",
    "policyholder": "保険契約者",
    "duty_to_disclose": "告知義務",
    "agency_authority": "取扱代理店の権限",
    "claims_procedure": "事故のご連絡と保険金のご請求",
}


class TermGaps(models.Model):
    """The questions and answers of a term that has the fields of `GAPS`."""

    class Meta:
        abstract = True

    @property
    def gaps(self) -> list[tuple[str, str]]:
        """Return each heading that the source leaves open, with what the secretariat has filled in.

        The text is "" while the agency is the one to ask.
        """
        return [(heading, str(getattr(self, name))) for name, heading in GAPS.items()]

    @property
    def first_questions(self) -> list[tuple[str, str]]:
        """Return what everybody asks first, each heading with what is known of it, "" where only the agency knows."""
        names = ("eligibility", "how_to_apply", "exclusions", "deductible")
        return [(f"{mark_of(self, name)}{GAPS[name]}", getattr(self, name)) for name in names]

    @property
    def filled_gaps(self) -> list[tuple[str, str]]:
        return [(heading, text) for heading, text in self.gaps if text]

    @property
    def mid_term_gaps(self) -> list[tuple[str, str]]:
        """Return what is known of joining in the midst of the term, each heading with its text."""
        names = ("part_year_premium", "how_to_apply")
        return [(GAPS[name], text) for name in names if (text := getattr(self, name))]

    @property
    def open_gaps(self) -> list[str]:
        """Return the headings of what only the agency can tell."""
        return [
            f"{mark_of(self, name)}{heading}"
            for name, heading in GAPS.items()
            if not getattr(self, name)
        ]
