import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from elevforloeb.core.migrering import Together


class Migration(Together):
    dependencies = [
        ("core", "0008_filer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="adresse",
            field=models.EmailField(blank=True, max_length=254, verbose_name="adresse"),
        ),
        migrations.AlterField(
            model_name="mail",
            name="modtager",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mails",
                to=settings.AUTH_USER_MODEL,
                verbose_name="modtager",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(("modtager", None), ("adresse", ""), _connector="XOR"), name="mail_en_modtager"
            ),
        ),
    ]
