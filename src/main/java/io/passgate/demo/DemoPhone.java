package io.passgate.demo;

import io.passgate.demo.phone.PhonePlan;
import io.passgate.demo.phone.RunningPhone;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The page of the phone in a demonstration: it asks the first gateway in the names of the demonstration's clients. */
final class DemoPhone {
    private DemoPhone() {}

    /** Starts it, or else closes {@code gateways}. */
    static RunningPhone start(int port, DemoPorts gateway, DemoTokens tokens, DemoGateways gateways)
            throws IOException {
        Map<String, String> held = new HashMap<>();
        DemoStory.PROVIDERS.forEach(name -> held.put(name, tokens.of(name)));
        held.put(DemoTokens.REGISTRAR, tokens.of(DemoTokens.REGISTRAR));
        PhonePlan plan = new PhonePlan(
                port,
                URI.create("http://127.0.0.1:" + gateway.issuing()),
                held,
                DemoTokens.REGISTRAR,
                DemoStory.PROVIDERS.stream()
                        .map(name -> new PhonePlan.Provider(name, DemoStory.htu(name)))
                        .toList(),
                InstantSource.system());
        try {
            return RunningPhone.start(plan);
        } catch (IOException failed) {
            gateways.close();
            throw failed;
        }
    }
}
