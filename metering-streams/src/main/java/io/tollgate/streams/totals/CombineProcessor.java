package io.tollgate.streams.totals;

import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.UsagePartial;
import io.tollgate.avro.UsagePartials;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.streams.store.BeforeCommit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Adds ledger rows up until the task commits, or too many sums are open; what they come to goes out in the transaction of
 * the rows. Nothing is kept beyond it.
 */
final class CombineProcessor implements Processor<byte[], RatedUsage, byte[], byte[]> {
    static final String STORE = "combine-before-commit";

    static final int MOST_OPEN = 10_000;
    /** Of one record, which must stay far below what a broker takes. */
    static final int MOST_PARTIALS = 200;
    /** All of them may be of one partial. */
    static final int MOST_RESERVATION_CHARS = 64 << 10;
    /** Of all sums that are open: labels are the senders', and ten thousand large sets of them would fill the heap. */
    static final int MOST_LABEL_CHARS = 1 << 20;
    /** Estimated, rather too many: labels are the senders', and may be as large as two hundred of them are too many. */
    static final int MOST_BYTES = 600_000;

    private static final int USUAL_BYTES = 500;
    private static final int DIMENSION_BYTES = 100;
    private static final int CHAR_BYTES = 3;

    private final AvroCodec<UsagePartials> codec;
    private final Map<String, Company> open = new HashMap<>();
    private ProcessorContext<byte[], byte[]> context;
    private int sums;
    private int reservationChars;
    private int labelChars;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    CombineProcessor(AvroCodec<UsagePartials> codec) {
        this.codec = codec;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        // Of a task that was closed in mid-transaction and begins again.
        clear();
        BeforeCommit beforeCommit = context.getStateStore(STORE);
        beforeCommit.set(context, this::sendAll);
    }

    @Override
    public void process(Record<byte[], RatedUsage> record) {
        RatedUsage row = record.value();
        Company company = open.computeIfAbsent(row.getCompany(), absent -> new Company());
        Sum.Name name = Sum.Name.of(row);
        Open sum = company.sums.get(name);
        if (sum == null) {
            sum = new Open(new Sum(name), new ArrayList<>());
            company.sums.put(name, sum);
            sums++;
            labelChars += chars(row.getLabels());
        }
        sum.sum.add(row);
        String reservation = row.getReservation();
        // Two events that name the same one: the first settles it.
        if (reservation != null && row.getKind() == RowKind.USAGE && company.settled.add(reservation)) {
            sum.settled.add(reservation);
            reservationChars += reservation.length();
        }
        if (sums >= MOST_OPEN || reservationChars >= MOST_RESERVATION_CHARS || labelChars >= MOST_LABEL_CHARS) {
            sendAll();
        }
    }

    private void sendAll() {
        open.forEach((name, company) -> send(name.getBytes(StandardCharsets.UTF_8), company));
        clear();
    }

    private void clear() {
        open.clear();
        sums = 0;
        reservationChars = 0;
        labelChars = 0;
    }

    private void send(byte[] key, Company company) {
        List<UsagePartial> partials = new ArrayList<>(Math.min(company.sums.size(), MOST_PARTIALS));
        int bytes = 0;
        for (Open sum : company.sums.values()) {
            UsagePartial partial = new UsagePartial(sum.sum.toStats(), sum.settled);
            int more = bytes(partial);
            if (partials.size() == MOST_PARTIALS || (bytes + more > MOST_BYTES && !partials.isEmpty())) {
                send(key, partials);
                partials.clear();
                bytes = 0;
            }
            partials.add(partial);
            bytes += more;
        }
        if (!partials.isEmpty()) {
            send(key, partials);
        }
    }

    private static int bytes(UsagePartial partial) {
        int chars = chars(partial.getRow().getLabels());
        for (String reservation : partial.getReservations()) {
            chars += reservation.length();
        }
        return USUAL_BYTES
                + CHAR_BYTES * chars
                + DIMENSION_BYTES * partial.getRow().getDimensions().size();
    }

    private static int chars(Map<String, String> labels) {
        int chars = 0;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            chars += label.getKey().length() + label.getValue().length();
        }
        return chars;
    }

    private void send(byte[] key, List<UsagePartial> partials) {
        byte[] value = codec.encode(new UsagePartials(partials));
        context.forward(new Record<>(key, value, context.currentSystemTimeMs()));
    }

    /** Another company's event may name the same reservation, and settles nothing of it. */
    private static final class Company {
        final Map<Sum.Name, Open> sums = new HashMap<>();
        final Set<String> settled = new HashSet<>();
    }

    private record Open(Sum sum, List<String> settled) {}
}
