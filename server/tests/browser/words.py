"""The words on the screens, as the client's own texts and the catalog have them, so that a test reads like a person."""

import json
from functools import cache
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[3] / "web" / "src"
in_chinese = pytest.mark.parametrize("language", ["zh-CN"], indirect=True)
in_english = pytest.mark.parametrize("language", ["en"], indirect=True)
"""For a walk in which only the words differ: every text exists in both languages (`npm run i18n`), and every screen is
looked at by test_accessibility, those of daily work in both."""


@cache
def _texts(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in SOURCES.glob(f"**/*locale/{language}.json"):
        found |= json.loads(file.read_text())
    return found


class Words:
    """The words of one language."""

    def __init__(self, language: str, catalog: dict) -> None:
        self.language = language
        self._objects = {each["key"]: each for each in catalog["objects"]}

    def say(self, key: str, count: int | None = None, **values: object) -> str:
        """A text of the client with its values filled in; KeyError when the client has no such text."""
        texts = _texts(self.language)
        if count is not None:
            one = f"{key}_one" if count == 1 else f"{key}_other"
            key = one if one in texts else f"{key}_other"
            values = {"count": count, "formatted": f"{count:,}", "shown": f"{count:,}"} | values
        text = texts[key]
        for name, value in values.items():
            text = text.replace("{{" + name + "}}", str(value))
        return text

    def object(self, key: str) -> str:
        """What one record of an object is called."""
        return self._objects[key]["label"][self.language]

    def objects(self, key: str) -> str:
        """What several records of an object are called."""
        return self._objects[key]["plural"][self.language]

    def field(self, object_key: str, key: str) -> str:
        """What a field is called."""
        return self._field(object_key, key)["label"][self.language]

    def option(self, object_key: str, key: str, option: str) -> str:
        """What an option of a choice is called."""
        options = self._field(object_key, key)["settings"]["options"]
        return next(each["label"][self.language] for each in options if each["key"] == option)

    def _field(self, object_key: str, key: str) -> dict:
        return next(each for each in self._objects[object_key]["fields"] if each["key"] == key)
