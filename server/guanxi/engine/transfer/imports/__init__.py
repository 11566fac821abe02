"""Bringing a file's rows into the workspace: settings, staging, dry run, run with resume, undo."""
