package dev.concord.mapping;

import dev.concord.mapping.SystemDefinition.Timeouts;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code timeouts}: a number with a unit per key. */
final class TimeoutReader {

    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})(ms|s)|([1-9][0-9]{0,3})m");

    private TimeoutReader() {}

    static Timeouts read(@Nullable Fields fields) {
        if (fields == null) {
            return Timeouts.USUAL;
        }
        return new Timeouts(
                time(fields, "connect", Timeouts.USUAL.connect()), time(fields, "call", Timeouts.USUAL.call()));
    }

    static Duration time(Fields fields, String key, Duration otherwise) {
        Node node = fields.get(key);
        if (node == null) {
            return otherwise;
        }
        Matcher time = TIME.matcher(node instanceof Node.Leaf leaf && leaf.value() instanceof String text ? text : "");
        if (!time.matches()) {
            fields.log().error(node, Quote.node(node) + " is no time; allowed: 500ms, 5s, 2m and the like");
            return otherwise;
        }
        if (time.group(3) != null) {
            return Duration.ofMinutes(Long.parseLong(time.group(3)));
        }
        long number = Long.parseLong(time.group(1));
        return time.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    }
}
