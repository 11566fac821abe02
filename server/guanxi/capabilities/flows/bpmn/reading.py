"""A BPMN 2.0 file as a definition, and what of it could not be taken over."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from guanxi.capabilities.flows.bpmn.foreign import LONGEST_TEXT, Strangers
from guanxi.capabilities.flows.bpmn.safe import parse
from guanxi.capabilities.flows.bpmn.terms import (
    BOUNDARY,
    BOUNDS,
    END,
    MODEL,
    OWN,
    SHAPES,
    START,
    clean,
    name,
)  # fmt: skip
from guanxi.capabilities.flows.bpmn.writing import called, kind_name
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.kinds.base import ERROR, OUT, step_kinds
from guanxi.capabilities.flows.triggers.base import trigger_kinds
from guanxi.infra.errors import BadRequest

SILENT = {
    "extensionElements",
    "documentation",
    "sequenceFlow",
    "association",
    "incoming",
    "outgoing",
    "ioSpecification",
}


@dataclass
class _Part:
    """An element of the file on its way to a step; without a step it is passed through."""

    element: ET.Element
    tag: str
    step: dict[str, Any] | None = None
    is_own: bool = False
    ends: bool = False


@dataclass
class Read:
    """What a file says, and everything that it says in vain."""

    definition: dict[str, Any]
    left_out: list[Problem] = field(default_factory=list)


def read(text: str, language: str) -> Read:
    """The first process of a file. BadRequest when it is no such file."""
    root = parse(text)
    processes = root.findall(name(MODEL, "process"))
    if root.tag != name(MODEL, "definitions") or not processes:
        raise BadRequest("flows.bpmn_no_process")
    reader = _Reader(processes[0], root, language)
    if len(processes) > 1:
        reader.miss("flows.bpmn_other_process", count=len(processes) - 1)
    return Read(reader.definition(), reader.left_out)


class _Reader:
    def __init__(self, process: ET.Element, root: ET.Element, language: str) -> None:
        self.process, self.root, self.language = process, root, language
        self.left_out: list[Problem] = []
        self.parts: dict[str, _Part] = {}
        self.triggers: list[dict[str, Any]] = []
        self.notes: list[dict[str, Any]] = []
        self.ways: dict[str, list[ET.Element]] = {}
        self.into: dict[str, int] = {}
        self.errors: dict[str, str] = {}
        self.places = _places(root)
        self.strangers = Strangers(self)

    def miss(self, code: str, element: ET.Element | None = None, /, **params: Any) -> None:
        """Note something that is not as it was."""
        if element is not None:
            params = {"name": (element.get("name") or element.get("id") or "")[:LONGEST_TEXT], **params}
        self.left_out.append(Problem(code, params))

    def definition(self) -> dict[str, Any]:
        self._ways()
        for element in self.process:
            self._element(element)
        own = _own(self.process) or {}
        nodes = [part.step for part in self.parts.values() if part.step is not None]
        for part in self.parts.values():
            if part.step is not None:
                part.step["next"] = self._next(part)
        taken: dict[str, Any] = {"object": None, **own, "triggers": self.triggers, "nodes": nodes}
        known = {node["id"] for node in nodes}
        if not isinstance(own.get("start"), str) or own["start"] not in known:
            taken["start"] = self._start(known)
        if self.notes:
            taken["notes"] = self.notes
        return taken

    def _ways(self) -> None:
        for flow in self.process.findall(name(MODEL, "sequenceFlow")):
            self.ways.setdefault(flow.get("sourceRef", ""), []).append(flow)
            self.into[flow.get("targetRef", "")] = self.into.get(flow.get("targetRef", ""), 0) + 1

    def _element(self, element: ET.Element) -> None:
        if not element.tag.startswith(f"{{{MODEL}}}"):
            return
        tag, id_ = element.tag.removeprefix(f"{{{MODEL}}}"), element.get("id", "")
        if tag in SILENT:
            return
        if tag == "textAnnotation":
            self._note(element)
        elif tag == BOUNDARY and element.find(name(MODEL, "errorEventDefinition")) is not None:
            self.errors[element.get("attachedToRef", "")] = id_
            self.parts[id_] = _Part(element, tag)
        elif tag == START:
            self._trigger(element)
        else:
            self.parts[id_] = self._part(element, tag)

    def _trigger(self, element: ET.Element) -> None:
        own = _own(element)
        self.parts[element.get("id", "")] = _Part(element, START)
        if own is not None and _has_form(own):
            self.triggers.append(self._moved(own, element))
        elif element.find(name(MODEL, "timerEventDefinition")) is not None:
            self.triggers.append({"id": self._id(element, "t"), "kind": "schedule", "settings": {}})
            self.miss(
                "flows.bpmn_assumed", element, kind=kind_name({"kind": "schedule"}, trigger_kinds(), self.language)
            )
        else:
            self.miss("flows.bpmn_start", element)

    def _part(self, element: ET.Element, tag: str) -> _Part:
        own = _own(element)
        if own is not None and _has_form(own):
            step = self._moved(own, element)
            self._named(step, element)
            return _Part(element, tag, step, is_own=True)
        if tag == END and element.find(name(MODEL, "terminateEventDefinition")) is None:
            return _Part(element, tag, ends=True)
        found = self.strangers.step(element, tag)
        if found is None:
            return _Part(element, tag)
        kind, settings = found
        step = {"id": self._id(element, "n"), "kind": kind, "settings": settings}
        if label := element.get("name"):
            step["label"] = label[:LONGEST_TEXT]
        if (words := element.findtext(name(MODEL, "documentation"))) and words.strip():
            step["note"] = words.strip()
        return _Part(element, tag, step)

    def _next(self, part: _Part) -> dict[str, str]:
        id_ = part.element.get("id", "")
        following: dict[str, str] = {}
        for at, flow in enumerate(self._ordered(part)):
            target = self._target(flow)
            if target is not None:
                following.setdefault(self._port(part, flow, at), target)
        for flow in self.ways.get(self.errors.get(id_, ""), []):
            if (target := self._target(flow)) is not None:
                following.setdefault(ERROR, target)
        return following

    def _ordered(self, part: _Part) -> Sequence[ET.Element]:
        """The ways out of a part; of a branch those with conditions first."""
        ways = self.ways.get(part.element.get("id", ""), [])
        if part.step is None or part.step["kind"] != "branch" or part.is_own:
            return ways
        conditional = self.strangers.conditional(part.element)
        return [*conditional, *(one for one in ways if one not in conditional)]

    def _port(self, part: _Part, flow: ET.Element, at: int) -> str:
        if port := flow.get(name(OWN, "port")):
            return port
        step = part.step or {}
        kind = step_kinds().get(step.get("kind", ""))
        ports = list(kind.ports(step["settings"])) if kind else [OUT]
        return ports[at] if at < len(ports) else ports[0] if ports else OUT

    def _target(self, flow: ET.Element) -> str | None:
        """The step that a way leads to, through whatever is no step; None where it ends."""
        seen: set[str] = set()
        id_ = flow.get("targetRef", "")
        while id_ not in seen:
            seen.add(id_)
            part = self.parts.get(id_)
            if part is None or part.ends:
                return None
            if part.step is not None:
                return str(part.step["id"])
            onward = self.ways.get(id_, [])
            if not onward:
                return None
            id_ = onward[0].get("targetRef", "")
        return None

    def _start(self, known: set[str]) -> str | None:
        for part in self.parts.values():
            if part.tag == START:
                for flow in self.ways.get(part.element.get("id", ""), []):
                    if (target := self._target(flow)) in known:
                        return target
        return None

    def _note(self, element: ET.Element) -> None:
        own, text = _own(element), element.findtext(name(MODEL, "text")) or ""
        if own is not None and isinstance(own.get("text"), str) and isinstance(own.get("id"), str):
            if _plain(clean(own["text"])) != _plain(text):
                own["text"] = text
            self.notes.append(self._moved(own, element))
        else:
            at = {"x": 320 * (len(self.notes) + 1), "y": 0}
            self.notes.append({"id": self._id(element, "c"), "text": text.strip(), "at": at})

    def _moved(self, own: dict[str, Any], element: ET.Element) -> dict[str, Any]:
        """A part at the place where another program put it, if it had one."""
        place = self.places.get(element.get("id", ""))
        at = own.get("at")
        if place and isinstance(at, dict) and {"x", "y"} <= at.keys() and (at["x"], at["y"]) != place:
            own["at"] = {"x": place[0], "y": place[1]}
        return own

    def _named(self, step: dict[str, Any], element: ET.Element) -> None:
        """What another program called a step."""
        title = element.get("name") or ""
        known = {called(step, step_kinds(), each) for each in ("zh-CN", "en")}
        if title.strip() and _plain(title) not in {_plain(clean(each)) for each in known}:
            step["label"] = title[:LONGEST_TEXT]

    def _id(self, element: ET.Element, letter: str) -> str:
        own = element.get("id", "")[:60]
        taken = {one["id"] for one in (*self.triggers, *self.notes)}
        taken |= {part.step["id"] for part in self.parts.values() if part.step is not None}
        number = len(taken) + 1
        while not own or own in taken:
            own, number = f"{letter}{number}", number + 1
        return own


def _own(element: ET.Element) -> dict[str, Any] | None:
    """What we wrote into an element that BPMN has no words for."""
    text = element.findtext(f"{name(MODEL, 'extensionElements')}/{name(OWN, 'part')}")
    try:
        found = json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _has_form(own: Mapping[str, Any]) -> bool:
    return isinstance(own.get("id"), str) and isinstance(own.get("kind"), str)


def _places(root: ET.Element) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for shape in root.iter(name(SHAPES, "BPMNShape")):
        bounds = shape.find(name(BOUNDS, "Bounds"))
        try:
            if bounds is not None:
                found[shape.get("bpmnElement", "")] = (float(bounds.get("x", "")), float(bounds.get("y", "")))
        except ValueError:
            continue
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())
