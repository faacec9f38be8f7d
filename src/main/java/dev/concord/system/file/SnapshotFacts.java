package dev.concord.system.file;

import dev.concord.record.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a snapshot as a whole.
 *
 * @param file the file it was made of
 * @param sha256 the hash of that file's bytes, in hexadecimal digits
 * @param records how many records the file holds, of whatever kind
 * @param found how many of them are objects
 * @param duplicates how many repeat the id of an earlier one
 * @param unreadable how many could not be read
 * @param unreadableLine the line of the first of these, 0 when there is none
 * @param lostLine the first line with bytes that cannot be written back as they were, 0 when there is none
 * @param columns the columns of a CSV file
 */
public record SnapshotFacts(
        String file,
        String sha256,
        long records,
        long found,
        long duplicates,
        long unreadable,
        long unreadableLine,
        long lostLine,
        List<String> columns) {

    String json() {
        return Json.writePretty(this);
    }

    static SnapshotFacts read(String json) {
        Map<String, @Nullable Object> facts = Json.readObject(json);
        return new SnapshotFacts(
                text(facts, "file"),
                text(facts, "sha256"),
                number(facts, "records"),
                number(facts, "found"),
                number(facts, "duplicates"),
                number(facts, "unreadable"),
                number(facts, "unreadableLine"),
                number(facts, "lostLine"),
                facts.get("columns") instanceof List<?> columns
                        ? columns.stream().map(String::valueOf).toList()
                        : List.of());
    }

    private static String text(Map<String, @Nullable Object> facts, String name) {
        return String.valueOf(facts.get(name));
    }

    private static long number(Map<String, @Nullable Object> facts, String name) {
        if (facts.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("The facts of a snapshot lack '" + name + "'.");
    }
}
