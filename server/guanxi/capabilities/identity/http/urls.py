"""Addresses of identity outside the workspaces; mounted at the root by the composition root."""

from django.urls import include, path

from guanxi.capabilities.identity.http.public import accept_invitation, invitation, session

urlpatterns = [
    path("api/v1/session", session),
    path("api/v1/invitations/<str:token>", invitation),
    path("api/v1/invitations/<str:token>/accept", accept_invitation),
    path("_allauth/", include("allauth.headless.urls")),
]
