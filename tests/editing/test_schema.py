"""Tests of what the migrations tell about the models and fields that the content has and had."""

from django.db import models
from django.db.migrations import operations

from editing.schema import ModelHistory, follow

TEXT = ("text", models.CharField("文", max_length=100))
CREATE = operations.CreateModel("Badge", [TEXT], options={"verbose_name": "認定"})


def histories(*migrated: operations.base.Operation) -> dict[str, ModelHistory]:
    found: dict[str, ModelHistory] = {}
    for operation in migrated:
        follow(found, "products", operation)
    return found


def test_a_renamed_model_is_one_model_under_both_labels():
    found = histories(CREATE, operations.RenameModel("Badge", "Award"))
    assert found["products.badge"] is found["products.award"]
    assert (found["products.badge"].label, found["products.badge"].first_label) == (
        "products.award",
        "products.badge",
    )


def test_a_field_of_a_renamed_model_is_followed_under_the_new_label():
    renamed = operations.RenameField("Award", "text", "words")
    (history, _) = histories(CREATE, operations.RenameModel("Badge", "Award"), renamed).values()
    assert history.names == {"text": "words"}


def test_a_removed_model_has_the_name_that_it_had_last():
    named = operations.AlterModelOptions("Badge", {"verbose_name": "認定証"})
    (history,) = histories(CREATE, named, operations.DeleteModel("Badge")).values()
    assert (history.is_removed, history.verbose_name) == (True, "認定証")


def test_a_label_that_was_used_again_is_the_new_model():
    (history,) = histories(CREATE, operations.DeleteModel("Badge"), CREATE).values()
    assert not history.is_removed


def test_what_changes_the_state_alone_is_followed():
    separate = operations.SeparateDatabaseAndState(state_operations=[CREATE])
    (history,) = histories(separate, operations.RemoveField("Badge", "text")).values()
    assert (list(history.fields), history.names) == (["text"], {})


def test_a_name_that_was_used_again_is_a_new_field():
    again = operations.AddField("Badge", *TEXT)
    (history,) = histories(CREATE, operations.RemoveField("Badge", "text"), again).values()
    assert history.names == {"text#2": "text"}
