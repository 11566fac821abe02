"""Files that people send, read as one plain table of text: what they are, how they are encoded, where the header is."""

from guanxi.engine.transfer.files.source import Reading, Source, Table, open_source

__all__ = ["Reading", "Source", "Table", "open_source"]
