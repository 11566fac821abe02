"""Addresses of the account itself: the browsers it knows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guanxi.capabilities.identity.authenticate import signed_in
from guanxi.capabilities.identity.models import Account, Device
from guanxi.capabilities.identity.security import devices
from guanxi.capabilities.identity.shapes import KnownDevice, KnownDevices
from guanxi.engine.http.route import Route
from guanxi.infra.errors import NotFound
from guanxi.infra.http.responses import json_response


def list_devices(request: HttpRequest) -> HttpResponse:
    """The browsers in which the account has signed in, and which of them are trusted."""
    return json_response(_told(request, signed_in(request)))


def forget_device(request: HttpRequest, device: int) -> HttpResponse:
    """Forget a browser: the next sign-in there is one from an unknown place, with the second factor."""
    account = signed_in(request)
    if not Device.objects.filter(account=account, pk=device).delete()[0]:
        raise NotFound("identity.unknown_device")
    return json_response(_told(request, account))


def _told(request: HttpRequest, account: Account) -> KnownDevices:
    here = devices.known(request, account)
    return {"devices": [_device(one, here) for one in Device.objects.filter(account=account).order_by("-last_used_at")]}


def _device(device: Device, here: Device | None) -> KnownDevice:
    trusted = device.trusted_until if device.trusted_until and device.trusted_until > timezone.now() else None
    return {
        "id": device.pk,
        "user_agent": device.user_agent,
        "address": device.address,
        "created_at": device.created_at.isoformat(),
        "last_used_at": device.last_used_at.isoformat(),
        "trusted_until": trusted and trusted.isoformat(),
        "is_current": here is not None and here.pk == device.pk,
    }


ROUTES = (
    Route("GET", "account/devices", list_devices, "identity", KnownDevices),
    Route("DELETE", "account/devices/<int:device>", forget_device, "identity", KnownDevices),
)
