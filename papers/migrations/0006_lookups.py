"""Papers can be looked up, and it is noted what of a paper came from there."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0005_merges"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Turn",
            fields=[
                (
                    "provider",
                    models.CharField(
                        choices=[
                            ("crossref", "Crossref"),
                            ("openalex", "OpenAlex"),
                            ("pubmed", "PubMed"),
                            ("arxiv", "arXiv"),
                        ],
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("free_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="paper",
            name="filled",
            field=models.JSONField(
                default=dict,
                editable=False,
                help_text="Which details a look-up filled in: the provider's name by the detail's.",
            ),
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "provider",
                    models.CharField(
                        choices=[
                            ("crossref", "Crossref"),
                            ("openalex", "OpenAlex"),
                            ("pubmed", "PubMed"),
                            ("arxiv", "arXiv"),
                        ],
                        max_length=20,
                    ),
                ),
                ("question", models.CharField(max_length=64)),
                ("entries", models.JSONField(default=list)),
                ("is_failure", models.BooleanField(default=False)),
                ("got_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "question"), name="one_answer_per_provider_and_question"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Lookup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for an answer"),
                            ("found", "Found"),
                            ("proposed", "Found, to be looked at"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("nothing", "Nothing found"),
                            ("failed", "Not answered"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                (
                    "provider",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("crossref", "Crossref"),
                            ("openalex", "OpenAlex"),
                            ("pubmed", "PubMed"),
                            ("arxiv", "arXiv"),
                        ],
                        max_length=20,
                    ),
                ),
                ("proposal", models.JSONField(default=dict)),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("network", "No network"),
                            ("busy", "Asked too much"),
                            ("garbled", "Not understood"),
                        ],
                        max_length=20,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(db_index=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="lookups",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lookup",
                        to="papers.paper",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_try_at__isnull", False), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True), ("next_try_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="a_waiting_lookup_has_its_next_try",
                    )
                ],
            },
        ),
    ]
