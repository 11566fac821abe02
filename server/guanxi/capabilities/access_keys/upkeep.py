"""What is thrown away at night: old calls, tokens that are over, and clients whose workspace is gone."""

from __future__ import annotations

from datetime import timedelta

from allauth.idp.oidc.models import Token
from django.utils import timezone

from guanxi.capabilities.access_keys.calls import KEPT
from guanxi.capabilities.access_keys.models import AccessKey, AppClient, Call, Grant
from guanxi.infra.jobs.nightly import nightly

ENDED_KEPT = timedelta(days=90)
"""For so long a key or a permission that has ended is still shown with its calls."""
SPENT_KEPT = timedelta(days=1)
"""For so long a code that has run out still betrays whoever uses it a second time."""


@nightly("access_keys.expired")
def forget_old() -> None:
    """Delete what nothing needs any more."""
    now = timezone.now()
    Call.objects.filter(at__lt=now - KEPT).delete()
    Token.objects.filter(expires_at__lt=now - SPENT_KEPT).delete()
    AccessKey.objects.filter(revoked_at__lt=now - ENDED_KEPT).delete()
    AccessKey.objects.filter(expires_at__lt=now - ENDED_KEPT).delete()
    Grant.objects.filter(revoked_at__lt=now - ENDED_KEPT).delete()
    AppClient.objects.filter(app=None).delete()
