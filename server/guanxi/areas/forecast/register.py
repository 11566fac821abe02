"""The whole wiring of targets and forecasts."""

from pathlib import Path

from guanxi.areas.forecast import chores
from guanxi.areas.forecast.actions.adjust_forecast import adjust_forecast
from guanxi.areas.forecast.actions.propose_targets import propose_targets
from guanxi.areas.forecast.actions.set_targets import set_targets
from guanxi.areas.forecast.hooks import history, targets
from guanxi.areas.forecast.routes import ROUTES
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Targets, forecasts with adjustments, snapshots of opportunities and what was said of past periods."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(history, targets)
    registry.action(set_targets, propose_targets, adjust_forecast)
    registry.jobs(chores)
    registry.routes(*ROUTES)
