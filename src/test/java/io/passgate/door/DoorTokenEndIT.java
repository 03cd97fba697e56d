package io.passgate.door;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Client;
import io.passgate.access.ClientToken;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.app.Administration;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.browser.DoorPage;
import io.passgate.testing.browser.DoorStage;
import io.passgate.testing.browser.NeedsBrowser;
import io.passgate.testing.browser.TestBrowser;
import io.passgate.testing.gateway.IssuingGateways;
import io.passgate.testing.gateway.RunningGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token of a door is revoked, or its time is over, while the door is open. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoorTokenEndIT {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int UNKNOWN = 401;

    @TempDir
    private static Path folder = Path.of("");

    private DoorStage stage;
    private TestBrowser browser;

    @BeforeAll
    void start() throws IOException, SQLException, InvalidConfig {
        stage = new DoorStage(folder);
        browser = TestBrowser.open();
    }

    @AfterAll
    void stop() throws IOException {
        browser.close();
        stage.close();
    }

    /** A door of its own whose token lives for ten minutes. */
    private DoorPage door(Administration administration, String client, String language) {
        ClientToken grant = new ClientToken(
                TokenHash.ofToken(IssuingGateways.token(client)),
                new Client(client, Role.FACILITY, stage.country.time.instant().plus(LIFE)));
        int added = administration.run(commands -> commands.addClients(List.of(grant)));
        assertThat(added).isEqualTo(1);
        RunningGateway.until(() -> status(client) != UNKNOWN);
        return DoorPage.open(browser.page(), stage, language, client);
    }

    /** What a request is answered that lets nobody in. */
    private int status(String client) {
        return stage.country
                .checkIn(stage.gateway.port(), client, "of nobody", Optional.empty(), List.of())
                .status();
    }

    private void ends(DoorPage door, String language) {
        boolean isKorean = language.equals("ko");
        door.scan(stage.pass(stage.complete()));
        door.isAnswered("unknown", isKorean ? "다시 시도해 주세요" : "Please try again");
        door.next();
        assertThat(door.page.locator("#tokenForm")).isVisible();
        assertThat(door.page.locator("#tokenWrong"))
                .hasText(
                        isKorean
                                ? "이 토큰은 더 이상 쓸 수 없습니다. 취소되었거나 기간이 끝났습니다."
                                : "This token works no more: it was revoked, or its time is over.");
        assertThat(door.page.locator("#count")).hasText("1");
    }

    private void letsIn(DoorPage door, String language) {
        door.scan(stage.pass(stage.complete()));
        door.isAnswered("accepted", language.equals("ko") ? "접종완료자입니다" : "Fully vaccinated");
        door.next();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ko", "en"})
    void aTokenThatIsRevokedOrOver_isAskedForAgain_andIsNotTheVisitorsFault(String language)
            throws IOException, InvalidConfig {
        String revoked = "revoked-" + language;
        String over = "over-" + language;
        try (Administration administration =
                Administration.open(stage.country.config().build(), stage.country.folder())) {
            DoorPage first = door(administration, revoked, language);
            DoorPage second = door(administration, over, language);
            letsIn(first, language);
            letsIn(second, language);
            int gone = administration.run(commands -> commands.revokeClient(revoked));
            assertThat(gone).isEqualTo(1);
            RunningGateway.until(() -> status(revoked) == UNKNOWN);
            ends(first, language);
            first.picture("token-revoked-" + language);
            letsIn(second, language);
            stage.country.time.advance(LIFE.plusSeconds(1));
            assertThat(second.page.locator("#count")).hasText("2");
            second.scan(stage.pass(stage.complete()));
            assertThat(second.page.locator("#answer")).hasClass("unknown");
            second.next();
            assertThat(second.page.locator("#tokenForm")).isVisible();
            second.picture("token-over-" + language);
            second.token(IssuingGateways.token(over));
            assertThat(second.page.locator("#tokenWrong"))
                    .hasText(
                            language.equals("ko")
                                    ? "등록되지 않은 토큰입니다. 다시 확인해 주세요."
                                    : "This token is not known. Please check it.");
        }
    }
}
