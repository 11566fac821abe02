"""The provider's own process: Django with django-allauth's sign-in pages and its OpenID Connect provider, on SQLite."""

import json
import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

PORT, FOLDER = int(sys.argv[1]), Path(sys.argv[2])
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
)

settings.configure(
    DEBUG=False,
    SECRET_KEY="of the provider alone, for the length of a test",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "provider.sqlite3"}},
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "allauth",
        "allauth.account",
        "allauth.idp.oidc",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
    ACCOUNT_LOGIN_METHODS={"email"},
    ACCOUNT_SIGNUP_FIELDS=["email*", "password1*"],
    ACCOUNT_EMAIL_VERIFICATION="none",
    ACCOUNT_RATE_LIMITS=False,
    SESSION_COOKIE_NAME="provider_session",
    CSRF_COOKIE_NAME="provider_csrf",
    LOGIN_URL="/accounts/login/",
    IDP_OIDC_PRIVATE_KEY=KEY.decode(),
    IDP_OIDC_ADAPTER=f"{__name__}.Adapter",
)

import django  # noqa: E402

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from allauth.idp.oidc.adapter import DefaultOIDCAdapter  # noqa: E402
from allauth.idp.oidc.models import Client  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402

CLAIMS: dict[int, dict[str, Any]] = {}
"""What is said of people besides their address."""


class Adapter(DefaultOIDCAdapter):
    """Says what the directory has of a person."""

    def get_claims(self, purpose: Any, user: Any, client: Any, scopes: Any, email: Any = None, **more: Any) -> Any:
        """The usual claims, and the directory's own over them."""
        return {**super().get_claims(purpose, user, client, scopes, email=email, **more), **CLAIMS.get(user.pk, {})}


@csrf_exempt
def person(request: HttpRequest) -> HttpResponse:
    """Enter a person, or change what is said of them."""
    body = json.loads(request.body)
    user, made = User.objects.get_or_create(username=body["email"], defaults={"email": body["email"]})
    if made:
        user.set_password(body["password"])
        user.save()
        EmailAddress.objects.create(user=user, email=body["email"], primary=True, verified=True)
    CLAIMS[user.pk] = body["claims"]
    return HttpResponse()


@csrf_exempt
def client(request: HttpRequest) -> HttpResponse:
    """Register the client."""
    body = json.loads(request.body)
    found = Client.objects.filter(pk=body["id"]).first() or Client(pk=body["id"], name=body["id"], skip_consent=True)
    found.set_secret(body["secret"])
    found.set_scopes(["openid", "profile", "email"])
    found.set_redirect_uris([body["redirect"]])
    found.save()
    return HttpResponse()


urlpatterns = [
    path("control/person", person),
    path("control/client", client),
    path("accounts/", include("allauth.account.urls")),
    path("", include(("allauth.idp.urls", "idp"), namespace="idp")),
]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
        """Nothing: tests tell what went wrong."""


sys.modules["provider"] = sys.modules[__name__]
call_command("migrate", verbosity=0)
make_server("127.0.0.1", PORT, get_wsgi_application(), _Server, _Quiet).serve_forever()
