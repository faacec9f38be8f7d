package dev.concord.mapping;

import dev.concord.secret.Secret;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads texts that may refer to secrets. No message of it shows what was written. */
final class SecretReader {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]*|file:[^}\\s][^}]*)}");
    private static final Pattern PASSWORD_IN_URL = Pattern.compile(
            "[?&;](?:password|pwd|passwd|secret)=([^&;]*)|//[^/@?]*:([^/@]*)@", Pattern.CASE_INSENSITIVE);

    private final String owner;
    private final String suffix;
    private final FaultLog log;

    private SecretReader(String owner, String suffix, FaultLog log) {
        this.owner = owner;
        this.suffix = suffix;
        this.log = log;
    }

    /** @param system the name of the system, for the variable that messages propose */
    static SecretReader ofSystem(String system, FaultLog log) {
        return new SecretReader(system, "_PASSWORD", log);
    }

    /** @param key the name of the key, for the variable that messages propose */
    static SecretReader ofKey(String key, FaultLog log) {
        return new SecretReader("concord_key_" + key, "", log);
    }

    /** @param webhook its name, for the variable that messages propose */
    static SecretReader ofWebhook(String webhook, FaultLog log) {
        return new SecretReader(webhook, "_SECRET", log);
    }

    /** A value that must consist of references only. */
    @Nullable
    Secret password(@Nullable Node node) {
        return reference(node, "a password");
    }

    /** Likewise, for the secret of a key. */
    @Nullable
    Secret key(@Nullable Node node) {
        return reference(node, "the secret of a key");
    }

    /** Likewise, for what events are signed with. */
    @Nullable
    Secret signing(@Nullable Node node) {
        return reference(node, "the secret of a webhook");
    }

    private @Nullable Secret reference(@Nullable Node node, String what) {
        String text = node == null ? null : text(node);
        if (node == null || text == null || !referencesAreSound(node, text)) {
            return null;
        }
        if (!REFERENCE.matcher(text).replaceAll("").isEmpty() || text.isEmpty()) {
            log.error(
                    node,
                    what + " may not stand in a file; write " + proposal() + " and set that environment variable, "
                            + "or ${file:PATH} for a file that holds it");
            return null;
        }
        return Secret.of(text);
    }

    /** A value that may stand in the file, in part or whole a reference. */
    @Nullable
    Secret text(Fields fields, String key) {
        Node node = fields.get(key);
        String text = node == null ? null : text(node);
        return node == null || text == null || !referencesAreSound(node, text) ? null : Secret.of(text);
    }

    @Nullable
    Secret url(Fields fields) {
        Node node = fields.get("url");
        Secret url = text(fields, "url");
        if (node == null || url == null) {
            return null;
        }
        String text = url.template();
        if (!text.startsWith("jdbc:") && !text.startsWith("${")) {
            log.error(node, "this is no JDBC address; required is one like jdbc:mysql://host/database");
            return null;
        }
        Matcher password = PASSWORD_IN_URL.matcher(text);
        while (password.find()) {
            String value = password.group(1) != null ? password.group(1) : password.group(2);
            if (!REFERENCE.matcher(value).replaceAll("").isEmpty()) {
                log.error(node, "a password may not stand in an address; use the key password with " + proposal());
                return null;
            }
        }
        return url;
    }

    private @Nullable String text(Node node) {
        if (node instanceof Node.Leaf leaf && leaf.value() instanceof String text) {
            return text;
        }
        log.error(node, "a text is required here; " + proposal() + " refers to an environment variable");
        return null;
    }

    private boolean referencesAreSound(Node node, String text) {
        if (REFERENCE.matcher(text).replaceAll("").contains("${")) {
            log.error(node, "a reference that is not understood; allowed: ${env:NAME}, ${file:PATH}");
            return false;
        }
        return true;
    }

    private String proposal() {
        return "${env:" + owner.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + suffix + "}";
    }
}
