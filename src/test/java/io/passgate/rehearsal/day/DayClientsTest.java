package io.passgate.rehearsal.day;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.passgate.rehearsal.day.DayClients.Asked;
import io.passgate.rehearsal.day.DayClients.Counter;
import io.passgate.rehearsal.day.DayCurve.Kind;
import io.passgate.rehearsal.day.DayRun.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people do about what they are told. */
final class DayClientsTest {
    private static final int PER_SECOND = 20;
    private static final int SECONDS = 2;
    private static final int SPOILT = 5;

    private final List<Person> people = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final LaneTally tally = new LaneTally("doors", 31);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Who comes with the same request again, or with the next one where it is to be another. */
    private final class Person implements Asked {
        private final boolean isRenewing;
        private final boolean isAgain;
        private int accepted;

        Person(boolean isRenewing, boolean isAgain) {
            this.isRenewing = isRenewing;
            this.isAgain = isAgain;
            people.add(this);
        }

        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public Optional<Asked> renewed(long ageNs) {
            return isRenewing ? Optional.of(new Person(true, true)) : Optional.empty();
        }

        @Override
        public void accepted() {
            accepted++;
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void accept(HttpExchange exchange) throws IOException {
        answer(exchange, 200, "{\"verdict\":\"accepted\"}");
    }

    private DayClients play(boolean isRenewing) throws IOException {
        String flat = IntStream.range(0, DayCurve.SLOTS)
                .mapToObj(slot -> DayCurve.timeOf(slot) + "," + PER_SECOND + ",0,0,0\n")
                .collect(Collectors.joining("", "time,check_ins,verifications,passes,first_consents\n", ""));
        DayPlan plan =
                new DayPlan(DayCurve.parse(flat, "flat"), new DayPlan.Terms(PER_SECOND, 1, 2_880, Duration.ZERO));
        DayClients[] playing = new DayClients[1];
        DayClients clients = new DayClients(
                plan,
                List.of(new Counter(
                        Kind.CHECK_IN, server.getAddress().getPort(), 1, () -> new Person(isRenewing, false), tally)),
                100,
                new RetrySchedule.Habits(1, 3, 100),
                new Random(1),
                second -> {
                    if (second == SECONDS) {
                        playing[0].end();
                    }
                });
        playing[0] = clients;
        try (clients) {
            clients.play();
        }
        return clients;
    }

    private double sum(ToDoubleFunction<Sample> what) {
        return tally.lane().samples().stream().mapToDouble(what).sum();
    }

    private int accepted() {
        return people.stream().mapToInt(person -> person.accepted).sum();
    }

    private void theFirstAreToldToComeLater() {
        var _ = server.createContext("/", exchange -> {
            if (asked.incrementAndGet() <= SPOILT) {
                exchange.getResponseHeaders().add("Retry-After", "0");
                answer(exchange, 503, "later");
            } else {
                accept(exchange);
            }
        });
    }

    @Test
    void whoIsToldToComeLater_comesThen_andIsLetIn() throws IOException {
        theFirstAreToldToComeLater();
        DayClients clients = play(false);
        assertThat(sum(Sample::shed)).isEqualTo(SPOILT);
        assertThat(people).hasSizeBetween(PER_SECOND, 3 * PER_SECOND);
        assertThat(accepted() + clients.waiting()).isEqualTo(people.size());
        assertThat(sum(Sample::offered)).isEqualTo(people.size() + SPOILT - clients.waiting());
        assertThat(clients.givenUp()).isZero();
    }

    @Test
    void whoseRequestIsOutOfDate_comesWithAnotherOne() throws IOException {
        theFirstAreToldToComeLater();
        DayClients clients = play(true);
        int again = SPOILT - clients.waiting();
        assertThat(again).isPositive();
        assertThat(sum(Sample::offered)).isEqualTo(people.size());
        assertThat(accepted()).isEqualTo(people.size() - SPOILT);
        assertThat(people).filteredOn(person -> person.isAgain).hasSize(again).allMatch(person -> person.accepted == 1);
    }

    @Test
    void whoIsRefused_isNotTakenForLetIn_andTheAnswerIsKept() throws IOException {
        var _ = server.createContext("/", exchange -> {
            if (asked.incrementAndGet() == 1) {
                answer(exchange, 200, "{\"verdict\":\"refused\"}");
            } else {
                accept(exchange);
            }
        });
        DayClients clients = play(false);
        assertThat(sum(Sample::refused)).isEqualTo(1);
        assertThat(accepted()).isEqualTo(people.size() - 1);
        assertThat(clients.refusals()).singleElement().asString().contains("\"refused\"");
    }

    @Test
    void whoseConnectionIsLost_hasNoAnswer() throws IOException {
        var _ = server.createContext("/", exchange -> {
            if (asked.incrementAndGet() == 1) {
                exchange.close();
            } else {
                accept(exchange);
            }
        });
        DayClients clients = play(false);
        assertThat(sum(Sample::unanswered)).isEqualTo(1);
        assertThat(accepted() + clients.waiting()).isEqualTo(people.size());
    }
}
