package io.passgate.store.entrylog;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.ConfigFile;
import io.passgate.app.config.InvalidConfig;
import io.passgate.format.entrypass.EntryPass;
import io.passgate.sizing.RedisMasters;
import io.passgate.sizing.Sizing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What sizing takes for granted of the entry log and of one-time use is how they are. */
final class SizedEntryLogTest {
    @Test
    void daysAndShards_areThoseOfTheStores() {
        assertThat(Sizing.DAYS).isEqualTo(Retention.DAYS);
        assertThat(RedisMasters.SHARDS).isEqualTo(OneTimeKeys.SHARDS);
    }

    @Test
    void aUsedPassIsRemembered_asLongAsTheShippedConfigurationSays() throws IOException, InvalidConfig {
        Duration useKept = ConfigFile.read(Path.of("config", "passgate.yaml"))
                .checkInPolicy()
                .useKept();
        assertThat(Duration.ofSeconds(Sizing.USED_PASS_SECONDS)).isEqualTo(EntryPass.LIFETIME.plus(useKept));
    }
}
