"""The content as files: filling an empty database from them, and writing them from the database."""

from pathlib import Path

from django.db import models, transaction

from contacts.models import ClosedDay, Desk, DeskRole, Organisation, PersonInCharge
from core.models import OnlyOne
from editing.fixtures import ContentError, load_file, write_file
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

# The file of each subject, in an order in which every row finds the rows it refers to.
SUBJECTS: dict[str, tuple[type[models.Model], ...]] = {
    "organisations": (Organisation,),
    "desks": (Desk, PersonInCharge, ClosedDay),
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


def content_exists() -> bool:
    """Return whether the database holds a row of any subject."""
    return any(model._default_manager.exists() for group in SUBJECTS.values() for model in group)


@transaction.atomic
def load_content(folder: Path) -> int:
    """Fill the empty database from the folder's files; return the number of rows.

    Every row is validated as the admin would. Raises ContentError, and then nothing is loaded.
    """
    if content_exists():
        raise ContentError("the database already has content, which is not overwritten.")
    unknown = {path.stem for path in folder.glob("*.yaml")} - SUBJECTS.keys()
    if unknown:
        raise ContentError(f"{folder}: no such subject: {', '.join(sorted(unknown))}")
    rows = sum(load_file(folder / f"{subject}.yaml", SUBJECTS[subject]) for subject in SUBJECTS)
    for model in (model for group in SUBJECTS.values() for model in group):
        if issubclass(model, OnlyOne) and not model._default_manager.exists():
            raise ContentError(f"{folder}: {model._meta.label_lower}: a row of it is needed")
    for term in PolicyTerm.objects.exclude(public_from=None):
        for name in ("reasons", "premium_rows", "coverage_categories"):
            if not getattr(term, name).exists():
                raise ContentError(f"{folder}: the public term {term.code} has no {name}")
    missing = set(DeskRole.values) - set(Desk.objects.values_list("role", flat=True))
    if missing:
        raise ContentError(f"{folder / 'desks.yaml'}: no desk for: {', '.join(sorted(missing))}")
    return rows


def export_content(folder: Path) -> None:
    """Write the whole content into the folder, one file per subject."""
    folder.mkdir(parents=True, exist_ok=True)
    for subject, group in SUBJECTS.items():
        write_file(folder / f"{subject}.yaml", group)
