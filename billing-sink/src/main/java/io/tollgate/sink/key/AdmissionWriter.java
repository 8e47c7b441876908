package io.tollgate.sink.key;

import io.tollgate.avro.Reservation;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.EventName;
import io.tollgate.sink.batch.Reading;
import io.tollgate.sink.batch.Reading.Nothing;
import io.tollgate.sink.batch.Reading.Read;
import io.tollgate.sink.batch.Received;
import io.tollgate.sink.batch.TopicWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Counts the admissions that were granted to a key. That one was given back is no use of the key. */
public final class AdmissionWriter implements TopicWriter<Reservation> {
    private final AvroCodec<Reservation> codec;

    public AdmissionWriter(AvroCodec<Reservation> codec) {
        this.codec = codec;
    }

    @Override
    public Reading<Reservation> read(Received<byte[]> received) {
        Reading<Reservation> reading = Reading.of(codec, received.value());
        return reading instanceof Read<Reservation> granted && !isUse(granted.value()) ? new Nothing<>() : reading;
    }

    private static boolean isUse(Reservation reservation) {
        return !reservation.getReleased() && reservation.getAuthId() != null;
    }

    @Override
    public void write(Connection connection, List<Received<Reservation>> batch) throws SQLException {
        KeyUses uses = new KeyUses();
        for (Received<Reservation> granted : batch) {
            String authId = granted.value().getAuthId();
            if (authId != null) {
                uses.add(authId, granted);
            }
        }
        uses.write(connection);
    }

    @Override
    public EventName name(Reservation reservation) {
        return new EventName(reservation.getCompany(), null, null);
    }
}
