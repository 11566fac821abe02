"""Whether this process can answer requests, for people, proxies and supervisors."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from guanxi import __version__
from guanxi.infra.http.responses import json_response


def healthz(_: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return json_response({"status": "unavailable", "version": __version__}, 503)
    return json_response({"status": "ok", "version": __version__})
