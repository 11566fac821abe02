"""Contracts: from approval and signatures through payments to renewal or end."""
