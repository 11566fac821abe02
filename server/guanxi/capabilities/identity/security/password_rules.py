"""What a new password must be, judged without asking anybody else: Django calls these classes with every new password.

The installation says the least, and each workspace that an account belongs to may ask for more; the strictest counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from guanxi.capabilities.identity.models import Account, FormerPassword, Workspace
from guanxi.infra.i18n import DJANGO_LANGUAGES, sentence
from guanxi.kit.pinyin import spell

LONGEST_MINIMUM = 64
MOST_REMEMBERED = 10
JUDGED = 72
"""Characters that are looked at; what follows cannot make a password weaker."""
ENOUGH_GUESSES = 8.0
"""Powers of ten. A limit of a few guesses a minute keeps anybody from even a million; this leaves room for a stolen hash."""
_LANGUAGES = {django: own for own, django in DJANGO_LANGUAGES.items()}

LOCAL_WORDS = (
    "guanxi woaini woai aini woaiwo ainiyiwannian 5201314 1314520 1314 woaiwojia mima wode zhongguo beijing shanghai "
    "guangzhou shenzhen hangzhou chengdu nanjing wuhan tianjin chongqing xian huawei xiaomi taobao weixin wechat "
    "zhifubao alipay tencent tengxun baidu alibaba dingding feishu jingdong meituan laopo laogong baobao baobei xiaobao "
    "mama baba gege jiejie didi meimei nihao woshi shuai meinv laoshi gongsi xiaoshou kehu admin guanliyuan yonghu "
    "wang zhang liu chen yang huang zhao zhou guo luo zheng liang song tang deng feng cao peng zeng xiao tian dong pan "
    "yuan cai jiang wei ding ren yao shen zhong cui tan fan xiaoming zhangsan lisi wangwu zhangwei wangwei lina"
).split()  # fmt: skip
"""What people who write Chinese choose; the lists of the judge come from English-speaking places."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What passwords must be: at least so long, and none of the last ones (0 for whatever one likes)."""

    min_length: int
    not_last: int


def installation_rules() -> Rules:
    """What holds everywhere."""
    return Rules(settings.PASSWORD_MIN_LENGTH, settings.PASSWORD_NOT_LAST)


def rules_for(account: Account | None, joining: Iterable[Workspace] = ()) -> Rules:
    """What holds for an account, which is about to belong to some workspaces besides its own."""
    workspaces = [*joining, *_workspaces(account)]
    base = installation_rules()
    return Rules(
        max([base.min_length, *(one.password_rules.get("min_length", 0) for one in workspaces)]),
        max([base.not_last, *(one.password_rules.get("not_last", 0) for one in workspaces)]),
    )


def remember(account: Account) -> None:
    """Keep the hash of the password that is about to be replaced, where its use again is forbidden."""
    wanted = rules_for(account).not_last
    if wanted and account.has_usable_password():
        FormerPassword.objects.create(account=account, password=account.password)
    kept = FormerPassword.objects.filter(account=account).order_by("-created_at")[:wanted].values_list("pk", flat=True)
    FormerPassword.objects.filter(account=account).exclude(pk__in=list(kept)).delete()


class LongEnough:
    """At least as long as the strictest workspace asks."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """ValidationError for a shorter one."""
        wanted = rules_for(user, _joining(user)).min_length
        if len(password) < wanted:
            raise _refused("password_too_short", limit=wanted)


class NotEasilyGuessed:
    """Not among what is guessed first: common passwords, names, words, dates, rows of keys, and the person's own."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """ValidationError for one that a patient guesser would find."""
        from zxcvbn import zxcvbn  # its lists are large, and passwords are rarely set

        judged = zxcvbn(password[:JUDGED], user_inputs=[*_own_words(user), *LOCAL_WORDS])
        if judged["guesses_log10"] < ENOUGH_GUESSES:
            raise _refused("password_too_common")


class NotUsedBefore:
    """None of the last ones, the present one included."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """ValidationError for one that was used before."""
        if user is None or user.pk is None:
            return
        wanted = rules_for(user).not_last
        former = FormerPassword.objects.filter(account=user).order_by("-created_at").values_list("password", flat=True)
        hashes = [user.password, *former[: max(wanted - 1, 0)]] if wanted else []
        if any(check_password(password, one) for one in hashes):
            raise _refused("password_used_before", count=wanted)


def _own_words(user: Account | None) -> list[str]:
    if user is None:
        return []
    words = [*re.split(r"[\W_]+", f"{user.email} {user.name}"), spell(user.name), user.email]
    words += [part for one in [*_workspaces(user), *_joining(user)] for part in (one.slug, spell(one.name))]
    return [word.lower() for word in words if len(word) > 2]


def _workspaces(account: Account | None) -> list[Workspace]:
    if account is None or account.pk is None:
        return []
    return list(Workspace.objects.filter(memberships__account=account, memberships__is_active=True))


def _joining(user: Account | None) -> Iterable[Workspace]:
    """The workspaces that an account in the making will belong to."""
    return getattr(user, "joining", ())


def _refused(code: str, **params: object) -> ValidationError:
    language = _LANGUAGES.get(get_language() or "", "zh-CN")
    return ValidationError(sentence(f"identity.{code}", params, language), code=code)
