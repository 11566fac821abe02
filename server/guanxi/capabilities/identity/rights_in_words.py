"""Rights as permissions name them (``company.edit``, ``members``), told in words of every language."""

from __future__ import annotations

from collections.abc import Iterable

from guanxi.capabilities.identity.permissions import SYSTEM_RIGHTS
from guanxi.engine.objects.model import Labels, Snapshot, label_text
from guanxi.infra.i18n import LANGUAGES, sentence


def rights_in_words(snapshot: Snapshot, rights: Iterable[str]) -> Labels:
    """The rights by object, those over the workspace itself last: "公司（查看、编辑）、管理角色"."""
    given = list(rights)
    system = [right for right in given if right in SYSTEM_RIGHTS]
    by_object: dict[str, list[str]] = {}
    for right in given:
        if right not in SYSTEM_RIGHTS:
            key, _, name = right.rpartition(".")
            by_object.setdefault(key, []).append(name)
    found = {}
    for language in LANGUAGES:
        join = sentence("identity.rights_join", language=language)
        names = {
            key: join.join(sentence(f"identity.right_{one}", language=language) for one in by_object[key])
            for key in by_object
        }
        told = [
            sentence("identity.rights_of", {"object": _object(snapshot, key, language), "rights": names[key]}, language)
            for key in by_object
        ]
        told += [sentence(f"identity.right_system_{one}", language=language) for one in system]
        found[language] = join.join(told)
    return found


def objects_in_words(snapshot: Snapshot, keys: Iterable[str]) -> Labels:
    """The objects by their labels."""
    wanted = list(keys)
    return {
        language: sentence("identity.rights_join", language=language).join(
            _object(snapshot, key, language) for key in wanted
        )
        for language in LANGUAGES
    }


def _object(snapshot: Snapshot, key: str, language: str) -> str:
    if key == "*":
        return sentence("identity.rights_of_others", language=language)
    obj = snapshot.objects.get(key)
    return key if obj is None else label_text(obj.label, language)
