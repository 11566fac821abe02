"""The options of choices: keys that are stored, labels in every language that people read and write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, shown
from guanxi.engine.objects.model import label_text
from guanxi.kit.folding import fold

SAMPLE_SETTINGS: Mapping[str, Any] = {
    "options": [
        {"key": "wechat", "label": {"zh-CN": "微信、企业微信", "en": "WeChat, WeCom"}, "color": "green"},
        {"key": "A-1", "label": {"zh-CN": "甲", "en": "Alpha"}, "color": "blue"},
        {"key": "other", "label": {"zh-CN": "其他", "en": "Other"}, "color": "slate"},
    ]
}
"""Options whose keys are in no order of the alphabet, one with separators in its label."""

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}", re.ASCII)
_SEPARATORS = re.compile(r"[,，;；、|\n\t]+")
_NAMED = 20
"""So many options are named in a refusal."""


@dataclass(frozen=True)
class Options:
    """The options of one field in their order."""

    labels: Mapping[str, Mapping[str, str]]
    """Labels by key; the order of the keys is the order of the options."""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Options:
        """The options as the field's settings list them."""
        return cls({option["key"]: option.get("label", {}) for option in settings.get("options", ())})

    @cached_property
    def order(self) -> dict[str, int]:
        """Position by key, from 1, as ``array_position`` counts."""
        return {key: position for position, key in enumerate(self.labels, 1)}

    @cached_property
    def _by_text(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for key in self.labels:
            found.setdefault(_folded(key), key)
        for key, labels in self.labels.items():
            for label in labels.values():
                found.setdefault(_folded(label), key)
        return found

    def find(self, text: str) -> str | None:
        """The key of an option whose key, or label in any language, is this text whatever its case and width."""
        return text if text in self.labels else self._by_text.get(_folded(text))

    def find_all(self, text: str) -> list[str] | None:
        """The keys of a list of labels, None when one is unknown; a label may itself contain separators."""
        parts = [part for part in _SEPARATORS.split(text) if part.strip()]
        keys: list[str] = []
        start = 0
        while start < len(parts):
            for end in range(len(parts), start, -1):
                key = self.find("".join(parts[start:end]))
                if key is not None:
                    keys.append(key)
                    start = end
                    break
            else:
                return None
        return keys

    def text(self, key: str, language: str) -> str:
        """The label in a language; the key itself for an option that is gone."""
        labels = self.labels.get(key)
        return label_text(labels, language) if labels else key

    def unknown(self, raw: Any, language: str) -> BadValue:
        """The refusal of a value that is no option; it names the options."""
        names = [self.text(key, language) for key in self.labels]
        separator = "、" if language.startswith("zh") else ", "
        allowed = separator.join(names[:_NAMED]) + (separator + "…" if len(names) > _NAMED else "")
        return BadValue("fields.unknown_option", value=shown(raw), allowed=allowed)


def check_options(settings: Mapping[str, Any]) -> None:
    """Refuse options without keys or labels, and options that nobody could tell apart."""
    options = settings.get("options")
    if not isinstance(options, list | tuple) or not options:
        raise BadValue("fields.options_missing")
    seen: set[tuple[str, str]] = set()
    for option in options:
        key = option.get("key") if isinstance(option, Mapping) else None
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise BadValue("fields.option_key", key=shown(key))
        labels = option.get("label")
        if not isinstance(labels, Mapping) or not all(labels.get(language) for language in ("zh-CN", "en")):
            raise BadValue("fields.option_label", key=key)
        for mark in (("key", key), *((language, _folded(label)) for language, label in labels.items())):
            if mark in seen:
                raise BadValue("fields.option_twice", option=mark[1])
            seen.add(mark)


def _folded(text: str) -> str:
    return "".join(_SEPARATORS.sub("", fold(text)).split())
