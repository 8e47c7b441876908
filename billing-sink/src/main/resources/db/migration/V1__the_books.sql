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
    over_quotas      text[],
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
COMMENT ON COLUMN cost_calculations.over_quotas IS
    'Quotas that had been exceeded when the gateway took the event; null where none had. It was metered all the same.';
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
       state, code, revision, price_version, vendor, over_quotas, event_hash, sequence, booked_on
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

-- Roll-ups of usage_stats, for questions about very many of its rows: of the days before usage_stats_rolled_up.until. With
-- usage_stats_changes, which holds what has changed in those days since they were rolled up, they add up to usage_stats at
-- any moment, to the last digit. The sink rolls whole days up some time after they have ended, so what is written all the
-- time is written once.
CREATE TABLE usage_stats_by_month (
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
    latency_histogram bigint[]    NOT NULL
) WITH (fillfactor = 80);

COMMENT ON COLUMN usage_stats_by_month.row_id IS 'First 16 bytes of SHA-256 over month, company and so on up to currency.';
COMMENT ON COLUMN usage_stats_by_month.date IS 'The month''s first day.';

CREATE INDEX usage_stats_by_month_company_date ON usage_stats_by_month (company, date);
CREATE INDEX usage_stats_by_month_date ON usage_stats_by_month (date);

-- By day, without users, keys and labels.
CREATE TABLE usage_stats_by_company_and_model (
    row_id            uuid        PRIMARY KEY,
    date              date        NOT NULL,
    company           text        NOT NULL,
    provider          text        NOT NULL,
    model             text        NOT NULL,
    service_tier      text,
    currency          text,
    requests          bigint      NOT NULL,
    successes         bigint      NOT NULL,
    errors            bigint      NOT NULL,
    unpriced          bigint      NOT NULL,
    dimensions        jsonb       NOT NULL,
    tokens            numeric     NOT NULL,
    cost              numeric     NOT NULL,
    list_cost         numeric     NOT NULL,
    latency_histogram bigint[]    NOT NULL
) WITH (fillfactor = 80);

CREATE INDEX usage_stats_by_company_and_model_company_date ON usage_stats_by_company_and_model (company, date);
CREATE INDEX usage_stats_by_company_and_model_date ON usage_stats_by_company_and_model (date);

-- The same by month; date is the month's first day.
CREATE TABLE usage_stats_by_company_model_and_month (LIKE usage_stats_by_company_and_model INCLUDING ALL) WITH (fillfactor = 80);

-- By day, of all companies together.
CREATE TABLE usage_stats_by_model (
    row_id            uuid        PRIMARY KEY,
    date              date        NOT NULL,
    provider          text        NOT NULL,
    model             text        NOT NULL,
    service_tier      text,
    currency          text,
    requests          bigint      NOT NULL,
    successes         bigint      NOT NULL,
    errors            bigint      NOT NULL,
    unpriced          bigint      NOT NULL,
    dimensions        jsonb       NOT NULL,
    tokens            numeric     NOT NULL,
    cost              numeric     NOT NULL,
    list_cost         numeric     NOT NULL,
    latency_histogram bigint[]    NOT NULL
) WITH (fillfactor = 80);

CREATE INDEX usage_stats_by_model_date ON usage_stats_by_model (date);

-- The same by month.
CREATE TABLE usage_stats_by_model_and_month (LIKE usage_stats_by_model INCLUDING ALL) WITH (fillfactor = 80);

-- By day, of all models together.
CREATE TABLE usage_stats_by_company (
    row_id            uuid        PRIMARY KEY,
    date              date        NOT NULL,
    company           text        NOT NULL,
    currency          text,
    requests          bigint      NOT NULL,
    successes         bigint      NOT NULL,
    errors            bigint      NOT NULL,
    unpriced          bigint      NOT NULL,
    dimensions        jsonb       NOT NULL,
    tokens            numeric     NOT NULL,
    cost              numeric     NOT NULL,
    list_cost         numeric     NOT NULL,
    latency_histogram bigint[]    NOT NULL
) WITH (fillfactor = 80);

