"""An answer of a SAML identity provider, checked where python3-saml lets through what is merely absent or alike."""

from __future__ import annotations

from typing import Any

from onelogin.saml2.constants import OneLogin_Saml2_Constants as Constants
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Utils


class StrictResponse(OneLogin_Saml2_Response):
    """Meant for this service, for this request, for this address and this moment, and saying so itself."""

    def is_valid(self, request_data: Any, request_id: str | None = None, raise_exceptions: bool = False) -> bool:
        """As the library, and: an audience, a confirmation that names request, address and end, no other request."""
        if not super().is_valid(request_data, request_id, raise_exceptions):
            return False
        service = self._settings.get_sp_data()
        address = service["assertionConsumerService"]["url"]
        problem = (
            (service["entityId"] not in self.get_audiences() and "no audience")
            or (self.document.get("Destination") not in (None, address) and "another destination")
            or ((request_id is None or self.get_in_response_to() != request_id) and "another request")
            or (not self._is_confirmed(address, request_id) and "no confirmation of this request")
        )
        if problem:
            self._error = f"The answer has {problem}."
            return False
        return True

    def _is_confirmed(self, address: str, request_id: str | None) -> bool:
        """Whether a confirmation within what was signed names this request, this address and an end ahead."""
        for confirmation in self._query_assertion("/saml:Subject/saml:SubjectConfirmation"):
            data = confirmation.find("saml:SubjectConfirmationData", namespaces=Constants.NSMAP)
            if (
                confirmation.get("Method") == Constants.CM_BEARER
                and data is not None
                and data.get("InResponseTo") == request_id
                and data.get("Recipient") == address
                and data.get("NotOnOrAfter")
                and Utils.parse_SAML_to_time(data.get("NotOnOrAfter")) > Utils.now()
            ):
                return True
        return False
