/** The configuration file: its keys, their defaults and bounds. The main thread, before anything else starts. */
@NullMarked
package io.passgate.app.config;

import org.jspecify.annotations.NullMarked;
