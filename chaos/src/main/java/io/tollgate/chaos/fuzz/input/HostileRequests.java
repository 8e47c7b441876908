package io.tollgate.chaos.fuzz.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** What a stranger, or somebody who may, sends to the services: each route in its turn. */
public final class HostileRequests {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\w+}");
    /** Would end, by somebody who may, what the ordinary load lives on. */
    private static final String SPARED = "prune";

    /** In the place of an id in an example, so that each event has its own. */
    private static final String ID = "req-1";

    /** Sixteen megabytes in sixteen thousand bytes. */
    private static final byte[] BOMB = gzip(new byte[16 << 20]);

    private static final List<String> METHODS = List.of(
            "GET",
            "POST",
            "PUT",
            "DELETE",
            "PATCH",
            "HEAD",
            "OPTIONS",
            "TRACE",
            "PROPFIND",
            "get",
            "BREW",
            "X".repeat(300));
    private static final List<String> ODD_PATHS = List.of(
            "/",
            "//",
            "/%00",
            "/%ff%fe",
            "/%c0%af",
            "/%",
            "/%zz",
            "/v1/%2e%2e/%2e%2e/admin/v1/companies",
            "/v1/events;a=b",
            "/v1/events/",
            "/v1//events",
            "/../../etc/passwd",
            "/.%00/",
            "/actuator/env",
            "/actuator/heapdump",
            "/actuator/health/%7Bpath%7D",
            "/v1/vendor/openai.chat%2f..%2f",
            "http://example.com/v1/events",
            "*");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/json; charset=utf-16",
            "application/json;;;",
            "application/x-protobuf",
            "text/plain",
            "multipart/form-data",
            "application/x-www-form-urlencoded",
            "*/*",
            "json",
            "/",
            "application/" + "x".repeat(3_000));

    private final long seed;
    private final List<Route> routes;
    private final List<String> secrets;

    /**
     * For these routes.
     *
     * @param secrets that open doors: of an API key, say, or an administrator's
     */
    public HostileRequests(long seed, List<Route> routes, List<String> secrets) {
        this.seed = seed;
        this.routes = List.copyOf(routes);
        this.secrets = List.copyOf(secrets);
    }

    public HttpInput input(long number) {
        Draw draw = Draw.of(seed, number);
        Route route = routes.get(Math.floorMod(number, routes.size()));
        if (draw.oneIn(60)) {
            return new HttpInput(number, route.service(), "no HTTP", garbage(draw), false, false, null);
        }
        String id = "http-" + number;
        Request request = new Request(draw, draw.oneIn(12) ? draw.one(METHODS) : route.method());
        request.target(route);
        request.headers(secrets);
        request.body(route, id);
        boolean bodiless = request.method.equals("HEAD");
        return new HttpInput(number, route.service(), route.toString(), request.bytes(), request.isWhole, bodiless, id);
    }

    private static byte[] garbage(Draw draw) {
        byte[] bytes = draw.bytes(1 + draw.below(400));
        return draw.oneIn(2)
                ? bytes
                : draw.one(List.of(
                                "GET\r\n\r\n",
                                "\r\n\r\n\r\n",
                                "GET / HTTP/9.9\r\n\r\n",
                                "GET / HTTP/1.1\r\nHost: x\r\n bad: fold\r\n\r\n",
                                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                                "GET / HTTP/1.1\nHost: x\n\n",
                                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000",
                                "GET /" + "a".repeat(70_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                        .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return packed.toByteArray();
    }

    /** One request while it is put together. */
    private static final class Request {
        private final Draw draw;
        private final String method;
        private final StringBuilder head = new StringBuilder();
        private byte[] body = {};
        private boolean isWhole = true;
        private boolean isChunked;

        Request(Draw draw, String method) {
            this.draw = draw;
            this.method = method;
        }

        void target(Route route) {
            String target = draw.oneIn(15) ? draw.one(ODD_PATHS) : filled(route.path());
            StringBuilder query = new StringBuilder();
            for (String name : route.query()) {
                if (draw.oneIn(3) && !name.equals(SPARED)) {
                    parameter(query, name);
                    if (draw.oneIn(10)) {
                        parameter(query, name);
                    }
                }
            }
            if (draw.oneIn(10)) {
                query.append(draw.one(
                        List.of("?", "?&&&", "?=", "?a", "?%", "?%zz=1", "?%c3%28=%ff", "?a=" + "b".repeat(3_000))));
            }
            head.append(method).append(' ').append(target).append(query).append(" HTTP/1.1\r\nHost: localhost\r\n");
        }

        private void parameter(StringBuilder query, String name) {
            String value = draw.oneIn(12)
                    ? draw.one(List.of("%00", "%ff", "%c3%28", "%", "%zz", "a".repeat(3_000), "%ed%a0%80", "+", ""))
                    : encoded(draw.oneIn(2) ? likely() : HostileText.of(draw));
            query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(value);
        }

        /** What gets past the first checks. */
        private String likely() {
            return draw.one(List.of(
                    "stranger",
                    "2026-11-01T00:00:00Z",
                    "2026-12-01T00:00:00Z",
                    "0001-01-01T00:00:00Z",
                    "day",
                    "month",
                    "1",
                    "1000",
                    "provider,model",
                    "cost",
                    "Europe/Berlin",
                    "csv",
                    "true",
                    HostileText.number(draw)));
        }

        private String filled(String path) {
            return VARIABLE.matcher(path)
                    .replaceAll(variable -> Matcher.quoteReplacement(
                            draw.oneIn(2) ? "stranger-" + draw.below(20) : encoded(HostileText.of(draw))));
        }

        /** No longer than a server reads a line. */
        private static String encoded(String text) {
            String cut = text.length() > 400 ? text.substring(0, 400) : text;
            return URLEncoder.encode(cut, StandardCharsets.UTF_8);
        }

        void headers(List<String> secrets) {
            authorization(draw.one(secrets));
            for (int i = draw.below(3); i > 0; i--) {
                header(draw);
            }
        }

        private void authorization(String secret) {
            String value =
                    switch (draw.below(12)) {
                        case 0 -> null;
                        case 1 ->
                            draw.one(List.of("Bearer", "Bearer ", "Bearer  " + secret, "bearer " + secret, secret));
                        case 2 ->
                            draw.one(List.of("Basic Og==", "Basic !!", "Negotiate x", "Bearer \u00ff\u00fe", ","));
                        case 3 -> "Bearer " + "a".repeat(draw.one(List.of(31, 1_000, 5_000)));
                        default -> "Bearer " + secret;
                    };
            if (value != null) {
                add("Authorization", value);
                if (draw.oneIn(30)) {
                    add("Authorization", "Bearer other");
                }
            }
        }

        private void header(Draw draw) {
            switch (draw.below(14)) {
                case 0 ->
                    add(
                            draw.one(List.of("If-Match", "If-None-Match")),
                            draw.one(List.of("*", "\"1\"", "W/\"x\"", "\"", "1,2", printable())));
                case 1 ->
                    add(
                            "X-Forwarded-For",
                            draw.one(List.of("127.0.0.1", "::1, 1.2.3.4", "not an address", ",".repeat(500))));
                case 2 ->
                    add(
                            "traceparent",
                            draw.one(List.of("00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-00", printable())));
                case 3 ->
                    add(
                            "Accept",
                            draw.one(List.of(
                                    "text/event-stream", "*/*;q=9", "application/json;q=", "x", ",", printable())));
                case 4 -> add("X-Request-Id", printable());
                case 5 -> add("x-event-source", printable());
                case 6 -> {
                    add("ce-specversion", draw.one(List.of("1.0", "0.3", printable())));
                    add("ce-type", draw.one(List.of("tollgate.usage.v1", "tollgate.void.v1", printable())));
                    add("ce-id", printable());
                    add("ce-source", printable());
                }
                case 7 ->
                    add(
                            "Range",
                            draw.one(List.of("bytes=0-0", "bytes=-1", "bytes=9999999999999999999-", "bytes=0-1,2-3")));
                case 8 -> add("Accept-Encoding", draw.one(List.of("gzip", "br;q=1", "gzip;q=0,*;q=0", "identity;q=0")));
                case 9 -> add("Last-Event-ID", printable());
                case 10 -> add("X-" + "h".repeat(200), "v".repeat(draw.one(List.of(10, 4_000))));
                case 11 -> {
                    for (int i = 0; i < 40; i++) {
                        add("X-Many-" + i, "v");
                    }
                }
                case 12 -> {
                    // More than a server reads of headers, or what can't be in one.
                    isWhole = false;
                    switch (draw.below(5)) {
                        case 0 -> add("X-Large", "v".repeat(100_000));
                        case 1 -> head.append("X Space: 1\r\n");
                        case 2 -> head.append("no colon\r\n");
                        case 3 -> head.append("X-Nul: a\u0000b\r\n");
                        default -> head.append(": no name\r\n");
                    }
                }
                default -> add("X-HTTP-Method-Override", "DELETE");
            }
        }

        /** Of what may stand in a header. */
        private String printable() {
            String text = HostileText.of(draw);
            StringBuilder kept = new StringBuilder("v");
            text.chars().filter(c -> c >= ' ' && c < 0x7f).limit(300).forEach(c -> kept.append((char) c));
            return kept.toString();
        }

        private void add(String name, String value) {
            head.append(name).append(": ").append(value).append("\r\n");
        }

        void body(Route route, String id) {
            List<String> known = new ArrayList<>(route.examples().keySet());
            known.sort(null);
            if (known.isEmpty() && !draw.oneIn(8)) {
                if (!method.equals("GET")) {
                    add("Content-Length", "0");
                }
                return;
            }
            String type = known.isEmpty() ? "application/json" : draw.one(known);
            String example = route.examples().getOrDefault(type, "{}").replace(ID, id);
            add("Content-Type", draw.oneIn(10) ? draw.one(TYPES) : type);
            if (draw.oneIn(40)) {
                add("Content-Type", draw.one(TYPES));
            }
            body = draw.oneIn(8) ? example.getBytes(StandardCharsets.UTF_8) : HostileJson.of(draw, example);
            encoding();
            framing();
        }

        private void encoding() {
            switch (draw.below(16)) {
                case 0 -> {
                    body = gzip(body);
                    add("Content-Encoding", "gzip");
                }
                case 1 -> {
                    body = draw.oneIn(4) ? BOMB : gzip(gzip(body));
                    add("Content-Encoding", draw.one(List.of("gzip", "gzip, gzip", "x-gzip")));
                }
                case 2 -> {
                    byte[] packed = gzip(body);
                    body = Arrays.copyOf(packed, draw.below(packed.length));
                    add("Content-Encoding", "gzip");
                }
                case 3 ->
                    add(
                            "Content-Encoding",
                            draw.one(List.of("gzip", "br", "deflate", "identity", "zstd", "", "gzip;x")));
                default -> {}
            }
        }

        private void framing() {
            switch (draw.below(24)) {
                case 0, 1, 2 -> {
                    isChunked = true;
                    add("Transfer-Encoding", "chunked");
                }
                case 3 -> {
                    isWhole = false;
                    String length = Integer.toString(body.length);
                    add(
                            "Content-Length",
                            draw.one(List.of(
                                    "-1",
                                    "+" + length,
                                    "0x1",
                                    "99999999999999999999",
                                    "",
                                    Long.toString(body.length + 1L + draw.below(1_000)),
                                    Integer.toString(draw.below(body.length + 1)))));
                }
                case 4 -> {
                    isWhole = false;
                    add("Content-Length", Integer.toString(body.length));
                    add("Content-Length", Integer.toString(body.length + draw.below(3)));
                }
                case 5 -> {
                    isWhole = false;
                    add("Content-Length", Integer.toString(body.length));
                    add(
                            "Transfer-Encoding",
                            draw.one(List.of("chunked", "chunked, chunked", "gzip, chunked", "xchunked")));
                }
                case 6 -> {
                    add("Expect", "100-continue");
                    add("Content-Length", Integer.toString(body.length));
                }
                default -> add("Content-Length", Integer.toString(body.length));
            }
        }

        byte[] bytes() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            if (!isChunked) {
                out.writeBytes(body);
                return out.toByteArray();
            }
            for (int at = 0; at < body.length; ) {
                int length = Math.min(body.length - at, 1 + draw.below(40_000));
                out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                out.write(body, at, length);
                out.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
                at += length;
            }
            out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            return out.toByteArray();
        }
    }
}
