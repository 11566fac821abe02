"""Lookups begin every request: one that meets a dead connection replaces it, and never in the middle of a transaction."""

import psycopg
import pytest
from django.db import connection, transaction

from guanxi.capabilities.identity.models import Membership, Workspace
from guanxi.infra.database.address import conninfo
from guanxi.infra.database.lookup import lookup
from tests.support.clients import Client

_workspace = lookup(Workspace, "WHERE t.slug = $1")


def _cut(database: str) -> None:
    """End this thread's connection from the server's side, as a restart of the server does."""
    connection.ensure_connection()
    with psycopg.connect(conninfo(connection.settings_dict, dbname=database), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])


def test_a_dead_connection_is_replaced(committing_database):
    _cut(committing_database)

    assert _workspace("acme").slug == "acme"
    assert _workspace("nobody") is None


def test_a_request_after_the_server_went_away_is_answered(committing_database):
    client = Client.signed_in_as("salesperson")
    assert client.post("records/company/query", {}).status_code == 200
    _cut(committing_database)

    assert client.post("records/company/query", {}).status_code == 200


def test_a_transaction_that_lost_its_connection_fails(committing_database):
    @transaction.atomic
    def cut_and_go_on() -> None:
        _cut(committing_database)
        _workspace("acme")

    with pytest.raises(psycopg.OperationalError):
        cut_and_go_on()

    assert _workspace("acme").slug == "acme"


def test_a_row_comes_along_with_the_one_it_is_referred_to_by(database):
    find = lookup(Membership, "JOIN identity_workspace workspace ON workspace.id = t.workspace_id", along="workspace")

    found = find()

    assert found.workspace == Workspace.objects.get(pk=found.workspace_id)
    assert found == Membership.objects.get(pk=found.pk)
