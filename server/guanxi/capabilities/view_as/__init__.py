"""Looking at the workspace with another member's eyes: read only, marked on every screen, noted in the audit log."""
