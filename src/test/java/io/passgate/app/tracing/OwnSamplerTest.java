package io.passgate.app.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who decides whether a request is traced. */
final class OwnSamplerTest {
    /** One that a sampler by the id's last bytes would always take. */
    private static final String ID = "00000000000000010000000000000000";

    private static final TraceState STATE = TraceState.builder().put("a", "b").build();

    private static SamplingResult asked(Context parent, double drawn) {
        return new OwnSampler(0.5, () -> drawn)
                .shouldSample(parent, ID, "GET other", SpanKind.SERVER, Attributes.empty(), List.of());
    }

    private static Context below(SpanContext span) {
        return Context.root().with(Span.wrap(span));
    }

    private static SpanContext remote(TraceFlags flags) {
        return SpanContext.createFromRemoteParent(ID, "00f067aa0ba902b7", flags, STATE);
    }

    private static SpanContext own(TraceFlags flags) {
        return SpanContext.create(ID, "00f067aa0ba902b7", flags, STATE);
    }

    @Test
    void aClientsWish_changesNothing() {
        for (Context parent : List.of(
                Context.root(), below(remote(TraceFlags.getSampled())), below(remote(TraceFlags.getDefault())))) {
            assertThat(asked(parent, 0.4999).getDecision()).isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
            assertThat(asked(parent, 0.5).getDecision()).isEqualTo(SamplingDecision.DROP);
            assertThat(asked(parent, 0).getUpdatedTraceState(STATE).isEmpty()).isTrue();
        }
    }

    @Test
    void whatARequestAsks_isTracedAsTheRequestIs() {
        assertThat(asked(below(own(TraceFlags.getSampled())), 0.9).getDecision())
                .isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
        assertThat(asked(below(own(TraceFlags.getDefault())), 0).getDecision()).isEqualTo(SamplingDecision.DROP);
    }
}
