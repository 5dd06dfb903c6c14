"""Public pages say their own words: what the admin calls a field or a choice can change without them."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import F

from contacts.models import ROLE_NAMES, DeskRole
from products.models import CoverageKind, Document, DocumentKind, PolicyTerm, Product, TermState
from products.models.choices import COVER_NAMES, STATE_NAMES
from products.models.publication import KIND_NAMES
from tests.factories import pdf
from tests.moments import tokyo
from tests.pages.page_paths import PAGE_PATHS, TERM_PATH

pytestmark = pytest.mark.django_db

ADMIN_LABEL = "管理画面だけの呼び名"
PATHS = [
    *PAGE_PATHS,
    TERM_PATH,
    "/insurance/summary/?no=2",
    "/insurance/premiums/?own=12億円&profit=yes",
]


@pytest.fixture
def rename_in_admin(monkeypatch):
    """Give each field, model and choice of the content a different name in the admin."""

    def rename() -> None:
        for app in settings.CONTENT_APPS:
            for model in apps.get_app_config(app).get_models():
                monkeypatch.setattr(model._meta, "verbose_name", ADMIN_LABEL)
                monkeypatch.setattr(model._meta, "verbose_name_plural", ADMIN_LABEL)
                for field in model._meta.get_fields():
                    if hasattr(field, "verbose_name"):
                        monkeypatch.setattr(field, "verbose_name", ADMIN_LABEL)
                    if getattr(field, "choices", None):
                        renamed = [(value, ADMIN_LABEL) for value, _ in field.choices]
                        monkeypatch.setattr(field, "choices", renamed)
        for choices in (DeskRole, CoverageKind, DocumentKind):
            label = property(lambda choice: ADMIN_LABEL)
            # An enum does not show that it has properties, which "raising" would ask for.
            monkeypatch.setattr(choices, "label", label, raising=False)

    return rename


@pytest.fixture
def documents() -> None:
    for kind in DocumentKind.values:
        Document.objects.create(
            code=f"one-{kind}", title="資料名", kind=kind,
            file=ContentFile(pdf(pages=1), "document.pdf"), public_from=tokyo("2025-01-01T00:00"),
        )  # fmt: skip


@pytest.mark.usefixtures("documents")
def test_a_changed_admin_label_changes_no_public_page(visit, rename_in_admin):
    PolicyTerm.objects.get().coverage_categories.filter(kind="profit").delete()
    PolicyTerm.objects.update(deductible="事務局が入力した文です。")
    before = {path: visit(path).html for path in PATHS}
    rename_in_admin()
    Product.objects.update(name=F("name"))  # so that the content is read anew
    assert str(PolicyTerm._meta.get_field("deductible").verbose_name) == ADMIN_LABEL
    assert DocumentKind("pamphlet").label == ADMIN_LABEL
    changed = [path for path in PATHS if visit(path).html != before[path]]
    assert not changed


@pytest.mark.usefixtures("documents")
def test_the_list_of_documents_names_the_kind_of_each(visit):
    kinds = {text.removeprefix("(").split("、")[0] for text in visit("/documents/").texts("small")}
    assert kinds >= {"パンフレット", "重要事項説明書", "約款", "利用規約", "その他"}


def test_each_desk_is_headed_by_its_role(visit):
    headings = visit("/contact/").texts(".desk h3")
    assert headings == ["サイバーインシデント対応", "取扱代理店", "引受保険会社", "事務局"]


@pytest.mark.parametrize(
    ("choices", "names"),
    [
        (DeskRole, ROLE_NAMES),
        (DocumentKind, KIND_NAMES),
        (CoverageKind, COVER_NAMES),
        (TermState, STATE_NAMES),
    ],
)
def test_every_choice_has_a_public_name(choices, names):
    assert set(names) == set(choices)
