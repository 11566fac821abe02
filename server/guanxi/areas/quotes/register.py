"""The whole wiring of quotes."""

from pathlib import Path

from guanxi.areas.quotes import chores, comparing
from guanxi.areas.quotes.actions.answer import mark_sent, record_answer
from guanxi.areas.quotes.actions.make_quote import make_quote
from guanxi.areas.quotes.actions.new_version import new_version
from guanxi.areas.quotes.actions.share_quote import revoke_link, share_quote
from guanxi.areas.quotes.hooks import documents, quotes
from guanxi.areas.quotes.printing import routes as printing
from guanxi.capabilities.flows import templates
from guanxi.capabilities.hand_over.open_records import open_when
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Quotes with their lines and versions, and the verbs that take them from state to state."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(documents, quotes)
    registry.action(make_quote, new_version, mark_sent, record_answer, share_quote, revoke_link)
    registry.jobs(chores)
    registry.routes(*comparing.ROUTES, *printing.ROUTES)
    open_when("quote", {"field": "status", "op": "in", "value": ["draft", "in_approval", "approved", "sent"]})
    templates.ship(Path(__file__).parent / "flows")
