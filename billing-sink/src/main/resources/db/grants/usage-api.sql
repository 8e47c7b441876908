-- What usage-api's own role needs, and no more: it reads what it answers, and no hash of a key.
GRANT USAGE ON SCHEMA ${schema} TO ${role};
GRANT SELECT ON ${schema}.cost_calculations, ${schema}.event_outcomes, ${schema}.usage_stats,
    ${schema}.usage_stats_by_month, ${schema}.usage_stats_by_company_and_model, ${schema}.usage_stats_by_company_model_and_month,
    ${schema}.usage_stats_by_model, ${schema}.usage_stats_by_model_and_month, ${schema}.usage_stats_by_company,
    ${schema}.usage_stats_by_company_and_month,
    ${schema}.usage_stats_changes, ${schema}.usage_stats_rolled_up, ${schema}.usage_stats_intraday, ${schema}.accepted_submissions, ${schema}.accepted_minutes, ${schema}.dead_letters, ${schema}.cost_alerts,
    ${schema}.audit_logs, ${schema}.billing_periods, ${schema}.sink_progress TO ${role};
GRANT SELECT (id, company, user_id, name, prefix, scopes, models, labels, metadata, expires_at, blocked, revoked_at,
    created_at, updated_at, last_used_at, usage_count) ON ${schema}.api_keys TO ${role};
