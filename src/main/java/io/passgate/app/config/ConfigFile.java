package io.passgate.app.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads {@link Config} from YAML: what a file leaves out is as in the shipped one. An unknown key, a wrong type or a
 * value out of range names its key.
 */
public final class ConfigFile {
    /** Many times what a configuration with a country's tokens takes, and what the YAML reader takes at most. */
    private static final int MAX_BYTES = 3 << 20;

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(
                    LogicalType.Integer,
                    numbers -> numbers.setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Boolean,
                    switches -> switches.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
            .addModule(new SimpleModule()
                    .addDeserializer(Duration.class, new Text<>(Duration.class, Duration.ZERO, Duration::parse))
                    .addDeserializer(Instant.class, new Text<>(Instant.class, Instant.MIN, Instant::parse)))
            .build();

    /** The commented file that gateways are shipped with: the one place where defaults stand. */
    private static final JsonNode DEFAULTS = defaults();

    private ConfigFile() {}

    /**
     * {@return the configuration that a file gives, with the shipped defaults for what it leaves out}
     *
     * @param file YAML of 3 MiB at most
     * @throws InvalidConfig if it cannot be used; the message names file and key
     * @throws IOException if it cannot be read
     */
    public static Config read(Path file) throws IOException, InvalidConfig {
        if (Files.isDirectory(file)) {
            throw new InvalidConfig(file + ": is a folder");
        }
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_BYTES + 1);
        }
        try {
            return parse(content);
        } catch (InvalidConfig wrong) {
            throw new InvalidConfig(file + ": " + wrong.getMessage());
        }
    }

    /**
     * The configuration that a file of this content gives.
     *
     * @throws InvalidConfig if it cannot be used; the message names the key
     */
    static Config parse(byte[] yaml) throws InvalidConfig {
        if (yaml.length > MAX_BYTES) {
            throw new InvalidConfig("is longer than " + MAX_BYTES + " bytes");
        }
        try {
            JsonNode given = YAML.readTree(yaml);
            boolean empty = given.isMissingNode() || given.isNull();
            checkKeys("", given, Config.class);
            return YAML.treeToValue(empty ? DEFAULTS : merged(DEFAULTS, given), Config.class);
        } catch (JsonMappingException wrong) {
            throw new InvalidConfig(describe(wrong));
        } catch (JsonProcessingException broken) {
            throw new InvalidConfig(describe(broken));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static JsonNode defaults() {
        try (InputStream in = ConfigFile.class.getResourceAsStream("passgate.yaml")) {
            return YAML.readTree(Objects.requireNonNull(in, "the defaults are not on the class path"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * A key with a slip of the pen is named as such, before a record misses the right one; so is a text that can be no
     * file's name.
     */
    private static void checkKeys(String path, JsonNode given, Type type) {
        if (given.isTextual() && given.textValue().indexOf('\0') >= 0) {
            throw new InvalidConfig(path.substring(0, path.length() - 1) + ": holds a NUL character");
        }
        if (type instanceof ParameterizedType list) {
            for (int i = 0; given.isArray() && i < given.size(); i++) {
                checkKeys(path + "[" + i + "].", given.get(i), list.getActualTypeArguments()[0]);
            }
        } else if (type instanceof Class<?> shape && shape.isRecord()) {
            Map<String, Type> known = new LinkedHashMap<>();
            for (RecordComponent part : shape.getRecordComponents()) {
                var _ = known.put(part.getName(), part.getGenericType());
            }
            given.properties().forEach(entry -> {
                Type found = known.get(entry.getKey());
                if (found == null) {
                    throw new InvalidConfig(
                            path + entry.getKey() + ": is no key here, where there are " + known.keySet());
                }
                checkKeys(path + entry.getKey() + ".", entry.getValue(), found);
            });
        }
    }

    /** Mappings are taken together key by key; anything else that is given stands for itself. */
    private static JsonNode merged(JsonNode usual, JsonNode given) {
        if (!(usual instanceof ObjectNode defaults) || !(given instanceof ObjectNode changes)) {
            return given;
        }
        ObjectNode both = defaults.objectNode().setAll(defaults);
        changes.properties().forEach(change -> {
            JsonNode before = both.get(change.getKey());
            var _ = both.set(change.getKey(), before == null ? change.getValue() : merged(before, change.getValue()));
        });
        return both;
    }

    /** A token's hash may stand where anything is expected under {@code tokens}: values there are not repeated. */
    private static String describe(JsonMappingException wrong) {
        String path = path(wrong);
        if (wrong.getCause() instanceof IllegalArgumentException refused) {
            return describe(wrong.getPath(), path, String.valueOf(refused.getMessage()));
        }
        if (path.isEmpty()) {
            return "is not one mapping of keys to values";
        }
        return path + ": "
                + (path.startsWith("tokens") ? "cannot stand here, or has another type" : wrong.getOriginalMessage());
    }

    /** What a record says of itself begins with one of its keys, or where it is of a list with the entry's name. */
    private static String describe(List<JsonMappingException.Reference> steps, String path, String refusal) {
        if (path.isEmpty()) {
            return refusal;
        }
        return steps.getLast().getFieldName() == null
                ? path.substring(0, path.lastIndexOf('.')) + ": " + refusal
                : path + "." + refusal;
    }

    /** Where the text is no YAML; the parser's own message would quote the line. */
    private static String describe(JsonProcessingException broken) {
        String what = broken instanceof JacksonYAMLParseException ? "is not YAML" : broken.getOriginalMessage();
        JsonLocation at = broken.getLocation();
        return at == null ? what : what + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private static String path(JsonMappingException wrong) {
        return wrong.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    /** Reads a text by its type's own parser. */
    private static final class Text<T> extends FromStringDeserializer<T> {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient T unset;
        private final transient Function<String, T> parse;

        private Text(Class<T> type, T unset, Function<String, T> parse) {
            super(type);
            this.unset = unset;
            this.parse = parse;
        }

        /** Stands for what is left out, where a record says that it may be. */
        @Override
        public Object getEmptyValue(DeserializationContext context) {
            return unset;
        }

        @Override
        protected Object _deserializeFromEmptyString(DeserializationContext context) throws IOException {
            return _deserialize("", context);
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) throws IOException {
            JsonParser parser = context.getParser();
            try {
                return parse.apply(text);
            } catch (DateTimeException unreadable) {
                throw JsonMappingException.from(
                        parser, "'" + text + "' is not a " + handledType().getSimpleName() + " in ISO 8601");
            }
        }
    }
}
