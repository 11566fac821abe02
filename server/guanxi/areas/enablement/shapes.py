"""Shapes of scripts and materials over HTTP."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from guanxi.infra.http.shapes import Id


class ScriptsAsked(TypedDict, total=False):
    """Words to search for, and filters."""

    search: str
    stage: str
    product: str
    objection: str


class ProposedScript(TypedDict):
    """A script in the words for the record; ``fits``: it is meant for the record's stage, for its product."""

    id: Id
    name: str
    text: str
    objection: str | None
    language: str | None
    uses: int
    fits: list[Literal["stage", "product"]]


class ProposedScripts(TypedDict):
    """The scripts that fit best, and how many there are that were asked for."""

    scripts: list[ProposedScript]
    found: int
