"""Shortcuts for the tests of areas: records by engine, in the unit of work `ctx`."""

import pytest

from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change


class Records:
    """Create, change and read single records of a unit of work, briefly."""

    def __init__(self, ctx):
        self.ctx = ctx

    def new(self, object_key, **values):
        """The id of a new record."""
        (record,) = writes.create(self.ctx, object_key, [values])
        return record

    def set(self, object_key, record, **values):
        """Change one record."""
        writes.update(self.ctx, object_key, [Change(record, values)])

    def get(self, object_key, record, *fields):
        """Native values of fields: one alone, several as a tuple."""
        row = reads.native(self.ctx, object_key, [record], fields)[record]
        values = tuple(row[field] for field in fields)
        return values[0] if len(values) == 1 else values

    def all(self, object_key, where=None):
        """Ids of the visible records that a filter keeps."""
        return reads.ids(self.ctx, object_key, where)

    def delete(self, object_key, *records):
        """Delete records."""
        writes.delete(self.ctx, object_key, list(records))

    def stage(self, name):
        """The stage of the default pipeline with this name."""
        where = {"and": [
            {"field": "name", "op": "eq", "value": name},
            {"field": "pipeline.is_default", "op": "eq", "value": True},
        ]}  # fmt: skip
        (stage,) = self.all("stage", where)
        return stage


@pytest.fixture
def records(ctx):
    """Records of the administrator's unit of work."""
    return Records(ctx)


@pytest.fixture
def records_of():
    """A function from a unit of work to its records."""
    return Records
