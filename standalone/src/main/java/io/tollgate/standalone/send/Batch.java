package io.tollgate.standalone.send;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Events of one request, within the gateway's limits. */
final class Batch {
    /** The gateway's limits are 1,000 events and 4 MiB. */
    static final int MOST_EVENTS = 1_000;

    static final int MOST_BYTES = (4 << 20) - (64 << 10);

    private final List<Item> items = new ArrayList<>();
    private int bytes = 2;

    /** False, and nothing is added, where the batch would be too large. */
    boolean add(Item item) {
        boolean fits = items.size() < MOST_EVENTS && bytes + item.json().length + 1 <= MOST_BYTES;
        if (fits) {
            items.add(item);
            bytes += item.json().length + 1;
        }
        return fits;
    }

    List<Item> items() {
        return items;
    }

    byte[] body() {
        ByteArrayOutputStream body = new ByteArrayOutputStream(bytes);
        char before = '[';
        for (Item item : items) {
            body.write(before);
            body.writeBytes(item.json());
            before = ',';
        }
        body.write(']');
        return body.toByteArray();
    }
}
