package io.passgate.crypto;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/**
 * The subject of a certificate (RFC 5280 section 4.1.2.6), attribute by attribute; of several, the first. A text is as
 * it stands there, without the escapes of RFC 4514.
 *
 * @param name the whole subject
 */
public record SubjectName(X500Name name) {

    /** {@return C; empty without one} */
    public Optional<String> country() {
        return attribute(BCStyle.C);
    }

    /** {@return O; empty without one} */
    public Optional<String> organization() {
        return attribute(BCStyle.O);
    }

    /** {@return CN; empty without one} */
    public Optional<String> commonName() {
        return attribute(BCStyle.CN);
    }

    private Optional<String> attribute(ASN1ObjectIdentifier type) {
        RDN[] values = name.getRDNs(type);
        return values.length == 0 ? Optional.empty() : Optional.of(text(attributeOf(values[0], type)));
    }

    private static String text(ASN1Encodable value) {
        return value instanceof ASN1String text ? text.getString() : IETFUtils.valueToString(value);
    }

    private static ASN1Encodable attributeOf(RDN rdn, ASN1ObjectIdentifier type) {
        return Arrays.stream(rdn.getTypesAndValues())
                .filter(entry -> entry.getType().equals(type))
                .findFirst()
                .orElseThrow()
                .getValue();
    }
}
