"""The audit log: who did what from where, as a chain of entries in which nothing can be changed unnoticed."""

from guanxi.engine.audit.kinds import kind, kinds
from guanxi.engine.audit.notes import note, note_outside

__all__ = ["kind", "kinds", "note", "note_outside"]
