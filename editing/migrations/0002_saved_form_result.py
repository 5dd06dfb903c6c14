from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("editing", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="savedform",
            name="model",
            field=models.CharField(default="", max_length=100),
        ),
        migrations.AddField(
            model_name="savedform",
            name="object_id",
            field=models.CharField(default="", max_length=40),
        ),
    ]
