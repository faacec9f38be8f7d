package dev.concord.testing;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.record.JsonValues;
import dev.concord.system.WriteOutcome;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a store that looks after its attributes refuses about one object. */
final class AttributeRules {

    private AttributeRules() {}

    /** The first attribute that is missing or has a value of another type. Nulls count as absent. */
    static Optional<WriteOutcome.Rejected> fault(
            Collection<AttributeDefinition> attributes, Map<String, Object> content) {
        for (AttributeDefinition attribute : attributes) {
            Object value = content.get(attribute.name());
            if (value == null && attribute.required()) {
                return Optional.of(new WriteOutcome.Rejected(
                        WriteOutcome.Kind.REQUIRED,
                        attribute.name(),
                        "The attribute " + attribute.name() + " is required; give it a value."));
            }
            if (value != null && !fits(attribute, value)) {
                return Optional.of(new WriteOutcome.Rejected(
                        WriteOutcome.Kind.TYPE,
                        attribute.name(),
                        "The value of " + attribute.name() + " is of another type; it must be "
                                + (attribute.multivalued() ? "a list of values of the type " : "of the type ")
                                + attribute.type() + "."));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(AttributeDefinition attribute, Object value) {
        return attribute.multivalued()
                ? value instanceof List<?> list && list.stream().allMatch(each -> isOf(attribute.type(), each))
                : isOf(attribute.type(), value);
    }

    private static boolean isOf(AttributeDefinition.AttributeType type, Object value) {
        return switch (type) {
            case STRING -> value instanceof String;
            case INTEGER -> value instanceof Number number && JsonValues.canonical(number) instanceof Long;
            case NUMBER -> value instanceof Number;
            case BOOLEAN -> value instanceof Boolean;
            case DATE -> value instanceof String text && isRead(() -> LocalDate.parse(text));
            case DATETIME -> value instanceof String text && isRead(() -> OffsetDateTime.parse(text));
            case OBJECT -> value instanceof Map;
        };
    }

    private static boolean isRead(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
