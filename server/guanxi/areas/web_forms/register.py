"""The whole wiring of web forms."""

from pathlib import Path

from guanxi.areas.web_forms import triggers
from guanxi.areas.web_forms.bundle import FORMS
from guanxi.areas.web_forms.hooks import forms
from guanxi.areas.web_forms.routes import ROUTES
from guanxi.engine.bundles.items import section
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Forms and what was sent by them, and the trigger of flows."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(forms, triggers)
    registry.routes(*ROUTES)
    section(FORMS)
