package io.tollgate.gateway.http;

import java.util.zip.CRC32;
import java.util.zip.Inflater;

/** What stands around the deflated bytes of a gzip member (RFC 1952). */
final class GzipHeader {
    private static final int FIXED = 10;
    private static final int TRAILER = 8;
    private static final int CRC = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;

    private GzipHeader() {}

    /** Bytes before the deflated ones, -1 if the array does not begin with a gzip header. */
    static int length(byte[] in, int length) {
        if (length < FIXED || (in[0] & 0xff) != 0x1f || (in[1] & 0xff) != 0x8b || in[2] != 8) {
            return -1;
        }
        int flags = in[3];
        int at = FIXED;
        if ((flags & EXTRA) != 0) {
            if (at + 2 > length) {
                return -1;
            }
            at += 2 + (in[at] & 0xff) + ((in[at + 1] & 0xff) << 8);
        }
        if ((flags & NAME) != 0) {
            at = afterZero(in, length, at);
        }
        if ((flags & COMMENT) != 0) {
            at = afterZero(in, length, at);
        }
        if ((flags & CRC) != 0) {
            at += 2;
        }
        return at <= length ? at : -1;
    }

    /** Whether checksum and size behind the deflated bytes are those of {@code out}, and nothing follows them. */
    static boolean trailerMatches(byte[] in, int length, Inflater done, byte[] out, int outLength) {
        if (done.getRemaining() != TRAILER) {
            return false;
        }
        CRC32 crc = new CRC32();
        crc.update(out, 0, outLength);
        return littleEndian(in, length - TRAILER) == (int) crc.getValue()
                && littleEndian(in, length - Integer.BYTES) == outLength;
    }

    private static int afterZero(byte[] in, int length, int at) {
        int next = at;
        while (next < length && in[next] != 0) {
            next++;
        }
        return next + 1;
    }

    private static int littleEndian(byte[] in, int at) {
        return (in[at] & 0xff) | ((in[at + 1] & 0xff) << 8) | ((in[at + 2] & 0xff) << 16) | ((in[at + 3] & 0xff) << 24);
    }
}
