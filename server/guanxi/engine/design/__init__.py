"""Changing what a workspace is made of: objects, fields and components, by one door for screens, API and files."""

from guanxi.engine.design.apply import apply
from guanxi.engine.design.outcome import Outcome

__all__ = ["Outcome", "apply"]
