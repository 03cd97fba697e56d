package io.passgate.attack;

import io.passgate.attack.Manner.Reading;
import java.io.IOException;

/**
 * Many connections that send slowly, never read, or come and go: a third of each, and another for each that is gone.
 */
public final class HostilePort {
    private static final int FIRST_ADDRESS = 100;
    private static final int ADDRESSES = 20;
    private static final int STAY_MS = 500;

    private HostilePort() {}

    /**
     * Sends for them.
     *
     * @param token of a client that may have payloads verified
     */
    public static Crowds crowds(int port, String token, int connections) throws IOException {
        String body = Requests.head("/v1/verifications", token, "content-length: 10000\r\n");
        String document = Requests.get("/openapi.yaml");
        Manner[] manners = {
            Manner.trickling("GET /openapi.yaml HTTP/1.1\r\nhost: gateway\r\nx: ", "a"),
            Manner.trickling(body, " "),
            Manner.saying(document, 1_000, Reading.NOTHING),
            Manner.saying(document, 1_000, Reading.SLOWLY),
            Manner.saying(document, 10, Reading.NOTHING).goingAfter(STAY_MS),
            Manner.saying(body, 1, Reading.ALL).goingAfter(STAY_MS)
        };
        Crowds crowds = new Crowds();
        for (int i = 0; i < manners.length; i++) {
            int count = (connections + i) / manners.length;
            crowds.add(new Crowd(port, manners[i].comingAgain(), count, FIRST_ADDRESS + i * ADDRESSES, ADDRESSES));
        }
        return crowds;
    }
}
