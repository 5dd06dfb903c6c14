"""All settings, safe by default; what differs between installations is read from the environment or .env."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from core.clock import parse_site_clock
from core.logs import JsonLines, no_missing_pages
from jnxcyber.environment import read_environment
from products.premiums import MOST_ROWS

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"  # what the running site writes; git ignores it

env = read_environment(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY")

# Every URL that the site prints starts with this, never with the host of a request.
SITE_URL = env.str("SITE_URL").rstrip("/")
_site = urlsplit(SITE_URL)
if (
    _site.scheme not in ("http", "https")
    or not _site.hostname
    or f"{_site.scheme}://{_site.netloc}" != SITE_URL
):
    raise ImproperlyConfigured(f"SITE_URL must look like https://host.example, not {SITE_URL!r}.")
# The host of SITE_URL is always among them: pages are rendered for it.
ALLOWED_HOSTS = [_site.hostname, *env.list("ALLOWED_HOSTS", default=[])]

# Pins the clock of the whole site (Tokyo time). For demonstrations: every page says so.
SITE_CLOCK = parse_site_clock(env.str("SITE_CLOCK", default=""))

# Whether a policy term needs the insurer's approval, of its content as it is, before it goes public.
APPROVAL_REQUIRED = env.bool("APPROVAL_REQUIRED", default=False)

# The apps whose models are the content: edited in the admin, versioned, checked, exported.
CONTENT_APPS = ("contacts", "products", "pages")
# The top-level folders with code of our own, the lowest floor first.
OWN_APPS = ("core", "publishing", "accounts", "editing", *CONTENT_APPS, "jnxcyber")

INSTALLED_APPS = [
    "editing",  # before the admin finds the admin modules: it registers the content models for versions
    "jnxcyber.apps.SecretariatAdminConfig",
    "jnxcyber.apps.SiteConfig",
    "accounts",
    "core",
    "publishing",
    "contacts",
    "products",
    "pages",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, for FORM_RENDERER
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "reversion",
]

# Each of the first five handles every request without failing, so its headers are on every response, those to
# static files and refused requests included. The second factor is looked up for the user whom the session names.
# The middleware of django-axes stays last: it replaces the response to a sign-in.
MIDDLEWARE = [
    "publishing.middleware.no_body_for_head",
    "publishing.middleware.no_cookies_on_public_pages",
    "publishing.middleware.browser_features_off",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jnxcyber.tampered.only_utf_8",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "jnxcyber.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The context processors serve the admin alone: public pages are rendered without a request.
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
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": env.database(f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
}
SQLITE_FILE = None
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    if DATABASES["default"]["NAME"] != ":memory:":
        SQLITE_FILE = Path(DATABASES["default"]["NAME"])
        # Where it is missing, nobody makes a new, empty one: `prepare` does, the first time.
        DATABASES["default"]["NAME"] = f"{SQLITE_FILE.absolute().as_uri()}?mode=rw"
    # No WAL: SQLite before 3.51.3 can corrupt it, and so few writes gain nothing from it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;",
    }

elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # A machine that is gone does not say so: give up within seconds, not when TCP does.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 2,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 2,
        "tcp_user_timeout": 5000,  # milliseconds
    }

# Who may edit. The backend of django-axes refuses those who are locked out, before any other.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    f"django.contrib.auth.hashers.{name}"
    for name in ("Argon2PasswordHasher", "PBKDF2PasswordHasher")
]
AUTH_PASSWORD_VALIDATORS = [
    *(
        {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
        for name, options in (
            ("UserAttributeSimilarityValidator", {}),
            ("MinimumLengthValidator", {"min_length": 15}),
            ("CommonPasswordValidator", {}),
            ("NumericPasswordValidator", {}),
        )
    ),
    {"NAME": "accounts.passwords.GuessablePasswordValidator"},
]
# Off, for local trials: a password is enough.
SECOND_FACTOR = env.bool("SECOND_FACTOR", default=True)
OTP_TOTP_ISSUER = "JNXサイバー保険"  # how authenticator apps name the account

SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True  # idle minutes; the 8 hours are in sessions.py

# Django's own limit for all other fields of a form, and 13 fields for each premium row.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000 + 13 * MOST_ROWS

# How many proxies in front append to X-Forwarded-For. 0: the header is the visitor's own claim.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
AXES_CLIENT_IP_CALLABLE = "accounts.client_ip.client_ip_of"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # together: nobody can lock out another
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # else the page's "until" would not be true
AXES_RESET_ON_SUCCESS = True
# Neither into the log nor into the database: some type their password where the name belongs.
AXES_SENSITIVE_PARAMETERS = ["username", "old_password", "new_password1", "new_password2"]
AXES_CLIENT_STR_CALLABLE = "accounts.lockout.nobody"
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are kept shortened, in accounts/models.py
AXES_ENABLE_ADMIN = False

LANGUAGE_CODE = "ja"
LOCALE_PATHS = [BASE_DIR / "locale"]  # words of an office in place of some of Django's
FORMAT_MODULE_PATH = "core.formats"
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True  # for the admin's own Japanese
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
PAGE_CACHE_DIR = VAR_DIR / "pages"  # copies on disk, for a start without a database
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/admin/files/"  # for the secretariat; visitors get a document under its own path
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "publishing.static_files.JoinedStyleSheets"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# To the standard error output, where the server's own log goes, in the same form: see gunicorn.conf.py.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": JsonLines}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": [no_missing_pages],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        **{app: {"level": "INFO"} for app in OWN_APPS},
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "manifest-src": [SELF],
        "connect-src": [SELF],  # no page asks for anything: for audit tools, which read robots.txt
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
LOGIN_REDIRECT_URL = "admin:index"
CSRF_FAILURE_VIEW = "jnxcyber.admin.form_expired"

if _site.scheme == "https":
    SECURE_SSL_REDIRECT = True
    # gunicorn speaks plain HTTP behind a proxy, which tells how the visitor came.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
