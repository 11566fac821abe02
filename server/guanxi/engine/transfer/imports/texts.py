"""Where the text of a target comes from: a column, the first filled of several, a constant, or a template."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

TextSource = Callable[[Sequence[str]], str]
"""Takes the cells of a row and gives the text; "" when there is none."""

_HOLE = re.compile(r"\{([^{}]+)\}")
_JOINTS = " \t·-–—|/\\,，、;；:：_"


def text_source(data: Mapping[str, Any], columns: Sequence[str]) -> tuple[TextSource | None, str]:
    """The source that a mapping's entry describes, or None and the column that the file does not have.

    ``column``: that cell. ``columns``: the first filled one of these. ``constant``: the same for every row.
    ``template``: text with columns in braces; where one is empty, the joint next to it is left out too, so that
    ``{product} · {account}`` never ends in a lonely dot.
    """
    places = {name: place for place, name in enumerate(columns)}
    wanted = _wanted(data)
    unknown = next((name for name in wanted if name not in places), None)
    if unknown is not None or not (wanted or data.get("constant") or data.get("template")):
        return None, unknown or ""
    if data.get("column"):
        return _cell(places[data["column"]]), ""
    if data.get("columns"):
        return _first_filled([places[name] for name in wanted]), ""
    if data.get("template"):
        return _filled_in(data["template"], places), ""
    constant = str(data["constant"])
    return lambda _: constant, ""


def _wanted(data: Mapping[str, Any]) -> list[str]:
    if data.get("column"):
        return [str(data["column"])]
    if data.get("columns"):
        return [str(name) for name in data["columns"]]
    return _HOLE.findall(str(data.get("template") or ""))


def _cell(place: int) -> TextSource:
    return lambda cells: cells[place]


def _first_filled(places: Sequence[int]) -> TextSource:
    return lambda cells: next((cells[place] for place in places if cells[place]), "")


def _filled_in(template: str, places: Mapping[str, int]) -> TextSource:
    # Odd pieces are column names, even ones the text between them.
    pieces = _HOLE.split(template)
    holes = [places[name] for name in pieces[1::2]]
    between = pieces[0::2]

    def text(cells: Sequence[str]) -> str:
        made, filled = between[0], False
        for hole, joint in zip(holes, between[1:], strict=True):
            if cells[hole]:
                made, filled = made + cells[hole] + joint, True
            elif filled:
                made = made.rstrip(_JOINTS) + joint
            else:
                made += joint.lstrip(_JOINTS)
        last_is_empty = bool(holes) and not cells[holes[-1]]
        return (made.rstrip(_JOINTS) if last_is_empty else made).strip() if filled else ""

    return text
