"""The whole wiring of commission."""

from pathlib import Path

from guanxi.areas.commission import runs
from guanxi.areas.commission.actions.calculate_run import calculate_run, preview_run
from guanxi.areas.commission.actions.dispute_statement import answer_dispute, dispute_statement
from guanxi.areas.commission.actions.move_plan import activate_plan, end_plan, new_version
from guanxi.areas.commission.actions.move_run import approve_run, discard_run, lock_run, reopen_run
from guanxi.areas.commission.hooks import kept
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Plans with their versions, runs with statements and lines, and the verbs that bring them on their way."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(kept)
    registry.action(activate_plan, end_plan, new_version)
    registry.action(calculate_run, preview_run, approve_run, reopen_run, lock_run, discard_run)
    registry.action(dispute_statement, answer_dispute)
    registry.jobs(runs)
