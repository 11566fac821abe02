"""The only door to billing for other areas: invoices of down payments, and their deduction from later ones."""

from guanxi.areas.billing.down_payments import DownPayment, deduct, groups_of, invoiced, make, open_for
from guanxi.areas.billing.rules.down_payments import Group

__all__ = ["DownPayment", "Group", "deduct", "groups_of", "invoiced", "make", "open_for"]
