"""What the audit log notes of keys and apps."""

from guanxi.engine.audit import kind

KEY_MADE = kind("key_made", "rights").key
KEY_REVOKED = kind("key_revoked", "rights").key
APP_ALLOWED = kind("app_allowed", "rights").key
APP_FORBIDDEN = kind("app_forbidden", "rights").key
APP_REGISTERED = kind("app_registered", "settings").key
APP_CHANGED = kind("app_changed", "settings").key
APP_SECRET = kind("app_secret", "settings").key
APP_REMOVED = kind("app_removed", "settings").key
