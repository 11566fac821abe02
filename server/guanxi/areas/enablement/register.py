"""The whole wiring of scripts and materials."""

from pathlib import Path

from guanxi.areas.enablement.actions.use_script import use_script
from guanxi.areas.enablement.hooks import materials, scripts
from guanxi.areas.enablement.routes import ROUTES
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Scripts, their uses, and materials."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(materials, scripts)
    registry.action(use_script)
    registry.routes(*ROUTES)
