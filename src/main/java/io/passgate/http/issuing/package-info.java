/**
 * What providers and registrars ask for: consents, devices, passes, certificates, records. The event loop of the
 * request; issuing decides on threads of its own and calls back there.
 */
@NullMarked
package io.passgate.http.issuing;

import org.jspecify.annotations.NullMarked;
