/** Signers and revocations: looked up, and changed by a trust administrator. The event loop of the request. */
@NullMarked
package io.passgate.http.admin;

import org.jspecify.annotations.NullMarked;
