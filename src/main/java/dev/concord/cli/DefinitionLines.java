package dev.concord.cli;

import dev.concord.run.DefinitionComparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the definition of a run and today's are compared in an answer. */
final class DefinitionLines {

    private static final int SHORT_HASH = 12;
    private static final int MOST_IN_A_LINE = 5;

    private DefinitionLines() {}

    static List<String> of(DefinitionComparison definition) {
        String frozen = shortened(definition.frozenHash());
        String today = definition.todaysHash();
        if (definition.same()) {
            return List.of("definition " + frozen + ", as the files are today");
        }
        List<String> lines = new ArrayList<>();
        lines.add("definition " + frozen + "; today's, " + (today == null ? "which cannot be run" : shortened(today))
                + ", differs in");
        definition.differences().forEach(difference -> lines.add("  " + Readable.harmless(difference)));
        return lines;
    }

    /** One line for somebody who continues a run. */
    static String warning(DefinitionComparison definition) {
        List<String> differences = definition.differences();
        return "goes on with the definition it was started with (" + shortened(definition.frozenHash())
                + "); today's differs in "
                + differences.stream()
                        .limit(MOST_IN_A_LINE)
                        .map(Readable::harmless)
                        .collect(Collectors.joining("; "))
                + (differences.size() > MOST_IN_A_LINE
                        ? "; and " + (differences.size() - MOST_IN_A_LINE) + " more"
                        : "");
    }

    static Map<String, @Nullable Object> json(DefinitionComparison definition) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("frozenHash", definition.frozenHash());
        json.put("todaysHash", definition.todaysHash());
        json.put("same", definition.same());
        json.put("differences", definition.differences());
        return json;
    }

    private static String shortened(String hash) {
        return hash.length() <= SHORT_HASH ? hash : hash.substring(0, SHORT_HASH);
    }
}
