package io.passgate.app;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
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
            Config config = YAML.readTree(content).isEmpty() ? new Config() : YAML.readValue(content, Config.class);
            ConfigCheck.check(config);
            return config;
        } catch (JsonMappingException wrong) {
            throw new InvalidConfig(file + ": " + path(wrong) + ": " + wrong.getOriginalMessage());
        } catch (JsonProcessingException broken) {
            throw new InvalidConfig(file + ": " + broken.getMessage());
        } catch (IllegalArgumentException outOfRange) {
            throw new InvalidConfig(file + ": " + outOfRange.getMessage());
        }
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
