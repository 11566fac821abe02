"""The whole wiring of handing over."""

from guanxi.capabilities.hand_over import actions, running
from guanxi.capabilities.hand_over.routes import ROUTES
from guanxi.engine.records import undo
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """What somebody holds, the verbs, the jobs of large hand-overs, and how shares go back with an undo."""
    undo.beside(running.beside_records)
    undo.lending(running.lent_to)
    registry.action(actions.check, actions.run, actions.cancel, actions.resume, actions.undo)
    registry.jobs(running)
    registry.routes(*ROUTES)
