"""Flows as BPMN 2.0 files, for the part that both know."""
