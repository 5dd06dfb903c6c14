from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("editing", "0005_form_drafts")]

    operations = [
        migrations.RemoveConstraint(model_name="formdraft", name="form_draft_once_per_user"),
        migrations.AddField(
            model_name="formdraft",
            name="tab",
            # A person had one draft of a form: it can be continued and dropped under any id.
            field=models.CharField(max_length=32, default="0" * 32),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="formdraft",
            constraint=models.UniqueConstraint(
                fields=("user", "path", "tab"), name="form_draft_once_per_tab"
            ),
        ),
    ]
