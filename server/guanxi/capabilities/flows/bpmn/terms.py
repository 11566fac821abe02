"""The words of BPMN, and which of its elements each kind of step is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SHAPES = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
POINTS = "http://www.omg.org/spec/DD/20100524/DI"
OWN = "urn:guanxi:flow:1"
"""What BPMN has no words for: kinds, settings and ports, so that a file of ours comes back as it was."""

EXCLUSIVE, PARALLEL, COMPLEX = "exclusiveGateway", "parallelGateway", "complexGateway"
GATEWAYS = (EXCLUSIVE, PARALLEL, COMPLEX, "inclusiveGateway", "eventBasedGateway")
CATCH, START, END, BOUNDARY = "intermediateCatchEvent", "startEvent", "endEvent", "boundaryEvent"

ELEMENTS: Mapping[str, str] = {
    "branch": EXCLUSIVE, "parallel": PARALLEL, "join": PARALLEL,
    "wait": CATCH, "wait_until": CATCH, "wait_for": CATCH, "stop": END,
    "mail": "sendTask", "notify": "sendTask", "set": "scriptTask", "flow": "callActivity",
    "task": "userTask", "form": "userTask", "approval.approve": "userTask", "approval.handle": "userTask",
}  # fmt: skip
"""Every other kind is a serviceTask."""

KINDS: Mapping[str, str] = {
    "userTask": "task", "manualTask": "task", "task": "task", "sendTask": "mail", "receiveTask": "wait_for",
    "serviceTask": "http", "scriptTask": "set", "callActivity": "flow",
}  # fmt: skip
"""The kind that an element of another program's file becomes; its settings are still to be made."""

PERIODS = (("D", "days"), ("H", "hours"), ("M", "minutes"))


def element_of(kind: str, settings: Mapping[str, Any]) -> str:
    """The element that a step is."""
    if kind == "join" and settings.get("mode", "all") != "all":
        return COMPLEX
    return ELEMENTS.get(kind, "serviceTask")


def period(time: Any) -> str | None:
    """A duration as ISO 8601 has it; working days are days there."""
    if not isinstance(time, Mapping) or isinstance(time.get("amount"), bool) or not isinstance(time.get("amount"), int):
        return None
    letter = {"days": "D", "working_days": "D", "hours": "H", "minutes": "M"}.get(str(time.get("unit")))
    return None if letter is None else f"P{'' if letter == 'D' else 'T'}{time['amount']}{letter}"


def duration(text: str) -> dict[str, Any] | None:
    """A duration of ISO 8601 that has one unit, as a step has it."""
    for letter, unit in PERIODS:
        start = "P" if letter == "D" else "PT"
        amount = text[len(start) : -1]
        if text.startswith(start) and text.endswith(letter) and amount.isascii() and amount.isdigit():
            return {"amount": int(amount), "unit": unit}
    return None


def name(space: str, word: str) -> str:
    """The full name of an element or attribute."""
    return f"{{{space}}}{word}"


def clean(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return "".join(
        each
        for each in text
        if each in "\t\n\r" or " " <= each <= "\ud7ff" or ("\ue000" <= each != "\ufffe" and each != "\uffff")
    )
