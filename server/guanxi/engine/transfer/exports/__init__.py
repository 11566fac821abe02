"""Records out of the workspace as a file."""

from guanxi.engine.transfer.exports.export import FORMATS, Export, export

__all__ = ["FORMATS", "Export", "export"]
