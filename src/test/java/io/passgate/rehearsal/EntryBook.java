package io.passgate.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.rehearsal.Visitors.Said;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What people were told, held against the entry log. */
final class EntryBook {
    private static final String ENTRIES = "SELECT replace(entry_id::text, '-', '') FROM entry_log WHERE at >= '%s'";

    /** Words of an answer that say that its gateway decided without the others. */
    private static final Set<String> UNSHARED = Set.of("fallback", "local");

    private final List<Said> said;
    private final String entries;

    /**
     * Of visitors who have all been.
     *
     * @param since when the first of them came; nobody else did after that
     */
    EntryBook(List<Said> said, Instant since) {
        this.said = said;
        this.entries = ENTRIES.formatted(since);
    }

    /** Where the log is. */
    interface Log {
        List<String> texts(String query) throws SQLException;
    }

    /**
     * Every visit that was acknowledged is there once, and none that nobody asked for.
     *
     * @param patience with gateways that carry what waits
     */
    void compareWith(Log log, Duration patience) throws IOException, InterruptedException, SQLException {
        Set<String> acknowledged =
                said.stream().filter(Said::isAccepted).map(Said::entry).collect(Collectors.toSet());
        ServerProcess.await(
                "the acknowledged visits are in the log",
                patience,
                () -> missing(log, entries, acknowledged).isEmpty());
        List<String> logged = log.texts(entries);
        Set<String> asked = said.stream().map(Said::entry).collect(Collectors.toSet());
        assertThat(logged).doesNotHaveDuplicates();
        assertThat(asked).containsAll(logged);
    }

    private static Set<String> missing(Log log, String entries, Collection<String> acknowledged) {
        Set<String> missing = new HashSet<>(acknowledged);
        try {
            log.texts(entries).forEach(missing::remove);
        } catch (SQLException notNow) {
            return missing;
        }
        return missing;
    }

    /** Nobody who shows a good pass for the first time is refused, whatever has happened. */
    void nobodyIsRefusedByAFaultOfOurs() {
        assertThat(said.stream()
                        .filter(one -> !one.isShownAgain() && one.verdict().equals("refused"))
                        .map(Said::reason))
                .as("reasons why good passes were refused")
                .isEmpty();
    }

    /** A pass is let in a second time only where an answer has said that a gateway decided without the others. */
    void nobodyIsLetInTwiceUnlessItWasSaid() {
        Map<String, List<Said>> byPass =
                said.stream().filter(Said::isAccepted).collect(Collectors.groupingBy(Said::pass));
        assertThat(byPass.values().stream()
                        .filter(uses ->
                                uses.size() > 1 && uses.stream().noneMatch(use -> UNSHARED.contains(use.oneTime()))))
                .as("passes that were let in twice, and nobody knew")
                .isEmpty();
        assertThat(count(one -> one.isShownAgain() && one.reason().equals("already_used")))
                .as("uses that were told of")
                .isPositive();
    }

    /** The attempts of all visitors that got no verdict. */
    int failures() {
        return said.stream().mapToInt(Said::failures).sum();
    }

    long count(Predicate<Said> which) {
        return said.stream().filter(which).count();
    }

    /** How often what was said, and the longest that nobody was let in, for people. */
    String summary() {
        Map<String, Integer> counts = new TreeMap<>();
        said.forEach(one -> counts.merge(
                (one.verdict() + " " + one.reason() + " " + one.oneTime())
                        .replaceAll(" +", " ")
                        .strip(),
                1,
                Integer::sum));
        return "%s; %d attempts without a verdict; longest without anybody let in %.2f s; longest wait %.2f s"
                .formatted(
                        new HashMap<>(counts),
                        failures(),
                        longestSilenceNs() / 1e9,
                        said.stream().mapToLong(Said::waitedNs).max().orElse(0) / 1e9);
    }

    long longestSilenceNs() {
        long[] times = said.stream()
                .filter(Said::isAccepted)
                .mapToLong(Said::saidNs)
                .sorted()
                .toArray();
        long longest = 0;
        for (int i = 1; i < times.length; i++) {
            longest = Math.max(longest, times[i] - times[i - 1]);
        }
        return longest;
    }
}
