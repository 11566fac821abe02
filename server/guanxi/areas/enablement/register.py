"""The whole wiring of scripts and materials."""

from pathlib import Path

from guanxi.areas.enablement.actions.use_script import use_script
from guanxi.areas.enablement.hooks import scripts
from guanxi.areas.enablement.routes import ROUTES
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Scripts and their uses."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(scripts)
    registry.action(use_script)
    registry.routes(*ROUTES)
