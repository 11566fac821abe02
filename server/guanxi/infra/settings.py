"""Django's settings: one file, every choice of an installation read from the environment."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from guanxi.infra.database.address import connection_settings
from guanxi.infra.http.proxies import trusted_proxies
from guanxi.infra.mail.address import mail_settings
from guanxi.infra.paths import PACKAGE, data_dir
from guanxi.infra.ports import apart, port_of


def _flag(name: str, *, default: bool = False) -> bool:
    return os.environ.get(name, str(int(default))).strip().lower() in {"1", "true", "yes", "on"}


def _secret_key(directory: Path) -> str:
    """The installation's secret, made once and readable by its owner alone."""
    path = directory / "secret-key"
    if not path.exists():
        descriptor = os.open(path.with_suffix(".new"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        path.with_suffix(".new").replace(path)
    return path.read_text().strip()


DATA_DIR = data_dir()
DEVELOPMENT = _flag("GUANXI_DEVELOPMENT")
"""Development mode: mail goes to the outbox page. Never set in production."""
DEBUG = False
SECRET_KEY = os.environ.get("GUANXI_SECRET_KEY") or _secret_key(DATA_DIR)

HOST = os.environ.get("GUANXI_HOST", "127.0.0.1")
PORT = port_of(os.environ, "GUANXI_PORT", 8000)
LIVE_PORT = port_of(os.environ, "GUANXI_LIVE_PORT", PORT + 1)
apart(PORT, "GUANXI_PORT", LIVE_PORT, "GUANXI_LIVE_PORT")
EVERYWHERE = "0.0.0.0"  # noqa: S104 - only compared with; the operator chooses it
"""A HOST that means all addresses of the machine, of which none can be typed."""
PUBLIC_URL = os.environ.get("GUANXI_URL", f"http://{'localhost' if HOST in {EVERYWHERE, '127.0.0.1'} else HOST}:{PORT}")
"""The address people type; links in mails begin with it."""
_public = urlsplit(PUBLIC_URL)
LIVE_URL = os.environ.get("GUANXI_LIVE_URL", f"{_public.scheme}://{_public.hostname}:{LIVE_PORT}")
"""The address of the event stream; behind a proxy usually PUBLIC_URL + "/live"."""
DEVELOPMENT_PORT = port_of(os.environ, "GUANXI_WEB_DEV_PORT", 5173)
"""Where the browser client is served while it is being written."""
_secure = _public.scheme == "https"

ALLOWED_HOSTS = os.environ.get("GUANXI_ALLOWED_HOSTS", "*").split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SESSION_ENGINE = "guanxi.capabilities.identity.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _secure
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _secure
CSRF_FAILURE_VIEW = "guanxi.infra.http.refusals.csrf_failure"
TRUSTED_PROXIES = trusted_proxies(os.environ.get("GUANXI_BEHIND_PROXY", ""))
"""Whose word on the caller's address counts: nobody's, that of a proxy nearby (1), or of those listed."""
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _secure else 0
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = [
    # The product is one name among others of a company: what holds for those is not its to say.
    "security.W005", "security.W021",
    # The proxy that ends TLS sends people to the secure address. A redirect from here would go round in circles
    # wherever it does not tell how it was reached.
    "security.W008",
]  # fmt: skip
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
RETENTION_DAYS = int(os.environ.get("GUANXI_RETENTION_DAYS", "30"))
"""How long an archived object or field with its values can be restored."""
MAX_UPLOAD_BYTES = int(os.environ.get("GUANXI_MAX_UPLOAD_MB", "200")) * 1024 * 1024

WEB_WORKERS = int(os.environ.get("GUANXI_WEB_WORKERS", "2"))
"""Processes of the web server: each counts its share of the calls that a key may make."""
API_CALLS_PER_MINUTE = int(os.environ.get("GUANXI_API_CALLS_PER_MINUTE", "600"))
"""Calls that one key, or one app for one member, may make."""
OUTBOUND_LOOPBACK = DEVELOPMENT
"""Whether systems that administrators name may be on this machine and without TLS."""
OUTBOUND_INTERNAL = _flag("GUANXI_OUTBOUND_INTERNAL")
"""Whether systems that administrators name, such as an identity provider, may be in the machine's own network."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "guanxi.infra.apps.InfraConfig",
    "guanxi.capabilities.identity.apps.IdentityConfig",
    "guanxi.capabilities.sandboxes.apps.SandboxesConfig",
    "guanxi.capabilities.view_as.apps.ViewAsConfig",
    "guanxi.capabilities.access_keys.apps.AccessKeysConfig",
    "guanxi.capabilities.single_sign_on.apps.SingleSignOnConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "allauth.headless",
]
MIDDLEWARE = [
    "guanxi.infra.http.request_ids.RequestIds",
    "guanxi.infra.http.refusals.Refusals",
    "guanxi.infra.http.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "guanxi.capabilities.access_keys.http.bearer.Bearer",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "guanxi.infra.http.languages.Languages",
    "guanxi.infra.http.sizes.RequestSizes",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "guanxi.capabilities.identity.http.session_tokens.SessionTokens",
    "guanxi.capabilities.identity.http.last_seen.LastSeen",
    "guanxi.capabilities.identity.http.account_rules.AccountRules",
    "guanxi.capabilities.single_sign_on.http.account_pages.AccountPages",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "guanxi.app.urls"
WSGI_APPLICATION = "guanxi.app.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "infra" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

_address = connection_settings(DATA_DIR, os.environ.get("DATABASE_URL"))
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **_address,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"prepare_threshold": 5, "application_name": "guanxi", **_address["OPTIONS"]},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "infra_cache"},
}

AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["guanxi.capabilities.identity.backends.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_MIN_LENGTH = int(os.environ.get("GUANXI_PASSWORD_MIN_LENGTH", "8"))
PASSWORD_NOT_LAST = int(os.environ.get("GUANXI_PASSWORD_NOT_LAST", "0"))
"""How many former passwords may not be used again. Workspaces may ask for more of both, never for less."""
_RULES = "guanxi.capabilities.identity.security.password_rules"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": f"{_RULES}.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": f"{_RULES}.NotEasilyGuessed"},
    {"NAME": f"{_RULES}.NotUsedBefore"},
]
USERSESSIONS_TRACK_ACTIVITY = True
USERSESSIONS_ADAPTER = "guanxi.capabilities.audit.sessions.SessionsAdapter"
ACCOUNT_ADAPTER = "guanxi.capabilities.identity.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
ACCOUNT_RATE_LIMITS = {
    # A whole office may sign in from one address at nine in the morning; what counts is failing.
    "login": "120/m/ip",
    # Counted by device or by account and place instead (security/attempts.py): a count by account locks its owner out.
    "login_failed": None,
    "reset_password": "20/m/ip,5/m/key",
    "signup": "20/m/ip",
}
MFA_ADAPTER = "guanxi.capabilities.identity.security.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TRUST_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser", "app")
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": PUBLIC_URL + "/verify-email/{key}",
    "account_reset_password": PUBLIC_URL + "/forgot-password",
    "account_reset_password_from_key": PUBLIC_URL + "/reset-password/{key}",
    "account_signup": PUBLIC_URL + "/sign-in",
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"

globals().update(mail_settings(os.environ))
MAIL_IS_SENT = bool(os.environ.get("EMAIL_URL"))
"""False while mail stays in the outbox, which only development mode shows: links then have to be handed over."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("GUANXI_LOG_LEVEL", "WARNING")},
    "loggers": {"guanxi": {"level": os.environ.get("GUANXI_LOG_LEVEL", "INFO")}, "django.request": {"level": "ERROR"}},
}
