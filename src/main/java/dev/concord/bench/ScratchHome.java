package dev.concord.bench;

import dev.concord.bench.BenchmarkData.Attribute;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Faults;
import dev.concord.mapping.ManagedType;
import dev.concord.mapping.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A home folder of the benchmarks' own: definitions as anybody would write them, and the embedded database. */
record ScratchHome(Path folder) {

    static final String TYPE = "bench_person";
    static final String SOURCE_TABLE = "bench_source";
    static final String MAPPING = "bench";

    /** Makes the folder and its definitions. */
    static ScratchHome create(Path folder) throws IOException {
        ScratchHome home = new ScratchHome(folder);
        Files.createDirectories(folder.resolve("data"));
        home.write("managed/" + TYPE + ".yaml", managedType());
        home.write("systems/bench.yaml", system());
        home.write(MAPPING + ".yaml", mapping());
        return home;
    }

    Path jobs() {
        return folder.resolve("jobs");
    }

    /** The target's definition, as the product reads it. */
    ManagedType type() {
        Definitions definitions = DefinitionLoader.load(Sources.of(jobs()));
        ManagedType type = definitions.managedTypes().get(TYPE);
        if (type == null || definitions.hasErrors()) {
            throw new IllegalStateException(
                    "The benchmarks' own definitions have faults:\n" + Faults.print(definitions.faults()));
        }
        return type;
    }

    void remove() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void write(String file, String text) throws IOException {
        Path path = jobs().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static String managedType() {
        return "name: " + TYPE + "\nattributes:\n"
                + BenchmarkData.ATTRIBUTES.stream()
                        .map(attribute -> "  " + attribute.name() + ": {type: " + type(attribute)
                                + (attribute.name().equals(BenchmarkData.KEY) ? ", unique: true" : "") + "}\n")
                        .collect(Collectors.joining());
    }

    private static String type(Attribute attribute) {
        return switch (attribute.kind()) {
            case TEXT -> "string";
            case INTEGER, DATE, BOOLEAN -> attribute.kind().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String system() {
        return """
                name: bench
                type: jdbc
                datasource: platform
                objects:
                  person: {table: %s, id: id}
                """.formatted(SOURCE_TABLE);
    }

    private static String mapping() {
        String rows = BenchmarkData.ATTRIBUTES.stream()
                .map(attribute -> "  - {target: " + attribute.name() + ", source: " + attribute.column() + "}\n")
                .collect(Collectors.joining());
        return """
                name: %s
                source: system/bench/person
                target: managed/%s
                correlation: {any: [%s]}
                properties:
                %spolicies:
                %s""".formatted(MAPPING, TYPE, BenchmarkData.KEY, rows, policies());
    }

    private static String policies() {
        Map<String, String> actions = Map.of(
                "CONFIRMED",
                "UPDATE",
                "FOUND",
                "UPDATE",
                "ABSENT",
                "CREATE",
                "SOURCE_MISSING",
                "DELETE",
                "UNASSIGNED",
                "IGNORE");
        return List.copyOf(actions.entrySet()).stream()
                .map(rule -> "  - {situation: " + rule.getKey() + ", action: " + rule.getValue() + "}\n")
                .sorted()
                .collect(Collectors.joining());
    }
}
