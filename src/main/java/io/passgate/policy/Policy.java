package io.passgate.policy;

import io.passgate.model.Claims;
import io.passgate.model.PolicyResult;
import io.passgate.model.Vaccinated;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One version of what an authority accepts: a function from a credential's claims and an instant to a result.
 *
 * <p>How it comes to its result is its own matter: a list of rules with parameters is one way. An implementation is
 * immutable, does no I/O and reads no clock. Any thread calls it, several at once, and a batch calls it for each
 * payload.
 */
public interface Policy {
    /** What a name looks like. It has no {@code @}, so that no name is another policy's id. */
    Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** {@return whose policy it is, such as {@code kr}; it matches {@link #NAME}} */
    String name();

    /** {@return the day in {@link #zone} from which this version is the one {@link #name} stands for} */
    LocalDate validFrom();

    /** {@return the zone in which calendar days are counted} */
    ZoneId zone();

    /** {@return name and first day, such as {@code kr@2021-07-12}: what pins this version} */
    default String id() {
        return name() + "@" + validFrom();
    }

    /**
     * Judges claims at an instant. {@link #validFrom} is not looked at: a pinned version judges any instant.
     *
     * @param claims what a credential says of its holder
     * @param at the instant that the holder is judged at
     * @return met or not met, and never {@link PolicyResult.NotAsked}
     */
    PolicyResult judge(Claims claims, Instant at);

    /**
     * {@return how far the doses shown bring their holder; empty if no dose is shown, or this policy does not say}
     *
     * @param claims what a credential says of its holder
     * @param at the instant that the holder is judged at
     */
    Optional<Vaccinated> vaccinated(Claims claims, Instant at);
}
