"""The content checks of products, which Django's start imports as `checks` of each app.

They check the policy terms and documents that visitors see or will see as an offer (`living_at`); those of a
year that is over need no action.
"""

from products.checks import figures, publication, terms

__all__ = ["figures", "publication", "terms"]
