"""Configuration as files: exported, compared, applied and rolled back as one, whoever's section a file belongs to."""
