package dev.concord.run;

import dev.concord.ledger.Leases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that holds a lease: {@code host:pid} for people, and behind it, where the system tells, the space in
 * which the process id means this process, and when it began. The name of a host alone says too little: containers have
 * hosts' names, and process ids of their own. Safe for use by several threads.
 */
public final class Holder {

    private static final String UNRESOLVED = named();

    /** Longer than the names of most hosts, and short enough for the column together with the rest. */
    private static final int LONGEST = 120;

    private static final Pattern TEXT =
            Pattern.compile("(?<host>\\S*):(?<pid>[0-9]{1,18}) (?<space>\\S+) (?<start>\\S+)");

    private final String host;
    private final long pid;
    private final Processes processes;

    Holder(String host, long pid, Processes processes) {
        this.host = host.substring(0, Math.min(LONGEST, host.length())).replaceAll("\\s", "_");
        this.pid = pid;
        this.processes = processes;
    }

    private static Holder here() {
        return new Holder(host(), ProcessHandle.current().pid(), Processes.here());
    }

    /** This process as a lease knows it; {@link Leases.Holder#shown} is what people see of it. */
    public static String thisProcess() {
        return here().text();
    }

    /** This process as {@code host:pid}. */
    public static String nameOfThisProcess() {
        return here().name();
    }

    /**
     * Whether a holder is known to be gone: it ran under this very kernel, among processes that this one can see, and
     * is not among them any more. Not known of holders that earlier versions wrote down without the place.
     */
    public static boolean isGone(String holder) {
        return here().knowsGone(holder);
    }

    private String name() {
        return host + ":" + pid;
    }

    String text() {
        return processes
                .self()
                .map(birth -> name() + " " + birth.space() + " " + birth.start())
                .orElse(name());
    }

    boolean knowsGone(String holder) {
        return told(holder)
                .filter(other -> other.group("host").equals(host))
                .filter(other -> processes.isGone(
                        Long.parseLong(other.group("pid")),
                        new Processes.Birth(other.group("space"), other.group("start"))))
                .isPresent();
    }

    private static Optional<Matcher> told(String holder) {
        Matcher text = TEXT.matcher(holder);
        return text.matches() ? Optional.of(text) : Optional.empty();
    }

    /** A name that other hosts do not have, also where nobody has told the resolver this host's own. */
    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return UNRESOLVED;
        }
    }

    private static String named() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return UUID.randomUUID().toString();
        }
    }
}
