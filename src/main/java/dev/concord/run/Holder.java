package dev.concord.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The process that holds a lease, as {@code host:pid}. */
public final class Holder {

    private static final String UNRESOLVED = named();

    private Holder() {}

    public static String thisProcess() {
        return host() + ":" + ProcessHandle.current().pid();
    }

    /** Whether a holder is known to be gone: it ran on this host, and there is no such process any more. */
    public static boolean isGone(String holder) {
        int split = holder.lastIndexOf(':');
        if (split < 0 || !holder.substring(0, split).equals(host())) {
            return false;
        }
        try {
            long pid = Long.parseLong(holder.substring(split + 1));
            return ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
        } catch (NumberFormatException e) {
            return false;
        }
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
