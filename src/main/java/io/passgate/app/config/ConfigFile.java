package io.passgate.app.config;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
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
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@link Config} from YAML: an unknown key, a wrong type or a value out of range names its key. */
public final class ConfigFile {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(
                    LogicalType.Integer,
                    numbers -> numbers.setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.NON_PRIVATE)
            .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
            .addModule(new SimpleModule()
                    .addDeserializer(Duration.class, new Text<>(Duration.class, Duration::parse))
                    .addDeserializer(Instant.class, new Text<>(Instant.class, Instant::parse)))
            .build();

    private ConfigFile() {}

    /**
     * Reads and checks one file.
     *
     * @throws InvalidConfig if it cannot be used
     * @throws IOException if it cannot be read
     */
    public static Config read(Path file) throws IOException, InvalidConfig {
        try {
            byte[] content = Files.readAllBytes(file);
            JsonNode document = YAML.readTree(content);
            boolean empty = document.isMissingNode() || document.isNull();
            Config config = empty ? new Config() : YAML.readValue(content, Config.class);
            ConfigCheck.check(config);
            return config;
        } catch (JsonMappingException wrong) {
            throw new InvalidConfig(file + ": " + describe(wrong));
        } catch (JsonProcessingException broken) {
            throw new InvalidConfig(file + ": " + describe(broken));
        } catch (IllegalArgumentException outOfRange) {
            throw new InvalidConfig(file + ": " + outOfRange.getMessage());
        }
    }

    /** A token's hash may stand where anything is expected under {@code tokens}: values there are not repeated. */
    private static String describe(JsonMappingException wrong) {
        String path = path(wrong);
        if (path.isEmpty()) {
            return "is not one mapping of keys to values";
        }
        return path + ": "
                + (path.startsWith("tokens") ? "cannot stand here, or has another type" : wrong.getOriginalMessage());
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

        private final transient Function<String, T> parse;

        private Text(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
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
