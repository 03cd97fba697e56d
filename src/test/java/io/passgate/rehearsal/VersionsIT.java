package io.passgate.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.Tools;
import io.passgate.app.config.InvalidConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** This version and the one before side by side, while people are let in. */
@Tools.Needed("rehearsal")
final class VersionsIT {
    private static final int DOORS = 4;
    private static final int PER_SECOND = 80;
    private static final int SOME = 200;
    private static final Duration SETTLING = Duration.ofSeconds(40);

    @Test
    @Tools.Needed(value = "previous", as = "version before")
    void upgradedOneByOne_andBack_noRequestFails_andNoVisitIsLost()
            throws IOException, InterruptedException, SQLException, InvalidConfig {
        List<String> before = List.of(Tools.command("previous"));
        List<String> now = GatewayNode.laidOut();
        assertThat(before).isNotEqualTo(now);
        try (Rehearsal rehearsal = new Rehearsal(Path.of("target/rehearsal/versions"))) {
            GatewayNode first = rehearsal.add(before);
            GatewayNode second = rehearsal.add(before);
            rehearsal.start();
            try (Visitors visitors = rehearsal.visitors(DOORS, PER_SECOND)) {
                visitors.awaitMore(SOME);
                for (List<String> program : List.of(now, before)) {
                    first.replace(program);
                    visitors.awaitMore(SOME);
                    second.replace(program);
                    visitors.awaitMore(SOME);
                }
                visitors.end();
                EntryBook book = new EntryBook(visitors.said(), visitors.since);
                System.out.println("two versions: " + book.summary());
                assertThat(book.failures()).isZero();
                assertThat(book.count(said -> said.verdict().equals("indeterminate")))
                        .isZero();
                book.nobodyIsRefusedByAFaultOfOurs();
                book.nobodyIsLetInTwiceUnlessItWasSaid();
                book.compareWith(rehearsal.postgresql::texts, SETTLING);
            }
        }
    }
}
