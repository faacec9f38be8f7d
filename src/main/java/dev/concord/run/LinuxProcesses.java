package dev.concord.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Linux, as its folder {@code /proc} shows it. A process id means something within one boot of a kernel and one
 * namespace of process ids; starts are counted from the boot, by a clock that namespaces can shift, too.
 *
 * @param proc where it is mounted
 */
record LinuxProcesses(Path proc) implements Processes {

    private static final Pattern NAMESPACE = Pattern.compile("[a-z]+:\\[([0-9]+)]");

    /** Behind the name of the program, which may hold anything: the state first, and 19 fields later the start. */
    private static final int START = 19;

    @Override
    public Optional<Birth> self() {
        try {
            return Optional.of(new Birth(space(), start(proc.resolve("self"))));
        } catch (IOException | RuntimeException untold) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isGone(long pid, Birth birth) {
        try {
            if (!space().equals(birth.space()) || !isOfOwnNamespace()) {
                return false;
            }
            Path folder = proc.resolve(Long.toString(pid));
            return isThere(folder) ? !start(folder).equals(birth.start()) : showsEverybody();
        } catch (IOException | RuntimeException untold) {
            return false;
        }
    }

    private String space() throws IOException {
        return text(proc.resolve("sys/kernel/random/boot_id")) + "/" + namespace("pid") + "/" + namespace("time");
    }

    private String namespace(String kind) throws IOException {
        Path link = proc.resolve("self/ns").resolve(kind);
        try {
            Matcher known = NAMESPACE.matcher(Files.readSymbolicLink(link).toString());
            if (!known.matches()) {
                throw new IOException(link + " names no namespace.");
            }
            return known.group(1);
        } catch (NoSuchFileException old) {
            // Namespaces of time came with Linux 5.6; those of processes have always been told.
            if (kind.equals("time")) {
                return "0";
            }
            throw old;
        }
    }

    /** When a process started, in ticks since the boot. */
    private static String start(Path folder) throws IOException {
        String stat = text(folder.resolve("stat"));
        String start = stat.substring(stat.lastIndexOf(')') + 2).split(" ", START + 2)[START];
        return Long.toString(Long.parseLong(start));
    }

    /** Whether the ids that the folder shows are those of this process's namespace, not those of one around it. */
    private boolean isOfOwnNamespace() throws IOException {
        List<String> ids = Files.readAllLines(proc.resolve("self/status")).stream()
                .filter(line -> line.startsWith("NSpid:"))
                .toList();
        return ids.size() == 1 && ids.getFirst().strip().split("\\s+").length == 2;
    }

    /**
     * Whether processes of other users can be seen, too. With the option {@code hidepid} they look as if they were not
     * there; what other protections hide, they hide of the first process as well.
     */
    private boolean showsEverybody() throws IOException {
        List<String> mounts = Files.readAllLines(proc.resolve("self/mountinfo")).stream()
                .filter(line -> line.contains(" - proc ") && line.split(" ")[4].equals(proc.toString()))
                .toList();
        return !mounts.isEmpty() && !mounts.getLast().contains("hidepid=") && isThere(proc.resolve("1"));
    }

    /** What cannot be looked at is there. */
    private static boolean isThere(Path path) throws IOException {
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).strip();
    }
}
