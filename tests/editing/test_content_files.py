"""Loading the content from files, refusing what is broken, and writing it back."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from editing.content_files import (
    content_exists,
    content_files,
    export_content,
    load_content,
    models_in_files,
)
from products.models import PolicyTerm, PremiumRow

FIXTURES = settings.BASE_DIR / "fixtures"

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files, to be broken."""
    return Path(shutil.copytree(FIXTURES, tmp_path / "fixtures"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_model_of_the_content_is_in_a_file():
    models = {
        model for app in settings.CONTENT_APPS for model in apps.get_app_config(app).get_models()
    }
    assert set(models_in_files()) == models
    assert {path.stem for path in FIXTURES.iterdir()} == set(content_files())


def test_what_is_loaded_is_exported_as_the_same_bytes(empty_database, tmp_path):
    load_content(FIXTURES)
    export_content(tmp_path / "out")
    assert contents(tmp_path / "out") == contents(FIXTURES)


def test_an_edited_content_survives_export_and_load(tmp_path, request):
    term = PolicyTerm.objects.get(code="2025")
    term.eligibility = "一行目: 「引用」 # ではない\n\n三行目  \n- 四行目"
    term.save()
    export_content(tmp_path / "out")
    request.getfixturevalue("empty_database")
    load_content(tmp_path / "out")
    export_content(tmp_path / "again")
    assert PolicyTerm.objects.get(code="2025").eligibility == term.eligibility
    assert contents(tmp_path / "again") == contents(tmp_path / "out")


def test_every_shipped_row_passes_full_validation():
    for model in models_in_files():
        for row in model._default_manager.all():
            row.full_clean()


def test_a_database_with_content_is_refused():
    with pytest.raises(CommandError, match="already has content"):
        call_command("load_content")
    assert PremiumRow.objects.count() == 6


def test_the_commands_say_what_they_did(empty_database, tmp_path):
    out = StringIO()
    call_command("load_content", stdout=out)
    call_command("export_content", tmp_path / "out", stdout=out)
    number = sum(model._default_manager.count() for model in models_in_files())
    assert f"Loaded {number} rows" in out.getvalue()
    assert f"Wrote the content to {tmp_path / 'out'}" in out.getvalue()


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("premiums", "annual_low: 140230", "annual_low: 999999999", "下限は、上限以下に"),
        ("premiums", "annual_low: 140230", "annual_low: 十四万", "annual_low: "),
        ("premiums", "annual_low: 140230", "annual_low: null", "annual_low: "),
        ("premiums", "annual_low: 140230", "anual_low: 140230", "anual_low"),
        ("premiums", "annual_low: 140230", "annual_low: -1", "annual_low"),
        ("premiums", "- '2025'", "- '1999'", "term: PolicyTerm matching query does not exist"),
        ("premiums", "number: 2", "number: 1", "同じ No の"),
        ("premiums", "model: products.premiumrow", "model: products.premium", "model: must be"),
        ("premiums", "model: products.premiumrow", "modell: products.premiumrow", "model: must be"),
        (
            "premiums",
            "- model: products.premiumrow",
            "- extra: 1\n  model: products.premiumrow",
            "nothing else",
        ),
        ("premiums", "  fields:", "  fields: [", "premiums.yaml"),
        ("desks", "telephone: 03-5422-6351", "telephone: '0354226351'", "telephone: 電話番号は"),
        ("desks", "telephone: 03-5422-6351", "telephone: 0354226351", "telephone: 61943017 is not"),
        ("desks", "- japia-building", "- nobody", "organisation: Organisation matching"),
        (
            "desks",
            "organisation:\n      - japia-building",
            "organisation: 1",
            "organisation: 1 is not",
        ),
        ("desks", "opens_at: 09:00:00", "opens_at: 25:00", "opens_at: "),
        ("premiums", "annual_low: 140230", "annual_low: 140230.9", "annual_low: 140230.9 is not"),
        ("premiums", "annual_low: 140230", "annual_low: true", "annual_low: True is not"),
        ("premiums", "annual_low: 140230", "annual_low: 1\n    annual_low: 2", "stands twice"),
        ("premiums", "annual_low: 140230", "id: 77\n    annual_low: 140230", "id: no such field"),
        (
            "terms",
            "code: '2025'",
            "code: '2025'\n    premium_rows: []",
            "premium_rows: no such field",
        ),
        (
            "terms",
            "2025-04-01 16:00:00+09:00",
            "2025-04-01 16:00:00",
            "starts_at: 2025-04-01 16:00:00 has no time zone",
        ),
        (
            "terms",
            "2025-04-01 16:00:00+09:00",
            "0001-04-01 16:00:00+09:00",
            "starts_at: 2000年から",
        ),
        ("terms", "2025-04-01 16:00:00+09:00", "2025-02-30 16:00:00+09:00", "starts_at: "),
        ("support_desk", "functions: []\n", "functions: 1\n    x:\n", "support_desk.yaml"),
        ("desks", "role: insurer", "role: agency", "role: "),
        ("desks", "role: insurer", "role: reinsurer", "role: "),
        (
            "terms",
            "starts_at: 2025-04-01 16:00:00+09:00",
            "starts_at: 2026-04-01 16:00:00+09:00",
            "終了は、開始より後",
        ),
        ("terms", "starts_at: 2025-04-01 16:00:00+09:00", "starts_at: 来年", "starts_at: "),
        ("terms", "code: '2025'", "code: 二〇二五", "code: "),
        ("legal_texts", "kind: closing", "kind: opening", "kind: "),
        ("product", "- model: products.product", "{}", "product.yaml"),
    ],
)
def test_a_broken_file_is_named_and_nothing_is_loaded(
    empty_database, folder, file, old, new, reason
):
    path = folder / f"{file}.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(CommandError) as refusal:
        call_command("load_content", folder)
    message = str(refusal.value)
    assert message.startswith("Nothing was loaded: ")
    assert f"{file}.yaml" in message
    assert reason in message
    assert not content_exists()


