package io.passgate.trust;

import io.passgate.model.Blanks;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/**
 * Which issuers a signer's country speaks for: itself, by any of its codes, and its territories that have an ISO 3166-1
 * code of their own. Which those are is in the resource {@code countries.properties}.
 */
public final class Countries {
    private static final String RESOURCE = "countries.properties";
    private static final String TERRITORIES = "territories.";
    private static final String ALIAS = "alias.";

    private static final Countries KNOWN = read();

    private final Map<String, String> aliases;
    private final Map<String, Set<String>> territories;

    private Countries(Map<String, String> aliases, Map<String, Set<String>> territories) {
        this.aliases = Map.copyOf(aliases);
        this.territories = Map.copyOf(territories);
    }

    /** The territories by their country, as the resource has them. */
    static Map<String, Set<String>> territories() {
        return KNOWN.territories;
    }

    /**
     * {@return whether a signer of one country may sign for an issuer of the other: of the same, or of one of its
     * territories} Case and blanks around a code do not count.
     *
     * @param signer the certificate's country
     * @param issuer a code of two letters
     */
    public static boolean maySignFor(String signer, String issuer) {
        String from = KNOWN.canonical(signer);
        String to = KNOWN.canonical(issuer);
        return from.equals(to) || KNOWN.territories.getOrDefault(from, Set.of()).contains(to);
    }

    private String canonical(String code) {
        String upper = Blanks.strip(code).toUpperCase(Locale.ROOT);
        return aliases.getOrDefault(upper, upper);
    }

    private static Countries read() {
        Properties properties = new Properties();
        try (var in = Objects.requireNonNull(Countries.class.getResourceAsStream(RESOURCE), RESOURCE);
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Map<String, String> aliases = new HashMap<>();
        Map<String, Set<String>> territories = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            String value = properties.getProperty(key);
            if (key.startsWith(TERRITORIES)) {
                territories.put(key.substring(TERRITORIES.length()), Set.of(value.split(" ")));
            } else if (key.startsWith(ALIAS)) {
                aliases.put(key.substring(ALIAS.length()), value);
            } else {
                throw new IllegalStateException(RESOURCE + ": unknown key " + key);
            }
        }
        return new Countries(aliases, territories);
    }
}
