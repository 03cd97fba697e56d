package io.passgate.http.verify;

import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said to people of a verdict, in one language; every reason has its sentence, encoded once. Any thread. */
public final class VerdictTexts {
    private static final Map<Language, VerdictTexts> ALL = new EnumMap<>(Language.class);

    static {
        for (Language language : Language.values()) {
            ALL.put(language, new VerdictTexts(language));
        }
    }

    private final Map<Reason, byte[]> reasons = new EnumMap<>(Reason.class);
    private final byte[] accepted;

    private VerdictTexts(Language language) {
        for (Reason reason : Reason.values()) {
            reasons.put(reason, language.sentence(key(language, reason)));
        }
        accepted = language.sentence("accepted");
    }

    /** A reason's own sentence, or that of its stage; whatever is our fault has one sentence. */
    private static String key(Language language, Reason reason) {
        if (language.has(reason.code())) {
            return reason.code();
        }
        return reason.culprit() == Reason.Culprit.GATEWAY
                ? "indeterminate"
                : "stage." + reason.stage().name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the sentences in a language}
     *
     * @param language of all of them
     */
    public static VerdictTexts in(Language language) {
        return present(ALL.get(language));
    }

    /**
     * {@return the sentence of a verdict as JSON in UTF-8, with its quotes; shared, and never written into}
     *
     * @param verdict on one payload
     */
    public byte[] of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted _ -> accepted;
            case Verdict.Refused(var reason) -> present(reasons.get(reason));
            case Verdict.Indeterminate(var reason) -> present(reasons.get(reason));
        };
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("every value has its text");
        }
        return value;
    }
}
