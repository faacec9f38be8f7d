package dev.concord.bench;

import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Faults;
import dev.concord.mapping.ManagedType;
import dev.concord.mapping.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A home folder of the benchmarks' own: definitions as anybody would write them, and the embedded database. */
record ScratchHome(Path folder) {

    static final String TYPE = "bench_person";
    static final String SOURCE_TABLE = "bench_source";
    static final String SOURCE_FILE = "people.csv";
    static final String MAPPING = "bench";

    /** Writes these definitions in the place of those that are there, and makes the folder if need be. */
    void define(Definition definition) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        definition.write(jobs());
    }

    Path sourceFile() {
        return folder.resolve(SOURCE_FILE);
    }

    /** The target's definition, as the product reads it. */
    ManagedType type() {
        Definitions definitions = DefinitionLoader.load(Sources.of(jobs()));
        ManagedType type = definitions.managedTypes().get(TYPE);
        if (type == null || !definitions.mappings().containsKey(MAPPING)) {
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

    private Path jobs() {
        return folder.resolve("jobs");
    }
}
