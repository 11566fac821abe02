"""What the audit log notes of single sign-on."""

from guanxi.engine.audit import kind

PROVIDER_SAVED = kind("identity_provider_save", "settings").key
PROVIDER_REMOVED = kind("identity_provider_remove", "settings").key
REQUIRED = kind("single_sign_on_require", "settings").key
NOT_REQUIRED = kind("single_sign_on_release", "settings").key
