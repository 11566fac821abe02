"""A definition as a BPMN 2.0 file that other programs can draw."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from guanxi.capabilities.flows.bpmn.terms import (
    BOUNDARY,
    BOUNDS,
    CATCH,
    END,
    GATEWAYS,
    MODEL,
    OWN,
    POINTS,
    SHAPES,
    START,
    clean,
    element_of,
    name,
    period,
)  # fmt: skip
from guanxi.capabilities.flows.kinds.base import ERROR, step_kinds
from guanxi.capabilities.flows.triggers.base import trigger_kinds
from guanxi.engine.objects.fields.settings import Words

PREFIXES = {"bpmn": MODEL, "bpmndi": SHAPES, "dc": BOUNDS, "di": POINTS, "guanxi": OWN}
WIDTH, HEIGHT, DOWN = 264, 84, 156
for prefix, space in PREFIXES.items():
    ET.register_namespace(prefix, space)


def write(definition: Mapping[str, Any], title: str, language: str) -> str:
    """The file. The definition has its form; steps may be wrong otherwise."""
    return _Writer(definition, language).written(title)


class _Writer:
    def __init__(self, definition: Mapping[str, Any], language: str) -> None:
        self.definition, self.language = definition, language
        self.triggers = list(definition.get("triggers") or [])
        self.nodes = list(definition.get("nodes") or [])
        self.notes = list(definition.get("notes") or [])
        taken: set[str] = set()
        self.begins = _named("start", self.triggers, taken)
        self.ids = _named("step", self.nodes, taken)
        self.beside = _named("note", self.notes, taken)
        self.places: dict[str, Mapping[str, Any]] = {}
        self.flows: list[tuple[str, str, str]] = []
        self.process = ET.Element(name(MODEL, "process"), {"id": "flow", "isExecutable": "false"})

    def written(self, title: str) -> str:
        self.process.set("name", clean(title))
        rest = {key: value for key, value in self.definition.items() if key not in ("triggers", "nodes", "notes")}
        self._own(self.process, rest)
        for trigger in self.triggers:
            self._trigger(trigger)
        for node in self.nodes:
            self._node(node)
        for note in self.notes:
            self._note(note)
        root = ET.Element(name(MODEL, "definitions"), {"id": "definitions", "targetNamespace": OWN})
        root.append(self.process)
        root.append(self._drawing())
        ET.indent(root)
        return ET.tostring(root, encoding="unicode", xml_declaration=False)

    def _own(self, element: ET.Element, data: Mapping[str, Any]) -> None:
        held = ET.SubElement(element, name(MODEL, "extensionElements"))
        ET.SubElement(held, name(OWN, "part")).text = json.dumps(data)

    def _part(self, own: str, part: Mapping[str, Any], element: str, kinds: Mapping[str, Any]) -> ET.Element:
        made = ET.SubElement(self.process, name(MODEL, element), {"id": own, "name": self.called(part, kinds)})
        if note := part.get("note"):
            ET.SubElement(made, name(MODEL, "documentation")).text = clean(str(note))
        self._own(made, {key: value for key, value in part.items() if key != "next"})
        self.places[own] = self._place(part, len(self.places))
        return made

    def called(self, part: Mapping[str, Any], kinds: Mapping[str, Any]) -> str:
        """What a part is called on screen."""
        return clean(called(part, kinds, self.language))

    def _place(self, part: Mapping[str, Any], number: int) -> Mapping[str, Any]:
        at = part.get("at")
        return at if isinstance(at, Mapping) and {"x", "y"} <= at.keys() else {"x": 0, "y": number * DOWN}

    def _trigger(self, trigger: Mapping[str, Any]) -> None:
        made = self._part(self.begins[trigger["id"]], trigger, START, trigger_kinds())
        if trigger.get("kind") == "schedule":
            ET.SubElement(made, name(MODEL, "timerEventDefinition"))
        start = self.definition.get("start")
        if start in self.ids:
            self._flow(self.begins[trigger["id"]], self.ids[start], {})

    def _node(self, node: Mapping[str, Any]) -> None:
        settings = node.get("settings") or {}
        element = element_of(str(node.get("kind")), settings)
        own = self.ids[node["id"]]
        made = self._part(own, node, element, step_kinds())
        following = {port: to for port, to in (node.get("next") or {}).items() if to in self.ids}
        several = len(following) > 1
        for port, target in following.items():
            source, more = own, {name(OWN, "port"): clean(port)}
            if port == ERROR and element not in GATEWAYS:
                source = self._boundary(own)
            says = _condition(settings, port) if several and element != "parallelGateway" and source == own else None
            flow = self._flow(source, self.ids[target], more, says)
            if port == "else":
                made.set("default", flow)
        self._definition_of(made, str(node.get("kind")), settings)
        if not following and element != END:
            end = f"{own}_end"
            ET.SubElement(self.process, name(MODEL, END), {"id": end})
            place = self.places[own]
            self.places[end] = {"x": place["x"], "y": place["y"] + DOWN}
            self._flow(own, end, {})

    def _definition_of(self, made: ET.Element, kind: str, settings: Mapping[str, Any]) -> None:
        if kind == "stop":
            ET.SubElement(made, name(MODEL, "terminateEventDefinition"))
        elif element_of(kind, settings) == CATCH and kind != "wait_for":
            timer = ET.SubElement(made, name(MODEL, "timerEventDefinition"))
            if kind == "wait" and (text := period(settings.get("time"))):
                ET.SubElement(timer, name(MODEL, "timeDuration")).text = text
        elif kind == "wait_for":
            event = ET.SubElement(made, name(MODEL, "conditionalEventDefinition"))
            ET.SubElement(event, name(MODEL, "condition")).text = clean(_in_words(settings.get("where")))

    def _boundary(self, own: str) -> str:
        made = f"{own}_error"
        event = ET.SubElement(self.process, name(MODEL, BOUNDARY), {"id": made, "attachedToRef": own})
        ET.SubElement(event, name(MODEL, "errorEventDefinition"))
        place = self.places[own]
        self.places[made] = {"x": place["x"] + WIDTH - 18, "y": place["y"] + HEIGHT - 18}
        return made

    def _flow(self, source: str, target: str, more: Mapping[str, str], says: tuple[str, str] | None = None) -> str:
        own = f"way_{len(self.flows) + 1}"
        flow = ET.SubElement(
            self.process, name(MODEL, "sequenceFlow"), {"id": own, "sourceRef": source, "targetRef": target, **more}
        )
        if says:
            flow.set("name", clean(says[0]))
            ET.SubElement(flow, name(MODEL, "conditionExpression")).text = clean(says[1])
        self.flows.append((own, source, target))
        return own

    def _note(self, note: Mapping[str, Any]) -> None:
        own = self.beside[note["id"]]
        made = ET.SubElement(self.process, name(MODEL, "textAnnotation"), {"id": own})
        self._own(made, note)
        ET.SubElement(made, name(MODEL, "text")).text = clean(str(note.get("text") or ""))
        self.places[own] = self._place(note, len(self.places))

    def _drawing(self) -> ET.Element:
        diagram = ET.Element(name(SHAPES, "BPMNDiagram"), {"id": "diagram"})
        plane = ET.SubElement(diagram, name(SHAPES, "BPMNPlane"), {"id": "plane", "bpmnElement": "flow"})
        small = {one.get("id") for one in self.process if one.tag in {name(MODEL, each) for each in (BOUNDARY, END)}}
        for own, place in self.places.items():
            shape = ET.SubElement(plane, name(SHAPES, "BPMNShape"), {"id": f"{own}_shape", "bpmnElement": own})
            size = ("36", "36") if own in small else (str(WIDTH), str(HEIGHT))
            at = {"x": _number(place["x"]), "y": _number(place["y"]), "width": size[0], "height": size[1]}
            ET.SubElement(shape, name(BOUNDS, "Bounds"), at)
        for own, source, target in self.flows:
            edge = ET.SubElement(plane, name(SHAPES, "BPMNEdge"), {"id": f"{own}_edge", "bpmnElement": own})
            for end, down in ((source, HEIGHT), (target, 0)):
                place = self.places[end]
                width = 18 if end in small else WIDTH / 2
                ET.SubElement(
                    edge, name(POINTS, "waypoint"), {"x": _number(place["x"] + width), "y": _number(place["y"] + down)}
                )
        return diagram


def called(part: Mapping[str, Any], kinds: Mapping[str, Any], language: str) -> str:
    """What people call a part, else what its kind is called."""
    label = part.get("label")
    own = label.get(language) if isinstance(label, Mapping) else label
    return str(own or kind_name(part, kinds, language))


def kind_name(part: Mapping[str, Any], kinds: Mapping[str, Any], language: str) -> str:
    """What the kind of a part is called."""
    kind = kinds.get(str(part.get("kind")))
    label: Words = kind.label if kind else {}
    return label.get(language) or str(part.get("kind"))


def _condition(settings: Mapping[str, Any], port: str) -> tuple[str, str] | None:
    """The name of a way and its condition, where it has one; a step with several ways says which one it is."""
    for one in _branches(settings):
        if one.get("port") == port:
            return str(one.get("label") or port), _in_words(one.get("when"))
    return None if port == "else" else (port, port)


def _in_words(condition: Any) -> str:
    text = condition.get("formula") if isinstance(condition, Mapping) else None
    return str(text or json.dumps(condition))


def _branches(settings: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    found = settings.get("branches")
    return (one for one in (found if isinstance(found, list) else []) if isinstance(one, Mapping))


def _named(prefix: str, parts: Sequence[Mapping[str, Any]], taken: set[str]) -> dict[str, str]:
    """The ids of parts in the file: their own where XML may have them and no other has, else such as none of ours is."""
    found: dict[str, str] = {}
    for number, part in enumerate(parts):
        own = part["id"]
        if own in taken or own in ("flow", "diagram", "plane") or not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,60}", own):
            own = f"{prefix}_{number + 1}"
        taken.add(own)
        found[part["id"]] = own
    return found


def _number(value: Any) -> str:
    return str(int(value)) if isinstance(value, int | float) and float(value).is_integer() else str(float(value))
