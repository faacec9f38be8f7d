package dev.concord.cli;

import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Faults;
import dev.concord.record.Json;
import dev.concord.review.ScriptErrors;
import dev.concord.review.Tables;
import dev.concord.review.Warnings;
import dev.concord.system.ObjectSets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Checks all definitions and shows every fault. Ends with 2 when there are errors.")
final class ValidateCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Show only faults of these files below jobs/. Everything is read all the same.")
    private List<Path> files = new ArrayList<>();

    @Mixin
    private JsonOption answer = new JsonOption();

    ValidateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Set<String> wanted = new TreeSet<>();
        files.forEach(file -> wanted.add(pathBelowJobs(file)));
        Definitions definitions = shell.definitions();
        List<Fault> faults = Stream.of(
                        definitions.faults(),
                        ScriptErrors.of(definitions),
                        Warnings.of(definitions, shell.home().jobs()),
                        tableFaults(definitions))
                .flatMap(List::stream)
                .sorted(Faults.BY_PLACE)
                .filter(fault ->
                        wanted.isEmpty() || wanted.contains(fault.place().file()))
                .toList();
        if (answer.json) {
            shell.screen().result(Json.writePretty(json(definitions, faults)));
        } else {
            print(definitions, faults);
        }
        return errors(faults) > 0 ? ExitCode.MISUSED : ExitCode.DONE;
    }

    private List<Fault> tableFaults(Definitions definitions) {
        if (!Tables.areIn(definitions)) {
            return List.of();
        }
        try (ObjectSets sets = shell.platform().get(ObjectSets.Factory.class).of(definitions)) {
            return Tables.faults(definitions, sets);
        }
    }

    private void print(Definitions definitions, List<Fault> faults) {
        Screen screen = shell.screen();
        for (Fault fault : faults) {
            boolean error = fault.severity() == Fault.Severity.ERROR;
            screen.result(screen.paint(error ? Ink.BAD : Ink.ODD, Readable.harmless(Faults.print(fault))));
        }
        long errors = errors(faults);
        screen.say(Readable.count(definitions.mappings().size(), "usable mapping", "usable mappings") + ", "
                + Readable.count(definitions.systems().size(), "system", "systems") + ", "
                + Readable.count(definitions.managedTypes().size(), "managed type", "managed types") + ", "
                + Readable.count(definitions.schedules().size(), "schedule", "schedules") + ": "
                + Readable.count(errors, "error", "errors") + ", "
                + Readable.count(faults.size() - errors, "warning", "warnings") + ".");
    }

    private static long errors(List<Fault> faults) {
        return faults.stream()
                .filter(fault -> fault.severity() == Fault.Severity.ERROR)
                .count();
    }

    private static Map<String, @Nullable Object> json(Definitions definitions, List<Fault> faults) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("valid", errors(faults) == 0);
        json.put("mappings", definitions.mappings().keySet());
        json.put("systems", definitions.systems().keySet());
        json.put("managedTypes", definitions.managedTypes().keySet());
        json.put("schedules", definitions.schedules().keySet());
        json.put("webhooks", definitions.webhooks().keySet());
        json.put("faults", faults.stream().map(ValidateCommand::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(Fault fault) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("severity", fault.severity().name().toLowerCase(Locale.ROOT));
        json.put("file", "jobs/" + fault.place().file());
        json.put("line", fault.place().line());
        json.put("pointer", fault.place().pointer());
        json.put("message", fault.message());
        return json;
    }

    private String pathBelowJobs(Path file) {
        Path jobs = shell.home().jobs();
        for (Path candidate : List.of(
                file.toAbsolutePath().normalize(),
                shell.home().folder().resolve(file).normalize(),
                jobs.resolve(file).normalize())) {
            if (candidate.startsWith(jobs) && Files.isRegularFile(candidate)) {
                return jobs.relativize(candidate).toString().replace('\\', '/');
            }
        }
        throw new Refused("There is no file " + Readable.harmless(file.toString()) + " below " + jobs
                + ", where definitions are read from.");
    }
}
