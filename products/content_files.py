"""The files that hold the products: see `editing/content_files.py`."""

from collections.abc import Iterator

from products.models import (
    CoverageCategory,
    CoveredEvent,
    Document,
    FaqEntry,
    IncidentCase,
    LegalText,
    Notice,
    PolicyTerm,
    PremiumRow,
    Product,
    Reason,
    SecurityProgram,
    SecurityService,
    SupportCaution,
    SupportDesk,
    SupportFunction,
    SupportStrength,
)

FILES = {
    "product": (Product,),
    "terms": (PolicyTerm, Reason),
    "premiums": (PremiumRow,),
    "coverage": (CoverageCategory, CoveredEvent),
    "support_functions": (SupportFunction,),
    "documents": (Document,),
    "support_desk": (SupportDesk, IncidentCase, SupportStrength, SupportCaution),
    "security_services": (SecurityProgram, SecurityService),
    "notices": (Notice,),
    "faq": (FaqEntry,),
    "legal_texts": (LegalText,),
}


def missing() -> Iterator[str]:
    """Yield the parts without which the page of a public term would say nonsense."""
    for term in PolicyTerm.objects.exclude(public_from=None):
        for name in ("reasons", "premium_rows", "coverage_categories"):
            if not getattr(term, name).exists():
                yield f"the public term {term.code} has no {name}"
