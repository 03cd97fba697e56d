package io.passgate.testing.load;

import io.passgate.dpop.ProofMaker;
import io.passgate.model.OpaqueId;
import io.passgate.store.DatabaseSettings;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Holders with a consent and a phone each, and with two doses and a birth year, put into the tables at once. */
public final class PassHolders {
    private static final int ALL_SHOWN = 31;
    private static final int HOLDER_BYTES = 32;
    private static final int DIGEST_BYTES = 16;
    private static final String NULL = "\\N";

    private final List<Holder> holders;
    private int next;

    /** A consent's id, and the phone it is used from. */
    public record Holder(String consent, ProofMaker phone) {}

    private PassHolders(List<Holder> holders) {
        this.holders = holders;
    }

    /** Makes so many and puts them into the database. */
    public static PassHolders make(int count, String provider, DatabaseSettings database)
            throws SQLException, IOException {
        RandomGenerator random = new Random(20_211_213);
        List<ProofMaker> phones = IntStream.range(0, count)
                .parallel()
                .mapToObj(number -> ProofMaker.fresh())
                .toList();
        List<Holder> holders = new ArrayList<>(count);
        StringBuilder consents = new StringBuilder();
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < count; i++) {
            OpaqueId consent = OpaqueId.random(random);
            String holder = random(random, HOLDER_BYTES);
            holders.add(new Holder(consent.text(), phones.get(i)));
            String device = bytes(phones.get(i).key().toByteArray());
            row(consents, bytes(consent.toByteArray()), provider, holder, ALL_SHOWN, "2021-07-01T00:00:00Z", device);
            String digest = random(random, DIGEST_BYTES);
            for (int dose = 1; dose <= 2; dose++) {
                String day = "2021-0%d-1%d".formatted(4 + dose, i % 10);
                row(
                        records,
                        "bench",
                        "d%d-%d".formatted(dose, i),
                        1,
                        digest,
                        holder,
                        1,
                        "EU/1/20/1528",
                        dose,
                        2,
                        day,
                        "KR",
                        NULL);
            }
            row(records, "bench", "y-" + i, 1, digest, holder, 5, NULL, NULL, NULL, NULL, NULL, 1940 + i % 70);
        }
        try (Connection connection =
                        DriverManager.getConnection("jdbc:" + database.uri(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            long _ = copy.copyIn(
                    "COPY consent (id, provider, holder, scope, given_at, device) FROM STDIN",
                    new StringReader(consents.toString()));
            long _ = copy.copyIn(
                    "COPY record (registrar, reference, revision, digest, holder, kind, product, dose, total, day, country,"
                            + " year) FROM STDIN",
                    new StringReader(records.toString()));
            boolean _ = statement.execute("VACUUM ANALYZE consent, record");
        }
        return new PassHolders(holders);
    }

    private static String random(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes(bytes);
    }

    /** A bytea in the text format of COPY, where a backslash is written twice. */
    private static String bytes(byte[] bytes) {
        return "\\\\x" + HexFormat.of().formatHex(bytes);
    }

    private static void row(StringBuilder rows, Object... columns) {
        for (int i = 0; i < columns.length; i++) {
            rows.append(i == 0 ? "" : "\t").append(columns[i]);
        }
        rows.append('\n');
    }

    /** The next holder; after the last the first again. */
    public Holder next() {
        Holder holder = holders.get(next);
        next = (next + 1) % holders.size();
        return holder;
    }

    public int size() {
        return holders.size();
    }
}
