"""Replacing the premium table of a term as a whole."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from products.models import PolicyTerm, PremiumRow
from products.pasting.problems import PasteError, Problem, messages_for
from products.pasting.table import PastedRow


@transaction.atomic
def replace_premium_rows(term: PolicyTerm, rows: list[PastedRow]) -> None:
    """Make these the rows of the term, all of them or none. A row keeps its identity by its number.
    Raises PasteError, with a message for each line that the rules of premiums refuse."""
    stored = {row.number: row.pk for row in term.premium_rows.all()}
    # Deleted first: rows that exchange their turnovers would meet the old ones.
    term.premium_rows.all().delete()
    problems: list[Problem] = []
    for pasted in rows:
        row = PremiumRow(pk=stored.get(pasted.number), term=term, **pasted.values)
        try:
            row.full_clean()
        except ValidationError as error:
            problems += [Problem(pasted.line, message) for message in error.messages]
        else:
            row.save(force_insert=True)
    if problems:
        raise PasteError(messages_for(problems))
