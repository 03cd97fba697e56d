package io.passgate.rehearsal;

import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prometheus' rules for a day that is played in minutes: what an alert waits for, and the ranges it looks back, are
 * shorter by one factor. Nothing else of them changes.
 */
final class ShortenedRules {
    private static final Pattern WAITING = Pattern.compile("(?m)^(\\s*for: )(\\d+)([smh])[ \t]*$");
    private static final Pattern RANGE = Pattern.compile("\\[(\\d+)([smh])]");

    private ShortenedRules() {}

    /**
     * The rules in YAML, shortened.
     *
     * @param factor 1 or more
     * @param least what a range has at least: two scrapes, or a rate has no value; a wait of 0 stays 0
     */
    static String of(String rules, double factor, Duration least) {
        if (!(factor >= 1)) {
            throw new IllegalArgumentException("rules are shortened by 1 or more, not by " + factor);
        }
        String waiting = replace(
                WAITING, rules, match -> match.group(1) + ms(match.group(2), match.group(3), factor, Duration.ZERO));
        return replace(RANGE, waiting, match -> "[" + ms(match.group(1), match.group(2), factor, least) + "]");
    }

    private interface Replacement {
        String of(MatchResult match);
    }

    private static String replace(Pattern pattern, String text, Replacement by) {
        return pattern.matcher(text).replaceAll(match -> Matcher.quoteReplacement(by.of(match)));
    }

    private static String ms(String number, String unit, double factor, Duration least) {
        Duration whole = switch (unit) {
            case "s" -> Duration.ofSeconds(Long.parseLong(number));
            case "m" -> Duration.ofMinutes(Long.parseLong(number));
            default -> Duration.ofHours(Long.parseLong(number));
        };
        long shortened = Math.round(whole.toMillis() / factor);
        return Math.max(shortened, least.toMillis()) + "ms";
    }
}
