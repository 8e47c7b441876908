package io.tollgate.standalone.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which services a command calls. Both are of one installation: where only one is told, the other is on its host, three
 * ports away, as 'up' lays them out.
 *
 * @param usageApi null where it can't be told from what was given
 * @param origin what told, for people
 */
record ServiceUrls(URI gateway, @Nullable URI usageApi, String origin) {
    static final String GATEWAY_VARIABLE = "TOLLGATE_URL";
    static final String USAGE_API_VARIABLE = "TOLLGATE_USAGE_URL";
    static final int DEFAULT_BASE = 8080;
    private static final int STREAMS = 1;
    private static final int SINK = 2;
    private static final int USAGE_API = 3;

    /**
     * By the first that says something: flags, the environment, the running 'up', its default ports.
     *
     * @param running as its data folder tells; null: none runs
     */
    static ServiceUrls find(
            @Nullable URI url,
            @Nullable URI usageUrl,
            @Nullable Integer portBase,
            Map<String, String> environment,
            @Nullable Endpoints running) {
        if (url != null || usageUrl != null) {
            return of(url, usageUrl, url == null ? "--usage-url" : "--url");
        }
        if (portBase != null) {
            return of(local(portBase), null, "--port-base");
        }
        URI named = variable(environment, GATEWAY_VARIABLE);
        URI namedUsage = variable(environment, USAGE_API_VARIABLE);
        if (named != null || namedUsage != null) {
            return of(named, namedUsage, "$" + (named == null ? USAGE_API_VARIABLE : GATEWAY_VARIABLE));
        }
        return running == null
                ? of(local(DEFAULT_BASE), null, "the default")
                : new ServiceUrls(running.gateway(), running.usageApi(), "the data folder");
    }

    /** All four by name; those that can't be told are absent. */
    Map<String, URI> services(@Nullable URI streams, @Nullable URI sink, @Nullable Endpoints running) {
        Endpoints own = running != null && gateway.equals(running.gateway()) ? running : null;
        Map<String, URI> services = new LinkedHashMap<>();
        services.put("gateway-ingest", gateway);
        put(services, "metering-streams", streams, own == null ? away(gateway, STREAMS) : own.streams());
        put(services, "billing-sink", sink, own == null ? away(gateway, SINK) : own.sink());
        put(services, "usage-api", usageApi, null);
        return services;
    }

    private static void put(Map<String, URI> services, String name, @Nullable URI told, @Nullable URI otherwise) {
        URI at = told == null ? otherwise : told;
        if (at != null) {
            services.put(name, at);
        }
    }

    /** One of the two is there. */
    private static ServiceUrls of(@Nullable URI gateway, @Nullable URI usageApi, String origin) {
        if (gateway != null) {
            return new ServiceUrls(gateway, usageApi == null ? away(gateway, USAGE_API) : usageApi, origin);
        }
        if (usageApi == null) {
            throw new IllegalArgumentException("neither URL is told");
        }
        URI besides = away(usageApi, -USAGE_API);
        return new ServiceUrls(besides == null ? usageApi : besides, usageApi, origin);
    }

    private static @Nullable URI away(URI from, int ports) {
        if (from.getPort() < 0) {
            return null;
        }
        try {
            return new URI(from.getScheme(), null, from.getHost(), from.getPort() + ports, from.getPath(), null, null);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static @Nullable URI variable(Map<String, String> environment, String name) {
        String given = environment.getOrDefault(name, "").strip();
        return given.isEmpty() ? null : URI.create(given);
    }
}
