-- What billing-sink's own role needs where another role owns the tables (DB_AUTO_MIGRATE=false), and no more: it makes no
-- table, reads no ledger, and changes no entry of the audit.
GRANT USAGE ON SCHEMA ${schema} TO ${role};
-- Whether the schema is the one that it knows.
GRANT SELECT ON ${schema}.flyway_schema_history TO ${role};
GRANT SELECT, INSERT, UPDATE ON ${schema}.sink_progress TO ${role};

GRANT INSERT ON ${schema}.cost_calculations, ${schema}.audit_logs TO ${role};
GRANT EXECUTE ON FUNCTION ${schema}.make_daily_partition, ${schema}.drop_daily_partition, ${schema}.roll_usage_stats_up TO ${role};
GRANT SELECT, INSERT, UPDATE ON ${schema}.event_outcomes, ${schema}.usage_stats, ${schema}.api_key_uses,
    ${schema}.alert_deliveries TO ${role};
GRANT INSERT ON ${schema}.alert_delivery_attempts TO ${role};
-- Rows of these are taken away, too: by a tombstone of their topic, or when they are past their time.
GRANT SELECT, INSERT, DELETE ON ${schema}.dead_letters, ${schema}.cost_alerts, ${schema}.price_items TO ${role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ${schema}.accepted_submissions, ${schema}.accepted_minutes, ${schema}.usage_stats_intraday, ${schema}.quotas,
    ${schema}.quota_states, ${schema}.quota_resets, ${schema}.alert_rules, ${schema}.companies, ${schema}.users,
    ${schema}.api_key_records, ${schema}.admins, ${schema}.billing_periods TO ${role};
