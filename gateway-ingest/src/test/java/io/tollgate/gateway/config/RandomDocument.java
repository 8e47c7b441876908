package io.tollgate.gateway.config;

import io.tollgate.gateway.admin.Times;
import io.tollgate.gateway.http.Json;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Documents of a few names, so that they meet: most can be applied, and some name what is not there. */
final class RandomDocument {
    private static final long DAY = 86_400_000_000L;
    private static final List<String> COMPANIES = List.of("acme", "globex", "initech");

    private final Random random;
    private final long now;

    RandomDocument(Random random, long now) {
        this.random = random;
        this.now = now;
    }

    ObjectNode next() {
        ObjectNode document = Json.MAPPER.createObjectNode();
        some(document, "companies", 0.7, this::company, COMPANIES);
        some(document, "users", 0.4, this::user, List.of("acme/ann", "acme/b/c", "globex/ann"));
        some(document, "keys", 0.5, this::key, List.of("acme-1", "acme-2", "globex-1"));
        some(document, "webhooks", 0.4, this::webhook, List.of("ops", "slack"));
        some(document, "quotas", 0.5, this::quota, List.of("month", "day", "open"));
        some(document, "alert_rules", 0.4, this::rule, List.of("spend", "share"));
        some(document, "admins", 0.2, this::admin, List.of("eve", "joe"));
        if (random.nextInt(3) == 0) {
            ArrayNode prices = document.putArray("prices");
            prices.add(price());
        }
        return document;
    }

    private interface Maker {
        ObjectNode of(String name);
    }

    private void some(ObjectNode document, String member, double share, Maker maker, List<String> names) {
        if (random.nextDouble() < share) {
            ArrayNode items = document.putArray(member);
            names.stream().filter(name -> random.nextInt(3) > 0).forEach(name -> items.add(maker.of(name)));
        }
    }

    private ObjectNode company(String id) {
        ObjectNode company = Json.MAPPER.createObjectNode().put("id", id).put("name", id + random.nextInt(2));
        if (random.nextBoolean()) {
            company.put("currency", "EUR").put("timezone", "Europe/Berlin");
        }
        if (random.nextBoolean()) {
            company.putObject("labels").put("tier", "t" + random.nextInt(3));
        }
        return company;
    }

    private ObjectNode user(String name) {
        int slash = name.indexOf('/');
        return Json.MAPPER
                .createObjectNode()
                .put("company", name.substring(0, slash))
                .put("id", name.substring(slash + 1))
                .put("blocked", random.nextBoolean());
    }

    private ObjectNode key(String id) {
        ObjectNode key = Json.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("company", id.substring(0, id.indexOf('-')))
                .put("name", "n" + random.nextInt(3));
        if (random.nextInt(3) == 0) {
            key.put("expires_at", Times.text(now + 1_000_000L * (1 + random.nextInt(20))));
        }
        if (random.nextInt(3) == 0) {
            key.put("blocked", random.nextBoolean());
        }
        return key;
    }

    private ObjectNode webhook(String id) {
        return Json.MAPPER.createObjectNode().put("id", id).put("url", "https://example.com/" + random.nextInt(3));
    }

    private ObjectNode admin(String id) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("name", id)
                .put("role", random.nextBoolean() ? "auditor" : "operator");
    }

    private ObjectNode quota(String id) {
        ObjectNode quota = Json.MAPPER.createObjectNode().put("id", id);
        quota.putObject("scope").put("company", COMPANIES.get(random.nextInt(2)));
        if (id.equals("open")) {
            return quota.put("metric", "concurrent").put("limit", Integer.toString(random.nextInt(5)));
        }
        quota.put("metric", random.nextBoolean() ? "cost" : "tokens")
                .put("limit", random.nextInt(1000) + ".5")
                .put("period", id);
        if (random.nextInt(3) == 0) {
            quota.putObject("boost")
                    .put("limit", "5000")
                    .put("until", Times.text(now + 1_000_000L * (1 + random.nextInt(20))));
        }
        return quota;
    }

    private ObjectNode rule(String id) {
        ObjectNode rule = Json.MAPPER.createObjectNode().put("id", id);
        rule.putObject("scope").put("company", "*");
        rule.putArray("webhooks").add("ops");
        if (id.equals("spend")) {
            rule.put("kind", "spend").putArray("thresholds").add("" + (1 + random.nextInt(3)));
        } else {
            rule.put("kind", "quota_share").put("quota", "month");
        }
        return rule;
    }

    private ObjectNode price() {
        ObjectNode price = Json.MAPPER
                .createObjectNode()
                .put("provider", "p")
                .put("model", "m" + random.nextInt(2))
                .put("dimension", random.nextBoolean() ? "input" : "output")
                .put("unit_price", "0.00" + random.nextInt(1000))
                .put("currency", "USD")
                .put("effective_from", Times.text(now - DAY + random.nextInt(1_000_000)));
        if (random.nextInt(3) == 0) {
            price.put("company", COMPANIES.get(random.nextInt(2)));
        }
        if (random.nextInt(4) == 0) {
            price.put("effective_from", Times.text(now + DAY + random.nextInt(1_000_000)));
        }
        return price;
    }
}
