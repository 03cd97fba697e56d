package io.passgate.testing.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.gateway.IssuingGateways;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What providers keep by themselves: whose each pass was. No gateway and no store has it. */
public final class ProviderBooks {
    private final Map<String, Map<String, String>> holders = new HashMap<>();
    private final List<String> payloads = new ArrayList<>();

    void write(String provider, StoryPerson.Pass pass, String ci) {
        holders.computeIfAbsent(provider, first -> new HashMap<>()).put(pass.id(), ci);
        payloads.add(pass.payload());
    }

    /**
     * The ids are passes of {@code holders}, in this order, as the provider says; no other provider knows any of them.
     */
    public void onlyResolvedBy(String provider, List<String> ids, String... holders) {
        assertThat(ids).extracting(id -> resolve(provider, id)).containsExactly(holders);
        for (String other : IssuingGateways.PROVIDERS) {
            if (!other.equals(provider)) {
                assertThat(ids)
                        .as("at %s", other)
                        .extracting(id -> resolve(other, id))
                        .containsOnly("nobody");
            }
        }
    }

    private String resolve(String provider, String id) {
        return holders.getOrDefault(provider, Map.of()).getOrDefault(id, "nobody");
    }

    /** Every pass that was ever shown on a phone. */
    public List<String> payloads() {
        return List.copyOf(payloads);
    }
}
