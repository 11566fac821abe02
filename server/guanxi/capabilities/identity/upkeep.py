"""What identity throws away at night: sessions and invitations that have expired."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from guanxi.capabilities.identity.models import Invitation
from guanxi.capabilities.identity.security import attempts, devices
from guanxi.infra.jobs.nightly import nightly

INVITATION_KEPT = timedelta(days=30)
"""For so long an expired link still says that it has expired, not that it was never there."""


@nightly("identity.expired")
def forget_expired() -> None:
    """Delete sessions that are over, with the devices they were of, and what expired long ago: invitations, mistakes."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    attempts.forget_old(now)
    devices.forget_old()
    Invitation.objects.filter(accepted_at=None, expires_at__lt=now - INVITATION_KEPT).delete()
