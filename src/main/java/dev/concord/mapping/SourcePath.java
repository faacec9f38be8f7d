package dev.concord.mapping;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Paths below {@code jobs/}, with slashes and without tricks. */
final class SourcePath {

    private static final int CHARACTERS = 400;
    private static final Pattern DEFINITION = Pattern.compile(
            "([^/.][^/]*|(systems|managed|keys|schedules|webhooks)/[^/.][^/]*)\\.(yaml|yml|json)|mapping/[^/.][^/]*\\.json");

    private SourcePath() {}

    /**
     * Whether a definition is looked for in this file: mappings at the top, the others in their folders, nothing
     * hidden.
     */
    static boolean isDefinition(String path) {
        return DEFINITION.matcher(path).matches();
    }

    /** The path in its shortest form, or null when it is absolute, leaves {@code jobs/}, or is none at all. */
    static @Nullable String normalize(String folder, String path) {
        if (path.isBlank()
                || path.length() > CHARACTERS
                || path.startsWith("/")
                || path.indexOf('\\') >= 0
                || path.indexOf(':') >= 0
                || path.chars().anyMatch(Character::isISOControl)) {
            return null;
        }
        Deque<String> steps = new ArrayDeque<>();
        String whole = folder.isEmpty() ? path : folder + "/" + path;
        for (String step : whole.split("/", -1)) {
            switch (step) {
                case "", "." -> {}
                case ".." -> {
                    if (steps.pollLast() == null) {
                        return null;
                    }
                }
                default -> steps.addLast(step);
            }
        }
        return steps.isEmpty() ? null : String.join("/", steps);
    }
}
