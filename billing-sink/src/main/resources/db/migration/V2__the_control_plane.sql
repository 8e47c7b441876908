-- The control plane: config.* as it stands, who changed what, and what keys did. Like the books, all of it is written by
-- billing-sink alone, and made anew from the topics wherever it is lost.

-- config.companies.
CREATE TABLE companies (
    id         text        PRIMARY KEY,
    name       text        NOT NULL,
    currency   text        NOT NULL,
    timezone   text        NOT NULL,
    labels     jsonb       NOT NULL,
    version    bigint      NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

COMMENT ON COLUMN companies.currency IS 'What its invoices are to be in; it converts nothing.';

-- config.users: those that something is known about. Usage may name others.
CREATE TABLE users (
    row_id     uuid        PRIMARY KEY,
    company    text        NOT NULL,
    user_id    text        NOT NULL,
    blocked    boolean     NOT NULL,
    labels     jsonb       NOT NULL,
    version    bigint      NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (company, user_id)
);

COMMENT ON COLUMN users.row_id IS 'First 16 bytes of SHA-256 over the record''s key.';
COMMENT ON COLUMN users.blocked IS 'Admissions are denied; what was used all the same is metered.';

-- config.keys. To be read through the view api_keys.
CREATE TABLE api_key_records (
    id                   text          PRIMARY KEY,
    company              text          NOT NULL,
    user_id              text,
    name                 text          NOT NULL,
    prefix               text          NOT NULL,
    secret_sha256        bytea         NOT NULL,
    old_secrets_taken_to timestamptz[] NOT NULL,
    scopes               text[]        NOT NULL,
    models               text[]        NOT NULL,
    labels               jsonb         NOT NULL,
    metadata             jsonb         NOT NULL,
    expires_at           timestamptz,
    blocked              boolean       NOT NULL,
    revoked_at           timestamptz,
    version              bigint        NOT NULL,
    created_at           timestamptz   NOT NULL,
    updated_at           timestamptz   NOT NULL
);

CREATE INDEX api_key_records_company ON api_key_records (company);

-- What keys did, added up from the records that name them. By topic and partition, so that no two consumers meet in a row.
CREATE TABLE api_key_uses (
    auth_id      text        NOT NULL,
    topic        text        NOT NULL,
    partition    integer     NOT NULL,
    uses         bigint      NOT NULL,
    last_used_at timestamptz NOT NULL,
    PRIMARY KEY (auth_id, topic, partition)
) WITH (fillfactor = 50);

COMMENT ON TABLE api_key_uses IS
    'Accepted submissions (usage.events) and granted admissions (quota.reservations) by key. Reading with a key leaves no record and is not counted.';
COMMENT ON COLUMN api_key_uses.last_used_at IS 'When the broker got the newest of them.';

CREATE VIEW api_keys AS
SELECT id, company, user_id, name, prefix, secret_sha256, old_secrets_taken_to, scopes, models, labels, metadata, expires_at,
       blocked, revoked_at, version, created_at, updated_at, used.last_used_at, coalesce(used.usage_count, 0) AS usage_count
FROM api_key_records, LATERAL (
    SELECT max(last_used_at) AS last_used_at, sum(uses) AS usage_count FROM api_key_uses WHERE auth_id = id
) used;

COMMENT ON VIEW api_keys IS 'Every key that is or was; revoked ones stay.';
COMMENT ON COLUMN api_keys.id IS 'Public: the events'' auth_id.';
COMMENT ON COLUMN api_keys.prefix IS 'First 8 characters of the secret, which itself is nowhere.';
COMMENT ON COLUMN api_keys.old_secrets_taken_to IS 'Of secrets from before a rotation: until when each is still taken.';
COMMENT ON COLUMN api_keys.last_used_at IS 'Null: never, since uses are counted.';

-- config.prices: every item ever recorded, one row each. A change writes the rows of its timeline anew.
CREATE TABLE price_items (
    timeline        uuid        NOT NULL,
    position        integer     NOT NULL,
    id              text        NOT NULL,
    company         text,
    provider        text        NOT NULL,
    model           text        NOT NULL,
    dimension       text        NOT NULL,
    unit            text,
    unit_price      numeric,
    multiplier      numeric,
    conditions      jsonb       NOT NULL,
    currency        text,
    tier_from       numeric     NOT NULL,
    tier_inclusive  boolean     NOT NULL,
    tier_basis      text        NOT NULL,
    service_tier    text        NOT NULL,
    region          text,
    variant         text,
    time_window_utc text,
    effective_from  timestamptz NOT NULL,
    effective_to    timestamptz,
    recorded_at     timestamptz NOT NULL,
    alias_provider  text,
    alias_model     text,
    version         bigint      NOT NULL,
    PRIMARY KEY (timeline, position)
);

COMMENT ON COLUMN price_items.timeline IS
    'First 16 bytes of SHA-256 over the record''s key: one for each (company, provider, model).';
COMMENT ON COLUMN price_items.company IS 'Null: the global book.';
COMMENT ON COLUMN price_items.conditions IS 'What a multiplier asks of the event; `when` is a word of SQL.';
COMMENT ON COLUMN price_items.effective_to IS 'Exclusive; null: until the next item of the ladder begins.';
COMMENT ON COLUMN price_items.alias_model IS 'Of an alias, which has no price: whose prices the model has.';
COMMENT ON COLUMN price_items.version IS 'Of the book, at the newest change of the timeline.';

CREATE INDEX price_items_model ON price_items (provider, model);
-- For a line of the ledger, which names its item.
CREATE INDEX price_items_id ON price_items (id);

-- config.admins. No token, and no hash of one: nothing here is for checking who calls.
CREATE TABLE admins (
    id         text        PRIMARY KEY,
    name       text        NOT NULL,
    role       text        NOT NULL,
    prefix     text        NOT NULL,
    expires_at timestamptz,
    version    bigint      NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

COMMENT ON COLUMN admins.role IS 'admin, operator, auditor.';
COMMENT ON COLUMN admins.prefix IS 'First characters of the token, for people to tell tokens apart.';

-- config.periods: months that are closed, for good. A row of the ledger is before a month's cut where
-- events_offset < end_offsets[events_partition + 1]; months before it without a row of their own are closed by it, too.
CREATE TABLE billing_periods (
    month           date        PRIMARY KEY,
    end_offsets     bigint[]    NOT NULL,
    events_topic_id text        NOT NULL,
    closed_at       timestamptz NOT NULL,
    version         bigint      NOT NULL
);

COMMENT ON COLUMN billing_periods.month IS 'Its first day, by UTC.';
COMMENT ON COLUMN billing_periods.end_offsets IS
    'By partition of usage.events, that of partition 0 first: the offset behind the last submission that the month takes in.';
COMMENT ON COLUMN billing_periods.events_topic_id IS 'Kafka''s id of the topic that the offsets are of.';

-- audit.log: who changed what. Never deleted.
CREATE TABLE audit_logs (
    version    bigint      NOT NULL,
    position   integer     NOT NULL,
    at         timestamptz NOT NULL,
    actor_kind text        NOT NULL,
    actor_id   text,
    address    text,
    request_id text,
    action     text        NOT NULL,
    kind       text        NOT NULL,
    entity_id  text        NOT NULL,
    company    text,
    before     jsonb,
    after      jsonb,
    PRIMARY KEY (version, position)
);

COMMENT ON COLUMN audit_logs.version IS 'Number of the change, which may have changed several things.';
COMMENT ON COLUMN audit_logs.actor_kind IS 'token: whoever has the admin token; admin: a named one; system: Tollgate itself.';
COMMENT ON COLUMN audit_logs.entity_id IS
    'Of a user company/id; of prices provider/model, behind company: for one company''s.';
COMMENT ON COLUMN audit_logs.company IS 'Whom it concerns; null: all, or nobody in particular.';
COMMENT ON COLUMN audit_logs.before IS 'As the admin API shows it, without secrets; null: it was not there. Of prices always null.';
COMMENT ON COLUMN audit_logs.after IS 'The same; null: it is gone. Of prices the items that were added.';

CREATE INDEX audit_logs_at ON audit_logs (at);
CREATE INDEX audit_logs_entity ON audit_logs (kind, entity_id, version);
CREATE INDEX audit_logs_company ON audit_logs (company, version) WHERE company IS NOT NULL;

-- Days of the tables by day are made and dropped as the owner of the tables, so that the sink's own role needs no right to
-- make tables. Whoever calls holds an advisory lock and has set a lock_timeout.
CREATE FUNCTION make_daily_partition(parent text, day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
DECLARE
    name text := parent || '_p' || to_char(day, 'YYYYMMDD');
BEGIN
    IF parent NOT IN ('cost_calculations', 'event_outcomes') THEN
        RAISE EXCEPTION '% is no table by day', parent;
    END IF;
    IF to_regclass(name) IS NULL THEN
        -- Attached and not made in place: rows go on into the other days meanwhile.
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS)', name, parent);
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, name, day, day + 1);
    END IF;
END
$$;

CREATE FUNCTION drop_daily_partition(parent text, day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
BEGIN
    IF parent NOT IN ('cost_calculations', 'event_outcomes') THEN
        RAISE EXCEPTION '% is no table by day', parent;
    END IF;
    EXECUTE format('DROP TABLE IF EXISTS %I', parent || '_p' || to_char(day, 'YYYYMMDD'));
END
$$;

REVOKE ALL ON FUNCTION make_daily_partition, drop_daily_partition FROM PUBLIC;
