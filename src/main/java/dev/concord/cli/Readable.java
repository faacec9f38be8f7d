package dev.concord.cli;

import dev.concord.ledger.EntryView;
import dev.concord.record.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values in words and figures for people. What comes from records is made harmless for terminals. */
final class Readable {

    static final String NOT_SHOWN = "(not shown)";
    static final String NOTHING = "-";

    private static final int SHORT_ID = 8;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private Readable() {}

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 record}, {@code 2 records}. */
    static String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    static String time(@Nullable Instant time) {
        return time == null ? NOTHING : TIME.format(time);
    }

    static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", Math.max(0, duration.toMillis()) / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }

    /** The beginning of a run's id, which is enough wherever one is asked for. */
    static String shortId(String runId) {
        return runId.length() <= SHORT_ID ? runId : runId.substring(0, SHORT_ID);
    }

    /** A value of a record. */
    static String value(@Nullable Object value) {
        if (value instanceof String text) {
            return text.isEmpty() ? "\"\"" : harmless(text);
        }
        if (EntryView.isWithheld(value)) {
            return NOT_SHOWN;
        }
        return switch (value) {
            case null -> NOTHING;
            case List<?> list -> harmless(Json.write(list));
            case Map<?, ?> map -> harmless(Json.write(map));
            default -> harmless(value.toString());
        };
    }

    /**
     * Text without characters that move the cursor, change colours or turn the direction of writing: these are spelled
     * out.
     */
    static String harmless(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            switch (character) {
                case '\n' -> safe.append("\\n");
                case '\r' -> safe.append("\\r");
                case '\t' -> safe.append("\\t");
                default -> {
                    if (Character.isISOControl(character) || turnsDirection(character)) {
                        safe.append(String.format(Locale.ROOT, "\\u%04X", character));
                    } else {
                        safe.appendCodePoint(character);
                    }
                }
            }
        });
        return safe.toString();
    }

    private static boolean turnsDirection(int character) {
        return (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069)
                || character == 0x2028
                || character == 0x2029;
    }
}