CREATE INDEX usage_stats_by_company_company_date ON usage_stats_by_company (company, date);
CREATE INDEX usage_stats_by_company_date ON usage_stats_by_company (date);

-- The same by month.
CREATE TABLE usage_stats_by_company_and_month (LIKE usage_stats_by_company INCLUDING ALL) WITH (fillfactor = 80);

CREATE TABLE usage_stats_changes (LIKE usage_stats, sign smallint NOT NULL);

COMMENT ON TABLE usage_stats_changes IS 'Rows of rolled-up days as they have become (sign 1) and as they were before (sign -1).';

CREATE TABLE usage_stats_rolled_up (
    until date NOT NULL
);

COMMENT ON COLUMN usage_stats_rolled_up.until IS 'Exclusive.';

INSERT INTO usage_stats_rolled_up VALUES ('0001-01-01');

CREATE FUNCTION keep_usage_stats_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
DECLARE
    first_open date;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        TRUNCATE usage_stats_by_month, usage_stats_by_company_and_model, usage_stats_by_company_model_and_month,
            usage_stats_by_model, usage_stats_by_model_and_month, usage_stats_by_company, usage_stats_by_company_and_month,
            usage_stats_changes;
        UPDATE usage_stats_rolled_up SET until = '0001-01-01';
        RETURN NULL;
    END IF;
    -- Locked, so that no day is rolled up between this look and the commit of the rows that it is about.
    SELECT until INTO first_open FROM usage_stats_rolled_up FOR SHARE;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO usage_stats_changes SELECT *, -1 FROM old_rows WHERE date < first_open;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO usage_stats_changes SELECT *, 1 FROM new_rows WHERE date < first_open;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER usage_stats_inserted AFTER INSERT ON usage_stats REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_stats_changes();
CREATE TRIGGER usage_stats_updated AFTER UPDATE ON usage_stats REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_stats_changes();
CREATE TRIGGER usage_stats_deleted AFTER DELETE ON usage_stats REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_stats_changes();
CREATE TRIGGER usage_stats_truncated AFTER TRUNCATE ON usage_stats
    FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_stats_changes();

