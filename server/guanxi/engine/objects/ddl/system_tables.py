"""Tables that every workspace schema has beside its objects, as numbered steps that are never edited once shipped."""

from __future__ import annotations

STEPS: tuple[tuple[int, str], ...] = (
    (
        1,
        """
        CREATE TABLE sys_catalog (
            one boolean PRIMARY KEY DEFAULT true CHECK (one),
            version bigint NOT NULL DEFAULT 1,
            level int NOT NULL DEFAULT 0
        );
        INSERT INTO sys_catalog DEFAULT VALUES;
        CREATE TABLE sys_object (
            id uuid PRIMARY KEY, key text NOT NULL UNIQUE, area text NOT NULL,
            shipped jsonb, live jsonb NOT NULL, state text NOT NULL DEFAULT 'active'
        );
        CREATE TABLE sys_field (
            id uuid PRIMARY KEY, object_id uuid NOT NULL REFERENCES sys_object, key text NOT NULL, kind text NOT NULL,
            shipped jsonb, live jsonb NOT NULL, state text NOT NULL DEFAULT 'active',
            UNIQUE (object_id, key)
        );
        CREATE TABLE sys_ddl_step (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, statement text NOT NULL,
            name text NOT NULL, state text NOT NULL DEFAULT 'waiting', attempts int NOT NULL DEFAULT 0, error text
        );
        CREATE TABLE sys_change_set (
            id uuid PRIMARY KEY, at timestamptz NOT NULL, actor uuid, via text NOT NULL, label jsonb,
            counts jsonb NOT NULL DEFAULT '{}', undoes uuid, undone_by uuid
        );
        CREATE INDEX ON sys_change_set (actor, at DESC);
        CREATE TABLE sys_change (
            seq bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL, txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
            change_set uuid NOT NULL, actor uuid, via text NOT NULL, object text NOT NULL, record uuid NOT NULL,
            op text NOT NULL, rev int NOT NULL, diff jsonb NOT NULL
        ) PARTITION BY RANGE (at);
        CREATE INDEX ON sys_change (record, seq DESC);
        CREATE INDEX ON sys_change (change_set, seq);
        CREATE TABLE sys_change_rest PARTITION OF sys_change DEFAULT;
        CREATE TABLE sys_share (
            object text NOT NULL, record uuid NOT NULL, member uuid NOT NULL, level text NOT NULL DEFAULT 'read',
            created_at timestamptz NOT NULL DEFAULT now(), created_by uuid,
            PRIMARY KEY (member, object, record)
        );
        CREATE INDEX ON sys_share (record);
        CREATE TABLE sys_search (
            record uuid PRIMARY KEY, object text NOT NULL, title text NOT NULL, subtitle text,
            words tsvector NOT NULL, updated_at timestamptz NOT NULL
        );
        CREATE INDEX sys_search_words ON sys_search USING gin (words);
        """,
    ),
    (
        2,
        """
        CREATE TABLE sys_file (
            id uuid PRIMARY KEY, name text NOT NULL, size bigint NOT NULL, type text NOT NULL, sha256 text NOT NULL,
            uploaded_by uuid, created_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE TABLE sys_file_use (
            file uuid NOT NULL REFERENCES sys_file ON DELETE CASCADE,
            object text NOT NULL, record uuid NOT NULL, field text NOT NULL,
            PRIMARY KEY (file, object, record, field)
        );
        CREATE INDEX ON sys_file_use (record, field);
        """,
    ),
    (
        3,
        """
        CREATE TABLE sys_import (
            id uuid PRIMARY KEY, object text NOT NULL, file text NOT NULL, file_name text NOT NULL, size bigint NOT NULL,
            reading jsonb NOT NULL, columns text[] NOT NULL, rows_total int NOT NULL, settings jsonb,
            state text NOT NULL DEFAULT 'uploaded', stop boolean NOT NULL DEFAULT false,
            pass int NOT NULL DEFAULT 0, position int NOT NULL DEFAULT 0, done int NOT NULL DEFAULT 0,
            counts jsonb NOT NULL DEFAULT '{}', error jsonb, change_set uuid, language text NOT NULL,
            created_by uuid, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL
        );
        CREATE INDEX ON sys_import (created_by, created_at DESC);
        CREATE TABLE sys_import_row (
            import uuid NOT NULL REFERENCES sys_import ON DELETE CASCADE, number int NOT NULL, cells text[] NOT NULL,
            state text, record uuid, key text, later jsonb, errors jsonb,
            PRIMARY KEY (import, number)
        );
        CREATE INDEX sys_import_row_errors ON sys_import_row (import, number) WHERE errors IS NOT NULL;
        CREATE INDEX sys_import_row_later ON sys_import_row (import, number) WHERE later IS NOT NULL;
        CREATE INDEX sys_import_row_keys ON sys_import_row (import, key) WHERE key IS NOT NULL;
        """,
    ),
    (
        4,
        """
        ALTER TABLE sys_object ADD COLUMN state_at timestamptz;
        ALTER TABLE sys_field ADD COLUMN state_at timestamptz;
        CREATE TABLE sys_component (
            id uuid PRIMARY KEY, object_id uuid NOT NULL REFERENCES sys_object, kind text NOT NULL, key text NOT NULL,
            shipped jsonb, live jsonb NOT NULL, state text NOT NULL DEFAULT 'active', state_at timestamptz,
            UNIQUE (object_id, kind, key)
        );
        CREATE TABLE sys_configuration_change (
            id uuid PRIMARY KEY, at timestamptz NOT NULL, actor uuid, via text NOT NULL, label jsonb,
            changes jsonb NOT NULL, inverse jsonb, version bigint NOT NULL, undoes uuid, undone_by uuid
        );
        CREATE INDEX ON sys_configuration_change (at DESC);
        ALTER TABLE sys_ddl_step ADD COLUMN object text, ADD COLUMN field text,
            ADD COLUMN payload jsonb NOT NULL DEFAULT '{}', ADD COLUMN updated_at timestamptz;
        CREATE INDEX ON sys_ddl_step (id) WHERE state = 'waiting';
        """,
    ),
    (
        5,
        """
        ALTER TABLE sys_share DROP CONSTRAINT sys_share_pkey, ALTER COLUMN member DROP NOT NULL,
            ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY, ADD COLUMN department uuid,
            ADD UNIQUE (member, object, record), ADD UNIQUE (department, object, record),
            ADD CHECK (num_nonnulls(member, department) = 1), ADD CHECK (level IN ('read', 'edit'));
        """,
    ),
    (
        6,
        """
        ALTER TABLE sys_field ADD COLUMN conversion jsonb;
        """,
    ),
    (
        7,
        """
        CREATE TABLE sys_bundle_id (
            section text NOT NULL, bundle uuid NOT NULL, record uuid NOT NULL,
            PRIMARY KEY (section, bundle), UNIQUE (section, record)
        );
        CREATE TABLE sys_bundle (
            id uuid PRIMARY KEY, at timestamptz NOT NULL, actor uuid, via text NOT NULL, source text NOT NULL,
            counts jsonb NOT NULL, change uuid, change_set uuid, rolled_back_at timestamptz
        );
        """,
    ),
    (
        8,
        """
        CREATE TABLE sys_stale (
            object text NOT NULL, record uuid NOT NULL, fields text[] NOT NULL, at timestamptz NOT NULL,
            PRIMARY KEY (object, record)
        );
        """,
    ),
    (
        9,
        """
        ALTER TABLE sys_share ADD COLUMN role uuid, ADD COLUMN expires_at timestamptz,
            ADD UNIQUE (role, object, record), DROP CONSTRAINT sys_share_check,
            ADD CHECK (num_nonnulls(member, department, role) = 1);
        """,
    ),
    (
        10,
        """
        CREATE TABLE sys_audit (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, seq bigint NOT NULL, at timestamptz NOT NULL,
            kind text NOT NULL, member uuid, account bigint, via text NOT NULL, ip text, agent text,
            session text, key text, change_set uuid, object text, record uuid, details jsonb NOT NULL,
            prev bytea NOT NULL, hash bytea NOT NULL
        );
        CREATE INDEX ON sys_audit (seq, id);
        CREATE INDEX ON sys_audit (at, seq);
        CREATE INDEX ON sys_audit (member, at, seq);
        CREATE INDEX ON sys_audit (kind, at, seq);
        CREATE INDEX ON sys_audit (record, at) WHERE record IS NOT NULL;
        CREATE TABLE sys_audit_seal (
            id uuid PRIMARY KEY, first bigint NOT NULL, last bigint NOT NULL, marks bytea NOT NULL
        );
        CREATE INDEX ON sys_audit_seal (last);
        ALTER TABLE sys_audit_seal ALTER COLUMN marks SET STORAGE EXTERNAL;
        ALTER TABLE sys_change_set ADD COLUMN ip text, ADD COLUMN agent text, ADD COLUMN session text,
            ADD COLUMN key text;
        CREATE INDEX ON sys_change_set (at, id);
        CREATE INDEX sys_change_seq ON sys_change USING brin (seq) WITH (autosummarize = on);
        """,
    ),
    (
        11,
        """
        CREATE TABLE sys_hand_over (
            id uuid PRIMARY KEY, giver uuid NOT NULL, asked jsonb NOT NULL, state text NOT NULL,
            stop boolean NOT NULL DEFAULT false, done int NOT NULL DEFAULT 0, total int NOT NULL DEFAULT 0,
            counts jsonb NOT NULL DEFAULT '{}', refused jsonb NOT NULL DEFAULT '[]', error jsonb, change_set uuid,
            language text NOT NULL, created_by uuid, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL
        );
        CREATE INDEX ON sys_hand_over (giver, created_at DESC);
        CREATE INDEX ON sys_hand_over (change_set);
        CREATE TABLE sys_hand_over_item (
            hand_over uuid NOT NULL REFERENCES sys_hand_over ON DELETE CASCADE, number int NOT NULL, part text NOT NULL,
            op text NOT NULL, record uuid NOT NULL, receiver uuid, PRIMARY KEY (hand_over, number)
        );
        CREATE TABLE sys_hand_over_share (
            number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            hand_over uuid NOT NULL REFERENCES sys_hand_over ON DELETE CASCADE, before jsonb, after jsonb
        );
        CREATE INDEX ON sys_hand_over_share (hand_over, number);
        """,
    ),
    (
        12,
        """
        CREATE TABLE sys_undo (
            change_set uuid PRIMARY KEY, member uuid, state text NOT NULL, total int NOT NULL, done int NOT NULL DEFAULT 0,
            undone int NOT NULL DEFAULT 0, conflicts int NOT NULL DEFAULT 0, error jsonb, by_change_set uuid,
            at timestamptz NOT NULL
        );
        """,
    ),
    (
        13,
        """
        ALTER TABLE sys_audit ADD COLUMN key_id uuid;
        CREATE INDEX ON sys_audit (key_id, at) WHERE key_id IS NOT NULL;
        ALTER TABLE sys_change_set ADD COLUMN key_id uuid;
        CREATE INDEX ON sys_change_set (key_id, at) WHERE key_id IS NOT NULL;
        """,
    ),
    (
        14,
        """
        CREATE TABLE sys_consumer (
            name text PRIMARY KEY, seen text NOT NULL, upto text, position bigint NOT NULL DEFAULT 0,
            floor bigint NOT NULL DEFAULT 0, resume text, old bigint, at timestamptz NOT NULL
        );
        CREATE TABLE sys_held_change (
            consumer text NOT NULL, seq bigint NOT NULL, at timestamptz NOT NULL, error text NOT NULL,
            PRIMARY KEY (consumer, seq)
        );
        CREATE INDEX sys_change_txid ON sys_change (txid, seq);
        ALTER TABLE sys_catalog ADD COLUMN marks jsonb NOT NULL DEFAULT '{}';
        CREATE TABLE sys_automation (
            one boolean PRIMARY KEY DEFAULT true CHECK (one), stopped_at timestamptz, stopped_by uuid
        );
        INSERT INTO sys_automation DEFAULT VALUES;
        CREATE TABLE sys_flow_version (
            id uuid PRIMARY KEY, flow uuid NOT NULL, number int NOT NULL, definition jsonb NOT NULL, run_as text NOT NULL,
            note text, published_at timestamptz NOT NULL, published_by uuid, UNIQUE (flow, number)
        );
        CREATE TABLE sys_flow_sweep (
            flow uuid NOT NULL, trigger text NOT NULL, asks text NOT NULL, swept_to timestamptz NOT NULL,
            began_at timestamptz, PRIMARY KEY (flow, trigger)
        );
        CREATE TABLE sys_run (
            id uuid PRIMARY KEY, flow uuid NOT NULL, version uuid NOT NULL REFERENCES sys_flow_version,
            object text, record uuid, state text NOT NULL, actor uuid, starter uuid, path uuid[] NOT NULL,
            key text UNIQUE, cause jsonb NOT NULL, data jsonb NOT NULL DEFAULT '{}', steps int NOT NULL DEFAULT 0,
            error jsonb, parent bigint, started_at timestamptz NOT NULL, ended_at timestamptz
        );
        CREATE TABLE sys_flow_hook (
            flow uuid NOT NULL, trigger text NOT NULL, hash text NOT NULL UNIQUE, made_at timestamptz NOT NULL,
            made_by uuid, PRIMARY KEY (flow, trigger)
        );
        CREATE TABLE sys_flow_rate (
            flow uuid PRIMARY KEY, paced_to timestamptz NOT NULL, minute timestamptz NOT NULL, starts int NOT NULL,
            over int NOT NULL
        );
        CREATE INDEX ON sys_run (flow, started_at DESC, id);
        CREATE INDEX sys_run_ended ON sys_run (ended_at) WHERE ended_at IS NOT NULL;
        CREATE INDEX ON sys_run (started_at DESC, id);
        CREATE INDEX ON sys_run (record, started_at DESC);
        CREATE INDEX sys_run_failed ON sys_run (started_at DESC) WHERE state = 'failed';
        CREATE TABLE sys_token (
            id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
            run uuid NOT NULL REFERENCES sys_run ON DELETE CASCADE, node text NOT NULL, state text NOT NULL,
            wake_at timestamptz, corr text, port text, forks bigint[] NOT NULL DEFAULT '{}', item jsonb,
            attempts int NOT NULL DEFAULT 0, error jsonb, entered_at timestamptz NOT NULL
        );
        CREATE INDEX ON sys_token (run);
        CREATE INDEX sys_token_due ON sys_token (wake_at) WHERE wake_at IS NOT NULL;
        CREATE INDEX sys_token_corr ON sys_token (corr) WHERE corr IS NOT NULL;
        CREATE TABLE sys_run_step (
            run uuid NOT NULL REFERENCES sys_run ON DELETE CASCADE, number int NOT NULL, token bigint NOT NULL,
            node text NOT NULL, outcome text NOT NULL, port text, at timestamptz NOT NULL, note jsonb,
            PRIMARY KEY (run, number)
        );
        CREATE TABLE sys_effect (
            id uuid PRIMARY KEY, key text NOT NULL UNIQUE, kind text NOT NULL, payload jsonb NOT NULL,
            state text NOT NULL DEFAULT 'waiting', attempts int NOT NULL DEFAULT 0, next_at timestamptz,
            run uuid REFERENCES sys_run ON DELETE SET NULL, token bigint, corr text NOT NULL, host text NOT NULL DEFAULT '',
            answer jsonb, error jsonb, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL
        );
        CREATE INDEX sys_effect_due ON sys_effect (next_at) WHERE next_at IS NOT NULL;
        CREATE INDEX ON sys_effect (run);
        CREATE INDEX sys_effect_corr ON sys_effect (corr);
        CREATE TABLE sys_secret (
            name text PRIMARY KEY, host text NOT NULL, sealed text NOT NULL, note text, updated_at timestamptz NOT NULL, updated_by uuid
        );
        CREATE TABLE sys_assignment (
            flow uuid NOT NULL, node text NOT NULL, last uuid, at timestamptz NOT NULL, PRIMARY KEY (flow, node)
        );
        CREATE TABLE sys_notification (
            id uuid PRIMARY KEY, member uuid NOT NULL, kind text NOT NULL, title text NOT NULL, body text, object text,
            record uuid, link text, created_at timestamptz NOT NULL, read_at timestamptz
        );
        CREATE INDEX ON sys_notification (member, id DESC);
        CREATE INDEX sys_notification_unread ON sys_notification (member, id DESC) WHERE read_at IS NULL;
        CREATE TABLE sys_approval (
            id uuid PRIMARY KEY, run uuid NOT NULL UNIQUE, flow uuid NOT NULL, object text, record uuid, op text NOT NULL,
            pending jsonb, state text NOT NULL, submitter uuid, title text NOT NULL, submitted_at timestamptz NOT NULL,
            ended_at timestamptz, error jsonb
        );
        CREATE INDEX ON sys_approval (record) WHERE record IS NOT NULL;
        CREATE INDEX ON sys_approval (submitter, id DESC);
        CREATE INDEX ON sys_approval (flow);
        CREATE TABLE sys_approval_task (
            id uuid PRIMARY KEY, approval uuid NOT NULL REFERENCES sys_approval ON DELETE CASCADE, node text NOT NULL,
            round int NOT NULL, position int NOT NULL, kind text NOT NULL, assignee uuid NOT NULL, state text NOT NULL,
            weight int NOT NULL, origin uuid, comment text, due_at timestamptz, created_at timestamptz NOT NULL,
            acted_at timestamptz, acted_by uuid, urged_at timestamptz
        );
        CREATE INDEX ON sys_approval_task (approval);
        CREATE INDEX sys_approval_task_open ON sys_approval_task (assignee) WHERE state = 'open';
        CREATE INDEX ON sys_approval_task (acted_by) WHERE acted_by IS NOT NULL;
        CREATE TABLE sys_approval_note (
            id uuid PRIMARY KEY, approval uuid NOT NULL REFERENCES sys_approval ON DELETE CASCADE, at timestamptz NOT NULL,
            kind text NOT NULL, member uuid, task uuid, node text, comment text, more jsonb
        );
        CREATE INDEX ON sys_approval_note (approval, id);
        """,
    ),
    (
        15,
        """
        CREATE TABLE sys_form (
            id uuid PRIMARY KEY, run uuid NOT NULL REFERENCES sys_run ON DELETE CASCADE, token bigint NOT NULL,
            node text NOT NULL, members uuid[] NOT NULL, object text, record uuid, asks jsonb NOT NULL,
            due_at timestamptz, created_at timestamptz NOT NULL, filled_at timestamptz, filled_by uuid, answers jsonb
        );
        CREATE INDEX ON sys_form (run);
        CREATE INDEX sys_form_open ON sys_form USING gin (members) WHERE filled_at IS NULL;
        CREATE INDEX sys_form_filled ON sys_form (filled_by, id DESC) WHERE filled_by IS NOT NULL;
        ALTER TABLE sys_automation ADD COLUMN failure_percent int NOT NULL DEFAULT 20,
            ADD COLUMN failure_least int NOT NULL DEFAULT 10;
        CREATE TABLE sys_flow_alert (
            flow uuid PRIMARY KEY, looked_at timestamptz NOT NULL, told_at timestamptz
        );
        """,
    ),
    (
        16,
        """
        CREATE TABLE sys_backtest (
            id uuid PRIMARY KEY, flow uuid NOT NULL, asked_by uuid NOT NULL, asks jsonb NOT NULL, state text NOT NULL,
            stop boolean NOT NULL DEFAULT false, done int NOT NULL DEFAULT 0, total int NOT NULL DEFAULT 0, result jsonb,
            error jsonb, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL
        );
        CREATE INDEX ON sys_backtest (flow, asked_by, id DESC);
        """,
    ),
    (
        17,
        """
        CREATE INDEX sys_run_open ON sys_run (flow) WHERE ended_at IS NULL;
        """,
    ),
    (
        18,
        """
        ALTER TABLE sys_assignment ADD COLUMN turns jsonb NOT NULL DEFAULT '{}';
        """,
    ),
    (
        19,
        """
        CREATE TABLE sys_mailbox (
            id uuid PRIMARY KEY, name text NOT NULL, host text NOT NULL, port int NOT NULL, security text NOT NULL,
            username text NOT NULL, sealed text NOT NULL, folder text NOT NULL, owner uuid,
            is_active boolean NOT NULL DEFAULT true, days int NOT NULL DEFAULT 0, uid_validity bigint,
            last_uid bigint NOT NULL DEFAULT 0, read_at timestamptz, next_at timestamptz NOT NULL, error jsonb,
            failures int NOT NULL DEFAULT 0, received bigint NOT NULL DEFAULT 0
        );
        CREATE TABLE sys_mailbox_mail (
            mailbox uuid NOT NULL REFERENCES sys_mailbox ON DELETE CASCADE, uid_validity bigint NOT NULL, uid bigint NOT NULL,
            key text NOT NULL, record uuid, at timestamptz NOT NULL, error text,
            PRIMARY KEY (mailbox, uid_validity, uid), UNIQUE (mailbox, key)
        );
        """,
    ),
    (
        20,
        """
        CREATE TABLE sys_number (
            series uuid NOT NULL, period text NOT NULL, last bigint NOT NULL, PRIMARY KEY (series, period)
        );
        """,
    ),
    (
        21,
        """
        CREATE TABLE sys_catalog_part (
            object_id uuid PRIMARY KEY REFERENCES sys_object ON DELETE CASCADE, mark text NOT NULL, head bytea NOT NULL,
            body bytea NOT NULL
        );
        ALTER TABLE sys_catalog_part ALTER COLUMN head SET STORAGE EXTERNAL, ALTER COLUMN body SET STORAGE EXTERNAL;
        """,
    ),
    (
        22,
        """
        CREATE TABLE sys_regrading (
            object text PRIMARY KEY, after uuid, done bigint NOT NULL DEFAULT 0, total bigint NOT NULL DEFAULT 0,
            told boolean NOT NULL DEFAULT false, started_at timestamptz NOT NULL, finished_at timestamptz
        );
        """,
    ),
    (
        23,
        """
        CREATE TABLE sys_probability (
            one boolean PRIMARY KEY DEFAULT true CHECK (one), asked_at timestamptz, trained_at timestamptz, report jsonb,
            model jsonb
        );
        """,
    ),
    (
        24,
        """
        CREATE TABLE sys_statement_run (
            id uuid PRIMARY KEY, asked_by uuid NOT NULL, asks jsonb NOT NULL, state text NOT NULL,
            stop boolean NOT NULL DEFAULT false, done int NOT NULL DEFAULT 0, total int NOT NULL DEFAULT 0, error jsonb,
            sha256 text, size bigint, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL
        );
        CREATE INDEX ON sys_statement_run (asked_by, id DESC);
        CREATE TABLE sys_statement (
            run uuid NOT NULL REFERENCES sys_statement_run ON DELETE CASCADE, place int NOT NULL, company uuid NOT NULL,
            file text, balances jsonb, PRIMARY KEY (run, place)
        );
        CREATE TABLE sys_statement_part (
            run uuid NOT NULL REFERENCES sys_statement_run ON DELETE CASCADE, place int NOT NULL, sha256 text NOT NULL,
            PRIMARY KEY (run, place)
        );
        """,
    ),
)

RECORD_COLUMNS = """
    id uuid PRIMARY KEY, rev int NOT NULL DEFAULT 1, owner uuid, via_owner uuid,
    created_at timestamptz NOT NULL, created_by uuid, updated_at timestamptz NOT NULL, updated_by uuid,
    deleted_at timestamptz
"""
"""Columns of every object's table. ``via_owner`` is the owner of the record that access is inherited from."""
