"""How the rest of the product is told what changed: named consumers of the change log, each with a place of its own."""

from guanxi.engine.feed.consumers import Change, consumer, consumers

__all__ = ["Change", "consumer", "consumers"]
