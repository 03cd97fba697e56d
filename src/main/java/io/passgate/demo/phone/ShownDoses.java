package io.passgate.demo.phone;

import io.passgate.format.Decoded;
import io.passgate.format.Envelope;
import io.passgate.format.Formats;
import io.passgate.format.entrypass.EntryPassFormat;
import io.passgate.format.entrypass.PassClaims;
import io.passgate.format.entrypass.PassTimes;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.Slice;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the doses that a pass shows, by the gateway's own decoder. One thread. */
final class ShownDoses {
    private final Envelope.Decoder decoder = new Formats(List.of(new EntryPassFormat(PassTimes.DEFAULT))).newDecoder();
    private final PassClaims claims = new PassClaims();

    /** The doses of a pass, the oldest first; none of anything else. */
    JsonArray of(String payload) {
        JsonArray doses = new JsonArray();
        Slice text = Slice.of(payload.getBytes(StandardCharsets.US_ASCII));
        if (decoder.decode(text) instanceof Decoded.Well(var pass)) {
            claims.read(pass.claims()).map(Claims::events).orElse(List.of()).forEach(event -> add(event, doses));
        }
        claims.wipe();
        decoder.wipe();
        return doses;
    }

    private static void add(Event event, JsonArray doses) {
        if (event instanceof Event.Vaccination dose) {
            doses.add(new JsonObject()
                    .put("dose", dose.dose())
                    .put("of", dose.of())
                    .put("date", dose.on().toString()));
        }
    }
}
