package io.passgate.store.changelog;

import io.passgate.model.Kid;
import io.passgate.revocation.Revocation;
import io.passgate.revocation.RevocationHash;
import io.passgate.revocation.RevocationKey;
import io.passgate.revocation.RevocationKind;
import io.passgate.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A change as bytes: a u8 for what it is, a u16 for how many items follow, and the items. A kind of change that this
 * version does not know cannot be read, and is not passed over: a release that adds one can read it before any writes
 * it.
 */
public final class ChangeCodec {
    private static final int SIGNERS_ADDED = 1;
    private static final int SIGNERS_REMOVED = 2;
    private static final int REVOCATIONS_ADDED = 3;
    private static final int REVOCATIONS_REMOVED = 4;
    private static final int CLIENTS_ADDED = 5;
    private static final int CLIENTS_REMOVED = 6;

    private final RecordCodec records;

    /**
     * Creates a codec.
     *
     * @param records for the signers in a change
     */
    public ChangeCodec(RecordCodec records) {
        this.records = records;
    }

    private interface Writer<T> {
        void write(DataOutput out, T item) throws IOException;
    }

    private interface Reader<T> {
        T read(DataInput in) throws IOException;
    }

    /**
     * {@return a change as bytes, the caller's own}
     *
     * @param change of any kind
     * @throws UncheckedIOException if a text in it takes more than 65,535 bytes
     */
    public byte[] encode(Change change) {
        return switch (change) {
            case Change.SignersAdded(var signers) -> encode(SIGNERS_ADDED, signers, records::write);
            case Change.SignersRemoved(var ids) -> encode(SIGNERS_REMOVED, ids, DataOutput::writeUTF);
            case Change.RevocationsAdded(var revocations) ->
                encode(REVOCATIONS_ADDED, revocations, ChangeCodec::writeRevocation);
            case Change.RevocationsRemoved(var keys) -> encode(REVOCATIONS_REMOVED, keys, ChangeCodec::writeKey);
            case Change.ClientsAdded(var grants) -> encode(CLIENTS_ADDED, grants, RecordCodec::write);
            case Change.ClientsRemoved(var tokens) -> encode(CLIENTS_REMOVED, tokens, RecordCodec::writeToken);
        };
    }

    private static <T> byte[] encode(int kind, Collection<T> items, Writer<T> writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(kind);
            out.writeShort(items.size());
            for (T item : items) {
                writer.write(out, item);
            }
            return bytes.toByteArray();
        } catch (IOException tooLong) {
            throw new UncheckedIOException("a text of more than 65,535 bytes", tooLong);
        }
    }

    /**
     * Reads a change. Items that this version has no use for, such as a client of a role to come, are left out.
     *
     * @param content by {@link #encode}, of this version or another
     * @return the change, possibly without items
     * @throws StoreException if it cannot be read
     */
    public Change decode(byte[] content) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
            int kind = in.readUnsignedByte();
            int count = in.readUnsignedShort();
            Change change = switch (kind) {
                case SIGNERS_ADDED -> new Change.SignersAdded(known(in, count, records::readSigner));
                case SIGNERS_REMOVED -> new Change.SignersRemoved(new HashSet<>(all(in, count, DataInput::readUTF)));
                case REVOCATIONS_ADDED -> new Change.RevocationsAdded(all(in, count, ChangeCodec::readRevocation));
                case REVOCATIONS_REMOVED -> new Change.RevocationsRemoved(all(in, count, ChangeCodec::readKey));
                case CLIENTS_ADDED -> new Change.ClientsAdded(known(in, count, RecordCodec::readGrant));
                case CLIENTS_REMOVED -> new Change.ClientsRemoved(all(in, count, RecordCodec::readToken));
                default -> throw new StoreException("a change of the unknown kind " + kind);
            };
            if (in.read() >= 0) {
                throw new StoreException("a change with bytes behind it");
            }
            return change;
        } catch (IOException | IllegalArgumentException broken) {
            throw new StoreException("a change that cannot be read", broken);
        }
    }

    private static <T> List<T> all(DataInput in, int count, Reader<T> reader) throws IOException {
        List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(reader.read(in));
        }
        return items;
    }

    private static <T> List<T> known(DataInput in, int count, Reader<Optional<T>> reader) throws IOException {
        return all(in, count, reader).stream().flatMap(Optional::stream).toList();
    }

    private static void writeKey(DataOutput out, RevocationKey key) throws IOException {
        out.writeByte(key.kind().ordinal());
        RecordCodec.writeKid(out, key.kid());
        out.writeLong(key.hash().high());
        out.writeLong(key.hash().low());
    }

    private static RevocationKey readKey(DataInput in) throws IOException {
        RevocationKind kind = kind(in.readUnsignedByte());
        Optional<Kid> kid = RecordCodec.readKid(in);
        return new RevocationKey(kind, new RevocationHash(in.readLong(), in.readLong()), kid);
    }

    private static void writeRevocation(DataOutput out, Revocation revocation) throws IOException {
        writeKey(out, revocation.key());
        out.writeInt((int) revocation.expiresAt().getEpochSecond());
    }

    private static Revocation readRevocation(DataInput in) throws IOException {
        return new Revocation(readKey(in), Instant.ofEpochSecond(Integer.toUnsignedLong(in.readInt())));
    }

    /**
     * {@return the kind of that number, in changes, snapshots and the database}
     *
     * @param number from 0, in the order of {@link RevocationKind}
     * @throws IOException if this version knows no kind of that number
     */
    public static RevocationKind kind(int number) throws IOException {
        RevocationKind[] kinds = RevocationKind.values();
        if (number < 0 || number >= kinds.length) {
            throw new IOException("a revocation of an unknown kind");
        }
        return kinds[number];
    }
}
