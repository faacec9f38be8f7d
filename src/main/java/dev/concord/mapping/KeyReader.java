package dev.concord.mapping;

import dev.concord.secret.Secret;
import org.jspecify.annotations.Nullable;

/** Reads the files below {@code jobs/keys}. */
final class KeyReader {

    private KeyReader() {}

    /** The key, or null when it has errors. */
    static @Nullable KeyDefinition read(Node root, FaultLog log) {
        Fields fields = Fields.of(root, Shape.KEY, log);
        if (fields == null) {
            return null;
        }
        Node nameNode = fields.get("name");
        String name = fields.requiredText("name");
        if (nameNode != null && name != null) {
            Names.key(nameNode, name, log);
        }
        Secret secret = SecretReader.ofKey(name == null ? "" : name, log).key(fields.required("secret"));
        return name == null || secret == null || log.hasErrors() ? null : new KeyDefinition(name, secret, root.place());
    }
}
