package dev.concord.mapping;

import dev.concord.secret.Secret;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the files below {@code jobs/webhooks}. */
final class WebhookReader {

    private static final Pattern ADDRESS = Pattern.compile("(https?://[^\\s@/?#]+(?:[/?#]\\S*)?|\\$\\{.+)");

    private final Set<String> mappings;
    private final FaultLog log;

    /** @param mappings the names of the mappings there are */
    WebhookReader(Set<String> mappings, FaultLog log) {
        this.mappings = mappings;
        this.log = log;
    }

    /** The webhook, or null when it has errors. */
    @Nullable
    Webhook read(Node root, String fileName) {
        Fields fields = Fields.of(root, Shape.WEBHOOK, log);
        if (fields == null) {
            return null;
        }
        String written = fields.text("name");
        String name = written == null ? fileName : written;
        Names.checkPlain(root, name, "the name of a webhook", log);
        SecretReader secrets = SecretReader.ofWebhook(name, log);
        Secret url = url(fields, secrets);
        Secret secret = secrets.signing(fields.required("secret"));
        Set<Webhook.Event> events = events(fields);
        Set<String> told = mappings(fields);
        return url == null || secret == null || log.hasErrors()
                ? null
                : new Webhook(name, url, secret, events, told, root.place());
    }

    private @Nullable Secret url(Fields fields, SecretReader secrets) {
        Node node = fields.required("url");
        Secret url = node == null ? null : secrets.text(fields, "url");
        if (node != null && url != null && !ADDRESS.matcher(url.template()).matches()) {
            log.error(
                    node,
                    "this is no address; required is one like https://chat.example/hooks/concord, without a user or password in it");
            return null;
        }
        return url;
    }

    private Set<Webhook.Event> events(Fields fields) {
        Node node = fields.get("events");
        if (node == null) {
            return EnumSet.allOf(Webhook.Event.class);
        }
        Set<Webhook.Event> events = EnumSet.noneOf(Webhook.Event.class);
        for (Node element : fields.elements("events", "a list of events")) {
            Webhook.Event event = Words.WEBHOOK_EVENTS.read(element, log);
            if (event != null) {
                events.add(event);
            }
        }
        if (events.isEmpty() && !log.hasErrors()) {
            log.error(node, "no events; leave the key out for all of them");
        }
        return events;
    }

    private Set<String> mappings(Fields fields) {
        Set<String> told = new LinkedHashSet<>();
        for (Node element : fields.elements("mappings", "a list of mappings")) {
            String name = Fields.text(element, log);
            if (name != null && !mappings.contains(name)) {
                log.error(element, Quote.text(name) + " is no mapping" + Suggestion.tail("known", name, mappings));
            }
            if (name != null) {
                told.add(name);
            }
        }
        return told;
    }
}
