"""Which field each column of a file most likely belongs to."""

from guanxi.engine.transfer.proposal.assign import Proposal, propose
from guanxi.engine.transfer.proposal.names import importable, parts

__all__ = ["Proposal", "importable", "parts", "propose"]
