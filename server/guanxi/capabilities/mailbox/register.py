"""The whole wiring of mailboxes."""

from pathlib import Path

from guanxi.capabilities.mailbox import hooks, reading, triggers
from guanxi.capabilities.mailbox.actions import (
    read_now,
    remove_mailbox,
    save_mailbox,
    switch_mailbox,
    try_mailbox,
)
from guanxi.capabilities.mailbox.routes import ROUTES
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Messages, mailboxes that they come from, and the trigger of flows."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(hooks, triggers)
    registry.action(save_mailbox, try_mailbox, switch_mailbox, read_now, remove_mailbox)
    registry.jobs(reading)
    registry.routes(*ROUTES)
