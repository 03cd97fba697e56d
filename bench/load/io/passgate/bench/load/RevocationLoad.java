package io.passgate.bench.load;

import io.passgate.store.feed.LargeLists;
import io.passgate.testing.TestStores;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads so many revocations from PostgreSQL into a gateway's list, and from the snapshot file, and tells time and heap.
 * Run by {@code bench/run.sh revocations}.
 */
public final class RevocationLoad {
    private RevocationLoad() {}

    /** Takes how many entries. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Files.createTempDirectory("passgate-revocations");
        try (TestStores stores = new TestStores(folder)) {
            stores.empty();
            LargeLists.measure(stores, folder, Integer.parseInt(arguments[0]), out);
        }
        System.exit(0);
    }
}
