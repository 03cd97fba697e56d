package io.passgate.store.entrylog;

import io.passgate.checkin.Visit;
import io.passgate.store.OwnersFile;
import io.passgate.store.RequestBatcher;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * Entries in a file of this gateway for as long as no store takes them. What was appended is on the disk; a tail that
 * was cut off in the middle of writing was never acknowledged, and is left out.
 *
 * <pre>
 * record   u32 length   u32 CRC-32C of the rest   the entry
 * </pre>
 *
 * <p>One thread writes; futures tell what became of it. A file that is full, or a disk that is, fails them.
 */
final class EntryWriteAheadFile implements AutoCloseable {
    private static final Logger LOG = System.getLogger(EntryWriteAheadFile.class.getName());
    private static final Duration STOPPING = Duration.ofSeconds(10);
    private static final int HEAD_BYTES = 2 * Integer.BYTES;

    private final Path file;
    private final long maxBytes;
    private final FileChannel lock;
    private FileChannel channel;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("passgate-spool").daemon().factory());
    private final RequestBatcher<Visit, Visit> appending = new RequestBatcher<>(1_024, this::write);
    private volatile long bytes;

    /**
     * Opens the file, or makes it.
     *
     * @throws IOException if it can be neither read nor written
     */
    EntryWriteAheadFile(Path file, long maxBytes) throws IOException {
        this.file = file;
        this.maxBytes = maxBytes;
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            var _ = Files.createDirectories(folder);
        }
        lock = open(file.resolveSibling(file.getFileName() + ".lock"));
        if (!isOurs()) {
            lock.close();
            throw new IOException(file + " is the spool of another gateway that runs");
        }
        channel = open(file);
        Contents found = read();
        channel.truncate(found.bytes);
        bytes = found.bytes;
    }

    private boolean isOurs() throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        OwnersFile.restrict(file);
        return OwnersFile.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private record Contents(List<Visit> entries, long bytes) {}

    boolean isEmpty() {
        return bytes == 0;
    }

    long bytes() {
        return bytes;
    }

    /** Appends them, all or none; done when they are on the disk. */
    Future<List<Visit>> append(List<Visit> entries) {
        return appending.ask(entries);
    }

    private Future<List<Visit>> write(List<Visit> entries) {
        return onWriter(() -> {
            ByteBuffer records = encode(entries);
            if (records.remaining() > maxBytes - bytes) {
                throw new IOException("the spool is full");
            }
            long at = bytes;
            try {
                while (records.hasRemaining()) {
                    at += channel.write(records, at);
                }
                channel.force(false);
                bytes = at;
                return entries;
            } catch (IOException failed) {
                channel.truncate(bytes);
                throw failed;
            }
        });
    }

    private static ByteBuffer encode(List<Visit> entries) {
        List<byte[]> records = new ArrayList<>(entries.size());
        int size = 0;
        for (Visit visit : entries) {
            byte[] record = VisitCodec.encode(visit);
            records.add(record);
            size += HEAD_BYTES + record.length;
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        for (byte[] record : records) {
            all.putInt(record.length).putInt(crc(record)).put(record);
        }
        return all.flip();
    }

    private static int crc(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record);
        return (int) crc.getValue();
    }

    /** All that is in it, the oldest first. */
    Future<List<Visit>> entries() {
        return onWriter(() -> read().entries);
    }

    private Contents read() throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) Math.min(channel.size(), Integer.MAX_VALUE - Long.BYTES));
        while (all.hasRemaining() && channel.read(all, all.position()) >= 0) {
            // Until it is full.
        }
        all.flip();
        List<Visit> entries = new ArrayList<>();
        int good = 0;
        while (all.remaining() >= HEAD_BYTES) {
            int length = all.getInt();
            int crc = all.getInt();
            if (length < 0 || length > all.remaining()) {
                break;
            }
            byte[] record = new byte[length];
            all.get(record);
            if (crc(record) != crc) {
                break;
            }
            entries.addAll(VisitCodec.decode(ByteBuffer.wrap(record)));
            good = all.position();
        }
        return new Contents(entries, good);
    }

    /** Lets the first so many go: they are somewhere else now. */
    Future<?> forget(int count) {
        return onWriter(() -> {
            List<Visit> entries = read().entries;
            rewrite(entries.subList(Math.min(count, entries.size()), entries.size()));
            return count;
        });
    }

    /** Lets what is older than a day go; says how many that were. */
    Future<Integer> purge(LocalDate firstKept) {
        return onWriter(() -> {
            List<Visit> entries = read().entries;
            List<Visit> kept = entries.stream()
                    .filter(visit -> !visit.day().isBefore(firstKept))
                    .toList();
            if (kept.size() < entries.size()) {
                rewrite(kept);
            }
            return entries.size() - kept.size();
        });
    }

    /** The new file takes the old one's place at once: whatever happens in the middle, one of them is whole. */
    private void rewrite(List<Visit> kept) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        var _ = Files.deleteIfExists(fresh);
        FileChannel next = open(fresh);
        ByteBuffer records = encode(kept);
        long size = 0;
        while (records.hasRemaining()) {
            size += next.write(records, size);
        }
        next.force(true);
        var _ = Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        FileChannel old = channel;
        channel = next;
        bytes = size;
        old.close();
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> Future<T> onWriter(Work<T> work) {
        Promise<T> promise = Promise.promise();
        try {
            writer.execute(() -> {
                try {
                    promise.complete(work.run());
                } catch (IOException | RuntimeException failed) {
                    LOG.log(Level.WARNING, "the spool did not take entries: {0}", failed.toString());
                    promise.fail(failed);
                }
            });
        } catch (RejectedExecutionException closed) {
            promise.fail(closed);
        }
        return promise.future();
    }

    @Override
    public void close() {
        close(STOPPING);
    }

    /** Writes what waits, if a disk takes it within this time. */
    void close(Duration patience) {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.log(Level.WARNING, "the spool still wrote after {0}", patience);
                var _ = writer.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            channel.close();
            lock.close();
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "the spool was not closed: {0}", failed.toString());
        }
    }
}
