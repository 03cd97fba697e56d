package io.passgate.revocation;

import io.passgate.model.Kid;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Numbers for the pairs of kind and KID that a list's entries have. Immutable: a new pair makes a new table. */
final class Scopes {
    static final Scopes NONE = new Scopes(List.of(), Map.of());

    private final List<Scope> byNumber;
    private final Map<Scope, Integer> numbers;

    private final Set<RevocationKind> kinds = EnumSet.noneOf(RevocationKind.class);

    private Scopes(List<Scope> byNumber, Map<Scope, Integer> numbers) {
        this.byNumber = byNumber;
        this.numbers = numbers;
        byNumber.forEach(scope -> kinds.add(scope.kind));
    }

    /** @param kid any where empty */
    record Scope(RevocationKind kind, Optional<Kid> kid) {
        private boolean covers(RevocationKind wanted, Kid of) {
            return kind == wanted && (kid.isEmpty() || kid.get().equals(of));
        }
    }

    Scope get(int number) {
        return byNumber.get(number);
    }

    /** Whether an entry of this scope is about a certificate's hash of that kind. */
    boolean covers(int number, RevocationKind kind, Kid kid) {
        return byNumber.get(number).covers(kind, kid);
    }

    boolean hold(RevocationKind kind) {
        return kinds.contains(kind);
    }

    /** Whether there is a pair of this kind that is about this KID. */
    boolean hold(RevocationKind kind, Kid kid) {
        return kinds.contains(kind)
                && (numbers.containsKey(new Scope(kind, Optional.empty()))
                        || numbers.containsKey(new Scope(kind, Optional.of(kid))));
    }

    /** Adds pairs to a copy. */
    static final class Builder {
        private final List<Scope> byNumber;
        private final Map<Scope, Integer> numbers;

        Builder(Scopes from) {
            byNumber = new ArrayList<>(from.byNumber);
            numbers = new HashMap<>(from.numbers);
        }

        int number(Scope scope) {
            Integer number = numbers.get(scope);
            if (number != null) {
                return number;
            }
            numbers.put(scope, byNumber.size());
            byNumber.add(scope);
            return byNumber.size() - 1;
        }

        Scopes build() {
            return new Scopes(new ArrayList<>(byNumber), new HashMap<>(numbers));
        }
    }
}
