"""Flows as BPMN files: ours come back as they were, strangers' as far as both know it, dangerous ones not at all."""

import copy
import time
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.capabilities.flows.bpmn.reading import read
from guanxi.capabilities.flows.bpmn.writing import write
from guanxi.infra.errors import BadRequest
from tests.capabilities.flows.conftest import Automation
from tests.support.clients import Client

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
IDS = [f"n{number}" for number in range(1, 7)] + ["step_1", "甲 步骤", "way_1"]
TEXT = st.text(max_size=20)
PLACE = st.fixed_dictionaries({"x": st.integers(-900, 900), "y": st.floats(-900, 900)})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT, lambda inner: st.lists(inner, max_size=3), max_leaves=4
)


def _ports(kind: str, ways: int) -> list[str]:
    return {
        "branch": [*(f"b{number}" for number in range(1, ways + 1)), "else", "error"],
        "parallel": [str(number) for number in range(1, ways + 1)],
        "stop": [],
        "approval.approve": ["approved", "rejected", "error"],
    }.get(kind, ["out", "error"])


def _settings(kind: str, ways: int) -> st.SearchStrategy[dict[str, Any]]:
    if kind == "branch":
        branches = [
            {"port": f"b{number}", "label": f"分支{number}", "when": {"formula": f"amount > {number}"}}
            for number in range(1, ways + 1)
        ]
        return st.just({"branches": branches})
    if kind == "parallel":
        return st.just({"ways": ways})
    if kind == "join":
        return st.sampled_from([{"mode": "all"}, {"mode": "some", "count": 2}])
    if kind == "wait":
        units = st.sampled_from(["days", "hours", "minutes", "working_days"])
        return st.fixed_dictionaries({"time": st.fixed_dictionaries({"amount": st.integers(0, 99), "unit": units})})
    return st.dictionaries(st.sampled_from(["values", "as", "people"]), JSON, max_size=2)


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    """Any flow of the part that both know, whether it makes sense or not."""
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=7))
    kinds = [
        "branch",
        "parallel",
        "join",
        "wait",
        "wait_for",
        "stop",
        "mail",
        "task",
        "record.update",
        "approval.approve",
    ]
    nodes = []
    for id_ in ids:
        kind, ways = draw(st.sampled_from(kinds)), draw(st.integers(2, 4))
        following = {port: draw(st.sampled_from(ids)) for port in _ports(kind, ways) if draw(st.booleans())}
        node = {"id": id_, "kind": kind, "settings": draw(_settings(kind, ways)), "next": following}
        node |= draw(
            st.fixed_dictionaries(
                {}, optional={"label": TEXT | st.just({"zh-CN": "主管", "en": "Manager"}), "note": TEXT, "at": PLACE}
            )
        )
        nodes.append(node)
    triggers = [
        {
            "id": f"t{number}",
            "kind": draw(st.sampled_from(["record.created", "schedule", "button"])),
            "settings": draw(_settings("", 0)),
        }
        for number in range(draw(st.integers(0, 2)))
    ]
    whole: dict[str, Any] = {
        "object": draw(st.none() | st.just("company")),
        "triggers": triggers,
        "nodes": nodes,
        "start": draw(st.sampled_from(ids)) if ids else None,
    }
    if draw(st.booleans()):
        whole["notes"] = [{"id": "c1", "text": draw(TEXT), "at": draw(PLACE)}]
    if draw(st.booleans()):
        whole["at_once"] = {"most": 1, "by": "record"}
    return whole


EVENTS = {"timerEventDefinition", "conditionalEventDefinition", "terminateEventDefinition", "errorEventDefinition"}
ONLY_LAST = {
    "sequenceFlow": {"conditionExpression"},
    "textAnnotation": {"text"},
    "conditionalEventDefinition": {"condition"},
}


