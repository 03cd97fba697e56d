package io.passgate.demo;

import io.passgate.demo.DemoHolder.Enrolled;
import io.passgate.dpop.ProofMaker;
import io.passgate.qr.QrCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The story of July 2021 up to the QR codes, played over HTTP at the two gateways of a demonstration. */
final class DemoStory {
    /** Each with what it asks of phones. */
    static final List<String> PROVIDERS = List.of("kakao", "naver", "toss", "pass", "coov");

    static final String WITH_PROOF = "pass";

    private static final String POLICY = "kr";

    private final DemoClient here;
    private final DemoClient there;
    private final PrintWriter out;
    private final LocalDate today;
    private final DemoHolder holder;

    /**
     * A story that is to be played.
     *
     * @param here where everything is issued, {@code there} where it is verified
     * @param holder has both doses at its end
     */
    DemoStory(DemoClient here, DemoClient there, PrintWriter out, LocalDate today, DemoHolder holder) {
        this.here = here;
        this.there = there;
        this.out = out;
        this.today = today;
        this.holder = holder;
    }

    /** What a provider's proofs name as their target. */
    static String htu(String provider) {
        return "https://" + provider + ".example/entry";
    }

    void play() throws IOException {
        out.println(
                "\nThe story of July 2021, at two gateways: what the first one issues, the second one judges by kr.\n");
        holder.isGiven(1, today.minusDays(60));
        say("1. The registrar records a first dose of an invented person, 60 days ago.");
        say("2. Before the consent a pass lets in and says no more; after it, it shows the dose:");
        for (String provider : PROVIDERS) {
            String before = verdict(payload(passBeforeConsent(provider)));
            String after = verdict(payload(holder.pass(holder.enrol(provider))));
            say("     %-6s before: %-24s after: %s".formatted(provider, before, after));
        }
        Enrolled owner = holder.enrol(WITH_PROOF);
        say("3. A QR code of 15 seconds, as the phone shows it:\n");
        String shown = payload(holder.pass(owner));
        out.println(QrCode.of(shown, QrCode.ENTRY_PASS_MAX_VERSION).terminal());
        say("4. pass asks the phone for a proof at every QR code:");
        Optional<String> proof = owner.proof();
        say("     the holder's phone:      " + outcome(holder.pass(owner, proof)));
        say("     the same proof again:    " + outcome(holder.pass(owner, proof)));
        Enrolled stranger = new Enrolled(WITH_PROOF, owner.consent(), ProofMaker.fresh());
        say("     a stranger's phone:      " + outcome(holder.pass(stranger)));
        wallet();
    }

    private void wallet() throws IOException {
        Enrolled kakao = holder.enrol("kakao");
        String certificate = payload(holder.certificates(kakao).getJsonObject(0));
        say("5. A wallet certificate of the first dose, for travelling: %s without a policy."
                .formatted(there.verdict(certificate, Optional.empty())));
        holder.isGiven(2, today.minusDays(20));
        JsonObject next = holder.pass(kakao);
        say("   The registrar records the second dose, 20 days ago. The next QR code shows both: %s."
                .formatted(verdict(payload(next))));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Where the phone has to prove itself, it is registered under a consent to show nothing. */
    private JsonObject passBeforeConsent(String provider) throws IOException {
        return provider.equals(WITH_PROOF)
                ? holder.pass(holder.enrol(provider, Optional.of(new JsonArray())))
                : here.post(provider, "passes", new JsonObject(), Optional.empty());
    }

    private static String payload(JsonObject issued) {
        return issued.getString("payload");
    }

    private static String outcome(JsonObject pass) {
        if (pass.containsKey("payload")) {
            return "a pass that shows "
                    + pass.getJsonArray("shows").stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        String type = pass.getString("type");
        return "none: " + type.substring(type.lastIndexOf(':') + 1);
    }

    private String verdict(String payload) throws IOException {
        return there.verdict(payload, Optional.of(POLICY));
    }
}
