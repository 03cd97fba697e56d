package io.passgate.testing;

import io.passgate.format.Decoded;
import io.passgate.format.entrypass.PassClaims;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an entry pass says, whoever signed it. */
public final class ReadPass {
    private ReadPass() {}

    public static Claims claims(String pass) {
        Slice payload = Slice.of(pass.getBytes(StandardCharsets.US_ASCII));
        if (UsualFormats.decoder().decode(payload) instanceof Decoded.Well(var credential)) {
            return new PassClaims().read(credential.claims()).orElseThrow();
        }
        throw new AssertionError("no pass: " + pass);
    }

    /** The numbers of the doses that it shows. */
    public static List<Integer> doses(String pass) {
        return claims(pass).events().stream()
                .filter(Event.Vaccination.class::isInstance)
                .map(event -> ((Event.Vaccination) event).dose())
                .toList();
    }
}
