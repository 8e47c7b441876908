-- The books: what has left Kafka. Every table is written by billing-sink alone, in the transaction that moves
-- sink_progress on. Money and quantities are unconstrained NUMERIC and exact. A user is user_id, since a bare `user` is
-- PostgreSQL's word for the role. Words of an enumeration are lower case, as in the API.
--
-- Tables by day are partitioned on booked_on, the UTC day of the broker's LogAppendTime of the submission. The sink makes
-- their partitions ahead (name_pYYYYMMDD) and drops the old ones; the default partition catches days out of bounds.

CREATE TABLE cost_calculations (
    booked_on        date        NOT NULL,
    event_hash       uuid        NOT NULL,
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
    labels           jsonb       NOT NULL,
    lines            jsonb       NOT NULL,
    tokens           numeric     NOT NULL,
    cost             numeric,
    list_cost        numeric,
    currency         text,
    price_version    bigint,
    vendor           jsonb,
    reduced          boolean     NOT NULL
) PARTITION BY RANGE (booked_on);

COMMENT ON TABLE cost_calculations IS
    'The ledger: one row per rated usage or delta, never changed. (event_hash, sequence) names a row.';
COMMENT ON COLUMN cost_calculations.event_hash IS
    'Key of the record: the first 16 bytes of SHA-256 over the length-prefixed (company, source, id).';
COMMENT ON COLUMN cost_calculations.kind IS
    'usage: the event''s first row; reversal: the exact negative of row `corrects`; replacement: stands in its place.';
COMMENT ON COLUMN cost_calculations.cause IS 'Kind of the submission that wrote the row: usage, void, amend, rerate.';
COMMENT ON COLUMN cost_calculations.state IS 'rated, unpriced or usage_missing; the cost of the last two is null.';
COMMENT ON COLUMN cost_calculations.request_model IS
    'What the call asked for, an alias or a deployment, where that was told; model is what answered.';
COMMENT ON COLUMN cost_calculations.requests IS 'What the row adds to the request count: 1, and -1 for a reversal.';
COMMENT ON COLUMN cost_calculations.lines IS
    'Array of {dimension, unit, quantity, list_unit_price, unit_price, multiplier, list_multiplier, list_cost, cost, price_item, price_match, tier_from}; numbers are exact JSON numbers, absent members are null.';
COMMENT ON COLUMN cost_calculations.vendor IS
    'How the usage was read from a vendor''s body: {format, quality, remark, cost, usage}; usage is that part of the body, as a string of JSON.';
COMMENT ON COLUMN cost_calculations.reduced IS
    'True where PostgreSQL refused the full row: ids, times and amounts are here, the whole record is in dead_letters.';

-- Not unique: the compare-and-set on sink_progress is what writes a row once. This is for finding an event.
CREATE INDEX cost_calculations_event ON cost_calculations (event_hash);
-- Few rows are without a price, and they are asked for again and again.
CREATE INDEX cost_calculations_unpriced ON cost_calculations (event_time) WHERE state = 'unpriced';
CREATE INDEX cost_calculations_times ON cost_calculations USING brin (event_time, booked_at) WITH (autosummarize = on);

CREATE TABLE cost_calculations_default PARTITION OF cost_calculations DEFAULT;

CREATE VIEW request_logs AS
SELECT event_time, booked_at, company, user_id, auth_id, source, event_id, provider, model, request_model, operation,
       request_id, service_tier, region, variant, speed, status, latency_ms, billable, labels, lines, tokens, cost, list_cost, currency,
       state, code, revision, price_version, vendor, event_hash, sequence, booked_on
FROM cost_calculations row
WHERE kind <> 'reversal'
  AND NOT EXISTS (
      SELECT FROM cost_calculations reversal
      WHERE reversal.event_hash = row.event_hash AND reversal.kind = 'reversal' AND reversal.corrects = row.sequence);

COMMENT ON VIEW request_logs IS
    'One row per live request: of each event the ledger row that nothing has reversed. Voided events are not here.';

-- Absolute totals by UTC day of the event; the row with the highest version holds.
CREATE TABLE usage_stats (
    row_id            uuid        PRIMARY KEY,
    date              date        NOT NULL,
    company           text        NOT NULL,
    user_id           text,
    auth_id           text,
    provider          text        NOT NULL,
    model             text        NOT NULL,
    service_tier      text,
    labels            jsonb       NOT NULL,
    currency          text,
    requests          bigint      NOT NULL,
    successes         bigint      NOT NULL,
    errors            bigint      NOT NULL,
    unpriced          bigint      NOT NULL,
    dimensions        jsonb       NOT NULL,
    tokens            numeric     NOT NULL,
    cost              numeric     NOT NULL,
    list_cost         numeric     NOT NULL,
    latency_histogram bigint[]    NOT NULL,
    version           bigint      NOT NULL,
    updated_at        timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);

