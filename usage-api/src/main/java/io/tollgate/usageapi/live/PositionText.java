package io.tollgate.usageapi.live;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * A position as an event's {@code id}: a version, each source's topic and its offsets as varints, and a checksum, in
 * base64url. Callers can't make one up by accident; one that is made up on purpose only names offsets.
 */
final class PositionText {
    private static final byte VERSION = 1;
    private static final int MOST_PARTITIONS = 10_000;
    private static final int WIDEST = 10;

    private PositionText() {}

    static String of(Position position) {
        int offsets = Source.ALL.stream().mapToInt(position::partitions).sum();
        ByteBuffer out =
                ByteBuffer.allocate(1 + Source.ALL.size() * (Long.BYTES + WIDEST) + offsets * WIDEST + Integer.BYTES);
        out.put(VERSION);
        for (Source source : Source.ALL) {
            out.putLong(position.topic(source));
            int partitions = position.partitions(source);
            putVarint(out, partitions);
            for (int partition = 0; partition < partitions; partition++) {
                putVarint(out, position.at(source, partition));
            }
        }
        out.putInt(checksum(out.array(), out.position()));
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The position that a text was made of.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Position parse(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        int length = bytes.length - Integer.BYTES;
        if (length < 1 || bytes[0] != VERSION) {
            throw new IllegalArgumentException("no position of this version");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getInt(length) != checksum(bytes, length)) {
            throw new IllegalArgumentException("its checksum is wrong");
        }
        in.limit(length).position(1);
        long[] topics = new long[Source.ALL.size()];
        long[][] next = new long[topics.length][];
        for (int i = 0; i < topics.length; i++) {
            need(in, Long.BYTES);
            topics[i] = in.getLong();
            long partitions = varint(in);
            if (partitions > Math.min(MOST_PARTITIONS, in.remaining())) {
                throw new IllegalArgumentException("it has more partitions than offsets");
            }
            next[i] = new long[(int) partitions];
            for (int partition = 0; partition < partitions; partition++) {
                next[i][partition] = varint(in);
            }
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("there is more than a position");
        }
        return Position.of(topics, next);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static void putVarint(ByteBuffer out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            need(in, 1);
            byte part = in.get();
            value |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("an offset is too long");
    }

    private static void need(ByteBuffer in, int bytes) {
        if (in.remaining() < bytes) {
            throw new IllegalArgumentException("it ends too early");
        }
    }
}
