"""The admin of the products, one file per subject as in the models."""

from products.admin import coverage, publication, services, terms  # noqa: F401 (registers)
