package io.passgate.http.connection;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of IP networks, each an address or a prefix in CIDR notation (RFC 4632, RFC 4291 section 2.3). */
public final class Networks {
    private static final Networks NONE = new Networks(List.of());

    private final List<Network> networks;

    private Networks(List<Network> networks) {
        this.networks = networks;
    }

    private record Network(byte[] prefix, int bits) {
        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / Byte.SIZE;
            int rest = bits % Byte.SIZE;
            return Arrays.equals(address, 0, whole, prefix, 0, whole)
                    && (rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0);
        }
    }

    /** The set that holds no address. */
    static Networks none() {
        return NONE;
    }

    /**
     * {@return the networks that are written such as {@code 10.0.0.0/8}, {@code fd00::/8} or {@code 192.0.2.1}}
     *
     * @param texts a network each, of IPv4 or IPv6; none for the set that holds no address
     * @throws IllegalArgumentException if one is no address of digits, or its prefix is too long
     */
    public static Networks of(List<String> texts) {
        return new Networks(texts.stream().map(Networks::network).toList());
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        byte[] address = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("\"" + text + "\" is no address or network");
        }
        int most = address.length * Byte.SIZE;
        int bits = slash < 0 ? most : bits(text, text.substring(slash + 1));
        if (bits > most) {
            throw new IllegalArgumentException("\"" + text + "\" has a prefix of more than " + most + " bits");
        }
        return new Network(address, bits);
    }

    private static int bits(String network, String digits) {
        if (!digits.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("\"" + network + "\" has no prefix length after its slash");
        }
        return Integer.parseInt(digits);
    }

    /** Whether an address is in one of them; an unknown one is in none. */
    boolean contains(@Nullable InetAddress address) {
        if (address == null || networks.isEmpty()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return networks.stream().anyMatch(network -> network.contains(bytes));
    }
}
