package io.tollgate.standalone.demo;

import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.HttpApi.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Makes the demo's companies, prices and keys through the admin API; what is there already stays as it is. */
final class DemoSetup {
    private final HttpApi admin;
    private final DemoKeys keys;

    DemoSetup(HttpApi admin, DemoKeys keys) {
        this.admin = admin;
        this.keys = keys;
    }

    /** All that are missing in one call, which is one transaction. */
    void prices(PriceList list, DemoWorld world) throws IOException, InterruptedException {
        List<PriceList.Item> missing = new ArrayList<>();
        for (PriceList.Vendor vendor : list.vendors()) {
            for (PriceList.Model model : vendor.models()) {
                if (isEmpty(
                        "/admin/v1/prices?provider=" + encode(vendor.provider()) + "&model=" + encode(model.model()))) {
                    missing.addAll(list.items(vendor, model));
                }
            }
        }
        for (DemoWorld.Company company : world.companies()) {
            if (company.markup() != null && isEmpty("/admin/v1/prices?company=" + encode(company.id()))) {
                missing.add(list.markup(company.id(), company.markup()));
            }
        }
        if (!missing.isEmpty()) {
            expectOk("POST", "/admin/v1/prices", missing);
        }
    }

    void companies(DemoWorld world) throws IOException, InterruptedException {
        for (DemoWorld.Company company : world.companies()) {
            String path = "/admin/v1/companies/" + encode(company.id());
            if (admin.get(path).status() == 404) {
                Map<String, Object> body = new LinkedHashMap<>();
                body.put("name", company.name());
                body.put("currency", company.currency());
                body.put("timezone", company.timezone());
                body.put("labels", Map.of("demo", "true"));
                expectOk("PUT", path, body);
            }
        }
    }

    /** Made anew or as it is: the same put again changes nothing. */
    void put(String path, Object body) throws IOException, InterruptedException {
        expectOk("PUT", "/admin/v1/" + path, body);
    }

    /** Points the webhook at a receiver and gives the secret that its deliveries are signed with from now on. */
    String webhook(String id, URI url) throws IOException, InterruptedException {
        String path = "/admin/v1/webhooks/" + encode(id);
        JsonNode made = expectOk("PUT", path, Map.of("url", url.toString())).json();
        JsonNode shown = made.hasNonNull("secret")
                ? made
                : expectOk("POST", path + "/rotate?overlap_hours=0", Map.of()).json();
        return shown.path("secret").asString();
    }

    /** The secret that the service sends; a key that is gone or revoked is replaced. */
    String key(String company, DemoWorld.Service service) throws IOException, InterruptedException {
        DemoKeys.Key kept = keys.find(company, service.name());
        if (kept != null && isUsable(kept)) {
            return kept.secret();
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("company", company);
        body.put("name", service.name() + " (demo)");
        body.put("scopes", List.of("ingest", "correct", "read", "admission"));
        body.put("labels", Map.of("team", service.team()));
        JsonNode made = expectOk("POST", "/admin/v1/keys", body).json();
        DemoKeys.Key key =
                new DemoKeys.Key(made.path("id").asString(), made.path("secret").asString());
        keys.keep(company, service.name(), key);
        return key.secret();
    }

    private boolean isUsable(DemoKeys.Key key) throws IOException, InterruptedException {
        Answer answer = admin.get("/admin/v1/keys/" + encode(key.id()));
        return answer.isOk() && !answer.json().hasNonNull("revoked_at");
    }

    private boolean isEmpty(String listPath) throws IOException, InterruptedException {
        Answer answer = admin.get(listPath);
        if (!answer.isOk()) {
            throw unexpected("GET", listPath, answer);
        }
        return answer.json().path("items").isEmpty();
    }

    private Answer expectOk(String method, String path, Object body) throws IOException, InterruptedException {
        Answer answer = admin.send(method, path, body);
        if (!answer.isOk()) {
            throw unexpected(method, path, answer);
        }
        return answer;
    }

    private static IOException unexpected(String method, String path, Answer answer) {
        return new IOException(method + " " + path + " was answered " + answer.status() + ": " + answer.body());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
