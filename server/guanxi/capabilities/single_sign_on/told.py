"""Identity providers as administrators are told of them."""

from __future__ import annotations

from guanxi.capabilities.single_sign_on import oidc, saml
from guanxi.capabilities.single_sign_on.models import Identity, Provider
from guanxi.capabilities.single_sign_on.shapes import ProviderState


def provider(found: Provider) -> ProviderState:
    """A provider with everything but its secret."""
    return {
        "id": str(found.pk),
        "protocol": found.protocol,
        "name": found.name,
        "is_active": found.is_active,
        "domains": list(found.domains),
        "issuer": found.issuer,
        "client_id": found.client_id,
        "has_secret": bool(found.sealed_secret),
        "scopes": found.scopes,
        "sign_in_url": found.sign_in_url,
        "certificates": list(found.certificates),
        "email_claim": found.email_claim,
        "name_claim": found.name_claim,
        "roles_claim": found.roles_claim,
        "role_map": [{"value": pair["value"], "role": pair["role"]} for pair in found.role_map],
        "makes_members": found.makes_members,
        "default_role": str(found.default_role) if found.default_role else None,
        "default_department": str(found.default_department) if found.default_department else None,
        "callback_url": oidc.callback(found) if found.protocol == "oidc" else saml.consumer(found),
        "entity_id": saml.entity_id(found) if found.protocol == "saml" else "",
        "people": Identity.objects.filter(provider=found).count(),
        "proved_at": found.proved_at.isoformat() if found.proved_at else None,
    }
