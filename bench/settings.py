"""The settings of the site, for measuring: as it is served, on data that is thrown away."""

import os

# bench.pages has set DATA_DIR and DATABASE_URL.
os.environ |= {
    "DEBUG": "false",
    "SECRET_KEY": "known-to-everybody-who-reads-this",
    "SITE_URL": "http://127.0.0.1:8000",
    "EMAIL_URL": "",
    "BEHIND_PROXY": "false",
}

from config.settings import *  # noqa: F403
from config.settings import STORAGES

ROOT_URLCONF = "bench.bare"
# The names of files are looked up as they are when served; that they are not compressed is quicker.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
