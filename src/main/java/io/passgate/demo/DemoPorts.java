package io.passgate.demo;

import java.util.stream.IntStream;

/** The ports of one gateway of a demonstration, all on 127.0.0.1. */
record DemoPorts(int http, int management) {
    private static final int APART = 10;

    /** Where it issues: beside the other one, as in the configuration that is shipped. */
    int issuing() {
        return http + 1;
    }

    /** Those of the other gateway. */
    DemoPorts next() {
        return new DemoPorts(http + APART, management + 1);
    }

    /** Whether all ports of both gateways, and that of the phone, are different ones. */
    boolean areApart(int phone) {
        DemoPorts next = next();
        return IntStream.of(http, issuing(), management, next.http, next.issuing(), next.management, phone)
                        .distinct()
                        .count()
                == 7;
    }
}