@settings(max_examples=100, deadline=None)
@given(definitions())
def test_elements_stand_in_the_order_of_the_schema(definition: dict[str, Any]) -> None:
    """OMG's BPMN20.xsd: documentation, extensions, what is the element's own; steps before what lies beside them."""
    root = ET.fromstring(write(definition, "", "en"))  # noqa: S314 - our own file
    assert [one.tag.rpartition("}")[2] for one in root] == ["process", "BPMNDiagram"]
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if not element.tag.startswith(MODEL) or name in ("definitions", "extensionElements"):
            continue
        inner = [one.tag.rpartition("}")[2] for one in element]
        ranks = [{"documentation": 0, "extensionElements": 1, "textAnnotation": 3}.get(one, 2) for one in inner]
        assert ranks == sorted(ranks), (name, inner)
        assert inner.count("extensionElements") <= 1
        own = [one for one in inner if one not in ("documentation", "extensionElements")]
        if name in ONLY_LAST:
            assert len(own) <= 1
            assert set(own) <= ONLY_LAST[name]
        elif name == "timerEventDefinition":
            assert set(own) <= {"timeDuration"}
        elif name.endswith("Event"):
            assert set(own) <= EVENTS
        elif name != "process":
            assert own == [], name


@settings(max_examples=300, deadline=None)
@given(definitions(), st.sampled_from(["zh-CN", "en"]), st.sampled_from(["zh-CN", "en"]))
def test_a_file_of_ours_comes_back_as_it_was(definition: dict[str, Any], one: str, other: str) -> None:
    before = copy.deepcopy(definition)
    found = read(write(definition, "流程 <1>", one), other)
    assert definition == before
    assert (found.definition, found.left_out) == (before, [])


@settings(max_examples=100, deadline=None)
@given(definitions())
def test_a_file_names_every_element_once_and_connects_only_what_it_names(definition: dict[str, Any]) -> None:
    root = ET.fromstring(write(definition, "", "en"))  # noqa: S314 - our own file
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    for flow in root.iter(f"{MODEL}sequenceFlow"):
        assert {flow.get("sourceRef"), flow.get("targetRef")} <= set(ids)
    drawn = {one.get("bpmnElement") for one in root.iter() if one.get("bpmnElement")}
    assert drawn <= set(ids)
    # The schema of BPMN asks for a condition in every event that waits for one.
    for event in root.iter(f"{MODEL}conditionalEventDefinition"):
        assert event.findtext(f"{MODEL}condition")


FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
  <process id="p">
    <startEvent id="begin" name="Order came in"/>
    <userTask id="look" name="Look at it"><documentation>Within the day</documentation></userTask>
    <exclusiveGateway id="size" name="How large?" default="small"/>
    <intermediateCatchEvent id="pause"><timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition></intermediateCatchEvent>
    <parallelGateway id="both"/>
    <sendTask id="legal"/>
    <businessRuleTask id="rule" name="Decide"/>
    <parallelGateway id="meet"/>
    <exclusiveGateway id="merge"/>
    <endEvent id="done"/>
    <endEvent id="off"><terminateEventDefinition/></endEvent>
    <textAnnotation id="words"><text>Ask the office</text></textAnnotation>
    <sequenceFlow id="f1" sourceRef="begin" targetRef="look"/>
    <sequenceFlow id="f2" sourceRef="look" targetRef="size"/>
    <sequenceFlow id="small" sourceRef="size" targetRef="pause"/>
    <sequenceFlow id="large" name="Large" sourceRef="size" targetRef="both"><conditionExpression>amount &gt; 5</conditionExpression></sequenceFlow>
    <sequenceFlow id="f5" sourceRef="both" targetRef="legal"/>
    <sequenceFlow id="f6" sourceRef="both" targetRef="rule"/>
    <sequenceFlow id="f7" sourceRef="legal" targetRef="meet"/>
    <sequenceFlow id="f8" sourceRef="rule" targetRef="meet"/>
    <sequenceFlow id="f9" sourceRef="meet" targetRef="merge"/>
    <sequenceFlow id="f10" sourceRef="pause" targetRef="merge"/>
    <sequenceFlow id="f11" sourceRef="merge" targetRef="off"/>
  </process>
