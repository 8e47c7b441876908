package io.tollgate.bench.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tollgate.bench.load.UsageEvent;
import io.tollgate.bench.load.UsageLoad;
import io.tollgate.schemas.EventHash;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A request of a hundred events of one company that lies ready but for the events' ids and times: to send millions of
 * events, each with an id of its own, then costs hardly more than to copy them.
 */
final class Batch {
    static final int EVENTS = 100;

    /** As wide as each id and each time that takes its place. */
    private static final String ID = "evt_0123456789abcdef";

    private static final int ID_DIGITS = 16;
    private static final String TIME = "2026-01-01T00:00:00.001Z";
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    private final int company;
    private final byte[] request;
    private final int[] ids;
    private final int[] times;

    private Batch(int company, byte[] request, int[] ids, int[] times) {
        this.company = company;
        this.request = request;
        this.ids = ids;
        this.times = times;
    }

    /** @param secret of the company's key */
    static Batch of(UsageLoad load, int company, String secret) {
        StringBuilder body = new StringBuilder(64 << 10).append('[');
        for (int i = 0; i < EVENTS; i++) {
            if (i > 0) {
                body.append(',');
            }
            load.next(company).named(ID, Instant.parse(TIME)).appendJson(body);
        }
        body.append(']');
        // ASCII throughout, so characters are bytes.
        String text = "POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + secret
                + "\r\nContent-Type: application/cloudevents-batch+json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
        return new Batch(company, text.getBytes(US_ASCII), places(text, ID), places(text, TIME));
    }

    private static int[] places(String text, String what) {
        List<Integer> places = new ArrayList<>(EVENTS);
        for (int at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + 1)) {
            places.add(at);
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The request with a hundred ids that only this number gives, and the time in all of its events. */
    byte[] request(long number, Instant time) {
        byte[] filled = request.clone();
        byte[] now = MILLIS.format(time).getBytes(US_ASCII);
        for (int i = 0; i < EVENTS; i++) {
            writeId(number * EVENTS + i, filled, ids[i]);
            System.arraycopy(now, 0, filled, times[i], now.length);
        }
        return filled;
    }

    /** The hash, as the books have it, of one of the events of such a request. */
    UUID hash(long number, int event) {
        byte[] id = ID.getBytes(US_ASCII);
        writeId(number * EVENTS + event, id, 0);
        ByteBuffer hash =
                ByteBuffer.wrap(EventHash.of(UsageLoad.company(company), UsageEvent.SOURCE, new String(id, US_ASCII)));
        return new UUID(hash.getLong(), hash.getLong());
    }

    /** Looks random, as ids do, and is another for each event. */
    private static void writeId(long event, byte[] into, int at) {
        long mixed = event * 0x9E3779B97F4A7C15L;
        mixed ^= mixed >>> 32;
        int end = at + ID.length();
        for (int i = 1; i <= ID_DIGITS; i++) {
            into[end - i] = HEX[(int) (mixed & 0xF)];
            mixed >>>= 4;
        }
    }
}
