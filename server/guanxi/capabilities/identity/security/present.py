"""The request that allauth is answering, which its forms and adapters do not hand over."""

from allauth.core import context
from django.http import HttpRequest


def present_request() -> HttpRequest:
    """The request of this moment; asking outside of one is a bug."""
    request = context.request
    if request is None:
        raise RuntimeError("no request is being answered")
    return request
