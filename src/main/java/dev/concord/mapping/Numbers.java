package dev.concord.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers of definition files, carried by the same classes whichever way the file is spelled. */
final class Numbers {

    static final String REFUSED = "this number is too long, too large or not finite; put it in quotes if it is a text";

    private Numbers() {}

    /**
     * An integer in the smallest of Integer, Long and BigInteger, or a BigDecimal; null when the text is no number of a
     * sane size.
     */
    static @Nullable Number of(String text) {
        if (text.length() > Limits.NUMBER_CHARACTERS) {
            return null;
        }
        try {
            String digits = text.startsWith("+") ? text.substring(1) : text;
            if (digits.startsWith("0x")) {
                return smallest(new BigInteger(digits.substring(2), 16));
            }
            if (digits.startsWith("0o")) {
                return smallest(new BigInteger(digits.substring(2), 8));
            }
            if (digits.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
                return smallest(new BigInteger(digits));
            }
            BigDecimal decimal = new BigDecimal(digits);
            return Math.abs((long) decimal.scale()) > Limits.NUMBER_EXPONENT ? null : decimal;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Number smallest(BigInteger integer) {
        if (integer.bitLength() < Integer.SIZE) {
            return integer.intValue();
        }
        if (integer.bitLength() < Long.SIZE) {
            return integer.longValue();
        }
        return integer;
    }
}
