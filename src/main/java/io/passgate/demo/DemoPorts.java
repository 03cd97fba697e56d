package io.passgate.demo;

/** The ports of a demonstration, both on 127.0.0.1. */
record DemoPorts(int http, int management) {}
