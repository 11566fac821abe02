"""Every address of the product: the API of records, of the areas, of identity, and the screens for all others."""

from django.urls import path, re_path

from guanxi.app.areas import registry
from guanxi.areas.quotes.customers import door
from guanxi.areas.web_forms import pages as web_form_pages
from guanxi.capabilities.access_keys.authenticate import authenticate
from guanxi.capabilities.access_keys.http import oauth
from guanxi.capabilities.flows import calling
from guanxi.capabilities.identity.http import urls as identity
from guanxi.capabilities.single_sign_on.http import sign_in as single_sign_on
from guanxi.engine.http.request import authenticate_with
from guanxi.engine.http.route import patterns
from guanxi.engine.http.routes import urlpatterns as record_routes
from guanxi.infra.http.health import healthz
from guanxi.infra.http.refusals import unknown_address
from guanxi.infra.http.screens import screen
from guanxi.infra.mail.outbox import outbox

authenticate_with(authenticate)

urlpatterns = [
    path("healthz", healthz),
    *identity.urlpatterns,
    *oauth.urlpatterns,
    *single_sign_on.urlpatterns,
    *calling.urlpatterns,
    *door.urlpatterns,
    *web_form_pages.urlpatterns,
    *record_routes,
    *patterns(registry().api_routes),
    re_path(r"^(?:api|_allauth|\.well-known)(?:/|$)", unknown_address),
    path("dev/outbox", outbox),
    re_path(r"^(?P<path>.*)$", screen),
]
