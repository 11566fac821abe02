"""Which identity providers somebody may sign in with, found by mail domain or by the workspace's address."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from guanxi.capabilities.identity.models import Account, Workspace
from guanxi.capabilities.single_sign_on.models import Provider

PUBLIC_MAIL = frozenset(
    "126.com 139.com 163.com 189.cn aliyun.com aol.com fastmail.com foxmail.com gmail.com gmx.de gmx.net googlemail.com"
    " hotmail.com icloud.com live.cn live.com mail.ru me.com msn.com naver.com outlook.com proton.me protonmail.com"
    " qq.com rediffmail.com sina.cn sina.com sohu.com tom.com vip.163.com vip.qq.com web.de yahoo.com yandex.com"
    " yandex.ru yeah.net zoho.com".split()
)
"""Domains at which everybody gets an address, so that they are no company's."""
MOST = 20


def found_by(text: str) -> list[Provider]:
    """Providers for a mail address or a workspace's address; for neither, those of the only workspace there is."""
    wanted = text.strip().lower()
    if not wanted and Workspace.objects.count() > 1:
        return []
    active = Provider.objects.filter(is_active=True).order_by("name", "pk")
    _, at, domain = wanted.rpartition("@")
    if at:
        return list(active.filter(domains__contains=[domain])[:MOST]) if domain else []
    return list((active.filter(workspace__slug=wanted) if wanted else active)[:MOST])


def are_there_any() -> bool:
    """Whether anybody of this installation signs in with an identity provider."""
    return Provider.objects.filter(is_active=True).exists()


def domains_of(workspace_id: int) -> set[str]:
    """Domains that people of the workspace proved to be theirs: they joined it themselves, with a password and an
    address there.

    Whoever came in by a provider's word proves nothing, even with an account and a password of long ago.
    """
    accounts = Account.objects.filter(
        memberships__workspace_id=workspace_id,
        memberships__is_active=True,
        memberships__is_vouched=False,
        is_active=True,
    ).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return {one.email.partition("@")[2] for one in accounts.only("email")}


def unproved(domains: Sequence[str], workspace_id: int, kept: Sequence[str] = ()) -> list[str]:
    """Domains that the workspace cannot claim: public ones, and those where nobody of it has an address."""
    own = domains_of(workspace_id) | set(kept)
    return [one for one in domains if one in PUBLIC_MAIL or one not in own]
