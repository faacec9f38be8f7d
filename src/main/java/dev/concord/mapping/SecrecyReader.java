package dev.concord.mapping;

import dev.concord.secret.HashAlgorithm;
import dev.concord.secret.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads how the values of an attribute are kept from being read, and finds what does not go together. */
final class SecrecyReader {

    private final Set<String> keys;
    private final FaultLog log;

    /** @param keys the names of the keys that there are */
    SecrecyReader(Set<String> keys, FaultLog log) {
        this.keys = keys;
        this.log = log;
    }

    /** @param shape which of the keys an attribute of this kind may have */
    Secrecy read(Fields fields, Shape shape, AttributeDefinition.AttributeType type, boolean multivalued) {
        List<Secrecy> found = new ArrayList<>();
        if (shape.keys().contains("hashed")) {
            HashAlgorithm algorithm = algorithm(fields.get("hashed"));
            if (algorithm != null) {
                found.add(new Secrecy.Hashed(algorithm));
                if (!keys.contains(Keys.USUAL)) {
                    log.warning(
                            fields.node(),
                            "without the key " + Quote.text(Keys.USUAL)
                                    + " each run hashes every value anew to compare it, about 0.1 s each; describe it in jobs/keys/"
                                    + Keys.USUAL + ".yaml");
                }
                checkPlainText(fields, type, multivalued);
            }
        }
        if (shape.keys().contains("encrypted")) {
            String key = key(fields.get("encrypted"));
            if (key != null) {
                found.add(new Secrecy.Encrypted(key));
            }
        }
        if (shape.keys().contains("writeOnly") && fields.flag("writeOnly", false)) {
            found.add(new Secrecy.WriteOnly());
            needKey(fields.node(), "writeOnly", Keys.USUAL);
        }
        if (found.size() > 1) {
            log.error(fields.node(), "hashed, encrypted and writeOnly exclude each other; keep one");
        }
        return found.isEmpty() ? Secrecy.NONE : found.getFirst();
    }

    /** Ids and revisions must be readable. */
    static void refuseId(Node node, @Nullable String id, @Nullable AttributeDefinition attribute, FaultLog log) {
        if (attribute != null && !(attribute.secrecy() instanceof Secrecy.Open)) {
            log.error(
                    node,
                    Quote.text(String.valueOf(id))
                            + " is the id of these objects, or their revision; that cannot be hashed, encrypted or writeOnly");
        }
    }

    private @Nullable HashAlgorithm algorithm(@Nullable Node node) {
        if (node instanceof Node.Leaf leaf && leaf.value() instanceof Boolean flag) {
            return flag ? HashAlgorithm.BCRYPT : null;
        }
        if (node instanceof Node.Leaf leaf && leaf.value() instanceof String) {
            return Words.HASH_ALGORITHMS.read(node, log);
        }
        if (node != null) {
            log.error(
                    node,
                    Quote.node(node) + " stands here; allowed: true, false, "
                            + String.join(", ", Words.HASH_ALGORITHMS.all()));
        }
        return null;
    }

    private @Nullable String key(@Nullable Node node) {
        if (node instanceof Node.Leaf leaf && leaf.value() instanceof Boolean flag) {
            if (flag) {
                needKey(node, "encrypted", Keys.USUAL);
            }
            return flag ? Keys.USUAL : null;
        }
        if (node instanceof Node.Leaf leaf && leaf.value() instanceof String name) {
            if (Names.key(node, name, log)) {
                needKey(node, "encrypted", name);
            }
            return name;
        }
        if (node != null) {
            log.error(node, Quote.node(node) + " stands here; allowed: true, false, or the name of a key");
        }
        return null;
    }

    private void needKey(Node node, String what, String key) {
        if (!keys.contains(key)) {
            log.error(
                    node,
                    what + " needs the key " + Quote.text(key) + ", which is not there; describe it in jobs/keys/" + key
                            + ".yaml: name: " + key + ", secret: ${env:NAME}");
        }
    }

    private void checkPlainText(Fields fields, AttributeDefinition.AttributeType type, boolean multivalued) {
        if (type != AttributeDefinition.AttributeType.STRING || multivalued) {
            log.error(fields.node(), "hashed is for attributes with one text; remove it, or type and multivalued");
        }
    }
}
