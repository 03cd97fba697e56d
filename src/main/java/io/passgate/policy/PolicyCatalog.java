package io.passgate.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All policies a gateway knows, found by name and instant or pinned by version. */
public final class PolicyCatalog {
    private final List<Policy> policies;
    private final Map<String, Policy> byId = new HashMap<>();
    private final Map<String, List<Policy>> newestFirstByName = new HashMap<>();

    /**
     * Creates a catalog.
     *
     * @param policies in any order; copied
     * @throws IllegalArgumentException if two have the same id, or a name is none
     */
    public PolicyCatalog(Collection<Policy> policies) {
        this.policies = policies.stream()
                .sorted(Comparator.comparing(Policy::name).thenComparing(Policy::validFrom))
                .toList();
        for (Policy policy : this.policies) {
            if (!Policy.NAME.matcher(policy.name()).matches()) {
                throw new IllegalArgumentException("a policy's name is " + Policy.NAME + ", not " + policy.name());
            }
            if (byId.put(policy.id(), policy) != null) {
                throw new IllegalArgumentException("two policies have the id " + policy.id());
            }
            newestFirstByName
                    .computeIfAbsent(policy.name(), name -> new ArrayList<>())
                    .addFirst(policy);
        }
    }

    /** {@return all policies, by name and then by first day} */
    public List<Policy> policies() {
        return policies;
    }

    /**
     * {@return the policy that a request means; empty if there is none of that name or id}
     *
     * <p>An id such as {@code kr@2021-07-12} pins that version, whatever the instant. A name such as {@code kr} picks
     * the newest version whose first day has begun in its own zone at {@code at}. Before the first version's first day
     * it picks the first version: the name is known, and no older rules are.
     *
     * @param ref name or id, as a client wrote it
     * @param at the instant that is judged at
     */
    public Optional<Policy> find(String ref, Instant at) {
        List<Policy> newestFirst = newestFirstByName.get(ref);
        if (newestFirst == null) {
            return Optional.ofNullable(byId.get(ref));
        }
        for (Policy policy : newestFirst) {
            if (!policy.validFrom().isAfter(LocalDate.ofInstant(at, policy.zone()))) {
                return Optional.of(policy);
            }
        }
        return Optional.of(newestFirst.getLast());
    }
}
