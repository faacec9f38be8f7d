package dev.concord.run.schedule;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** By what a client tells whether a schedule is still what it has read: the same for the same text. */
final class Revision {

    private Revision() {}

    static String of(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
