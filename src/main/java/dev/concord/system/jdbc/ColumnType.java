package dev.concord.system.jdbc;

import dev.concord.mapping.AttributeDefinition.AttributeType;

/** The kinds of columns that attributes can live in. */
enum ColumnType {
    TEXT(AttributeType.STRING),
    /** Text of a fixed length. Blanks at its end mean nothing and are not part of the value. */
    CHARACTER(AttributeType.STRING),
    INTEGER(AttributeType.INTEGER),
    DECIMAL(AttributeType.NUMBER),
    /** Single precision: {@code 1.1} is not what a statement would compare with. */
    FLOAT(AttributeType.NUMBER),
    DOUBLE(AttributeType.NUMBER),
    BOOLEAN(AttributeType.BOOLEAN),
    DATE(AttributeType.DATE),
    TIME(AttributeType.STRING),
    /** A date and time without a zone. */
    TIMESTAMP(AttributeType.DATETIME),
    /** A moment, written in UTC. */
    INSTANT(AttributeType.DATETIME),
    /** A moment in a column that knows no zones and holds UTC. */
    UTC(AttributeType.DATETIME),
    UUID(AttributeType.STRING),
    JSON(AttributeType.OBJECT);

    private final AttributeType attributeType;

    ColumnType(AttributeType attributeType) {
        this.attributeType = attributeType;
    }

    AttributeType attributeType() {
        return attributeType;
    }

    /** Whether ids can live in such a column: their text form is unique and stable. */
    boolean canBeId() {
        return switch (this) {
            case TEXT, CHARACTER, INTEGER, DECIMAL, UUID -> true;
            case FLOAT, DOUBLE, BOOLEAN, DATE, TIME, TIMESTAMP, INSTANT, UTC, JSON -> false;
        };
    }

    boolean isText() {
        return this == TEXT || this == CHARACTER;
    }
}
