"""The audit's page by time comes from an index alone; `manage.py bench_audit` measures it.

A page is asked for in two steps: first the keys in their order, then the rows of these keys. With the process's
code in ``process_by_time`` the keys need no rows, also those that a deep page skips, and processes of one moment
stand in their order already. The other indexes stay: what a user or a company has is little.
"""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_quotas'),
        ('audit', '0004_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='process',
            name='process_by_time',
        ),
        migrations.AddIndex(
            model_name='process',
            index=models.Index(fields=['created_at', 'process_code'], name='process_by_time'),
        ),
    ]
