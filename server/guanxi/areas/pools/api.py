"""The only door to pools for other areas: how many somebody may still hold, and putting records into a pool."""

from guanxi.areas.pools.actions.release_records import ReleaseRecords, release_records
from guanxi.areas.pools.errors import PoolUnknown
from guanxi.areas.pools.limits import Holding, holdings
from guanxi.areas.pools.moving import be_alone_for

__all__ = ["Holding", "PoolUnknown", "ReleaseRecords", "be_alone_for", "holdings", "release_records"]
