"""Verbs: registered once, run by one runner for screens, API, jobs and automation."""

from guanxi.engine.actions.registry import Action, action, actions
from guanxi.engine.actions.runner import permitted, run

__all__ = ["Action", "action", "actions", "permitted", "run"]
