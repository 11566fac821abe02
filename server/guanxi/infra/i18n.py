"""Sentences in the languages of the product, looked up by code in the locale folders of every package."""

import json
import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from guanxi.infra.paths import PACKAGE

LANGUAGES = ("zh-CN", "en")
DEFAULT_LANGUAGE = LANGUAGES[0]
DJANGO_LANGUAGES = {"zh-CN": "zh-hans", "en": "en"}
"""Django's names of the same languages."""


def sentence(code: str, params: Mapping[str, Any] | None = None, language: str = DEFAULT_LANGUAGE) -> str:
    """The sentence of `code` with its parameters filled in; the code itself when no locale file knows it.

    A parameter that is text by language, such as a label, is told in the language of the sentence.
    """
    template = sentences(language).get(code)
    if template is None:
        return code
    return template.format_map(_Params({name: _told(value, language) for name, value in (params or {}).items()}))


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Every sentence of one language; a code that two files define is a mistake and raises ValueError."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.glob(f"**/locale/{language}.json")):
        for code, text in json.loads(path.read_text(encoding="utf-8")).items():
            if code in found:
                raise ValueError(f"{path} defines {code!r} a second time")
            found[code] = text
    return found


def negotiate(accept_language: str) -> str:
    """The product's language that an Accept-Language header prefers, the default one when it names none of them."""
    wanted = []
    for position, entry in enumerate(accept_language.split(",")):
        tag, _, quality = entry.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        wanted.append((-weight, position, tag.lower()))
    for weight, _, tag in sorted(wanted):
        if weight < 0 and (language := _by_tag(tag)):
            return language
    return DEFAULT_LANGUAGE


def terminal_language() -> str:
    """The language of the person at the terminal."""
    tag = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return _by_tag(tag.replace("_", "-").lower()) or "en"


def _by_tag(tag: str) -> str | None:
    spoken, _, _ = tag.partition("-")
    return next((language for language in LANGUAGES if language.lower().partition("-")[0] == spoken), None)


def _told(value: Any, language: str) -> Any:
    if isinstance(value, Mapping) and value.keys() & set(LANGUAGES):
        return value.get(language) or value.get(DEFAULT_LANGUAGE) or next(iter(value.values()))
    return value


class _Params(dict[str, Any]):
    """A parameter that a caller left out shows as its name, so that one slip never hides the refusal itself."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
