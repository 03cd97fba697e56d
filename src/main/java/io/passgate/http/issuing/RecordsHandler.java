package io.passgate.http.issuing;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.http.response.Responses;
import io.passgate.http.server.Authentication;
import io.passgate.http.server.JsonBody;
import io.passgate.registry.HealthRecord;
import io.passgate.registry.Holder;
import io.passgate.registry.Pepper;
import io.passgate.registry.RecordChange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v1/records}: what a registrar says of holders. */
public final class RecordsHandler {
    private static final int MAX_ENTRIES = 1_000;
    private static final Set<String> ALWAYS = Set.of("id", "revision", "holder", "kind");
    private static final String DELETED = "deleted";

    private final Applications applications;

    /**
     * The route of one event loop.
     *
     * @param applications carries requests to the issuing side
     */
    public RecordsHandler(Applications applications) {
        this.applications = applications;
    }

    /**
     * Has all records of the body applied and answers 200 with what became of each; where one is wrong, none is
     * applied.
     *
     * @param context of {@code POST}, whose body is there
     */
    public void take(RoutingContext context) {
        applications.handle(context, (exchange, side) -> {
            List<RecordChange> changes = changes(exchange, side.pepper());
            String registrar = Authentication.client(exchange).name();
            applications.store(
                    exchange,
                    () -> side.registry().apply(registrar, changes),
                    outcomes -> Responses.json(exchange, 200, render(changes, outcomes)));
        });
    }

    private static JsonObject render(List<RecordChange> changes, List<RecordChange.Outcome> outcomes) {
        JsonArray records = new JsonArray();
        for (int i = 0; i < changes.size(); i++) {
            records.add(new JsonObject()
                    .put("id", changes.get(i).reference())
                    .put("outcome", outcomes.get(i).name().toLowerCase(Locale.ROOT)));
        }
        return new JsonObject().put("records", records);
    }

    private static List<RecordChange> changes(RoutingContext context, Pepper pepper) throws JsonBody.Wrong {
        List<RecordChange> changes = new ArrayList<>();
        Set<String> references = new HashSet<>();
        for (JsonNode entry : JsonBody.entries(context, "records", MAX_ENTRIES)) {
            String where = "records[" + changes.size() + "]";
            RecordChange change = change(entry, where, pepper);
            if (!references.add(change.reference())) {
                throw new JsonBody.Wrong(where + ": its \"id\" stands twice in the request.");
            }
            changes.add(change);
        }
        return changes;
    }

    private static RecordChange change(JsonNode entry, String where, Pepper pepper) throws JsonBody.Wrong {
        if (!entry.isObject()) {
            throw new JsonBody.Wrong(where + " is not an object.");
        }
        String kind = JsonBody.required(entry, where, "kind");
        String reference = JsonBody.required(entry, where, "id");
        int revision = JsonBody.whole(entry, where, "revision").orElse(1);
        try {
            if (kind.equals(DELETED)) {
                JsonBody.onlyHas(entry, where, Set.of("id", "revision", "kind"));
                return new RecordChange(reference, revision, Optional.empty());
            }
            RecordChange.Content content =
                    new RecordChange.Content(holder(entry, where, pepper), content(entry, where, kind));
            return new RecordChange(reference, revision, Optional.of(content));
        } catch (IllegalArgumentException outOfBounds) {
            throw new JsonBody.Wrong(where + " has a member out of bounds.");
        }
    }

    static Holder holder(JsonNode entry, String where, Pepper pepper) throws JsonBody.Wrong {
        String ci = JsonBody.required(entry, where, "holder");
        if (!Pepper.isCi(ci)) {
            throw new JsonBody.Wrong(where + ": \"holder\" is not connecting information.");
        }
        return pepper.holder(ci);
    }

    private static HealthRecord content(JsonNode entry, String where, String kind) throws JsonBody.Wrong {
        return switch (kind) {
            case "immunization" -> {
                only(entry, where, "product", "dose", "of", "date", "country");
                yield new HealthRecord.Immunization(
                        JsonBody.required(entry, where, "product"),
                        JsonBody.requiredWhole(entry, where, "dose"),
                        JsonBody.requiredWhole(entry, where, "of"),
                        JsonBody.required(JsonBody.day(entry, where, "date"), where, "date"),
                        country(entry, where));
            }
            case "recovery" -> {
                only(entry, where, "positiveOn", "releasedOn", "country");
                yield new HealthRecord.Recovery(
                        JsonBody.required(JsonBody.day(entry, where, "positiveOn"), where, "positiveOn"),
                        JsonBody.required(JsonBody.day(entry, where, "releasedOn"), where, "releasedOn"),
                        country(entry, where));
            }
            case "test" -> {
                only(entry, where, "type", "testedAt", "result", "country");
                yield new HealthRecord.Test(
                        JsonBody.required(entry, where, "type"),
                        JsonBody.required(JsonBody.instant(entry, where, "testedAt"), where, "testedAt"),
                        JsonBody.required(entry, where, "result"),
                        country(entry, where));
            }
            case "exemption" -> {
                only(entry, where, "until");
                yield new HealthRecord.Exemption(JsonBody.day(entry, where, "until"));
            }
            case "birth_year" -> {
                only(entry, where, "year");
                yield new HealthRecord.BirthYear(JsonBody.requiredWhole(entry, where, "year"));
            }
            default ->
                throw new JsonBody.Wrong(
                        where + ": \"kind\" is none of immunization, recovery, test, exemption, birth_year, deleted.");
        };
    }

    private static void only(JsonNode entry, String where, String... members) throws JsonBody.Wrong {
        Set<String> all = new HashSet<>(ALWAYS);
        all.addAll(List.of(members));
        JsonBody.onlyHas(entry, where, all);
    }

    private static String country(JsonNode entry, String where) throws JsonBody.Wrong {
        return JsonBody.text(entry, where, "country").orElse("KR");
    }
}
