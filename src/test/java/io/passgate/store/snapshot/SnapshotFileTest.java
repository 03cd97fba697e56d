package io.passgate.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.ClientDirectory;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.VerificationKeys;
import io.passgate.model.Slice;
import io.passgate.revocation.RevocationList;
import io.passgate.store.changelog.LogPosition;
import io.passgate.store.changelog.RecordCodec;
import io.passgate.store.changelog.ReplicatedState;
import io.passgate.trust.TrustList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snapshot and what stands beside it are for the gateway's own user, whatever they were before. */
final class SnapshotFileTest {
    private static final Instant NOON = Instant.parse("2021-08-01T12:00:00Z");
    private static final String OPEN_TO_ALL = "rw-r--r--";
    private static final String OWNER_ONLY = "rw-------";

    @TempDir
    private Path folder = Path.of("");

    private SnapshotFile file() {
        return new SnapshotFile(
                folder.resolve("snapshot"),
                new SnapshotCodec(new RecordCodec(new VerificationKeys(CryptoProviders.preferred()), signer -> true)));
    }

    private static ReplicatedState replica(long sequence) {
        return new ReplicatedState(
                new LogPosition(1, sequence, Slice.of(new byte[LogPosition.DIGEST_BYTES])),
                TrustList.empty(),
                RevocationList.empty(),
                ClientDirectory.of(Map.of()));
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    private void openToAll(String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            var _ = Files.createFile(file);
        }
        var _ = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OPEN_TO_ALL));
    }

    @Test
    void aFreshFile_isForItsOwnerOnly() throws IOException {
        file().write(replica(1), NOON);
        assertThat(mode("snapshot")).isEqualTo(OWNER_ONLY);
        assertThat(mode("snapshot.contact")).isEqualTo(OWNER_ONLY);
    }

    @Test
    void filesThatWereOpenToAll_areNotAnyMoreWhenTheyAreWritten() throws IOException {
        for (String name : new String[] {"snapshot", "snapshot.contact", "snapshot.new", "snapshot.contact.new"}) {
            openToAll(name);
        }
        file().write(replica(2), NOON);
        assertThat(mode("snapshot")).isEqualTo(OWNER_ONLY);
        assertThat(mode("snapshot.contact")).isEqualTo(OWNER_ONLY);
    }

    @Test
    void filesThatWereOpenToAll_areNotAnyMoreWhenTheyAreRead() throws IOException {
        file().write(replica(3), NOON);
        openToAll("snapshot");
        openToAll("snapshot.contact");
        Optional<SnapshotFile.Saved> saved = file().read();
        assertThat(saved).map(SnapshotFile.Saved::asOf).contains(NOON);
        assertThat(mode("snapshot")).isEqualTo(OWNER_ONLY);
        assertThat(mode("snapshot.contact")).isEqualTo(OWNER_ONLY);
    }
}
