"""What elements of other programs' files become here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from xml.etree import ElementTree as ET

from guanxi.capabilities.flows.bpmn.terms import CATCH, END, EXCLUSIVE, KINDS, MODEL, PARALLEL, duration, name
from guanxi.capabilities.flows.bpmn.writing import kind_name
from guanxi.capabilities.flows.kinds.base import step_kinds

LONGEST_TEXT = 80


class File(Protocol):
    """A file that is being read: its ways by their sources, how many lead to each element, what is taken down."""

    language: str

    @property
    def ways(self) -> Mapping[str, Sequence[ET.Element]]:
        """Sequence flows by the id that they come from."""
        raise NotImplementedError

    @property
    def into(self) -> Mapping[str, int]:
        """How many lead to an id."""
        raise NotImplementedError

    def miss(self, code: str, element: ET.Element | None = None, /, **params: Any) -> None:
        """Note something that is not as it was."""


class Strangers:
    """Judges elements that carry nothing of ours."""

    def __init__(self, file: File) -> None:
        self.file = file

    def step(self, element: ET.Element, tag: str) -> tuple[str, dict[str, Any]] | None:
        """The kind and settings that an element of another program becomes; None: it is passed through."""
        ways = self.file.ways.get(element.get("id", ""), [])
        if tag == END:
            return "stop", {}
        if tag in (EXCLUSIVE, "inclusiveGateway"):
            if len(ways) < 2:
                return None
            if tag != EXCLUSIVE:
                self.file.miss("flows.bpmn_first_way", element)
            return "branch", {"branches": [self._branch(one, at) for at, one in enumerate(self.conditional(element))]}
        if tag == PARALLEL:
            if len(ways) > 1:
                if self.file.into.get(element.get("id", ""), 0) > 1:
                    self.file.miss("flows.bpmn_first_way", element)
                return "parallel", {"ways": len(ways)}
            return ("join", {"mode": "all"}) if self.file.into.get(element.get("id", ""), 0) > 1 else None
        if tag == CATCH:
            return self._catch(element)
        if tag in KINDS:
            self.file.miss("flows.bpmn_assumed", element, kind=self._called(KINDS[tag]))
            if len(ways) > 1:
                self.file.miss("flows.bpmn_first_way", element)
            return KINDS[tag], {}
        if tag != "intermediateThrowEvent" or any("EventDefinition" in one.tag for one in element):
            self.file.miss("flows.bpmn_unknown", element, element=tag[:40])
        return None

    def _catch(self, element: ET.Element) -> tuple[str, dict[str, Any]]:
        text = (element.findtext(f".//{name(MODEL, 'timeDuration')}") or "").strip()
        if time := duration(text):
            return "wait", {"time": time}
        timed = element.find(name(MODEL, "timerEventDefinition")) is not None
        kind = ("wait" if text else "wait_until") if timed else "wait_for"
        self.file.miss("flows.bpmn_assumed", element, kind=self._called(kind))
        return kind, {}

    def conditional(self, element: ET.Element) -> list[ET.Element]:
        """The ways out of a gateway except the one that is taken otherwise."""
        ways = self.file.ways.get(element.get("id", ""), [])
        return [one for one in ways if one.get("id") != element.get("default")]

    def _branch(self, flow: ET.Element, at: int) -> dict[str, Any]:
        text = (flow.findtext(name(MODEL, "conditionExpression")) or "").strip()
        if text:
            self.file.miss("flows.bpmn_condition", flow, text=text[:LONGEST_TEXT])
        label = flow.get("name") or text
        return {"port": f"b{at + 1}", "when": None, **({"label": label[:60]} if label else {})}

    def _called(self, kind: str) -> str:
        return kind_name({"kind": kind}, step_kinds(), self.file.language)
