package io.passgate.http.checkin;

import io.passgate.checkin.CheckInResult;
import io.passgate.http.json.JsonBytes;
import io.passgate.http.verify.Language;
import io.passgate.http.verify.VerdictTexts;
import io.passgate.model.Vaccinated;
import io.passgate.model.Verdict;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a door says to people, in one language: of somebody who is not let in what {@link VerdictTexts} says, and of
 * somebody who is how far the doses shown bring them. Any thread.
 */
public final class CheckInTexts {
    private static final Map<Language, CheckInTexts> ALL = new EnumMap<>(Language.class);

    static {
        for (Language language : Language.values()) {
            ALL.put(language, new CheckInTexts(language));
        }
    }

    private final VerdictTexts verdicts;
    private final Map<Standing, byte[]> standings;

    /** What is said of somebody who is let in. */
    private enum Standing {
        /** Complete, and the days after it have passed. */
        COMPLETE,
        WAITING,
        INCOMPLETE,
        /** Nothing is shown that could be complete. */
        WELCOME
    }

    private CheckInTexts(Language language) {
        verdicts = VerdictTexts.in(language);
        standings = new EnumMap<>(Standing.class);
        for (Standing standing : Standing.values()) {
            standings.put(standing, language.sentence(standing.name().toLowerCase(Locale.ROOT)));
        }
    }

    /**
     * {@return the sentences in a language}
     *
     * @param language of all of them
     */
    public static CheckInTexts in(Language language) {
        CheckInTexts texts = ALL.get(language);
        if (texts == null) {
            throw new AssertionError("every language has its texts");
        }
        return texts;
    }

    /**
     * Writes the sentence as JSON, with its quotes.
     *
     * @param json what is written to
     * @param result of one payload
     */
    public void append(JsonBytes json, CheckInResult result) {
        Verdict verdict = result.verificationResult().verdict();
        if (verdict instanceof Verdict.Accepted) {
            json.append(standings, standing(result));
        } else {
            json.append(verdicts.of(verdict));
        }
    }

    private static Standing standing(CheckInResult result) {
        if (result.verificationResult().vaccinated().isEmpty()) {
            return Standing.WELCOME;
        }
        Vaccinated vaccinated = result.verificationResult().vaccinated().get();
        if (!vaccinated.complete()) {
            return Standing.INCOMPLETE;
        }
        return vaccinated.waitOver() ? Standing.COMPLETE : Standing.WAITING;
    }
}
