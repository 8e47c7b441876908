package io.tollgate.chaos.load;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/** Who the load is of: companies with a quota and an alert rule each, some of which will be over and some not. */
final class Companies {
    static final int COUNT = 6;

    private static final List<String> LIMITS = List.of("0.5", "5", "50", "500", "1000000", "2000000");

    private Companies() {}

    static List<String> ids() {
        return IntStream.range(0, COUNT).mapToObj(i -> "company-" + i).toList();
    }

    static String company(String id) {
        return "{\"name\":\"" + id + "\",\"currency\":\"USD\",\"timezone\":\"UTC\"}";
    }

    static String key(String id) {
        return "{\"company\":\"" + id + "\",\"name\":\"load\",\"scopes\":[\"ingest\",\"correct\",\"read\"]}";
    }

    /** By month for one half of them, by day for the other. */
    static String quota(int number) {
        return """
                {"scope":{"company":"%s"},"metric":"cost","limit":"%s","currency":"USD","period":"%s","enforcement":"soft"}"""
                .formatted(ids().get(number), LIMITS.get(number), number % 2 == 0 ? "month" : "day");
    }

    /** On the quota for one half of them, on what is spent for the other. */
    static String alertRule(int number) {
        String company = ids().get(number);
        return number < COUNT / 2
                ? """
                {"scope":{"company":"%s"},"kind":"quota_share","quota":"%s","thresholds":["50","100"]}"""
                        .formatted(company, quotaId(number))
                : """
                {"scope":{"company":"%s"},"kind":"spend","window":"day","currency":"USD","thresholds":["%s","%s"]}"""
                        .formatted(company, "1", new BigDecimal(LIMITS.get(number)).multiply(BigDecimal.TEN));
    }

    static String quotaId(int number) {
        return "quota-" + number;
    }
}
