"""Guanxi (关系): a self-hosted CRM; the rings of its code are listed in ARCHITECTURE.md."""

__version__ = "0.1.0"
