"""The models of the offer, one file per subject. What changes with the policy term belongs to the term."""

from products.models.choices import CoverageKind, TermState
from products.models.coverage import (
    CoverageCategory,
    CoveredEvent,
    SupportFunction,
)
from products.models.premium_rows import PremiumRow
from products.models.product import Product
from products.models.publication import (
    Document,
    DocumentKind,
    FaqEntry,
    LegalText,
    LegalTextKind,
    Notice,
)
from products.models.reasons import Reason
from products.models.services import (
    IncidentCase,
    SecurityProgram,
    SecurityService,
    SupportCaution,
    SupportDesk,
    SupportStrength,
)
from products.models.terms import PolicyTerm

__all__ = [
    "CoverageCategory",
    "CoverageKind",
    "CoveredEvent",
    "Document",
    "DocumentKind",
    "FaqEntry",
    "IncidentCase",
    "LegalText",
    "LegalTextKind",
    "Notice",
    "PolicyTerm",
    "PremiumRow",
    "Product",
    "Reason",
    "SecurityProgram",
    "SecurityService",
    "SupportCaution",
    "SupportDesk",
    "SupportFunction",
    "SupportStrength",
    "TermState",
]
