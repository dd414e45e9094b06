"""The settings of the site, for measuring: as it is served, on data that is thrown away."""

import os

# bench.database has set DATA_DIR and DATABASE_URL.
os.environ |= {
    "DEBUG": "false",
    "SECRET_KEY": "known-to-everybody-who-reads-this",
    "SITE_URL": "http://127.0.0.1:8000",
    "EMAIL_URL": "",
    "BEHIND_PROXY": "false",
    # Counted as they are on a site, and never reached.
    "LIMITS": ",".join(f"{name}=1000000/m" for name in ("press", "text", "group_text", "work"))
    + ",post=1000000/m+1000000/h",
}

from config.settings import *  # noqa: F403
from config.settings import BASE_DIR, STORAGES, TEMPLATES

ROOT_URLCONF = "bench.urls"
TEMPLATES.append(
    {
        "NAME": "plain",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "bench" / "plain" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
)
# The names of files are looked up as they are when served; that they are not compressed is quicker.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
