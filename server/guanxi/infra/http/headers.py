"""Security headers of every answer: only the product's own origin may be loaded, embedded or talked to."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def content_security_policy() -> str:
    """The policy of all pages; styles may be inline because the component library writes them so."""
    return "; ".join(
        (
            "default-src 'self'",
            f"connect-src 'self' {settings.LIVE_URL}",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "style-src 'self' 'unsafe-inline'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """Middleware: adds the headers that an answer did not set itself. One whose own policy names who may frame it says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.headers = {
            "Content-Security-Policy": content_security_policy(),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        }
        if settings.PUBLIC_URL.startswith("https://"):
            self.headers["Strict-Transport-Security"] = "max-age=31536000"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.headers.items():
            if name != "X-Frame-Options" or not getattr(response, "frames_by_policy", False):
                response.headers.setdefault(name, value)
        if not response.headers.get("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response
