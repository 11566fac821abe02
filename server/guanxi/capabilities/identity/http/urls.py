"""Addresses of identity outside the workspaces; mounted at the root by the composition root."""

from django.urls import include, path

from guanxi.capabilities.identity.http import account, second_factor
from guanxi.capabilities.identity.http.public import DEVICES, ROUTES
from guanxi.engine.http.route import PUBLIC, describe_only, patterns

describe_only([DEVICES], "/_allauth/browser/v1")

urlpatterns = [
    *patterns((*ROUTES, *account.ROUTES), PUBLIC),
    *second_factor.urlpatterns,
    path("_allauth/", include("allauth.headless.urls")),
]