COMMENT ON COLUMN usage_stats.row_id IS 'First 16 bytes of SHA-256 over the record''s key: the row''s identity.';
COMMENT ON COLUMN usage_stats.currency IS 'Null where nothing in the row has a price.';
COMMENT ON COLUMN usage_stats.unpriced IS 'Requests among `requests` whose cost is not known and so not in `cost`.';
COMMENT ON COLUMN usage_stats.dimensions IS 'Object of dimension to quantity, exact JSON numbers.';
COMMENT ON COLUMN usage_stats.latency_histogram IS 'Requests by latency bucket; empty where no latency is known.';

CREATE INDEX usage_stats_company_date ON usage_stats (company, date);
-- For a range over all companies. Not BRIN: updates and deletions spread the days over the pages.
CREATE INDEX usage_stats_date ON usage_stats (date);

-- The same by quarter hour of the event, so that the day of any time zone can be summed.
CREATE TABLE usage_stats_intraday (
    row_id            uuid        PRIMARY KEY,
    window_start      timestamptz NOT NULL,
    company           text        NOT NULL,
    user_id           text,
    auth_id           text,
    provider          text        NOT NULL,
    model             text        NOT NULL,
    service_tier      text,
    labels            jsonb       NOT NULL,
    currency          text,
    requests          bigint      NOT NULL,
    successes         bigint      NOT NULL,
    errors            bigint      NOT NULL,
    unpriced          bigint      NOT NULL,
    dimensions        jsonb       NOT NULL,
    tokens            numeric     NOT NULL,
    cost              numeric     NOT NULL,
    list_cost         numeric     NOT NULL,
    latency_histogram bigint[]    NOT NULL,
    version           bigint      NOT NULL,
    updated_at        timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX usage_stats_intraday_company_window ON usage_stats_intraday (company, window_start);
-- For a range over all companies, and for deleting what is past its time.
CREATE INDEX usage_stats_intraday_window ON usage_stats_intraday (window_start);

-- What became of each submission that is not simply rated: exactly one row each, pending until it is decided.
CREATE TABLE event_outcomes (
    booked_on         date        NOT NULL,
    events_partition  integer     NOT NULL,
    events_offset     bigint      NOT NULL,
    booked_at         timestamptz NOT NULL,
    event_hash        uuid        NOT NULL,
    company           text        NOT NULL,
    source            text        NOT NULL,
    event_id          text        NOT NULL,
    submission        text        NOT NULL,
    outcome           text        NOT NULL,
    revision          integer     NOT NULL,
    code              text,
    detail            text,
    correction_source text,
    correction_id     text,
    reason            text,
    auth_id           text,
    PRIMARY KEY (booked_on, events_partition, events_offset)
) PARTITION BY RANGE (booked_on);

COMMENT ON COLUMN event_outcomes.submission IS 'usage, void, amend, rerate.';
COMMENT ON COLUMN event_outcomes.outcome IS
    'pending, unpriced, usage_missing, duplicate, conflict, cancelled, dead, applied, no_effect, unmatched. A usage that is rated has a row in cost_calculations only.';

CREATE INDEX event_outcomes_event ON event_outcomes (event_hash);

CREATE TABLE event_outcomes_default PARTITION OF event_outcomes DEFAULT;

-- How many submissions usage.events holds, counted apart from the topology, so that the balance can fail.
CREATE TABLE accepted_submissions (
    booked_on        date    NOT NULL,
    company          text    NOT NULL,
    events_partition integer NOT NULL,
    submissions      bigint  NOT NULL,
    PRIMARY KEY (booked_on, company, events_partition)
) WITH (fillfactor = 50);

COMMENT ON COLUMN accepted_submissions.company IS 'Empty for records whose company can''t be read.';

CREATE TABLE dead_letters (
    origin_topic     text        NOT NULL,
    origin_partition integer     NOT NULL,
    origin_offset    bigint      NOT NULL,
    code             text        NOT NULL,
    detail           text        NOT NULL,
    origin_timestamp timestamptz NOT NULL,
    company          text,
    source           text,
    event_id         text,
    original         bytea,
    recorded_at      timestamptz NOT NULL,
    PRIMARY KEY (origin_topic, origin_partition, origin_offset)
);

COMMENT ON COLUMN dead_letters.original IS 'Value of the original record, byte for byte.';
COMMENT ON COLUMN dead_letters.recorded_at IS 'When usage.dead got it (LogAppendTime).';

CREATE INDEX dead_letters_recorded ON dead_letters (recorded_at);
-- For finding an event. By hash, since an id that is too long is a reason to be here, and a btree would refuse it.
CREATE INDEX dead_letters_event ON dead_letters USING hash (event_id);

-- How far each partition of a topic has been written. It moves in the transaction that writes the rows, by
-- compare-and-set: that is what makes a row's effect happen once.
CREATE TABLE sink_progress (
    topic       text        NOT NULL,
    partition   integer     NOT NULL,
    next_offset bigint      NOT NULL,
    cluster_id  text        NOT NULL,
    topic_id    text        NOT NULL,
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);

COMMENT ON COLUMN sink_progress.topic_id IS 'Kafka''s id of the topic: a topic made anew under the old name is another.';
