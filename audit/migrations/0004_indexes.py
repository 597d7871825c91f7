"""Indexes for an audit of a million requests; `manage.py bench_audit` measures them.

What is asked, and which index answers it:

- processes of a user, of a company, of everybody in a period, newest or oldest first: ``process_of_user``,
  ``process_of_company``, ``process_by_time`` (0001). Filters by service, type and status and other orders read
  the period's rows, which the same indexes find.
- requests of a page of processes: the foreign key's own index (0001).
- processes with a request of some operation: ``request_by_operation`` answers from the index alone; without it
  every request of the period is read.
- what retention removes next: ``process_by_time`` for rows; ``process_with_bodies`` for kept files. It holds
  only processes that have any, a few days of them, and so stays small.
- statistics and report: ``one_counter_a_day``, ``counter_of_company``, ``counter_by_date`` (0002).

A process stored before its status was always told ended the way its requests were answered.
"""

from django.conf import settings
from django.db import migrations, models


def tell_endings(apps, schema_editor):
    processes = apps.get_model("audit", "Process").objects.filter(status="")
    processes.filter(requests__http_status__gte=400).update(status="FAILED")
    processes.filter(status="").update(status="FINISHED_IN_TIME")


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_quotas'),
        ('audit', '0003_forgiven_points'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(tell_endings, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='process',
            index=models.Index(condition=models.Q(('input_file', ''), ('output_file', ''), _negated=True), fields=['created_at'], name='process_with_bodies'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['operation', 'process'], name='request_by_operation'),
        ),
    ]
