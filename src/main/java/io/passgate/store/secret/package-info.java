/**
 * Whether a gateway has the secrets that the database knows by their fingerprints. What blocks says so; the rest is on
 * the event loop of the stores.
 */
@NullMarked
package io.passgate.store.secret;

import org.jspecify.annotations.NullMarked;
