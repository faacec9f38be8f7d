package dev.concord.system.jdbc;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.Secrecy;

/**
 * A column that an attribute lives in.
 *
 * @param name as the database spells it
 * @param quoted the name as statements spell it
 * @param sqlType the code of {@link java.sql.Types}
 * @param size how many characters or digits fit; 0 when unlimited or unknown
 * @param scale how many digits behind the point fit, also of seconds
 * @param range the whole numbers that fit
 * @param nullable whether the database takes null
 * @param defaulted whether the database has a value of its own for new rows
 * @param generated whether only the database writes it
 * @param autoIncrement whether the database counts it up
 * @param anyJson whether a JSON column takes every JSON value, not only those of the declared type
 * @param comparison how the database compares its texts
 * @param definition what users know of it
 */
record Column(
        Dialect dialect,
        String name,
        String quoted,
        ColumnType type,
        int sqlType,
        int size,
        int scale,
        Range range,
        boolean nullable,
        boolean defaulted,
        boolean generated,
        boolean autoIncrement,
        boolean anyJson,
        Comparison comparison,
        AttributeDefinition definition) {

    String attribute() {
        return definition.name();
    }

    /** Whether the column is never read. */
    boolean isWriteOnly() {
        return definition.secrecy() instanceof Secrecy.WriteOnly;
    }

    /** Whole numbers from the least to the most. */
    record Range(long least, long most) {

        static final Range LONG = new Range(Long.MIN_VALUE, Long.MAX_VALUE);

        /** What fits in so many bits. */
        static Range of(int bits, boolean signed) {
            long most = 1L << (signed ? bits - 1 : bits);
            return new Range(signed ? -most : 0, most - 1);
        }

        boolean contains(long number) {
            return least <= number && number <= most;
        }
    }

    /** How a database compares texts. */
    enum Comparison {
        /** Equal means the same characters, and the order is that of code points. */
        EXACT_IN_ORDER(true),
        /** Equal means the same characters. */
        EXACT(true),
        /** Some texts that differ count as equal: in case, accents, or blanks at the end. */
        LOOSE(true),
        /** Like {@link #LOOSE}, in a character set that cannot hold every text. */
        LOOSE_IN_SMALL_CHARSET(true),
        /** Not to be compared in a statement. */
        UNKNOWN(false);

        private final boolean usable;

        Comparison(boolean usable) {
            this.usable = usable;
        }

        boolean isUsable() {
            return usable;
        }

        boolean isExact() {
            return this == EXACT_IN_ORDER || this == EXACT;
        }
    }
}
