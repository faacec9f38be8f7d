package dev.concord.bench;

import dev.concord.bench.BenchmarkData.Attribute;
import dev.concord.bench.BenchmarkScripts.Transform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the mapping of a benchmark is like. All of them map the same people to the same type. */
enum Definition {
    /** From a table, with plain rows. */
    PLAIN,
    /** From a CSV file, with plain rows. */
    FROM_FILE,
    /** From a table, with the scripts of {@link BenchmarkScripts}. */
    SCRIPTED,
    /** From a table, with a transform that throws for each record. */
    FAILING;

    private static final List<String> POLICIES = List.of(
            "CONFIRMED, action: UPDATE",
            "FOUND, action: UPDATE",
            "ABSENT, action: CREATE",
            "UNQUALIFIED, action: DELETE",
            "SOURCE_MISSING, action: DELETE",
            "UNASSIGNED, action: IGNORE");

    /** Writes all files below {@code jobs/}. */
    void write(Path jobs) throws IOException {
        write(jobs.resolve("managed").resolve(ScratchHome.TYPE + ".yaml"), managedType());
        write(jobs.resolve("systems").resolve("bench.yaml"), system());
        write(jobs.resolve(ScratchHome.MAPPING + ".yaml"), mapping());
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String managedType() {
        return "name: " + ScratchHome.TYPE + "\nattributes:\n"
                + BenchmarkData.ATTRIBUTES.stream()
                        .map(attribute -> "  " + attribute.name() + ": {type: " + type(attribute)
                                + (attribute.name().equals(BenchmarkData.KEY) ? ", unique: true" : "") + "}\n")
                        .collect(Collectors.joining());
    }

    private String system() {
        return switch (this) {
            case PLAIN, SCRIPTED, FAILING -> """
                    name: bench
                    type: jdbc
                    datasource: platform
                    objects:
                      person: {table: %s, id: id}
                    """.formatted(ScratchHome.SOURCE_TABLE);
            case FROM_FILE ->
                """
                    name: bench
                    type: csv
                    objects:
                      person:
                        file: ../../%s
                        id: id
                        attributes:
                    """.formatted(ScratchHome.SOURCE_FILE)
                        + BenchmarkData.ATTRIBUTES.stream()
                                .map(attribute -> "      " + attribute.column() + ": {type: " + type(attribute) + "}\n")
                                .collect(Collectors.joining());
        };
    }

    private static String type(Attribute attribute) {
        return switch (attribute.kind()) {
            case TEXT -> "string";
            case INTEGER, DATE, BOOLEAN -> attribute.kind().name().toLowerCase(Locale.ROOT);
        };
    }

    private String mapping() {
        StringBuilder mapping = new StringBuilder("""
                name: %s
                source: system/bench/person
                target: managed/%s
                """.formatted(ScratchHome.MAPPING, ScratchHome.TYPE));
        if (this == SCRIPTED) {
            mapping.append("validSource: |\n  ").append(BenchmarkScripts.VALID_SOURCE);
            mapping.append("\ncorrelationQuery: |\n  ").append(BenchmarkScripts.CORRELATION);
        } else {
            mapping.append("correlation: {any: [").append(BenchmarkData.KEY).append("]}");
        }
        mapping.append("\nproperties:\n");
        BenchmarkData.ATTRIBUTES.forEach(attribute -> mapping.append(row(attribute)));
        // Data sets lose most of their records on purpose; nobody is there to approve it.
        mapping.append("thresholds: {deletes: none, unlinks: none, failures: none, sourceShrink: none}\n");
        mapping.append("policies:\n");
        POLICIES.forEach(rule -> mapping.append("  - {situation: ").append(rule).append("}\n"));
        return mapping.toString();
    }

    private String row(Attribute attribute) {
        if (this == FAILING && attribute.name().equals(BenchmarkData.KEY)) {
            return scriptedRow(attribute.name(), attribute.column(), "throw new Error('This record shall fail.')");
        }
        if (this == SCRIPTED) {
            for (Transform transform : BenchmarkScripts.TRANSFORMS) {
                if (transform.target().equals(attribute.name())) {
                    return scriptedRow(transform.target(), transform.column(), transform.text());
                }
            }
        }
        return "  - {target: " + attribute.name() + ", source: " + attribute.column() + "}\n";
    }

    private static String scriptedRow(String target, String source, String script) {
        return "  - target: " + target + "\n    source: \"" + source + "\"\n    transform: |\n      " + script + "\n";
    }
}
