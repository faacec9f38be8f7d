package dev.concord.audit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Whoever has something changed.
 *
 * @param name of the user, of the account of the operating system, or of the schedule
 * @param address where it is asked from: that of the client, or the name of this host
 * @param roles of a user, with commas between them, or null
 * @param request what the request is called in logs, or null
 */
public record Actor(
        Door door,
        String name,
        String address,
        @Nullable String roles,
        @Nullable String request) {

    private static final int LONGEST = 255;

    /** The way in. */
    public enum Door {
        COMMAND,
        REST,
        SCHEDULE,
        /** Concord itself, such as when a server ends. */
        SERVER
    }

    public Actor {
        name = shortened(name);
        address = shortened(address);
    }

    /** Who has started this process and types commands. */
    public static Actor ofCommand() {
        return new Actor(Door.COMMAND, account(), host(), null, null);
    }

    public static Actor ofSchedule(String schedule) {
        return new Actor(Door.SCHEDULE, schedule, host(), null, null);
    }

    /** This process by itself. */
    public static Actor ofServer() {
        return new Actor(Door.SERVER, account(), host(), null, null);
    }

    /** The rule by which what is kept of runs goes, whichever process it comes to. */
    public static Actor ofRetention() {
        return new Actor(Door.SERVER, "retention", host(), null, null);
    }

    /** Whether both are the same person, as far as names tell; schedules and servers are nobody. */
    public boolean isSamePersonAs(Actor other) {
        return isPerson() && other.isPerson() && name.equals(other.name);
    }

    private boolean isPerson() {
        return door == Door.COMMAND || door == Door.REST;
    }

    private static String account() {
        return System.getProperty("user.name", "somebody");
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