</definitions>"""


def test_the_file_of_another_program_is_taken_over_as_far_as_both_know_it() -> None:
    found = read(FOREIGN, "en")
    steps = {one["id"]: (one["kind"], one["settings"], one["next"]) for one in found.definition["nodes"]}
    assert steps == {
        "look": ("task", {}, {"out": "size"}),
        "size": (
            "branch",
            {"branches": [{"port": "b1", "when": None, "label": "Large"}]},
            {"b1": "both", "else": "pause"},
        ),
        "pause": ("wait", {"time": {"amount": 3, "unit": "days"}}, {"out": "off"}),
        "both": ("parallel", {"ways": 2}, {"1": "legal", "2": "meet"}),
        "legal": ("mail", {}, {"out": "meet"}),
        "meet": ("join", {"mode": "all"}, {"out": "off"}),
        "off": ("stop", {}, {}),
    }
    (look, *_) = found.definition["nodes"]
    assert (look["label"], look["note"], found.definition["start"]) == ("Look at it", "Within the day", "look")
    assert [one["text"] for one in found.definition["notes"]] == ["Ask the office"]
    assert [(one.code, one.params["name"]) for one in found.left_out] == [
        ("flows.bpmn_start", "Order came in"),
        ("flows.bpmn_assumed", "Look at it"),
        ("flows.bpmn_condition", "Large"),
        ("flows.bpmn_assumed", "legal"),
        ("flows.bpmn_unknown", "Decide"),
    ]


SECRET = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><definitions>&e;</definitions>'
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {name} '{f'&{of};' * 10}'>" for name, of in zip("bcdefghij", "abcdefghi", strict=True))
    + "]><definitions>&j;</definitions>"
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SECRET, "flows.bpmn_doctype"),
        (LAUGHS, "flows.bpmn_doctype"),
        ('<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><definitions/>', "flows.bpmn_doctype"),
        ("<a>&unknown;</a>", "flows.bpmn_not_xml"),
        ("", "flows.bpmn_not_xml"),
        ("<a>" * 100, "flows.bpmn_too_large"),
        ("<a>" + "<b/>" * 20_001 + "</a>", "flows.bpmn_too_large"),
        ("<a/>", "flows.bpmn_no_process"),
        (f'<definitions xmlns="{MODEL[1:-1]}"/>', "flows.bpmn_no_process"),
    ],
)
def test_a_file_that_is_none_or_reaches_outside_is_refused_at_once(text: str, code: str) -> None:
    begun = time.monotonic()
    with pytest.raises(BadRequest) as refused:
        read(text, "en")
    assert refused.value.code == code
    assert time.monotonic() - begun < 2


def test_the_api_writes_and_reads_files_for_those_who_look_after_automation(automation: Automation) -> None:
    definition = {
        "object": "company",
        "triggers": [{"id": "t1", "kind": "record.created", "settings": {}}],
        "start": "n1",
        "nodes": [{"id": "n1", "kind": "stop", "settings": {}, "next": {}}],
    }
    written = automation.admin.post("flows/bpmn/write", {"definition": definition, "title": "甲"}).json()["xml"]
    assert automation.admin.post("flows/bpmn/read", {"xml": written}).json() == {
        "definition": definition,
        "left_out": [],
    }
    refused = automation.admin.post("flows/bpmn/read", {"xml": SECRET})
    assert (refused.status_code, refused.json()["code"]) == (400, "flows.bpmn_doctype")
    assert "passwd" not in refused.content.decode()
    told = automation.admin.post("flows/bpmn/read", {"xml": FOREIGN}).json()["left_out"]
    assert all(one["says"] and one["code"] not in one["says"] for one in told)
    sales = Client.signed_in_as("salesperson")
    assert sales.post("flows/bpmn/write", {"definition": definition}).status_code == 403
    assert sales.post("flows/bpmn/read", {"xml": written}).status_code == 403
