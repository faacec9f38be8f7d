package dev.concord.telemetry.webhook;

import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Faults;
import dev.concord.mapping.Sources;
import dev.concord.mapping.Webhook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files below {@code jobs/webhooks/} as they are by now. Safe for use by several threads. */
final class WebhookFiles {

    private static final String FOLDER = "webhooks/";

    private final Path jobs;

    WebhookFiles(Path jobs) {
        this.jobs = jobs;
    }

    /**
     * What the files say.
     *
     * @param usable by name
     * @param faulty what is wrong with the others, by the names of their files without the ending
     */
    record Content(Map<String, Webhook> usable, Map<String, String> faulty) {

        /** The webhook of a name, or of the file of that name: which it had while the file had faults. */
        @Nullable
        Webhook of(String name) {
            Webhook named = usable.get(name);
            return named != null
                    ? named
                    : usable.values().stream()
                            .filter(webhook ->
                                    WebhookFiles.name(webhook.place().file()).equals(name))
                            .findFirst()
                            .orElse(null);
        }
    }

    Content read() {
        // Reading all definitions takes a moment, and most installations have no webhooks.
        if (!Files.isDirectory(jobs.resolve(FOLDER))) {
            return new Content(Map.of(), Map.of());
        }
        Definitions definitions = DefinitionLoader.load(Sources.of(jobs));
        Map<String, List<Fault>> faults = definitions.faults().stream()
                .filter(fault -> fault.severity() == Fault.Severity.ERROR)
                .filter(fault -> fault.place().file().startsWith(FOLDER))
                .collect(Collectors.groupingBy(fault -> name(fault.place().file())));
        Map<String, String> faulty = new TreeMap<>();
        faults.forEach((name, all) -> faulty.put(name, Faults.print(all)));
        return new Content(definitions.webhooks(), faulty);
    }

    private static String name(String file) {
        String last = file.substring(file.lastIndexOf('/') + 1);
        int dot = last.indexOf('.');
        return dot < 0 ? last : last.substring(0, dot);
    }
}
