package io.passgate.policy.file;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.passgate.policy.rule.AgeLimit.CountedBy;
import io.passgate.policy.rule.RecoveryDay;
import io.passgate.policy.rule.RecoveryRule.IssuerDates;
import io.passgate.policy.rule.TestRule.End;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Binds a YAML file to a record that checks itself: a key that is missing, unknown, twice there or of another type is
 * named with its file.
 */
final class PolicyYaml {
    private static final String NONE = "none";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
            .addHandler(new Refusals())
            .addModule(new SimpleModule()
                    .addDeserializer(String.class, new Value<>(String.class, PolicyYaml::text))
                    .addDeserializer(int.class, new Value<>(int.class, PolicyYaml::integer))
                    .addDeserializer(Integer.class, new Value<>(Integer.class, PolicyYaml::integer))
                    .addDeserializer(OptionalInt.class, new Value<>(OptionalInt.class, PolicyYaml::integerOrNone))
                    .addDeserializer(PolicyId.class, parsed(PolicyId.class, PolicyId::parse))
                    .addDeserializer(ZoneId.class, parsed(ZoneId.class, ZoneId::of))
                    .addDeserializer(PolicyKeys.CountedIn.class, choice(PolicyKeys.CountedIn.class))
                    .addDeserializer(CountedBy.class, choice(CountedBy.class))
                    .addDeserializer(IssuerDates.class, choice(IssuerDates.class))
                    .addDeserializer(RecoveryDay.class, choice(RecoveryDay.class))
                    .addDeserializer(End.class, choice(End.class)))
            .build();

    private PolicyYaml() {}

    /**
     * What the file holds.
     *
     * @throws InvalidPolicyFile if it cannot be read, or is not what {@code type} lets stand there
     */
    static <T> T read(Path file, Class<T> type) {
        try {
            return YAML.readValue(Files.readAllBytes(file), type);
        } catch (JsonMappingException wrong) {
            throw new InvalidPolicyFile(file, describe(wrong), wrong);
        } catch (JacksonException broken) {
            throw new InvalidPolicyFile(file, "is not one YAML mapping: " + broken.getMessage(), broken);
        } catch (IOException unreadable) {
            throw new InvalidPolicyFile(file, "cannot be read: " + unreadable, unreadable);
        }
    }

    /** What stands in a file for each value of an enum. */
    static <E extends Enum<E>> Map<String, E> byName(Class<E> type) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E value : type.getEnumConstants()) {
            var _ = byName.put(value.name().toLowerCase(Locale.ROOT), value);
        }
        return byName;
    }

    private static String describe(JsonMappingException wrong) {
        String path = wrong.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        String what = what(wrong);
        return path.isEmpty() ? what : path + ": " + what;
    }

    private static String what(JsonMappingException wrong) {
        if (wrong instanceof InvalidNullException) {
            return "is missing";
        }
        return wrong.getCause() instanceof IllegalArgumentException refused
                ? String.valueOf(refused.getMessage())
                : wrong.getOriginalMessage();
    }

    private static String text(JsonParser parser) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            throw JsonMappingException.from(parser, "is not text (quote a code made of digits)");
        }
        return parser.getText();
    }

    private static Integer integer(JsonParser parser) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT) || parser.getNumberType() != JsonParser.NumberType.INT) {
            throw JsonMappingException.from(parser, "is not a whole number");
        }
        return parser.getIntValue();
    }

    private static OptionalInt integerOrNone(JsonParser parser) throws IOException {
        boolean none =
                parser.hasToken(JsonToken.VALUE_STRING) && parser.getText().equals(NONE);
        return none ? OptionalInt.empty() : OptionalInt.of(integer(parser));
    }

    private static <T> Value<T> parsed(Class<T> type, Function<String, T> parse) {
        return new Value<>(type, parser -> {
            String text = text(parser);
            try {
                return parse.apply(text);
            } catch (DateTimeException wrong) {
                throw JsonMappingException.from(parser, text + ": " + wrong.getMessage());
            } catch (IllegalArgumentException wrong) {
                throw JsonMappingException.from(parser, String.valueOf(wrong.getMessage()));
            }
        });
    }

    private static <E extends Enum<E>> Value<E> choice(Class<E> type) {
        Map<String, E> byName = byName(type);
        return parsed(type, text -> Names.named(text, byName));
    }

    /** Reads one value from its token. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(JsonParser parser) throws IOException;
    }

    /** A value that is one token. */
    private static final class Value<T> extends StdDeserializer<T> {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient Reading<T> reading;

        private Value(Class<?> type, Reading<T> reading) {
            super(type);
            this.reading = reading;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return reading.read(parser);
        }

        /** For the one key that may be left out: with nothing behind it, it is not left out. */
        @Override
        public T getNullValue(DeserializationContext context) throws JsonMappingException {
            throw JsonMappingException.from(context, "is missing");
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }

    /** Says in the words of a file what Jackson says in those of a class. */
    private static final class Refusals extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                JsonDeserializer<?> deserializer,
                Object beanOrClass,
                String key)
                throws IOException {
            JsonMappingException unknown = JsonMappingException.from(parser, "is unknown here");
            unknown.prependPath(beanOrClass, key);
            throw unknown;
        }

        @Override
        public Object handleUnexpectedToken(
                DeserializationContext context, JavaType type, JsonToken token, JsonParser parser, String message)
                throws IOException {
            throw JsonMappingException.from(parser, "is not a mapping");
        }

        @Override
        public Object handleMissingInstantiator(
                DeserializationContext context,
                Class<?> type,
                ValueInstantiator instantiator,
                JsonParser parser,
                String message)
                throws IOException {
            throw JsonMappingException.from(parser, "is not a mapping");
        }
    }
}
