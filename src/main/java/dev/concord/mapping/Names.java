package dev.concord.mapping;

import java.util.regex.Pattern;

/** What things may be called. */
final class Names {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,49}");
    private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Pattern PART = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");

    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,62}");

    private Names() {}

    /** The name of a mapping: part of addresses and the type of its links. */
    static void mapping(Node node, String name, FaultLog log) {
        checkPlain(node, name, "the name of a mapping", log);
        if (name.indexOf('/') >= 0) {
            log.error(node, Quote.text(name) + " has a slash; the name of a mapping has none");
        }
    }

    /** The name of a managed type: that of a table. */
    static void managedType(Node node, String name, FaultLog log) {
        if (!IDENTIFIER.matcher(name).matches()) {
            log.error(
                    node,
                    Quote.text(name)
                            + " is no name of a managed type; allowed: a letter, then at most 49 letters, digits and _");
        }
    }

    /** The name of a system, or of a type of object in one: a part of an object set's path. */
    static void pathPart(Node node, String name, FaultLog log) {
        if (!PART.matcher(name).matches()) {
            log.error(
                    node,
                    Quote.text(name)
                            + " is no name of a system or type; allowed: a letter or _, then at most 62 letters, digits, _ and -");
        }
    }

    /** The name of a key. Answers whether it is one. */
    static boolean key(Node node, String name, FaultLog log) {
        boolean fits = KEY.matcher(name).matches();
        if (!fits) {
            log.error(
                    node,
                    Quote.text(name)
                            + " is no name of a key; allowed: a letter or _, then at most 62 letters, digits, _, - and .");
        }
        return fits;
    }

    static void managedAttribute(Node node, String name, FaultLog log) {
        if (isReserved(node, name, log)) {
            return;
        }
        if (!COLUMN.matcher(name).matches()) {
            log.error(
                    node,
                    Quote.text(name)
                            + " is no name of a managed attribute; allowed: a letter or _, then at most 62 letters, digits and _");
        }
    }

    static void attribute(Node node, String name, FaultLog log) {
        if (!isReserved(node, name, log)) {
            checkPlain(node, name, "an attribute", log);
        }
    }

    /** A name that stands in a store: a column, a table, an id. */
    static void stored(Node node, String name, String what, FaultLog log) {
        checkPlain(node, name, what, log);
        if (name.indexOf('"') >= 0 || name.indexOf('`') >= 0) {
            log.error(node, Quote.text(name) + " has a quotation mark; write " + what + " without");
        }
    }

    static void checkPlain(Node node, String name, String what, FaultLog log) {
        if (name.isBlank()
                || !name.strip().equals(name)
                || name.length() > Limits.NAME_CHARACTERS
                || name.chars().anyMatch(Character::isISOControl)) {
            log.error(
                    node,
                    Quote.text(name) + " cannot be " + what + "; required: 1 to " + Limits.NAME_CHARACTERS
                            + " characters on one line, without blanks around them");
        }
    }

    private static boolean isReserved(Node node, String name, FaultLog log) {
        if (name.equals("_id") || name.equals("_rev")) {
            log.error(node, Quote.text(name) + " is there by itself; do not declare it");
            return true;
        }
        return false;
    }
}
