package io.passgate.testing.story;

import io.passgate.testing.NeedleSearch;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the stores hold, as they say it themselves. */
public final class PrivacyStores {
    /** Every key, and its value as {@code DUMP} writes it. */
    private static final String DUMP_ALL =
            "local all = {} for _, key in ipairs(redis.call('KEYS', '*')) do all[#all + 1] = key"
                    + " all[#all + 1] = redis.call('DUMP', key) end return table.concat(all)";

    private PrivacyStores() {}

    /** What is in the rows of all tables, bytes in hexadecimal. */
    public static List<NeedleSearch.Found> rows(TestStores stores, NeedleSearch search) throws SQLException {
        List<NeedleSearch.Found> found = new ArrayList<>();
        var database = stores.database();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:" + database.uri(), database.user(), database.password());
                Statement sql = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = sql.executeQuery(
                    "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                            + " WHERE c.relkind IN ('r', 'm') AND n.nspname = 'public'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = sql.executeQuery(
                        "SELECT coalesce(string_agg(row_to_json(t)::text || t::text, ' '), '') FROM " + table + " t")) {
                    while (rows.next()) {
                        String text = rows.getString(1);
                        found.addAll(search.in("table " + table, text.getBytes(StandardCharsets.UTF_8)));
                    }
                }
            }
        }
        return found;
    }

    /** What is in all keys of Redis and in their values, which are not compressed for it. */
    public static List<NeedleSearch.Found> keys(TestStores stores, NeedleSearch search) throws IOException {
        String said = stores.redisCommand("CONFIG", "SET", "rdbcompression", "no");
        if (!said.equals("+OK")) {
            throw new AssertionError(said);
        }
        try (Socket socket = new Socket("127.0.0.1", stores.redis.port())) {
            String command = "EVAL \"" + DUMP_ALL + "\" 0\r\nQUIT\r\n";
            socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            byte[] answer = socket.getInputStream().readAllBytes();
            if (!new String(answer, StandardCharsets.ISO_8859_1).matches("(?s)\\$[1-9].*")) {
                throw new AssertionError(new String(answer, StandardCharsets.ISO_8859_1));
            }
            return search.in("Redis", answer);
        }
    }
}
