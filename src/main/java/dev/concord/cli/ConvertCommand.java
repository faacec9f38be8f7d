package dev.concord.cli;

import dev.concord.mapping.Conversion;
import dev.concord.mapping.Conversion.Converted;
import dev.concord.mapping.Conversion.Format;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Faults;
import dev.concord.mapping.Sources;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description = "Writes mappings of PingIDM's JSON as native YAML, one a file; or the other way round.")
final class ConvertCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "sync.json, mapping-<name>.json, an export; with --to json a native mapping.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            description = "What to write: yaml (native; the default) or json (PingIDM's).")
    private Format to = Format.YAML;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder to write to. Without it, one mapping goes to standard output.")
    private @Nullable Path out;

    @Option(names = "--force", description = "Replace files that are there already.")
    private boolean force;

    ConvertCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Sources jobs = Sources.of(shell.home().jobs());
        List<Converted> converted = new ArrayList<>();
        List<Path> usable = new ArrayList<>();
        int found = 0;
        boolean errors = false;
        for (Path file : files) {
            Conversion conversion = Conversion.of(path(file), jobs, to);
            for (Fault fault : conversion.faults()) {
                errors |= fault.severity() == Fault.Severity.ERROR;
                shell.screen().say(Readable.harmless(Faults.print(fault, file.toString())));
            }
            converted.addAll(conversion.mappings());
            found += conversion.found();
            if (!conversion.mappings().isEmpty()) {
                usable.add(path(file));
            }
        }
        if (out != null) {
            write(out, converted, usable);
        } else if (found > 1) {
            throw new Refused("There are " + found + " mappings in what was given, and only one can be shown."
                    + " Say where to write them, one a file: --out DIR.");
        } else {
            converted.forEach(mapping -> shell.screen().out().print(mapping.text()));
        }
        return errors ? ExitCode.MISUSED : ExitCode.DONE;
    }

    private void write(Path folder, List<Converted> converted, List<Path> sources) {
        Map<Path, Converted> targets = new LinkedHashMap<>();
        for (Converted mapping : converted) {
            Path target = folder.resolve(mapping.file());
            if (targets.put(target, mapping) != null) {
                throw new Refused("Two mappings are named " + Readable.harmless(mapping.name())
                        + ", and both belong into " + Readable.harmless(target.toString())
                        + ". Give each its own name. Nothing is written.");
            }
        }
        List<String> existing = targets.keySet().stream()
                .filter(target -> !force && Files.exists(target))
                .map(target -> Readable.harmless(target.toString()))
                .toList();
        if (!existing.isEmpty()) {
            throw new Refused(String.join(", ", existing) + (existing.size() == 1 ? " is" : " are")
                    + " there already. With --force "
                    + (existing.size() == 1 ? "it is" : "they are") + " replaced. Nothing is written.");
        }
        targets.forEach((target, mapping) -> write(target, mapping.text()));
        if (isJobs(folder)) {
            sources.stream()
                    .filter(source -> isJobs(source.getParent()) || isJobs(source.resolve("../..")))
                    .forEach(source -> shell.screen()
                            .say("Move " + Readable.harmless(source.toString())
                                    + " out of jobs/ now: both files define the same mappings."));
        }
    }

    private void write(Path target, String text) {
        Path aside = target.resolveSibling("." + target.getFileName() + ".new");
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            Files.writeString(aside, text);
            if (force) {
                Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(aside, target);
            }
        } catch (IOException e) {
            removeRest(aside);
            String said = e instanceof FileSystemException || e.getMessage() == null
                    ? e.getClass().getSimpleName()
                    : e.getMessage();
            throw new Refused(Readable.harmless(target.toString()) + " cannot be written: " + Readable.harmless(said)
                    + ". Choose a folder that you may write to and that has room.");
        }
        shell.screen().result(Readable.harmless(target.toString()));
    }

    private static void removeRest(Path aside) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            // It is hidden, and written over the next time.
        }
    }

    private boolean isJobs(@Nullable Path folder) {
        return folder != null
                && folder.toAbsolutePath()
                        .normalize()
                        .equals(shell.home().jobs().toAbsolutePath().normalize());
    }

    /** As typed, or below home; with symbolic links followed, because definitions are not read through those. */
    private Path path(Path file) {
        for (Path candidate : List.of(
                file.toAbsolutePath().normalize(),
                shell.home().folder().resolve(file).normalize(),
                shell.home().jobs().resolve(file).normalize())) {
            if (Files.isRegularFile(candidate)) {
                try {
                    return candidate.toRealPath();
                } catch (IOException e) {
                    return candidate;
                }
            }
        }
        throw new Refused("There is no file " + Readable.harmless(file.toString()) + ".");
    }
}
