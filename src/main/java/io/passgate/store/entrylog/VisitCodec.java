package io.passgate.store.entrylog;

import io.passgate.checkin.Visit;
import io.passgate.model.OpaqueId;
import io.passgate.store.StoreException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries in Redis's streams and in the spool, one behind the other.
 *
 * <pre>
 * i32  day, since 1970-01-01     16 bytes  id     16 bytes  pass
 * i64  at, milliseconds          u16  length of the facility, UTF-8     u16  length of the provider, UTF-8
 * </pre>
 */
final class VisitCodec {
    private static final int FIXED_BYTES = Integer.BYTES + 2 * OpaqueId.BYTES + Long.BYTES + 2 * Short.BYTES;
    private static final int MAX_NAME_BYTES = 0xffff;

    private VisitCodec() {}

    static byte[] encode(Visit visit) {
        byte[] facility = name(visit.facility());
        byte[] provider = name(visit.provider());
        return ByteBuffer.allocate(FIXED_BYTES + facility.length + provider.length)
                .putInt((int) visit.day().toEpochDay())
                .put(visit.id().toByteArray())
                .put(visit.pass().toByteArray())
                .putLong(visit.at().toEpochMilli())
                .putShort((short) facility.length)
                .put(facility)
                .putShort((short) provider.length)
                .put(provider)
                .array();
    }

    private static byte[] name(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("a client's name is too long to be logged");
        }
        return bytes;
    }

    /** @throws StoreException if the bytes are not entries */
    static List<Visit> decode(ByteBuffer bytes) {
        List<Visit> entries = new ArrayList<>();
        try {
            while (bytes.hasRemaining()) {
                LocalDate day = LocalDate.ofEpochDay(bytes.getInt());
                OpaqueId id = id(bytes);
                OpaqueId pass = id(bytes);
                Instant at = Instant.ofEpochMilli(bytes.getLong());
                String facility = text(bytes);
                entries.add(new Visit(day, id, facility, text(bytes), pass, at));
            }
            return entries;
        } catch (BufferUnderflowException broken) {
            throw new StoreException("bytes that are no entry", broken);
        }
    }

    private static OpaqueId id(ByteBuffer bytes) {
        byte[] id = new byte[OpaqueId.BYTES];
        bytes.get(id);
        return OpaqueId.of(id);
    }

    private static String text(ByteBuffer bytes) {
        byte[] text = new byte[Short.toUnsignedInt(bytes.getShort())];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
