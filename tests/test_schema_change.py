"""Fields and models are added, renamed and dropped on a filled database with approval and history.

In a copy of the checkout, with throw-away migrations: models and database have to agree.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import copy_checkout

pytestmark = pytest.mark.server

RUN = """
import runpy
from django.test.utils import setup_test_environment

setup_test_environment(debug=True)
runpy.run_path("tests/schema_change/{}")
"""
BADGE = """

class Badge(models.Model):
    desk = models.ForeignKey(SupportDesk, models.CASCADE, related_name="badges")
    text = models.CharField("文", max_length=100)

    class Meta:
        verbose_name = "認定"
"""
CLASP = """

class Clasp(models.Model):
    badge = models.ForeignKey(Badge, models.CASCADE, related_name="clasps")
    text = models.CharField("文", max_length=100)

    class Meta:
        verbose_name = "留め具"


Badge.parts = ("clasps",)
"""
PRIZE = BADGE.replace("Badge", "Prize").replace("badges", "prizes").replace("認定", "受賞")
INLINE = """
        type("Inline", (StackedContentInline,), {{"model": apps.get_model("products.{}")}}),"""
MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("products", "{last}")]
    operations = [
        migrations.RenameField("policyterm", "coverage_lead", "coverage_introduction"),
        migrations.RenameField("coveragecategory", "examples_heading", "list_heading"),
        migrations.RemoveField("policyterm", "support_lead"),
        migrations.AddField(
            "policyterm", "rating", models.PositiveSmallIntegerField("評価", default=1)
        ),
        migrations.DeleteModel("clasp"),
        migrations.DeleteModel("badge"),
        migrations.RenameModel("prize", "award"),
        migrations.AddField(
            "notice", "hint", models.CharField("補足", max_length=100, blank=True, default="なし")
        ),
    ]
"""


def run(checkout: Path, script: str) -> str:
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{checkout / 'var' / 'test.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "jnxcyber.settings",
        "PYTHONPATH": str(checkout),
        "SECOND_FACTOR": "off",
        "DEBUG": "on",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", RUN.format(script)],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def replace(path: Path, *texts: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in texts:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def add_models(checkout: Path) -> None:
    """Add two models whose rows are parts of the support desk, and one for parts of the first."""
    models, admin = (
        checkout / "products" / folder / "services.py" for folder in ("models", "admin")
    )
    replace(models, ('"cautions")', '"cautions", "badges", "prizes")'))
    models.write_text(models.read_text(encoding="utf-8") + BADGE + CLASP + PRIZE, encoding="utf-8")
    added = "".join(INLINE.format(name) for name in ("Badge", "Prize"))
    django_admin = "from django.contrib import admin"
    replace(
        admin,
        ("(IncidentCaseInline,", f"({added}\n        IncidentCaseInline,"),
        (django_admin, f"from django.apps import apps\n{django_admin}"),
    )


def change_models(checkout: Path) -> None:
    """Remove the first with its parts, and rename the second."""
    models, admin = (
        checkout / "products" / folder / "services.py" for folder in ("models", "admin")
    )
    replace(models, ('"badges", ', ""), (BADGE + CLASP, ""), ("class Prize", "class Award"))
    replace(admin, (INLINE.format("Badge"), ""), ("products.Prize", "products.Award"))


def change_fields(checkout: Path) -> None:
    """Change the fields in the code of the checkout, and add the migration that does so."""
    for path in [*checkout.glob("products/**/*.py"), *checkout.glob("templates/**/*.html")]:
        if "migrations" not in path.parts:
            text = path.read_text(encoding="utf-8")
            text = text.replace("coverage_lead", "coverage_introduction")
            text = text.replace("examples_heading", "list_heading")
            text = re.sub(r" +support_lead = ProseField\(.*\)\n", RATING, text)
            text = text.replace('"support_lead"', '"rating"')
            text = text.replace("    important = ", f"{HINT}    important = ", 1)
            path.write_text(text, encoding="utf-8")
    migrations = checkout / "products" / "migrations"
    last = max(path.stem for path in migrations.glob("0*.py"))
    (migrations / "0999_throw_away.py").write_text(MIGRATION.format(last=last), encoding="utf-8")


RATING = '    rating = models.PositiveSmallIntegerField("評価", default=1)\n'
HINT = '    hint = models.CharField("補足", max_length=100, blank=True, default="なし")\n'


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict:
    checkout = copy_checkout(tmp_path_factory.mktemp("schema"))
    (checkout / "var").mkdir()
    (checkout / "var" / "test.sqlite3").touch()
    add_models(checkout)
    run(checkout, "before.py")
    change_models(checkout)
    change_fields(checkout)
    return json.loads(run(checkout, "after.py"))


def test_no_approval_is_outdated(found):
    assert found["as approved"]
    assert found["changes"] == []


def test_an_approved_term_can_be_saved_where_approval_is_required(found):
    assert found["saved"] == 302


def test_a_value_in_the_new_field_is_a_change(found):
    assert not found["approved with a value in the new field"]


def test_the_history_tells_removed_and_renamed_fields_in_words(found):
    assert "サポート機能の説明(いまはない項目)" in found["history"]
    assert "前の案内" in found["history"]
    assert "補償内容の説明前の説明承認された説明" in found["history"]


def test_what_the_history_tells_is_no_change_of_fields_that_hold_nothing(found):
    assert "評価" not in found["history"]


def test_an_older_version_is_brought_back_without_what_is_no_field_any_more(found):
    assert "次の内容は、いまはない項目のものなので、戻りません。" in found["page of going back"]
    assert found["went back to"] == "前の説明"
    assert not found["approved after going back"]


def test_the_approved_version_is_brought_back_with_its_approval(found):
    assert found["came back to"] == "承認された説明"
    assert found["approved again"]


def test_parts_are_read_under_their_new_names(found):
    assert found["heading"]


def test_something_deleted_comes_back_with_the_default_of_the_new_field(found):
    assert found["recovered"] == [["消した件名", "なし"]]


def test_the_history_tells_rows_of_a_removed_model(found):
    assert "いまはない項目「認定」「留め具」の内容があります。" in found["history of the desk"]


def test_going_back_shows_the_rows_of_a_removed_model_and_leaves_them_out(found):
    assert "認定(いまはない項目)文:前の認定" in found["page of the desk"]
    assert "留め具(いまはない項目)文:前の留め具" in found["page of the desk"]


def test_rows_of_a_renamed_model_are_brought_back(found):
    assert found["prizes"] == ["前の受賞"]