-- Rolls the changes up, and the next days before `before`: one, or as many as have few rows; false: there is none. In READ
-- COMMITTED: what is read must be what there is once the lock is held.
CREATE FUNCTION roll_usage_stats_up(before date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
DECLARE
    few CONSTANT integer := 5000;
    first_open date;
    first_day date;
    last_day date;
    next_rows bigint;
    roll_up record;
BEGIN
    SELECT until INTO first_open FROM usage_stats_rolled_up FOR UPDATE;
    SELECT min(date), max(date), count(*) INTO first_day, last_day, next_rows FROM (
        SELECT date FROM usage_stats WHERE date >= first_open AND date < before ORDER BY date LIMIT few) next;
    -- Of the last one there may be more.
    IF next_rows = few AND last_day > first_day THEN
        last_day := last_day - 1;
    END IF;
    FOR roll_up IN
        SELECT * FROM (VALUES
            ('usage_stats_by_month', 'date_trunc(''month'', date)::date',
             'company, user_id, auth_id, provider, model, service_tier, labels, currency'),
            ('usage_stats_by_company_and_model', 'date', 'company, provider, model, service_tier, currency'),
            ('usage_stats_by_company_model_and_month', 'date_trunc(''month'', date)::date',
             'company, provider, model, service_tier, currency'),
            ('usage_stats_by_model', 'date', 'provider, model, service_tier, currency'),
            ('usage_stats_by_model_and_month', 'date_trunc(''month'', date)::date',
             'provider, model, service_tier, currency'),
            ('usage_stats_by_company', 'date', 'company, currency'),
            ('usage_stats_by_company_and_month', 'date_trunc(''month'', date)::date', 'company, currency')) AS names (name, period, columns)
    LOOP
        EXECUTE format($roll$
            WITH changed AS MATERIALIZED (
                SELECT encode(substring(sha256(convert_to(jsonb_build_array(period, %3$s)::text, 'UTF8')) FOR 16), 'hex')::uuid AS id, *
                FROM (SELECT *, %2$s AS period FROM (
                    SELECT *, 1::smallint AS sign FROM usage_stats WHERE date BETWEEN $1 AND $2
                    UNION ALL SELECT * FROM usage_stats_changes) signed) dated
            ), totals AS (
                SELECT id, period, %3$s, sum(sign * requests) AS requests, sum(sign * successes) AS successes,
                       sum(sign * errors) AS errors, sum(sign * unpriced) AS unpriced, sum(sign * tokens) AS tokens,
                       sum(sign * cost) AS cost, sum(sign * list_cost) AS list_cost
                FROM changed GROUP BY id, period, %3$s
            ), quantities AS (
                SELECT id, jsonb_object_agg(key, quantity) AS dimensions FROM (
                    SELECT id, key, sum(sign * value::numeric) AS quantity
                    FROM changed, jsonb_each(dimensions) GROUP BY id, key) summed
                GROUP BY id
            ), latencies AS (
                SELECT id, array_agg(requests ORDER BY bucket) AS latency_histogram FROM (
                    SELECT id, bucket, sum(sign * counted)::bigint AS requests
                    FROM changed, unnest(latency_histogram) WITH ORDINALITY AS buckets (counted, bucket) GROUP BY id, bucket) summed
                GROUP BY id
            )
            INSERT INTO %1$I AS kept (row_id, date, %3$s, requests, successes, errors, unpriced, tokens, cost, list_cost,
                                      dimensions, latency_histogram)
            SELECT id, period, %3$s, requests, successes, errors, unpriced, tokens, cost, list_cost,
                   coalesce(dimensions, '{}'), coalesce(latency_histogram, '{}')
            FROM totals LEFT JOIN quantities USING (id) LEFT JOIN latencies USING (id) ORDER BY id
            ON CONFLICT (row_id) DO UPDATE SET
                requests = kept.requests + excluded.requests,
                successes = kept.successes + excluded.successes,
                errors = kept.errors + excluded.errors,
                unpriced = kept.unpriced + excluded.unpriced,
                tokens = kept.tokens + excluded.tokens,
                cost = kept.cost + excluded.cost,
                list_cost = kept.list_cost + excluded.list_cost,
                dimensions = (
                    SELECT coalesce(jsonb_object_agg(key, coalesce(was.value::numeric, 0) + coalesce(more.value::numeric, 0)), '{}')
                    FROM jsonb_each(kept.dimensions) was FULL JOIN jsonb_each(excluded.dimensions) more USING (key)),
                latency_histogram = ARRAY(
                    SELECT coalesce(was, 0) + coalesce(more, 0)
                    FROM unnest(kept.latency_histogram, excluded.latency_histogram) WITH ORDINALITY AS buckets (was, more, bucket)
                    ORDER BY bucket)
            $roll$, roll_up.name, roll_up.period, roll_up.columns) USING first_day, last_day;
    END LOOP;
    DELETE FROM usage_stats_changes;
    UPDATE usage_stats_rolled_up SET until = last_day + 1 WHERE next_rows > 0;
    RETURN next_rows > 0;
END
$$;

REVOKE ALL ON FUNCTION keep_usage_stats_changes, roll_usage_stats_up FROM PUBLIC;

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

-- How much may be used: config.quotas as it stands. In a scope a name is that one alone, `*` is one count for each, null is
-- not looked at.
CREATE TABLE quotas (
    id             text        PRIMARY KEY,
    company        text        NOT NULL,
    user_id        text,
    auth_id        text,
    provider       text,
    model          text,
    metric         text        NOT NULL,
    currency       text,
    quota_limit    numeric     NOT NULL,
    period         text,
    period_seconds bigint,
    period_anchor  timestamptz,
    timezone       text        NOT NULL,
    enforcement    text        NOT NULL,
    thresholds     numeric[]   NOT NULL,
    boost_limit    numeric,
    boost_until    timestamptz,
    resets         jsonb       NOT NULL,
    version        bigint      NOT NULL,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL
);

COMMENT ON COLUMN quotas.quota_limit IS 'The limit, boost not in it; `limit` alone is a word of SQL.';
COMMENT ON COLUMN quotas.period IS
    'minute, hour, day, week, month, rolling, every; null for concurrent. period_seconds is the length of the last two.';
COMMENT ON COLUMN quotas.enforcement IS 'hard, soft, shadow.';
COMMENT ON COLUMN quotas.thresholds IS 'Percent of the limit, rising.';
COMMENT ON COLUMN quotas.resets IS 'Manual ones, the oldest first: array of {number, company, user, key, reason, at}.';

-- How each count stands in its current window; a quota that is gone has none.
CREATE TABLE quota_states (
    row_id       uuid        PRIMARY KEY,
    company      text        NOT NULL,
    quota        text        NOT NULL,
    user_id      text,
    auth_id      text,
    metric       text        NOT NULL,
    currency     text,
    used         numeric     NOT NULL,
    quota_limit  numeric     NOT NULL,
    remaining    numeric     NOT NULL,
    status       text        NOT NULL,
    window_start timestamptz NOT NULL,
    window_end   timestamptz NOT NULL,
    resets_at    timestamptz NOT NULL,
    version      bigint      NOT NULL,
    changed_at   timestamptz NOT NULL
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);

COMMENT ON TABLE quota_states IS
    'One row per (company, quota, user, key). A window that has ended without a new state is empty: look at window_end.';
COMMENT ON COLUMN quota_states.row_id IS 'First 16 bytes of SHA-256 over the record''s key: the row''s identity.';
COMMENT ON COLUMN quota_states.quota_limit IS 'In force, boost included.';
COMMENT ON COLUMN quota_states.status IS 'ok, warning, exceeded.';
COMMENT ON COLUMN quota_states.window_end IS 'Exclusive; of a rolling window the end of its newest quarter hour.';
COMMENT ON COLUMN quota_states.resets_at IS 'When `used` falls by itself; of a rolling window when its oldest usage leaves it.';
COMMENT ON COLUMN quota_states.version IS 'The company''s: rises with every change of any state of it.';

CREATE INDEX quota_states_company_quota ON quota_states (company, quota);

-- Each time a count began anew, and what had been used by then.
CREATE TABLE quota_resets (
    row_id       uuid        PRIMARY KEY,
    company      text        NOT NULL,
    quota        text        NOT NULL,
    user_id      text,
    auth_id      text,
    window_start timestamptz NOT NULL,
    window_end   timestamptz NOT NULL,
    number       integer     NOT NULL,
    reason       text,
    metric       text        NOT NULL,
    currency     text,
    used         numeric     NOT NULL,
    quota_limit  numeric     NOT NULL,
    late         boolean     NOT NULL,
    version      bigint      NOT NULL,
    reset_at     timestamptz NOT NULL
);

COMMENT ON TABLE quota_resets IS 'One row per (company, quota, user, key, window_start, number).';
COMMENT ON COLUMN quota_resets.number IS '0: the window ended; else the manual reset''s number.';
COMMENT ON COLUMN quota_resets.late IS 'Whether what was used changed after the window''s end, by a late event or a correction.';
COMMENT ON COLUMN quota_resets.reset_at IS 'When the newest version was written.';

CREATE INDEX quota_resets_company_window ON quota_resets (company, quota, window_start);
-- For deleting what is past its time.
CREATE INDEX quota_resets_window ON quota_resets (window_end);

-- When somebody wants to be told: config.alerts as it stands. The scope is as in quotas.
CREATE TABLE alert_rules (
    id               text        PRIMARY KEY,
    company          text        NOT NULL,
    user_id          text,
    auth_id          text,
    provider         text,
    model            text,
    kind             text        NOT NULL,
    quota            text,
    thresholds       numeric[]   NOT NULL,
    period           text,
    period_seconds   bigint,
    period_anchor    timestamptz,
    timezone         text        NOT NULL,
    currency         text,
    minimum          numeric,
    baseline_windows integer     NOT NULL,
    webhooks         text[]      NOT NULL,
    enabled          boolean     NOT NULL,
    version          bigint      NOT NULL,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL
);

COMMENT ON COLUMN alert_rules.kind IS 'quota_share, spend, spike, forecast, error_share, unpriced.';
COMMENT ON COLUMN alert_rules.period IS 'The rule''s window; null for those that watch a quota.';

-- Crossings of thresholds, and their ends.
CREATE TABLE cost_alerts (
    id           text        PRIMARY KEY,
    rule         text        NOT NULL,
    kind         text        NOT NULL,
    resolved     boolean     NOT NULL,
    number       integer     NOT NULL,
    late         boolean     NOT NULL,
    company      text        NOT NULL,
    user_id      text,
    auth_id      text,
    provider     text,
    model        text,
    quota        text,
    metric       text        NOT NULL,
    currency     text,
    threshold    numeric     NOT NULL,
    value        numeric     NOT NULL,
    used         numeric,
    quota_limit  numeric,
    window_start timestamptz NOT NULL,
    window_end   timestamptz NOT NULL,
    webhooks     text[]      NOT NULL,
    raised_at    timestamptz NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT now()
);

COMMENT ON COLUMN cost_alerts.kind IS 'As the rule''s.';
COMMENT ON COLUMN cost_alerts.resolved IS 'True: the value is back below the threshold; a row of its own.';
COMMENT ON COLUMN cost_alerts.number IS 'Of the crossing, in its window.';
COMMENT ON COLUMN cost_alerts.late IS 'The window had ended before.';
COMMENT ON COLUMN cost_alerts.value IS 'What crossed, in the unit of the threshold; shares and factors are rounded to four decimals.';
COMMENT ON COLUMN cost_alerts.used IS 'Amount behind the value.';

CREATE INDEX cost_alerts_company ON cost_alerts (company, raised_at);
-- For a range over all companies, and for deleting what is past its time.
CREATE INDEX cost_alerts_raised ON cost_alerts (raised_at);

-- Whom an alert is brought to: one row for each webhook that its rule named. The one table here that changes without a
-- record of Kafka: it is also the list of what is to be sent.
CREATE TABLE alert_deliveries (
    id              text        PRIMARY KEY,
    alert_id        text        NOT NULL REFERENCES cost_alerts (id) ON DELETE CASCADE,
    webhook         text        NOT NULL,
    company         text        NOT NULL,
    state           text        NOT NULL DEFAULT 'pending',
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    give_up_at      timestamptz NOT NULL DEFAULT now() + interval '3 days',
    last_status     integer,
    last_error      text,
    delivered_at    timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (alert_id, webhook)
) WITH (fillfactor = 80);

COMMENT ON COLUMN alert_deliveries.id IS 'The header webhook-id, the same with every attempt.';
COMMENT ON COLUMN alert_deliveries.state IS
    'pending; delivered: a 2xx came; failed: given up, by time or since the receiver answered 410; refused: not to be sent, last_error says why.';
COMMENT ON COLUMN alert_deliveries.attempts IS 'Begun since the delivery was made or asked for again.';
COMMENT ON COLUMN alert_deliveries.next_attempt_at IS
    'Of a pending one: due from then on. While an attempt runs it lies ahead, so that no other sink begins one.';
COMMENT ON COLUMN alert_deliveries.last_status IS 'HTTP status of the last answer; null where there was none.';

-- Per receiver, so that the many of one are not in the way of the few of another.
CREATE INDEX alert_deliveries_due ON alert_deliveries (webhook, next_attempt_at) WHERE state = 'pending';

CREATE TABLE alert_delivery_attempts (
    delivery_id text        NOT NULL REFERENCES alert_deliveries (id) ON DELETE CASCADE,
    begun_at    timestamptz NOT NULL,
    duration_ms integer     NOT NULL,
    status      integer,
    error       text,
    PRIMARY KEY (delivery_id, begun_at)
);

COMMENT ON TABLE alert_delivery_attempts IS 'Attempts that came to an end; one that died with its sink is counted in the delivery alone.';
COMMENT ON COLUMN alert_delivery_attempts.error IS
    'What went wrong, or the beginning of the answer''s body, 200 characters at most; null where it was delivered.';

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
