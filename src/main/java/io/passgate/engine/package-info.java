/**
 * From a batch of payloads to their verdicts. {@link io.passgate.engine.VerificationPipeline} runs the stages for one
 * batch; {@link io.passgate.engine.Engine} queues requests, forms batches of whatever waits, and runs judges on threads
 * of its own.
 *
 * <p>Requests come and go on event loops; one worker thread for each core judges, and one more the slow path.
 */
@NullMarked
package io.passgate.engine;

import org.jspecify.annotations.NullMarked;
