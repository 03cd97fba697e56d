package io.passgate.demo;

/** The ports of one gateway of a demonstration, both on 127.0.0.1. */
record DemoPorts(int http, int management) {

    /** Those of the other gateway. */
    DemoPorts next() {
        return new DemoPorts(http + 1, management + 1);
    }
}
