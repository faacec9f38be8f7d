package dev.concord.review;

import dev.concord.mapping.AttributeDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What is certain of the values at a pointer.
 *
 * @param single whether there is one at the most
 * @param family of what type they are; null when any
 */
record Knowledge(boolean single, @Nullable Family family) {

    static final Knowledge NONE = new Knowledge(false, null);
    static final Knowledge TEXT = new Knowledge(true, Family.TEXT);

    /** Values of different families never match each other. */
    enum Family {
        TEXT("text"),
        NUMBER("a number"),
        BOOLEAN("true or false");

        private final String words;

        Family(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        static Family of(Object value) {
            return switch (value) {
                case Number _ -> NUMBER;
                case Boolean _ -> BOOLEAN;
                default -> TEXT;
            };
        }
    }

    static Knowledge of(AttributeDefinition attribute) {
        Family family = switch (attribute.type()) {
            case STRING, DATE, DATETIME -> Family.TEXT;
            case INTEGER, NUMBER -> Family.NUMBER;
            case BOOLEAN -> Family.BOOLEAN;
            case OBJECT -> null;
        };
        return family == null ? NONE : new Knowledge(!attribute.multivalued(), family);
    }
}
