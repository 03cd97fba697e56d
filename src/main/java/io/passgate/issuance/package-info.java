/**
 * What is issued in a holder's name: the {@link io.passgate.issuance.IssuanceQueue} decides what a provider asks for,
 * by the {@link io.passgate.issuance.ConsentState} of a consent and the device's {@link io.passgate.dpop.DeviceProof},
 * and makes entry passes and wallet certificates of the newest records. Nothing here keeps a record, a name or what it
 * has issued.
 *
 * <p>Threads of its own, at low priority; requests come from event loops and answers go back there.
 */
@NullMarked
package io.passgate.issuance;

import org.jspecify.annotations.NullMarked;
