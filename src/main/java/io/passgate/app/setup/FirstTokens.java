package io.passgate.app.setup;

import io.passgate.access.Client;
import io.passgate.access.ClientToken;
import io.passgate.access.NewToken;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.app.Administration;
import io.passgate.store.feed.AdminQueries.KnownToken;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A token for each role, once: its text in a file of its owner's, its SHA-256 in the database. The file is written
 * first, so that a run that broke off between the two is completed by the next. Who takes a file away has that role's
 * token made by nobody a second time.
 */
final class FirstTokens {
    private static final Duration VALID_FOR = Duration.ofDays(365);

    /** As {@link NewToken} makes it: nobody is let in by a file that was cut off. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final Administration administration;
    private final Path folder;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final SetupReport report;

    FirstTokens(
            Administration administration,
            Path folder,
            RandomGenerator random,
            InstantSource clock,
            SetupReport report) {
        this.administration = administration;
        this.folder = folder;
        this.random = random;
        this.clock = clock;
        this.report = report;
    }

    /**
     * Makes those that there are not.
     *
     * @param providers who may issue: each gets a token of its name
     */
    void make(List<String> providers) throws IOException {
        for (Role role : Role.values()) {
            if (role == Role.PROVIDER) {
                for (String provider : providers) {
                    make(role.code() + "-" + provider, provider, role);
                }
            } else {
                make(role.code(), role.code(), role);
            }
        }
    }

    private void make(String fileName, String name, Role role) throws IOException {
        Path file = folder.resolve(fileName);
        String what = "token of " + (role == Role.PROVIDER ? "provider " + name : role.code());
        if (Files.exists(file)) {
            complete(what, file, name, role);
        } else if (administration.ask(queries -> queries.hasToken(name, role))) {
            report.kept(what, "was made before, and is not in " + file + " any more");
        } else {
            NewToken token = new NewToken(random);
            SecretFile.write(file, token.reveal());
            add(what, file, token.hash(), name, role);
        }
    }

    private void complete(String what, Path file, String name, Role role) throws IOException {
        String text = Files.readString(file).strip();
        if (!TOKEN.matcher(text).matches()) {
            throw new FileSystemException(file.toString(), null, "holds no token: take it away to have one made");
        }
        TokenHash hash = TokenHash.ofToken(text);
        Optional<KnownToken> known = administration.ask(queries -> queries.token(hash));
        if (known.isEmpty()) {
            add(what, file, hash, name, role);
        } else if (known.get().isRevoked()) {
            report.kept(what, "is in " + file + ", and was revoked");
        } else {
            report.kept(what, "is in " + file + ", until " + known.get().expiresAt());
        }
    }

    private void add(String what, Path file, TokenHash hash, String name, Role role) {
        Instant end = clock.instant().plus(VALID_FOR).truncatedTo(ChronoUnit.SECONDS);
        var _ = administration.run(
                adminCommands -> adminCommands.addClients(List.of(new ClientToken(hash, new Client(name, role, end)))));
        report.made(what, "made, in " + file + ", until " + end);
    }
}
