package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.TokenHash;
import io.passgate.qr.QrCode;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code passgate token create} on a real database. */
final class TokenCreateIT {
    @TempDir
    private static Path folder = Path.of("");

    @Test
    void aToken_isPrintedOnce_andDrawnWhereThatIsWished() throws IOException, SQLException {
        try (TestStores stores = new TestStores(folder)) {
            stores.empty();
            Path own = Files.createDirectory(folder.resolve("gateway"));
            Path config = Files.writeString(own.resolve("passgate.yaml"), stores.configuration(own));
            Cli plain = create(config);
            assertThat(plain.lines()).singleElement().asString().matches("[A-Za-z0-9_-]{43}");
            Cli drawn = create(config, "--qr");
            String token = drawn.lines().getFirst();
            assertThat(token)
                    .matches("[A-Za-z0-9_-]{43}")
                    .isNotEqualTo(plain.lines().getFirst());
            assertThat(drawn.out().substring(token.length() + 1))
                    .isEqualTo(QrCode.ofVisible(token).terminal());
            for (Cli cli : new Cli[] {plain, drawn}) {
                String hash = TokenHash.ofToken(cli.lines().getFirst()).toHex();
                assertThat(cli.err())
                        .contains("facility museum, until ")
                        .doesNotContain(cli.lines().getFirst(), hash);
                Cli revoked = Cli.run("token", "revoke", "--sha256", hash, "--config", config.toString());
                assertThat(revoked.err()).isEqualTo("1 tokens revoked" + System.lineSeparator());
            }
        }
    }

    private static Cli create(Path config, String... further) {
        String[] command = {"token", "create", "--name", "museum", "--role", "facility", "--config", config.toString()};
        String[] all = Stream.of(command, further).flatMap(Arrays::stream).toArray(String[]::new);
        Cli cli = Cli.run(all);
        assertThat(cli.exitCode()).isZero();
        return cli;
    }
}
