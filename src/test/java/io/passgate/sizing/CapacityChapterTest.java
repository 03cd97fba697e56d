package io.passgate.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.MarkdownFile;
import io.passgate.sizing.MeasuredFigures.CheckInCost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The chapter on capacity says the figures that {@code passgate size} reckons with. */
final class CapacityChapterTest {
    private static final Path CHAPTER = Path.of("src/site/markdown/capacity.md");

    private final MeasuredFigures figures = MeasuredFigures.ofThisRelease();

    private static String chapter() throws IOException {
        return MarkdownFile.read(CHAPTER).prose();
    }

    /** The cells of the one row of a table that begins like this. */
    private static List<String> row(String first) throws IOException {
        List<List<String>> rows = chapter()
                .lines()
                .filter(line -> line.startsWith("| " + first))
                .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)))
                .toList();
        assertThat(rows).as(first).hasSize(1);
        return rows.getFirst();
    }

    private static String cost(CheckInCost cost) {
        return "the gateway %d us, Redis %d us, PostgreSQL %d us"
                .formatted(cost.gatewayUs(), cost.redisUs(), cost.postgresqlUs());
    }

    @Test
    void dayAndMachine_areThoseOfTheFigures() throws IOException {
        assertThat(chapter()).contains("All figures are of " + figures.machine() + " on " + figures.measuredOn());
    }

    @Test
    void timesOfAMachine_areThoseOfTheFigures() throws IOException {
        assertThat(row("check-ins in batches of " + MeasuredFigures.BATCH).getLast())
                .isEqualTo(cost(figures.inBatches()));
        assertThat(row("check-ins one by one").getLast()).isEqualTo(cost(figures.oneByOne()));
        assertThat(row("entry passes with device proofs").getLast())
                .isEqualTo("reckoned as " + PlainNumber.of(figures.passesPerCore()) + " of a core, stores included");
    }

    private static void assertBytes(String what, long bytes) throws IOException {
        assertThat(row(what).get(1)).as(what).isEqualTo(PlainNumber.of(bytes));
    }

    @Test
    void bytesOfWhatIsKept_areThoseOfTheFigures_andForAsLong() throws IOException {
        assertBytes("a visit in PostgreSQL, its row", figures.visit().rowBytes());
        assertBytes("a visit in PostgreSQL, its places", figures.visit().indexBytes());
        assertBytes("a visit in the write-ahead log", figures.visit().walBytes());
        assertBytes("a holder in PostgreSQL", figures.holderBytes());
        assertBytes("a used pass in Redis", figures.redis().usedPassBytes());
        assertBytes("an Idempotency-Key in Redis", figures.redis().requestBytes());
        assertBytes("a visit in Redis's stream", figures.redis().waitingVisitBytes());
        assertThat(row("a visit in PostgreSQL, its row").getLast()).isEqualTo(Sizing.DAYS + " days");
        assertThat(row("a used pass in Redis").getLast()).isEqualTo(Sizing.USED_PASS_SECONDS + " s from its making");
        assertThat(row("an Idempotency-Key in Redis").getLast()).isEqualTo(Sizing.REQUEST_SECONDS + " s");
    }
}
