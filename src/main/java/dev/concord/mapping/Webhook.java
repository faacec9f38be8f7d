package dev.concord.mapping;

import dev.concord.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/**
 * Who is told of runs: a file below {@code jobs/webhooks}.
 *
 * @param url where events are posted to; may hold references to secrets
 * @param secret what events are signed with
 * @param events what is told
 * @param mappings the names of the mappings whose runs are told of; empty for all
 */
public record Webhook(String name, Secret url, Secret secret, Set<Event> events, Set<String> mappings, Place place)
        implements NamedDefinition {

    private static final String ENCODED = "whsec_";

    /** What can be told. */
    public enum Event {
        RUN_STARTED("run.started"),
        RUN_ENDED("run.ended"),
        /** A guard has stopped the run, and somebody has to say whether it may go on. Told beside its end. */
        RUN_WAITING("run.waiting"),
        RUN_APPROVED("run.approved"),
        RUN_DENIED("run.denied");

        private final String word;

        Event(String word) {
            this.word = word;
        }

        /** How files and events spell it. */
        public String word() {
            return word;
        }
    }

    /** Whether an event of a mapping's runs is wanted. */
    public boolean wants(Event event, String mapping) {
        return events.contains(event) && (mappings.isEmpty() || mappings.contains(mapping));
    }

    /**
     * The address, references resolved.
     *
     * @throws IllegalStateException naming a reference that leads nowhere
     */
    public String address() {
        return url.resolve();
    }

    /**
     * The bytes to sign with: those of the text, or what stands in Base64 behind {@code whsec_}.
     *
     * @throws IllegalStateException naming a reference that leads nowhere, or when the Base64 is none
     */
    public byte[] signingKey() {
        String value = secret.resolve();
        if (!value.startsWith(ENCODED)) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(value.substring(ENCODED.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("What stands behind whsec_ in the secret is no Base64.");
        }
    }
}
