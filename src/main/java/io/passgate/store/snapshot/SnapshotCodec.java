package io.passgate.store.snapshot;

import io.passgate.access.ClientDirectory;
import io.passgate.model.Kid;
import io.passgate.model.Slice;
import io.passgate.revocation.RevocationKind;
import io.passgate.revocation.RevocationList;
import io.passgate.store.StoreException;
import io.passgate.store.changelog.ChangeCodec;
import io.passgate.store.changelog.LogPosition;
import io.passgate.store.changelog.RecordCodec;
import io.passgate.store.changelog.ReplicatedState;
import io.passgate.trust.Signer;
import io.passgate.trust.TrustList;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A replica as a stream of bytes. Revocations take 22 bytes each, in the order of the list, so that neither side holds
 * more of them than the list does.
 *
 * <pre>
 * u32 "PGS1", i64 epoch, i64 sequence, 32 bytes digest
 * u32 n, n signers; u32 n, n grants                                   as in {@link RecordCodec}
 * u32 n, n x (u16 scope [, u8 kind, kid where the scope is new], i64 high, i64 low, u32 expiry s)
 * u32 "PGS1"
 * </pre>
 */
public final class SnapshotCodec {
    private static final int MAGIC = 0x50475331;
    private static final int MAX_SCOPES = 0xffff;

    private final RecordCodec records;

    /**
     * Creates a codec.
     *
     * @param records for signers and clients
     */
    public SnapshotCodec(RecordCodec records) {
        this.records = records;
    }

    /** What tells the revocations of one kind and KID from others. */
    private record Scope(RevocationKind kind, Optional<Kid> kid) {}

    /**
     * Writes a replica.
     *
     * @param replicatedState with at most 65,535 different pairs of kind and KID among its revocations
     * @param bytes flushed and left open
     * @throws IOException if it cannot be written, or there are more pairs
     */
    public void write(ReplicatedState replicatedState, OutputStream bytes) throws IOException {
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeLong(replicatedState.logPosition().epoch());
        out.writeLong(replicatedState.logPosition().sequence());
        out.write(replicatedState.logPosition().digest().toByteArray());
        out.writeInt(replicatedState.signers().size());
        for (Signer signer : replicatedState.signers().signers()) {
            records.write(out, signer);
        }
        writeClients(replicatedState.clientDirectory(), out);
        writeRevocations(replicatedState.revocations(), out);
        out.writeInt(MAGIC);
        out.flush();
    }

    private static void writeClients(ClientDirectory clientDirectory, DataOutputStream out) throws IOException {
        out.writeInt(clientDirectory.size());
        try {
            clientDirectory.forEach(clientToken -> {
                try {
                    RecordCodec.write(out, clientToken);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private static void writeRevocations(RevocationList list, DataOutputStream out) throws IOException {
        out.writeInt(list.size());
        Map<Scope, Integer> scopes = new HashMap<>();
        try {
            list.forEach((kind, kid, high, low, expiresAt) -> {
                try {
                    writeScope(new Scope(kind, kid), scopes, out);
                    out.writeLong(high);
                    out.writeLong(low);
                    out.writeInt((int) expiresAt);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private static void writeScope(Scope scope, Map<Scope, Integer> known, DataOutputStream out) throws IOException {
        Integer number = known.get(scope);
        if (number != null) {
            out.writeShort(number);
            return;
        }
        if (known.size() == MAX_SCOPES) {
            throw new IOException("revocations of more than " + MAX_SCOPES + " kinds and KIDs");
        }
        out.writeShort(known.size());
        known.put(scope, known.size());
        out.writeByte(scope.kind.ordinal());
        RecordCodec.writeKid(out, scope.kid);
    }

    /**
     * Reads a replica.
     *
     * @param bytes read to their end and left open
     * @return the replica, without signers and clients that this version has no use for
     * @throws StoreException if the bytes are not one
     */
    public ReplicatedState read(InputStream bytes) {
        try {
            DataInputStream in = new DataInputStream(bytes);
            requireMagic(in);
            LogPosition logPosition = readPosition(in);
            List<Signer> signers = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                records.readSigner(in).ifPresent(signers::add);
            }
            ClientDirectory.Builder clients = ClientDirectory.builder();
            for (int left = in.readInt(); left > 0; left--) {
                RecordCodec.readGrant(in).ifPresent(clients::add);
            }
            RevocationList revocations = readRevocations(in);
            requireMagic(in);
            if (in.read() >= 0) {
                throw new StoreException("a snapshot with bytes behind it");
            }
            return new ReplicatedState(logPosition, TrustList.of(signers), revocations, clients.build());
        } catch (IOException | IllegalArgumentException broken) {
            throw new StoreException("a snapshot that cannot be read", broken);
        }
    }

    private static void requireMagic(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not a snapshot of this version");
        }
    }

    private static LogPosition readPosition(DataInputStream in) throws IOException {
        long epoch = in.readLong();
        long sequence = in.readLong();
        byte[] digest = new byte[LogPosition.DIGEST_BYTES];
        in.readFully(digest);
        return new LogPosition(epoch, sequence, Slice.of(digest));
    }

    private static RevocationList readRevocations(DataInputStream in) throws IOException {
        RevocationList.Builder builder = RevocationList.builder();
        List<Scope> scopes = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            int number = in.readUnsignedShort();
            if (number == scopes.size()) {
                scopes.add(new Scope(ChangeCodec.kind(in.readUnsignedByte()), RecordCodec.readKid(in)));
            } else if (number > scopes.size()) {
                throw new IOException("a revocation of an unknown scope");
            }
            Scope scope = scopes.get(number);
            builder.add(scope.kind, scope.kid, in.readLong(), in.readLong(), Integer.toUnsignedLong(in.readInt()));
        }
        return builder.build();
    }
}
