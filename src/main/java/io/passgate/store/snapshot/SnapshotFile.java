package io.passgate.store.snapshot;

import io.passgate.model.Slice;
import io.passgate.store.OwnersFile;
import io.passgate.store.StoreException;
import io.passgate.store.changelog.LogPosition;
import io.passgate.store.changelog.ReplicatedState;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A replica on this gateway's disk, for a start when neither store can be reached. Beside it, in a small file of its
 * own, stands when it was last confirmed, so that the large one is written only when something has changed.
 *
 * <pre>
 * FILE            text name, then (u32 length, chunk)*, u32 0
 * FILE.contact    one line: epoch sequence digest instant
 * </pre>
 *
 * A file is replaced as a whole: after a crash it is the one before or the new one. Both are for their owner only.
 */
public final class SnapshotFile {
    private static final Logger LOG = System.getLogger(SnapshotFile.class.getName());

    private final Path file;
    private final Path contact;
    private final SnapshotCodec codec;
    private Optional<LogPosition> written = Optional.empty();

    /**
     * Names the file, and does not open it yet.
     *
     * @param file of this gateway alone
     * @param codec for what is in it
     */
    public SnapshotFile(Path file, SnapshotCodec codec) {
        this.file = file;
        this.contact = file.resolveSibling(file.getFileName() + ".contact");
        this.codec = codec;
    }

    /**
     * A replica from the file.
     *
     * @param replicatedState the replica
     * @param asOf when it was last confirmed that nothing is missing from it
     */
    public record Saved(ReplicatedState replicatedState, Instant asOf) {}

    /** {@return what is there; empty if there is nothing, or it cannot be read, or nothing says how old it is} */
    public Optional<Saved> read() {
        try {
            ReplicatedState replicatedState = readReplica();
            Optional<Instant> asOf = readContact(replicatedState.logPosition());
            written = Optional.of(replicatedState.logPosition());
            return asOf.map(confirmed -> new Saved(replicatedState, confirmed));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            LOG.log(Level.WARNING, "the snapshot file cannot be used: {0}", unreadable.toString());
            return Optional.empty();
        }
    }

    private ReplicatedState readReplica() throws IOException {
        OwnersFile.restrict(file);
        OwnersFile.restrict(contact);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            String name = in.readUTF();
            return codec.read(new ChunkInput(name, Integer.MAX_VALUE, index -> readChunk(in)));
        }
    }

    private static byte[] readChunk(DataInputStream in) {
        try {
            int length = in.readInt();
            if (length < 0 || length > ChunkOutput.MAX_BYTES) {
                throw new StoreException("a snapshot chunk of " + length + " bytes");
            }
            byte[] chunk = new byte[length];
            in.readFully(chunk);
            return chunk;
        } catch (IOException cutOff) {
            throw new StoreException("the snapshot file is cut off", cutOff);
        }
    }

    private Optional<Instant> readContact(LogPosition logPosition) throws IOException {
        List<String> words = List.of(Files.readString(contact).strip().split(" ", -1));
        LogPosition confirmed = new LogPosition(
                Long.parseLong(words.get(0)),
                Long.parseLong(words.get(1)),
                Slice.of(HexFormat.of().parseHex(words.get(2))));
        return confirmed.equals(logPosition) ? Optional.of(Instant.parse(words.get(3))) : Optional.empty();
    }

    /**
     * Writes the replica if it is another one than in the file, and when it was confirmed.
     *
     * @param replicatedState told from the one in the file by its position
     * @param asOf when it was last confirmed that nothing is missing from it
     * @throws IOException if the disk is full or the folder cannot be written to; the file is as before
     */
    public void write(ReplicatedState replicatedState, Instant asOf) throws IOException {
        if (!written.equals(Optional.of(replicatedState.logPosition()))) {
            writeReplica(replicatedState);
            written = Optional.of(replicatedState.logPosition());
        }
        LogPosition logPosition = replicatedState.logPosition();
        replace(
                contact,
                out -> out.writeBytes(logPosition.epoch() + " " + logPosition.sequence() + " "
                        + HexFormat.of().formatHex(logPosition.digest().toByteArray()) + " " + asOf + "\n"));
    }

    private void writeReplica(ReplicatedState replicatedState) throws IOException {
        String name = UUID.randomUUID().toString();
        replace(file, out -> {
            out.writeUTF(name);
            ChunkOutput chunks = new ChunkOutput(name, (index, chunk) -> writeChunk(out, chunk));
            try (BufferedOutputStream buffered = new BufferedOutputStream(chunks, 1 << 16)) {
                codec.write(replicatedState, buffered);
            } catch (UncheckedIOException full) {
                throw full.getCause();
            }
            out.writeInt(0);
        });
    }

    private static void writeChunk(DataOutputStream out, byte[] chunk) {
        try {
            out.writeInt(chunk.length);
            out.write(chunk);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private static void replace(Path file, Content content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        var _ = Files.deleteIfExists(fresh);
        try (FileChannel channel = OwnersFile.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16))) {
            content.write(out);
            out.flush();
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
