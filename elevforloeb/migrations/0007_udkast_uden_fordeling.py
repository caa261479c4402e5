from django.db import migrations


class Migration(migrations.Migration):
    """Which allocations a draft took over is read from its steps: it may be more than one."""

    dependencies = [
        ("elevforloeb", "0006_forside_indeks"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="udkast",
            name="fordeling",
        ),
    ]
