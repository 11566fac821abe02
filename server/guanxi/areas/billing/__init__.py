"""Invoices and credit notes, payments and what they settle: what customers owe us."""
