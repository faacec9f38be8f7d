package dev.concord.cli;

import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.record.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "mappings",
        mixinStandardHelpOptions = true,
        description = "Lists the mappings that can be run, or what uses an object type or attribute.")
final class MappingsCommand implements Callable<Integer> {

    private final Shell shell;

    @Option(
            names = "--using",
            paramLabel = "OBJECTSET[.ATTRIBUTE]",
            description = "Show what uses it, such as managed/alpha_user.mail, and what breaks without.")
    private @Nullable String using;

    @Mixin
    private JsonOption answer = new JsonOption();

    MappingsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Screen screen = shell.screen();
        Definitions definitions = shell.definitions();
        if (using != null) {
            new ImpactAnswer(shell).show(definitions, using, answer.json);
            sayWhatIsLeftOut(definitions);
            return ExitCode.DONE;
        }
        if (answer.json) {
            screen.result(Json.writePretty(definitions.mappings().values().stream()
                    .map(MappingsCommand::json)
                    .toList()));
        } else if (!definitions.mappings().isEmpty()) {
            Table table = new Table(
                    screen,
                    Column.text("mapping"),
                    Column.text("source → target"),
                    Column.figure("properties"),
                    Column.figure("rules"),
                    Column.text("links"));
            definitions
                    .mappings()
                    .values()
                    .forEach(mapping -> table.row(
                            new Cell(mapping.name(), Ink.BOLD),
                            Cell.of(mapping.source() + " → " + mapping.target()),
                            Cell.figure(mapping.properties().size()),
                            Cell.figure(mapping.rules().size()),
                            Cell.of(links(mapping))));
            table.print();
        }
        if (definitions.mappings().isEmpty()) {
            screen.say("There is no usable mapping in " + shell.home().jobs() + ".");
        }
        sayWhatIsLeftOut(definitions);
        return ExitCode.DONE;
    }

    private void sayWhatIsLeftOut(Definitions definitions) {
        if (definitions.hasErrors()) {
            shell.screen()
                    .say("Some definitions have errors and are left out: " + shell.command("validate")
                            + " shows them.");
        }
    }

    private static String links(Mapping mapping) {
        if (!mapping.enableLinking()) {
            return "none";
        }
        return mapping.linkOwner().equals(mapping.name())
                ? "own"
                : "of " + mapping.linkOwner() + (mapping.reversed() ? ", reversed" : "");
    }

    private static Map<String, @Nullable Object> json(Mapping mapping) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", mapping.name());
        json.put("source", mapping.source());
        json.put("target", mapping.target());
        json.put("file", "jobs/" + mapping.place().file());
        json.put("properties", mapping.properties().size());
        json.put("rules", mapping.rules().size());
        json.put("linking", mapping.enableLinking());
        json.put("links", mapping.linkOwner());
        json.put("reversed", mapping.reversed());
        return json;
    }
}