def test_the_message_names_row_and_line(empty_database, folder):
    path = folder / "premiums.yaml"
    lines = path.read_text().splitlines()
    (line,) = [n for n, text in enumerate(lines, start=1) if text.endswith("annual_low: 376220")]
    first_line = max(n for n, text in enumerate(lines[:line], 1) if text.startswith("- model"))
    path.write_text("\n".join(lines).replace("annual_low: 376220", "annual_low: 0"))
    with pytest.raises(CommandError, match=rf"premiums.yaml row 5 \(line {first_line}\): .*0より"):
        call_command("load_content", folder)


@pytest.mark.parametrize(
    ("file", "needed"),
    [
        ("product", "products.product: a row of it is needed"),
        ("support_desk", "products.supportdesk: a row of it is needed"),
        ("security_services", "products.securityprogram: a row of it is needed"),
        ("premiums", "the public term 2025 has no premium_rows"),
        ("coverage", "the public term 2025 has no coverage_categories"),
        ("desks", "no desk for: agency, incident, insurer, secretariat"),
    ],
)
def test_content_on_which_the_site_cannot_live_is_refused(empty_database, folder, file, needed):
    (folder / f"{file}.yaml").write_text("[]")
    with pytest.raises(CommandError, match=needed):
        call_command("load_content", folder)
    assert not content_exists()


@pytest.mark.parametrize("content", ["", "null", "just text", "{}"])
def test_a_file_that_is_no_list_is_named(empty_database, folder, content):
    (folder / "faq.yaml").write_text(content)
    with pytest.raises(CommandError, match=r"faq.yaml: must be a list"):
        call_command("load_content", folder)
    assert not content_exists()


def test_a_file_in_another_encoding_is_named(empty_database, folder):
    (folder / "faq.yaml").write_bytes("- 質問".encode("shift_jis"))
    with pytest.raises(CommandError, match=r"faq.yaml"):
        call_command("load_content", folder)


def test_a_missing_file_and_an_unknown_one_are_named(empty_database, folder):
    (folder / "faq.yaml").rename(folder / "faqs.yaml")
    with pytest.raises(CommandError, match="no such subject: faqs"):
        call_command("load_content", folder)
    (folder / "faqs.yaml").unlink()
    with pytest.raises(CommandError, match=r"faq\.yaml"):
        call_command("load_content", folder)
    assert not content_exists()
