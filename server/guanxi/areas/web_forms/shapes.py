"""Shapes of web forms over HTTP."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict


class DraftOfWebForm(TypedDict):
    """A web form as it would be: values of its fields, and the language to show it in."""

    values: dict[str, Any]
    language: NotRequired[Literal["zh-CN", "en"]]


class DrawnWebForm(TypedDict):
    """The page of a web form as HTML."""

    html: str
