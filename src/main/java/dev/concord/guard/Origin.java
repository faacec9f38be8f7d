package dev.concord.guard;

import java.util.Locale;

/** Where the limit of a guard comes from; the first that has one decides. */
public enum Origin {
    /** Given for this run alone. */
    RUN,
    /** The mapping's {@code thresholds}. */
    MAPPING,
    /** The settings {@code concord.thresholds} of the installation. */
    INSTALLATION,
    /** What holds when nobody said anything. */
    DEFAULT;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String words() {
        return switch (this) {
            case RUN -> "for this run";
            case MAPPING -> "mapping";
            case INSTALLATION -> "installation";
            case DEFAULT -> "default";
        };
    }
}
