package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Role;
import io.passgate.testing.api.OpenApiDocument;
import io.passgate.testing.api.RunningApi;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever the document says a route asks for, the route asks for; also of routes to come. */
final class EveryRouteTest {
    private static HttpRequest.Builder to(RunningApi running, String route) {
        String[] parts = route.split(" ", 2);
        return running.request(parts[1].replaceAll("\\{[a-z]+}", "1"))
                .header("content-type", "application/json")
                .method(parts[0], BodyPublishers.ofString("{}"));
    }

    private static int status(RunningApi running, String route, Optional<String> token) {
        HttpRequest.Builder request = to(running, route);
        token.ifPresent(value -> request.header("authorization", "Bearer " + value));
        return running.send(request).statusCode();
    }

    @Test
    void everyRoute_takesItsRoleOnly_andRefusesExpiredUnknownAndMissingTokens() {
        Map<String, Set<Role>> roles = OpenApiDocument.read().roles();
        assertThat(roles.values()).contains(Set.of(Role.VERIFIER), Set.of(Role.FACILITY, Role.CARE_FACILITY));
        try (RunningApi running = RunningApi.open()) {
            roles.forEach((route, needed) -> {
                for (Role role : Role.values()) {
                    int status = status(running, route, Optional.of(RunningApi.token(role)));
                    if (!needed.isEmpty() && !needed.contains(role)) {
                        assertThat(status).as("%s by %s", route, role).isEqualTo(403);
                    } else {
                        assertThat(status).as("%s by %s", route, role).isNotIn(401, 403);
                    }
                }
                if (!needed.isEmpty()) {
                    assertThat(status(running, route, Optional.empty()))
                            .as(route)
                            .isEqualTo(401);
                    assertThat(status(running, route, Optional.of("unknown")))
                            .as(route)
                            .isEqualTo(401);
                }
            });
            running.time.advance(Duration.between(running.time.instant(), RunningApi.TOKENS_END));
            roles.forEach((route, needed) ->
                    needed.forEach(role -> assertThat(status(running, route, Optional.of(RunningApi.token(role))))
                            .as("%s at the token's end", route)
                            .isEqualTo(401)));
        }
    }
}
