package io.passgate.cli.option;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A decimal number as people write it: no sign, no exponent, nine digits before the point and six after it at most. */
public final class DecimalOption implements ITypeConverter<BigDecimal> {
    /** For picocli. */
    public DecimalOption() {}

    @Override
    public BigDecimal convert(String text) {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,6})?")) {
            throw new TypeConversionException("'" + text + "' is not a number such as 0.85");
        }
        return new BigDecimal(text);
    }
}
