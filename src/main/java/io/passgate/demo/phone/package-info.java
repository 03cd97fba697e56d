/**
 * The provider's side of the page {@code /phone}: what KakaoTalk and the others ran behind their apps in July 2021, for
 * invented people. It holds the providers' tokens, which no page ever sees, and asks the gateway as a provider does.
 *
 * <p>One event loop of its own.
 */
@NullMarked
package io.passgate.demo.phone;

import org.jspecify.annotations.NullMarked;
