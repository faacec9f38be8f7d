package dev.concord.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What stops a run until somebody says whether it may go on. */
public enum Guard {
    DELETES("deletes"),
    UNLINKS("unlinks"),
    UPDATES("updates"),
    CREATES("creates"),
    FAILURES("failures"),
    SOURCE_SHRINK("sourceShrink"),
    /** Has no threshold: {@code allowEmptySourceSet} switches it off. */
    EMPTY_SOURCE("emptySource");

    /** Those that a threshold can be set for. */
    public static final List<Guard> WITH_THRESHOLD =
            Arrays.stream(values()).filter(guard -> guard != EMPTY_SOURCE).toList();

    private final String key;

    Guard(String key) {
        this.key = key;
    }

    /** What it is called in files, such as {@code sourceShrink}. */
    public String key() {
        return key;
    }

    /** The guard with this key among those that a threshold can be set for; upper and lower case alike. */
    public static Optional<Guard> ofKey(String key) {
        return WITH_THRESHOLD.stream()
                .filter(guard -> guard.key.equalsIgnoreCase(key))
                .findFirst();
    }
}
