package dev.concord.ledger;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words of a message without what is different from record to record: ids, numbers, quoted values. What names an
 * attribute, a hook, or a place in a file stays.
 */
final class ErrorWords {

    private static final String ANY = "…";
    private static final int LONGEST = 300;

    /** What stands further behind in a long text tells no two faults apart. */
    private static final int READ = 2_000;

    /** What somebody put between quotes; an apostrophe inside a word is none. */
    private static final Pattern QUOTED = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.){0,2000}\"|(?<![\\p{L}\\p{N}])'[^']{0,2000}'(?![\\p{L}\\p{N}])|`[^`]{0,2000}`"
                    + "|[„“”][^“”]{0,2000}[“”]|«[^»]{0,2000}»|‚[^‘]{0,2000}‘");

    /** A word with a digit in it. */
    private static final Pattern TOKEN = Pattern.compile("[^\\s\\u2026]*\\d[^\\s\\u2026]*");

    /** A pointer such as {@code /lines/3/text}, or a part of a definition such as {@code jobs/hr.yaml:12}. */
    private static final Pattern PLACE =
            Pattern.compile("[(\\[]?(?:/|[\\w./-]+\\.(?:js|ya?ml|json)\\b|\\w+\\[\\d+]).*");

    /** Tells two faults of a script apart, which the line of a data file does not. */
    private static final String OF_SCRIPT = " of the script";

    private static final Pattern ENDING = Pattern.compile("[.,;:)\\]]+$");

    private ErrorWords() {}

    /** The words of an entry's message; empty when it has none. */
    static String ofMessage(Entry entry) {
        return of(entry, entry.message());
    }

    /** The words of what a script or a system said; empty when nothing was said. */
    static String ofDetail(Entry entry) {
        return of(entry, entry.detail());
    }

    private static String of(Entry entry, @Nullable String text) {
        if (text == null) {
            return "";
        }
        String words = QUOTED.matcher(text.length() <= READ ? text : text.substring(0, READ))
                .replaceAll(ANY);
        List<String> ids = Stream.concat(
                        Stream.of(entry.sourceId(), entry.targetId()).filter(Objects::nonNull),
                        entry.candidateIds().stream())
                .filter(id -> !id.isBlank())
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        for (String id : ids) {
            words = withoutId(words, id);
        }
        String known = words;
        words = TOKEN.matcher(known).replaceAll(found -> {
            String token = found.group();
            // With codes databases say what kind of fault it is.
            boolean kept = PLACE.matcher(token).matches()
                    || known.startsWith(OF_SCRIPT, found.end())
                    || known.startsWith("code ", found.start() - 5)
                    || known.startsWith("state ", found.start() - 6);
            return Matcher.quoteReplacement(kept ? token : ANY + ending(token));
        });
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + ANY;
    }

    private static String withoutId(String words, String id) {
        if (!words.contains(id)) {
            return words;
        }
        return Pattern.compile("(?<![\\p{L}\\p{N}_])" + Pattern.quote(id) + "(?![\\p{L}\\p{N}_])")
                .matcher(words)
                .replaceAll(ANY);
    }

    private static String ending(String token) {
        Matcher ending = ENDING.matcher(token);
        return ending.find() ? ending.group() : "";
    }
}
