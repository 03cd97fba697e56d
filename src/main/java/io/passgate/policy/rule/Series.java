package io.passgate.policy.rule;

import io.passgate.model.Event;
import io.passgate.model.Event.Vaccination;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which products are accepted, and how many of a credential's doses make a primary series. */
public sealed interface Series {

    /** How far a dose brings its holder's series. */
    enum Standing {
        /** More doses are needed. */
        INCOMPLETE,
        /** The last dose of a primary series. */
        COMPLETE,
        /** A dose after a primary series. */
        BOOSTED
    }

    /**
     * {@return whether doses of a product count}
     *
     * @param product its code (DCC {@code mp})
     */
    boolean accepts(String product);

    /**
     * {@return where a dose stands by what it says itself}
     *
     * @param dose of an accepted product
     */
    Standing alone(Vaccination dose);

    /**
     * The number of doses goes by the product, whatever total the issuer wrote.
     *
     * @param primaryDoses the doses of a primary series, at least 1, by product code
     */
    record ByProduct(Map<String, Integer> primaryDoses) implements Series {
        /**
         * Checks and copies the numbers of doses.
         *
         * @throws IllegalArgumentException if one is less than 1
         */
        public ByProduct {
            if (primaryDoses.values().stream().anyMatch(doses -> doses < 1)) {
                throw new IllegalArgumentException("a primary series has at least one dose");
            }
            primaryDoses = Map.copyOf(primaryDoses);
        }

        @Override
        public boolean accepts(String product) {
            return primaryDoses.containsKey(product);
        }

        @Override
        public Standing alone(Vaccination dose) {
            Integer primary = primaryDoses.get(dose.product());
            if (primary == null || dose.dose() < primary) {
                return Standing.INCOMPLETE;
            }
            return dose.dose() == primary ? Standing.COMPLETE : Standing.BOOSTED;
        }
    }

    /**
     * The number of doses is the total the issuer wrote.
     *
     * @param products the accepted product codes
     * @param longestPrimary a total above this counts a booster: 3/3 is one, 2/2 is not
     */
    record ByIssuer(Set<String> products, int longestPrimary) implements Series {
        /**
         * Checks the total, and copies the products.
         *
         * @throws IllegalArgumentException if the total is less than 1
         */
        public ByIssuer {
            if (longestPrimary < 1) {
                throw new IllegalArgumentException("a primary series has at least one dose");
            }
            products = Set.copyOf(products);
        }

        @Override
        public boolean accepts(String product) {
            return products.contains(product);
        }

        @Override
        public Standing alone(Vaccination dose) {
            if (dose.dose() < dose.of()) {
                return Standing.INCOMPLETE;
            }
            boolean boosted = dose.dose() > dose.of() || dose.of() > longestPrimary;
            return boosted ? Standing.BOOSTED : Standing.COMPLETE;
        }
    }

    /**
     * {@return where a dose stands among all that are shown} After an earlier one that completed a series it is a
     * booster, though its own product would have needed more.
     *
     * @param dose of an accepted product
     * @param events all that are shown, the dose among them
     */
    default Standing standing(Vaccination dose, List<Event> events) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Vaccination other
                    && other.dose() < dose.dose()
                    && !other.on().isAfter(dose.on())
                    && accepts(other.product())
                    && alone(other) != Standing.INCOMPLETE) {
                return Standing.BOOSTED;
            }
        }
        return alone(dose);
    }
}
