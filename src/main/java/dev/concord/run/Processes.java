package dev.concord.run;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What the operating system tells of its processes. Safe for use by several threads. */
interface Processes {

    /**
     * Where this process is one of its kind.
     *
     * @param space within which a process id means one process at a time, without blanks
     * @param start when the process began, without blanks, as anybody in the same space reads it
     */
    record Birth(String space, String start) {}

    /** The birth of this process; empty where the system does not tell. */
    Optional<Birth> self();

    /**
     * Whether it is certain that there is no process with this id and this birth any more. False where it is of another
     * space, or where processes may be hidden from this one.
     */
    boolean isGone(long pid, Birth birth);

    /** Those of this system. */
    static Processes here() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("linux")) {
            return new LinuxProcesses(Path.of("/proc"));
        }
        if (system.startsWith("mac")) {
            return new ListedProcesses("macos");
        }
        if (system.startsWith("windows")) {
            return new ListedProcesses("windows");
        }
        return new UnknownProcesses();
    }

    /** Of a system that nothing is known about. */
    record UnknownProcesses() implements Processes {

        @Override
        public Optional<Birth> self() {
            return Optional.empty();
        }

        @Override
        public boolean isGone(long pid, Birth birth) {
            return false;
        }
    }
}
