package io.passgate.http.docs;

import io.passgate.http.web.WebFile;
import io.passgate.model.Digests;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What has been asked for of the files of {@code /docs}: each is kept from its first request on, as it is and compressed,
 * 3 MiB in all. Until then nothing is read. Any thread.
 */
public final class Docs {
    private static final int ETAG_BYTES = 16;

    private final Map<Key, Future<Stored>> stored = new ConcurrentHashMap<>();

    /** Creates one that has read nothing. */
    public Docs() {}

    /** What a file is kept under. */
    private record Key(DocsFile file, Set<String> routes) {
        private static Key of(DocsFile file, Set<String> routes) {
            return new Key(file, file == DocsFile.DOCUMENT ? routes : Set.of());
        }
    }

    /** A file with the tag of each of its two forms; the second is there where it is the smaller one. */
    record Stored(Form plain, Optional<Form> gzip) {}

    /** Bytes that are not changed any more, and their strong tag with its quotes. */
    record Form(Buffer bytes, String etag) {}

    /** The file, which is read by a thread of its own, some 100 ms, unless it has been; one that failed is read again. */
    Future<Stored> read(DocsFile file, Set<String> routes) {
        return stored.computeIfAbsent(Key.of(file, routes), key -> {
            Promise<Stored> reading = Promise.promise();
            var _ = Thread.ofPlatform().daemon().name("passgate-docs").start(() -> read(key, reading));
            return reading.future();
        });
    }

    private void read(Key key, Promise<Stored> reading) {
        try {
            reading.complete(store(key.file.read(key.routes)));
        } catch (RuntimeException unreadable) {
            stored.remove(key);
            reading.fail(unreadable);
        }
    }

    private static Stored store(byte[] content) {
        String digest = HexFormat.of().formatHex(Digests.sha256().digest(content), 0, ETAG_BYTES);
        byte[] smaller = WebFile.compressed(content);
        return new Stored(
                new Form(Buffer.buffer(content), '"' + digest + '"'),
                smaller.length < content.length
                        ? Optional.of(new Form(Buffer.buffer(smaller), '"' + digest + "-gzip\""))
                        : Optional.empty());
    }
}
