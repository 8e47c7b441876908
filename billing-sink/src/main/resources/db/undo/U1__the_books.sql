-- The books themselves, with all their days. Only what the topics still hold can be written again.
DROP VIEW request_logs;
DROP TABLE cost_calculations, usage_stats, usage_stats_by_month, usage_stats_by_company_and_model,
    usage_stats_by_company_model_and_month, usage_stats_by_model, usage_stats_by_model_and_month, usage_stats_by_company,
    usage_stats_by_company_and_month, usage_stats_changes, usage_stats_rolled_up, usage_stats_intraday, event_outcomes, accepted_submissions, dead_letters, quotas,
    quota_states, quota_resets, alert_rules, cost_alerts, alert_deliveries, alert_delivery_attempts, sink_progress;
DROP FUNCTION keep_usage_stats_changes, roll_usage_stats_up;
