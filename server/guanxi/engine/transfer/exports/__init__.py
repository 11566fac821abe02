"""Records out of the workspace as a file."""

from guanxi.engine.transfer.exports.export import FORMATS, Export, ask, before_export, export

__all__ = ["FORMATS", "Export", "ask", "before_export", "export"]
