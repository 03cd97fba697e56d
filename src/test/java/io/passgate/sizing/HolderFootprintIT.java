package io.passgate.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes that sizing reckons with are those that a holder takes in a real PostgreSQL. */
final class HolderFootprintIT {
    private static final Percentage TOLERANCE = Percentage.withPercentage(15);
    private static final int HOLDERS = 50_000;

    /** Two doses of each holder, both at one registrar; a consent with a phone; the phone's event in the audit. */
    private static final String FILL = """
            INSERT INTO record (registrar, reference, revision, digest, holder, kind, product, dose, total, day, country)
            SELECT 'kdca', 'im-' || substr(md5(dose || ':' || n), 1, 16), 1, substring(sha256((dose || '.' || n)::bytea), 1, 16),
                sha256(n::text::bytea), 1, 'EU/1/20/1528', dose, 2, '2021-07-12', 'KR'
            FROM generate_series(1, 2) AS dose, generate_series(1, %1$d) AS n;
            INSERT INTO consent (id, provider, holder, scope, given_at, device)
            SELECT substring(sha256(('c' || n)::bytea), 1, 16), 'kakao', sha256(n::text::bytea), 31, now(),
                sha256(('x' || n)::bytea) || sha256(('y' || n)::bytea)
            FROM generate_series(1, %1$d) AS n;
            INSERT INTO audit (sequence, at, kind, actor, detail, mac)
            SELECT n, now(), 'device_registered', 'kakao', '{"consent":"' || substr(md5(n::text), 1, 22) || '","thumbprint":"'
                || substr(md5(n::text) || md5('t' || n), 1, 43) || '"}', sha256(('m' || n)::bytea)
            FROM generate_series(1, %1$d) AS n
            """;

    @Test
    void aHolder_takesTheBytesThatSizingReckonsWith(@TempDir Path folder) throws IOException, SQLException {
        try (TestStores stores = new TestStores(folder)) {
            stores.empty();
            stores.sql(FILL.formatted(HOLDERS));
            assertThat(stores.number("SELECT count(*) FROM record")).isEqualTo(2 * HOLDERS);
            assertThat(stores.number("SELECT count(*) FROM consent")).isEqualTo(HOLDERS);
            assertThat(stores.number("SELECT count(*) FROM audit")).isEqualTo(HOLDERS);
            long bytes = stores.number("SELECT pg_total_relation_size('record') + pg_total_relation_size('consent')"
                    + " + pg_total_relation_size('audit')");
            assertThat(bytes)
                    .isCloseTo(HOLDERS * MeasuredFigures.ofThisRelease().holderBytes(), TOLERANCE);
        }
    }
}
