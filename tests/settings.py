"""The settings of the site, for tests: on data of their own, and without what only costs time.

Nothing of a developer's own `.env` or data folder comes in: what is set here goes before it.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_data = Path(tempfile.mkdtemp(prefix="seminar-tests-"))
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ |= {
    "DATA_DIR": str(_data),
    "DATABASE_URL": os.environ.get("TESTED_DATABASE_URL", f"sqlite:///{_data / 'unused.sqlite3'}"),
    "DEBUG": "false",
    "SECRET_KEY": "known-to-everybody-who-reads-the-tests",
    "SITE_URL": "http://testserver",
    "EMAIL_URL": "",
    "BEHIND_PROXY": "false",
}

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

# A file, not memory: threads of a test are to race as those of the server do.
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": str(_data / "test.sqlite3")}

STATIC_ROOT.mkdir()
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
# Nothing outside is ever asked: where the providers are to be, nothing listens.
LOOKUP_HOSTS = dict.fromkeys(["arxiv", "crossref", "openalex", "pubmed"], "http://127.0.0.1:9")
MAIL_DELIVERY = "django.core.mail.backends.locmem.EmailBackend"
