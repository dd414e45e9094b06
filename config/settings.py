"""Settings of every Seminar. What differs between two of them is read from the environment here."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ

from config import providers
from config.databases import tuned
from config.private_files import make_private, private_folder, sqlite_files
from config.secret_key import kept_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

# What one sets, see docs/operating.md.
DATA_DIR = private_folder(Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))))
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret_key(DATA_DIR / "secret-key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
PORT = env.int("PORT", default=8000)
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
EMAIL_URL = env.str("EMAIL_URL", default="")
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="Seminar <seminar@localhost>")
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")
# Whether emails say what was written, in groups that let them.
EMAIL_TEXT = env.bool("EMAIL_TEXT", default=True)
# The mailbox to which people reply and mail that cannot be delivered comes back, and who reads it.
EMAIL_INBOX = env.str("EMAIL_INBOX", default="")
EMAIL_INBOX_URL = env.str("EMAIL_INBOX_URL", default="")
EMAIL_INBOX_SECRET = env.str("EMAIL_INBOX_SECRET", default="")
EMAIL_INBOX_CHECKED_BY = env.str("EMAIL_INBOX_CHECKED_BY", default="")
# Whether each email has an envelope of its own, so that it is known which came back.
EMAIL_BOUNCES = env.bool("EMAIL_BOUNCES", default=True)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SIGN_IN_PROVIDERS = [
    *providers.well_known("google", env.str("GOOGLE_SIGN_IN", default="")),
    *providers.well_known("github", env.str("GITHUB_SIGN_IN", default="")),
    *providers.well_known("orcid", env.str("ORCID_SIGN_IN", default="")),
    *providers.openid(env.str("OPENID_SIGN_IN", default="")),
]
# What a web process allows its connections: see config/connections.py.
MAX_CONNECTIONS = env.int("MAX_CONNECTIONS", default=1000)
MAX_CONNECTIONS_PER_CLIENT = env.int("MAX_CONNECTIONS_PER_CLIENT", default=256)
MAX_HELD_MB = env.int("MAX_HELD_MB", default=64)
HEAD_TIMEOUT = env.int("HEAD_TIMEOUT", default=10)  # seconds
STALL_TIMEOUT = env.int("STALL_TIMEOUT", default=20)  # seconds
SLOWEST_RATE = env.int("SLOWEST_RATE", default=2000)  # bytes a second
LOOKUP = env.bool("LOOKUP", default=True)
LOOKUP_MAILTO = env.str("LOOKUP_MAILTO", default="")
OPENALEX_KEY = env.str("OPENALEX_KEY", default="")
# Other limits than those of groups/throttling.py, by name: "post=60/m+600/h,preview=off".
LIMITS: dict[str, str] = env.dict("LIMITS", default={})
DATABASES = {
    "default": tuned(env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'seminar.sqlite3'}"))
}
make_private(
    [
        *DATA_DIR.glob("secret-key*"),
        *DATA_DIR.glob("*.sqlite3*"),  # copies, too
        *sqlite_files(DATABASES["default"]),
    ]
)

# Where it is
_site = urlsplit(SITE_URL)
HAS_TLS = _site.scheme == "https"
ALLOWED_HOSTS = [_site.hostname or "", "127.0.0.1", "localhost", "[::1]"]
# With TLS a host counts with its port. A proxy that does not pass Host on asks by loopback.
HOSTS_WITH_PORT = {_site.netloc.lower().removesuffix(":443")} | {
    f"{host}:{PORT}" for host in ALLOWED_HOSTS[1:]
}
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.asgi.pages"

# What it is made of
INSTALLED_APPS = [
    "papers",
    "groups",
    # Only what config/admin.py names is shown: apps that show themselves would show secrets.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    *dict.fromkeys(
        f"allauth.socialaccount.providers.{provider.kind}" for provider in SIGN_IN_PROVIDERS
    ),
    "django_htmx",
    "django_tasks_db",
]
MIDDLEWARE = [
    "config.headers.HeadersMiddleware",
    "config.compression.CompressionMiddleware",
    "config.hosts.HostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.methods.MethodsMiddleware",
    "config.text_gate.TextGateMiddleware",
    "groups.accounts.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "groups.accounts.devices.DeviceMiddleware",
    "groups.web.throttling.ThrottlingMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "groups.web.localization.LocalizationMiddleware",
    "groups.accounts.sessions.SeenMiddleware",
    "groups.accounts.signing_in.SignInMiddleware",
    "groups.web.idempotency.IdempotencyMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "groups.access.visitor",
                "groups.demo.demo_context",
                "groups.accounts.joining.joining_context",
                "groups.accounts.mfa.passkeys_context",
                "groups.accounts.providers.providers_context",
                "papers.notifications.context.bell",
            ],
        },
    },
    {
        "NAME": "jinja2",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "config.jinja.environment"},
    },
]
FORM_RENDERER = "config.forms.FieldRenderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Language and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# People
AUTH_USER_MODEL = "groups.User"
# E-mail addresses are unique, without regard to case: by a constraint that the check cannot read.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    *(
        {"NAME": f"django.contrib.auth.password_validation.{name}"}
        for name in [
            "UserAttributeSimilarityValidator",
            "MinimumLengthValidator",
            "CommonPasswordValidator",
            "NumericPasswordValidator",
        ]
    ),
    {"NAME": "groups.accounts.passwords.NameOfTheSiteValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
GROUP_FRONT_PAGE = "papers:list_detail"
GROUP_EXPORT = "papers:group_export"
GROUP_DELETION_PAGE = "papers:group_delete"
# What the rooms above have put away daily by `manage.py tidy`.
CLEANUP_ABOVE = ["papers.archives.cleanup.clean_up"]
ACCOUNT_ADAPTER = "groups.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "groups.accounts.adapter.SignupNameForm"
ACCOUNT_SIGNUP_REDIRECT_URL = "papers:group_create"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "change_password": "groups.accounts.password_forms.ChangePasswordForm",
    "request_login_code": "groups.accounts.mailed_secrets.RequestCodeForm",
    "reset_password": "groups.accounts.mailed_secrets.ResetPasswordForm",
    "reset_password_from_key": "groups.accounts.password_forms.ResetPasswordKeyForm",
    "signup": "groups.accounts.sign_up.SignupForm",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if EMAIL_URL else "none"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = bool(EMAIL_URL)
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # which get none: see AccountAdapter.send_mail
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HAS_TLS else "http"
# Guesses at passwords and codes, and mail that is asked for, are counted in
# groups.accounts.guesses. The link to a new password cannot be guessed, nor can a passkey.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": None,
    "reset_password": None,
    "reset_password_from_key": "120/m/ip",
    "request_login_code": None,
    "signup": "60/m/ip",
}
ALLAUTH_RATE_LIMIT_IPV6_PREFIX = 56
MFA_ADAPTER = "groups.accounts.mfa.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HAS_TLS
# Without mail no address is ever confirmed, and a second step is worth having all the same.
MFA_ALLOW_UNVERIFIED_EMAIL = not EMAIL_URL
MFA_TOTP_ISSUER = "Seminar"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "groups.accounts.mfa.AuthenticatorAppForm",
    "add_webauthn": "groups.accounts.mfa.AddPasskeyForm",
    "authenticate": "groups.accounts.mfa.AuthenticateByCodeForm",
    "edit_webauthn": "groups.accounts.mfa.EditPasskeyForm",
    "reauthenticate": "groups.accounts.mfa.ReauthenticateByCodeForm",
    "login_webauthn": "groups.accounts.mfa.SignInByPasskeyForm",
    "authenticate_webauthn": "groups.accounts.mfa.AuthenticateByPasskeyForm",
    "reauthenticate_webauthn": "groups.accounts.mfa.ReauthenticateByPasskeyForm",
}
SOCIALACCOUNT_ADAPTER = "groups.accounts.providers.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = providers.for_allauth(SIGN_IN_PROVIDERS)
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""

# Work that waits on the network: mail and look-ups
TASKS = {"default": {"BACKEND": "config.tasks.CarefulBackend", "QUEUES": []}}
# Names under which 0.3 and before queued tasks, which may still wait when a site is upgraded. To be
# dropped in 0.6.
FORMER_TASKS = {
    "groups.mail.deliver": "groups.mail.outbox.deliver",
    "papers.importing.tasks.read_list": "papers.imports.tasks.read_list",
    "papers.importing.tasks.write_list": "papers.imports.tasks.write_list",
    "papers.looking_up.look_up": "papers.lookups.tasks.look_up",
}
# Keys that 0.3 and before wrote into what merges and imports keep to be undone. To be dropped in
# 0.6.
FORMER_KEYS = {"statuses": "marks", "assignments": "parts", "threads": "talk"}
# What is taken up again that a worker was killed over, or that failed before.
TAKEN_UP_AGAIN = [
    "groups.mail.outbox.send_overdue",
    "groups.mail.imap.look",
    "groups.task_queue.put_back_interrupted",
    "papers.lookups.tasks.look_up_overdue",
    "papers.notifications.mail.send_due",
]
# What takes in the emails to a kind of signed address, see groups/mail/inbox.py.
INCOMING_MAIL = {
    "r": "papers.replies.posting.take_reply",
    "b": "groups.mail.bounces.take_bounce",
}
# Other addresses for providers, on loopback: for tests, see papers/providers/client.py.
LOOKUP_HOSTS: dict[str, str] = {}
EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"
_mail = env.email_url_config(EMAIL_URL or "consolemail://")
MAIL_DELIVERY = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20

# Limits on attempts are counted in the database, so that they hold across processes.
CACHES = {
    "default": {
        "BACKEND": "config.caches.CountingCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # beyond it, counts would be thrown away
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# Files of the site itself
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "config" / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.bundles.BundleFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# What comes in
BODY_LIMIT = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o600

# What goes out
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    # A sign-in elsewhere begins with a form of ours, which leads there.
    "form-action": ["'self'", *(one for each in SIGN_IN_PROVIDERS for one in each.origins)],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HAS_TLS
SECURE_SSL_HOST = _site.netloc
SECURE_HSTS_SECONDS = 63072000 if HAS_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HAS_TLS
SECURE_HSTS_PRELOAD = HAS_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SESSION_COOKIE_NAME = "__Host-sessionid" if HAS_TLS else "sessionid"
SESSION_COOKIE_SECURE = HAS_TLS
SESSION_ENGINE = "groups.accounts.sessions"
DEVICE_COOKIE_NAME = "__Host-device" if HAS_TLS else "device"
WAITING_COOKIE_NAME = "__Host-waiting" if HAS_TLS else "waiting"
USERSESSIONS_ADAPTER = "groups.accounts.devices.SessionsAdapter"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14  # since the last visit
SESSION_LONGEST = timedelta(days=90)  # since signing in
CSRF_COOKIE_NAME = "__Host-csrftoken" if HAS_TLS else "csrftoken"
CSRF_COOKIE_SECURE = HAS_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "groups.accounts.signing_in.csrf_failure"

LOG_LEVEL = env.str("LOG_LEVEL", default="WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.log_lines.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            "style": "{",
        }
    },
    "filters": {
        "one_line": {"()": "config.outages.OneLine"},
        "who": {"()": "config.log_lines.WhoAsked"},
        "secrets": {"()": "config.redaction.WithoutSecrets"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["one_line", "who", "secrets"],
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"level": LOG_LEVEL},
        # Who came in and who failed to is written whatever the level is.
        "seminar.security": {"level": "INFO"},
        # It logs every attempt to connect; the filter logs an outage once.
        "psycopg.pool": {"level": "ERROR"},
    },
}
