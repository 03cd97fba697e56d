package io.passgate.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.Responses;
import io.passgate.http.response.RetryAfter;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.api.RawConnection;
import io.passgate.testing.api.RunningApi;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever another side does, and whatever becomes of the answer: the request has one answer, and its connection goes
 * on.
 */
final class CompletionsTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final Completions.Otherwise OTHERWISE =
            new Completions.Otherwise(Problem.of(ProblemType.CHECK_INS_UNAVAILABLE), "nothing was done");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<String> answered = new CopyOnWriteArrayList<>();
    private final List<Completions.Completion<String>> given = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CapturedLogs logs = new CapturedLogs();

    @AfterEach
    void close() {
        var _ = RunningApi.await(vertx.close());
        logs.close();
    }

    /** A server whose one route asks this side, and answers so. */
    private int serve(Duration patience, Completions.Side<String> side, Consumer<RoutingContext> answer) {
        Router router = Router.router(vertx);
        Completions completions = new Completions(vertx, patience, new RetryAfter(new Random(7)));
        router.route().handler(context -> {
            var _ = context.addEndHandler(done -> ended.countDown());
            completions.<String>ask(
                    context,
                    completion -> {
                        given.add(completion);
                        return side.ask(completion);
                    },
                    OTHERWISE,
                    result -> {
                        answered.add(result);
                        answer.accept(context);
                    });
        });
        router.errorHandler(
                500, context -> Problem.of(ProblemType.GATEWAY_FAULT).send(context));
        HttpServer server =
                RunningApi.await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        return server.actualPort();
    }

    private static void plainly(RoutingContext context) {
        Responses.end(context, Buffer.buffer("here"));
    }

    private static Optional<ProblemType> elsewhere(Runnable completing) {
        Thread.ofPlatform().daemon().start(completing);
        return Optional.empty();
    }

    /** The statuses of two requests, one after the other on one connection. */
    private static List<Integer> twice(int port) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        try (RawConnection connection = new RawConnection(port)) {
            for (int i = 0; i < 2; i++) {
                statuses.add(connection.say(REQUEST).status());
            }
        }
        return statuses;
    }

    @Test
    void aSideThatCompletesTwice_isHeardOnce() throws IOException {
        int port = serve(
                Duration.ofSeconds(20),
                completion -> elsewhere(() -> {
                    completion.complete("first");
                    completion.complete("second");
                    completion.handle(Future.failedFuture("third"));
                }),
                CompletionsTest::plainly);
        assertThat(twice(port)).containsExactly(200, 200);
        assertThat(answered).containsExactly("first", "first");
    }

    @Test
    void aSideThatNeverCompletes_isAnsweredForInTime_andNotHeardAfter() throws IOException {
        int port = serve(Duration.ofMillis(20), completion -> Optional.empty(), CompletionsTest::plainly);
        assertThat(twice(port)).containsExactly(503, 503);
        given.forEach(late -> late.complete("too late"));
        assertThat(twice(port)).containsExactly(503, 503);
        assertThat(answered).isEmpty();
    }

    @Test
    void aSideThatThrows_alsoAfterItHasCompleted_isAFault_quotedByNobody() throws IOException {
        int port = serve(
                Duration.ofSeconds(20),
                completion -> {
                    completion.complete("first");
                    throw new IllegalStateException("CANARY");
                },
                CompletionsTest::plainly);
        assertThat(twice(port)).containsExactly(500, 500);
        assertThat(answered).isEmpty();
    }

    @Test
    void aSideThatTakesNothing_isAnsweredAtOnce() throws IOException {
        int port = serve(
                Duration.ofSeconds(20), completion -> Optional.of(ProblemType.OVERLOADED), CompletionsTest::plainly);
        assertThat(twice(port)).containsExactly(503, 503);
    }

    @Test
    void aFailure_isUnavailable_andItsMessageInNoLog() throws IOException {
        int port = serve(
                Duration.ofSeconds(20),
                completion ->
                        elsewhere(() -> completion.handle(Future.failedFuture(new IllegalStateException("CANARY")))),
                CompletionsTest::plainly);
        assertThat(twice(port)).containsExactly(503, 503);
        assertThat(logs.lines())
                .filteredOn(line -> line.contains("nothing was done"))
                .hasSize(2);
        assertThat(logs.lines()).noneMatch(line -> line.contains("CANARY"));
    }

    @Test
    void anAnswerThatThrows_orForgetsToAnswer_isAFault() throws IOException {
        for (Consumer<RoutingContext> wrong : List.<Consumer<RoutingContext>>of(
                context -> {
                    throw new IllegalStateException("CANARY");
                },
                context -> {
                    throw new StackOverflowError("CANARY");
                },
                context -> {})) {
            int port = serve(Duration.ofSeconds(20), completion -> elsewhere(() -> completion.complete("here")), wrong);
            assertThat(twice(port)).containsExactly(500, 500);
        }
    }

    @Test
    void anAnswerThatThrowsInItsMiddle_endsItsConnection() throws IOException {
        int port =
                serve(Duration.ofSeconds(20), completion -> elsewhere(() -> completion.complete("here")), context -> {
                    var _ = context.response().setChunked(true).write("half");
                    throw new IllegalStateException("CANARY");
                });
        try (RawConnection connection = new RawConnection(port)) {
            assertThat(connection.say(REQUEST).status()).isEqualTo(200);
            connection.drain();
        }
    }

    @Test
    void afterItsClientHasLeft_nothingIsAnswered_andNobodyIsHurt() throws IOException, InterruptedException {
        int port = serve(Duration.ofSeconds(20), completion -> Optional.empty(), CompletionsTest::plainly);
        try (RawConnection leaving = new RawConnection(port)) {
            leaving.say(REQUEST);
            RunningApi.until(() -> !given.isEmpty());
        }
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        given.getFirst().complete("nobody listens");
        try (RawConnection next = new RawConnection(port)) {
            next.say(REQUEST);
            RunningApi.until(() -> given.size() == 2);
            given.get(1).complete("somebody does");
            assertThat(next.status()).isEqualTo(200);
        }
        assertThat(answered).containsExactly("somebody does");
    }
}
