"""The only door to customers for other areas. Records are read and written by the record API."""

from guanxi.areas.customers.seed import seed

__all__ = ["seed"]
