"""Doubts that an editor confirms before a term, document, notice or answer is saved.

Each doubt is a whole sentence about what the edit changes, in the chain of `editing/saving.py`. Nothing here refuses
to save. The content checks of the home find the same of what lasts, by the same functions.
"""

from products.doubts.claims import doubts_about_answer
from products.doubts.publication import (
    doubts_about_code,
    doubts_about_file,
    doubts_about_notice,
    doubts_about_publication,
)
from products.doubts.terms import doubts_about_term

__all__ = [
    "doubts_about_answer",
    "doubts_about_code",
    "doubts_about_file",
    "doubts_about_notice",
    "doubts_about_publication",
    "doubts_about_term",
]
