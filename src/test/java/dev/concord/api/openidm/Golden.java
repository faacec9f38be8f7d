package dev.concord.api.openidm;

import dev.concord.record.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A document of {@code golden/objects}: all members an answer must have, and no others unless there is a member
 * {@code ...}; what stands in angle brackets is any value of that type; a list's element stands for all of at least
 * one.
 */
final class Golden {

    private Golden() {}

    /** How an answer differs from the document; empty when it does not. */
    static List<String> differences(String name, @Nullable Object answer) {
        try {
            Path file = Path.of("src/test/resources/golden/objects", name + ".json");
            List<String> differences = new ArrayList<>();
            compare("", Json.read(Files.readString(file)), answer, differences);
            return differences;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void compare(String at, @Nullable Object wanted, @Nullable Object got, List<String> differences) {
        switch (wanted) {
            case Map<?, ?> members
            when got instanceof Map<?, ?> answered -> {
                Set<Object> names = new TreeSet<>(members.keySet());
                boolean open = names.remove("...");
                if (open
                        ? !answered.keySet().containsAll(names)
                        : !answered.keySet().equals(names)) {
                    differences.add(at + " has " + answered.keySet() + ", wanted are " + names);
                }
                names.stream()
                        .filter(answered::containsKey)
                        .forEach(key -> compare(at + "/" + key, members.get(key), answered.get(key), differences));
            }
            case List<?> list
            when got instanceof List<?> elements && !list.isEmpty() && !elements.isEmpty() -> {
                for (int i = 0; i < elements.size(); i++) {
                    compare(at + "/" + i, list.get(Math.min(i, list.size() - 1)), elements.get(i), differences);
                }
            }
            case null, default -> {
                boolean alike = switch (String.valueOf(wanted)) {
                    case "<string>" -> got instanceof String;
                    case "<number>" -> got instanceof Number;
                    case "<any>" -> true;
                    default -> Objects.equals(wanted, got);
                };
                if (!alike) {
                    differences.add(at + " is " + Json.write(got) + ", wanted is " + Json.write(wanted));
                }
            }
        }
    }
}
