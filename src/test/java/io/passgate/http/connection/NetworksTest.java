package io.passgate.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworksTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, true",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1/32, 192.0.2.1, true",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true",
        "::/0, 10.0.0.1, false"
    })
    void anAddressIsInANetwork_byItsPrefix(String network, String address, boolean isIn) throws UnknownHostException {
        assertThat(Networks.of(List.of(network)).contains(InetAddress.getByName(address)))
                .isEqualTo(isIn);
    }

    @Test
    void oneOfSeveralIsEnough_andNoneHoldsNobody() throws UnknownHostException {
        InetAddress address = InetAddress.getByName("192.0.2.1");
        assertThat(Networks.of(List.of("10.0.0.0/8", "192.0.2.0/24")).contains(address))
                .isTrue();
        assertThat(Networks.none().contains(address)).isFalse();
        assertThat(Networks.of(List.of("0.0.0.0/0")).contains(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "proxy.example",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0/8",
                "::/129",
                "/8",
                "1"
            })
    void whatIsNoNetwork_isRefused(String text) {
        assertThatThrownBy(() -> Networks.of(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }
}
