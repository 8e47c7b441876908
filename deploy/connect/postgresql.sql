-- The tables that the sinks of this folder write to. In a database or schema of their own: never in Tollgate's, whose tables
-- have the same names and belong to billing-sink. What is jsonb, uuid or an array there is text here, which any database has;
-- in PostgreSQL it can be cast: lines::jsonb, event_hash::uuid. Amounts are unconstrained NUMERIC and exact.

CREATE TABLE cost_calculations (
    booked_on        date        NOT NULL,
    event_hash       text        NOT NULL,
    sequence         integer     NOT NULL,
    kind             text        NOT NULL,
    cause            text        NOT NULL,
    corrects         integer,
    reason           text,
    revision         integer     NOT NULL,
    state            text        NOT NULL,
    code             text,
    requests         integer     NOT NULL,
    event_time       timestamptz NOT NULL,
    booked_at        timestamptz NOT NULL,
    events_partition integer     NOT NULL,
    events_offset    bigint      NOT NULL,
    company          text        NOT NULL,
    source           text        NOT NULL,
    event_id         text        NOT NULL,
    user_id          text,
    auth_id          text,
    provider         text        NOT NULL,
    model            text        NOT NULL,
    request_model    text,
    operation        text,
    request_id       text,
    service_tier     text,
    region           text,
    variant          text,
    speed            text,
    reservation      text,
    status           integer,
    latency_ms       bigint,
    billable         boolean     NOT NULL,
    labels           text        NOT NULL,
    lines            text        NOT NULL,
    tokens           numeric     NOT NULL,
    cost             numeric,
    list_cost        numeric,
    currency         text,
    price_version    bigint,
    vendor           text,
    over_quotas      text,
    -- With the day: an event's rows are numbered anew when it is sent again after more than 35 days, and it counts again.
    PRIMARY KEY (event_hash, sequence, booked_on)
);

CREATE INDEX cost_calculations_company ON cost_calculations (company, booked_on);

CREATE TABLE usage_stats (
    row_id            text    PRIMARY KEY,
    date              date    NOT NULL,
    company           text    NOT NULL,
    user_id           text,
    auth_id           text,
    provider          text    NOT NULL,
    model             text    NOT NULL,
    service_tier      text,
    labels            text    NOT NULL,
    currency          text,
    requests          bigint  NOT NULL,
    successes         bigint  NOT NULL,
    errors            bigint  NOT NULL,
    unpriced          bigint  NOT NULL,
    dimensions        text    NOT NULL,
    tokens            numeric NOT NULL,
    cost              numeric NOT NULL,
    list_cost         numeric NOT NULL,
    latency_histogram text    NOT NULL,
    version           bigint  NOT NULL
) WITH (fillfactor = 80);

CREATE INDEX usage_stats_company ON usage_stats (company, date);

-- The same usage once more, by quarter hour.
CREATE TABLE usage_stats_intraday (
    row_id            text        PRIMARY KEY,
    window_start      timestamptz NOT NULL,
    company           text        NOT NULL,
    user_id           text,
    auth_id           text,
    provider          text        NOT NULL,
    model             text        NOT NULL,
    service_tier      text,
    labels            text        NOT NULL,
    currency          text,
    requests          bigint      NOT NULL,
    successes         bigint      NOT NULL,
    errors            bigint      NOT NULL,
    unpriced          bigint      NOT NULL,
    dimensions        text        NOT NULL,
    tokens            numeric     NOT NULL,
    cost              numeric     NOT NULL,
    list_cost         numeric     NOT NULL,
    latency_histogram text        NOT NULL,
    version           bigint      NOT NULL
) WITH (fillfactor = 80);

CREATE INDEX usage_stats_intraday_company ON usage_stats_intraday (company, window_start);

-- A sink writes what it is given, also a total that is older than the one that stands there. This passes over those.
CREATE FUNCTION pass_over() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';

CREATE TRIGGER usage_stats_newest BEFORE UPDATE ON usage_stats
    FOR EACH ROW WHEN (new.version < old.version) EXECUTE FUNCTION pass_over();
CREATE TRIGGER usage_stats_intraday_newest BEFORE UPDATE ON usage_stats_intraday
    FOR EACH ROW WHEN (new.version < old.version) EXECUTE FUNCTION pass_over();
