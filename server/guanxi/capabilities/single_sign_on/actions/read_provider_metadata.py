"""Read what a SAML identity provider says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from guanxi.capabilities.single_sign_on import deciding, saml
from guanxi.capabilities.single_sign_on.entrance import RIGHT
from guanxi.capabilities.single_sign_on.shapes import ProviderMetadata
from guanxi.engine.actions import action
from guanxi.engine.context import Context


@dataclass(frozen=True)
class ReadProviderMetadata:
    """The metadata as XML, or the address at which they are."""

    metadata: str


@action("single_sign_on.read_provider_metadata", params=ReadProviderMetadata, permission=RIGHT)
def read_provider_metadata(ctx: Context, params: ReadProviderMetadata) -> ProviderMetadata:
    """Its name, the address of sign-in, and its certificates; nothing is kept yet."""
    deciding.in_charge(ctx)
    text = params.metadata.strip()
    found = saml.read_metadata(text) if text.startswith("<") else saml.fetch_metadata(text)
    return {"issuer": found["issuer"], "sign_in_url": found["sign_in_url"], "certificates": found["certificates"]}
