from django.db import migrations, models

from elevforloeb.core.migrering import Together


class Migration(Together):
    dependencies = [("evaluering", "0002_udgivne_skemaer")]

    operations = [
        migrations.RemoveConstraint(
            model_name="besvarelse",
            name="besvarelse_part",
        ),
        migrations.AddField(
            model_name="evaluering",
            name="laast_tekst",
            field=models.TextField(blank=True, verbose_name="låst tekst"),
        ),
        migrations.AlterField(
            model_name="besvarelse",
            name="part",
            field=models.CharField(
                choices=[
                    ("elev", "Eleven"),
                    ("elevvejleder", "Elevvejlederen"),
                    ("elevansvarlig", "Den elevansvarlige"),
                    ("faelles", "Sammen ved samtalen"),
                    ("afloest", "Afløst elevvejleder"),
                ],
                max_length=20,
                verbose_name="part",
            ),
        ),
        migrations.AddConstraint(
            model_name="besvarelse",
            constraint=models.UniqueConstraint(
                condition=models.Q(("part", "afloest"), _negated=True),
                fields=("evaluering", "part"),
                name="besvarelse_part",
            ),
        ),
        migrations.AddConstraint(
            model_name="besvarelse",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("part", "afloest"), _negated=True), ("delt", None), _connector="OR"),
                name="besvarelse_afloest",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["laast", "forseglet"]), models.Q(("laast_tekst", ""), _negated=True)),
                    models.Q(models.Q(("status__in", ["laast", "forseglet"]), _negated=True), ("laast_tekst", "")),
                    _connector="OR",
                ),
                name="evaluering_laast",
            ),
        ),
    ]
