"""Why somebody does not get in by single sign-on; the sign-in page has a sentence for each."""

from guanxi.infra.errors import NotAllowed


class NotSignedOn(NotAllowed):
    """The identity provider's answer opens nothing; `reason` is the second half of the sentence's code."""

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(f"single_sign_on.{reason}", params)
        self.reason = reason


class SingleSignOnNeeded(NotAllowed):
    """The workspace is entered through its identity provider, and this session was not."""

    def __init__(self, workspace: str) -> None:
        super().__init__("single_sign_on.needed", {"workspace": workspace})
