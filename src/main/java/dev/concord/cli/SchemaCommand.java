package dev.concord.cli;

import dev.concord.cli.Table.Column;
import dev.concord.record.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description =
                "Prints the JSON Schema of a kind of definition file, with which editors complete and check; or lists the kinds.")
final class SchemaCommand implements Callable<Integer> {

    /** The kinds of definition files. */
    enum Kind {
        MAPPING("jobs/<name>.yaml"),
        SYSTEM("jobs/systems/<name>.yaml"),
        MANAGED("jobs/managed/<type>.yaml"),
        KEY("jobs/keys/<name>.yaml"),
        SCHEDULE("jobs/schedules/<name>.yaml"),
        WEBHOOK("jobs/webhooks/<name>.yaml");

        private final String files;

        Kind(String files) {
            this.files = files;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Shell shell;

    @Parameters(paramLabel = "KIND", arity = "0..1", description = "${COMPLETION-CANDIDATES}")
    private @Nullable Kind kind;

    @Mixin
    private JsonOption answer = new JsonOption();

    SchemaCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Screen screen = shell.screen();
        if (kind != null) {
            screen.out().print(text(kind));
        } else if (answer.json) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            for (Kind each : Kind.values()) {
                all.put(each.toString(), Json.read(text(each)));
            }
            screen.result(Json.writePretty(all));
        } else {
            Table table = new Table(screen, Column.word("kind"), Column.word("files"));
            for (Kind each : Kind.values()) {
                table.row(each.toString(), each.files);
            }
            table.print();
        }
        return ExitCode.DONE;
    }

    private static String text(Kind kind) {
        try (InputStream in = SchemaCommand.class.getResourceAsStream("/schema/" + kind + ".schema.json")) {
            if (in == null) {
                throw new IllegalStateException("The schema of " + kind + " is missing in this build.");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.endsWith("\n") ? text : text + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
