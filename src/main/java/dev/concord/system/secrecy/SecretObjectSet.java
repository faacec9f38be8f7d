package dev.concord.system.secrecy;

import dev.concord.filter.Filter;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.Secrecy;
import dev.concord.record.Resource;
import dev.concord.secret.Crypto;
import dev.concord.secret.CryptoText;
import dev.concord.secret.CryptoValue;
import dev.concord.secret.KeyUnavailable;
import dev.concord.system.ForwardingObjectSet;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSchema;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An object set with attributes that are hashed or encrypted. Reads give {@code $crypto} objects. Writes take them as
 * well as clear values, and keep none of the latter. A text that is neither, left from before the attribute was
 * declared so, is read as it is and gone with the next write of the attribute.
 */
public final class SecretObjectSet extends ForwardingObjectSet {

    private final Map<String, AttributeDefinition> secrets;
    private final Crypto crypto;
    private final Sealing sealing;
    private final ObjectSchema schema;

    private SecretObjectSet(ObjectSet texts, Map<String, AttributeDefinition> secrets, Crypto crypto) {
        super(texts);
        this.secrets = secrets;
        this.crypto = crypto;
        this.sealing = new Sealing(crypto);
        this.schema = schema(texts.schema(), secrets);
    }

    /**
     * Puts itself before a set, unless that has no attributes that are hashed or encrypted.
     *
     * @param texts the set, made with these attributes as {@link AttributeDefinition#stored} has them
     * @param declared the attributes as they are declared
     */
    public static ObjectSet of(ObjectSet texts, Map<String, AttributeDefinition> declared, Crypto crypto) {
        Map<String, AttributeDefinition> secrets = new LinkedHashMap<>();
        declared.forEach((name, attribute) -> {
            switch (attribute.secrecy()) {
                case Secrecy.Hashed _, Secrecy.Encrypted _ -> secrets.put(name, attribute);
                case Secrecy.Open _, Secrecy.WriteOnly _ -> {}
            }
        });
        return secrets.isEmpty() ? texts : new SecretObjectSet(texts, secrets, crypto);
    }

    private static ObjectSchema schema(ObjectSchema texts, Map<String, AttributeDefinition> secrets) {
        Map<String, AttributeDefinition> attributes = new LinkedHashMap<>(texts.attributes());
        secrets.forEach((name, secret) -> {
            AttributeDefinition text = attributes.getOrDefault(name, secret);
            attributes.put(
                    name,
                    new AttributeDefinition(
                            name,
                            secret.type(),
                            text.required(),
                            false,
                            false,
                            secret.multivalued(),
                            secret.unordered(),
                            true,
                            secret.separator(),
                            secret.secrecy()));
        });
        return new ObjectSchema(
                attributes, texts.open(), texts.revisions(), texts.clientIds(), texts.given(), texts.unread());
    }

    @Override
    public ObjectSchema schema() {
        return schema;
    }

    @Override
    public Page scan(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        Page page = set.scan(range, after, limit, filter);
        List<Page.Item> items = new ArrayList<>(page.items().size());
        for (Page.Item item : page.items()) {
            items.add(
                    item instanceof Page.Item.Found(String position, Resource resource)
                            ? new Page.Item.Found(position, read(resource))
                            : item);
        }
        return new Page(items, page.lastPosition(), page.end());
    }

    @Override
    public Map<String, Resource> fetch(Collection<String> ids) {
        Map<String, Resource> found = new LinkedHashMap<>(set.fetch(ids));
        found.replaceAll((id, resource) -> read(resource));
        return found;
    }

    @Override
    public List<List<Resource>> find(List<Filter> filters, int limit) {
        return set.find(filters, limit).stream()
                .map(found -> found.stream().map(this::read).toList())
                .toList();
    }

    @Override
    public Map<String, @Nullable Object> asStored(Map<String, @Nullable Object> content) {
        return read(set.asStored(written(content)));
    }

    @Override
    public Map<String, @Nullable Object> sealed(Map<String, @Nullable Object> content, @Nullable Resource before) {
        return each(content, (attribute, value) -> {
            try {
                return sealed(attribute, value, before);
            } catch (IllegalArgumentException unfit) {
                // The write will be rejected, and say why.
                return value;
            }
        });
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        return write(writes, () -> {});
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes, Runnable stillAllowed) {
        List<Write> sealed = new ArrayList<>(writes.size());
        for (Write write : writes) {
            try {
                sealed.add(sealed(write));
            } catch (Unfit unfit) {
                return rejected(writes.size(), sealed.size(), unfit);
            }
        }
        return set.write(sealed, stillAllowed).stream()
                .map(outcome -> outcome instanceof WriteOutcome.Written(@Nullable Resource resource) && resource != null
                        ? new WriteOutcome.Written(read(resource))
                        : outcome)
                .toList();
    }

    @Override
    protected ObjectSet around(ObjectSet other) {
        return new SecretObjectSet(other, secrets, crypto);
    }

    /** A value that cannot be kept. */
    private static final class Unfit extends Exception {

        private static final long serialVersionUID = 1L;

        private final String attribute;

        Unfit(String attribute, String message) {
            super(message, null, false, false);
            this.attribute = attribute;
        }
    }

    private Write sealed(Write write) throws Unfit {
        return switch (write) {
            case Write.Create create -> new Write.Create(create.id(), sealedText(create.content(), null));
            case Write.Update update ->
                new Write.Update(
                        new Resource(
                                update.before().id(),
                                update.before().revision(),
                                written(update.before().content())),
                        sealedText(update.content(), update.before()));
            case Write.Delete delete -> delete;
        };
    }

    private Map<String, @Nullable Object> sealedText(Map<String, @Nullable Object> content, @Nullable Resource before)
            throws Unfit {
        Map<String, @Nullable Object> sealed = new LinkedHashMap<>(content);
        for (AttributeDefinition attribute : secrets.values()) {
            Object value = content.get(attribute.name());
            if (value != null) {
                try {
                    Object kept = sealed(attribute, value, before);
                    sealed.put(attribute.name(), CryptoValue.is(kept) ? CryptoText.of(kept) : kept);
                } catch (IllegalArgumentException e) {
                    throw new Unfit(
                            attribute.name(), "Attribute '" + attribute.name() + "' does not fit: " + e.getMessage());
                }
            }
        }
        return sealed;
    }

    private Object sealed(AttributeDefinition attribute, Object value, @Nullable Resource before) {
        try {
            return sealing.sealed(
                    attribute, value, before == null ? null : before.content().get(attribute.name()));
        } catch (KeyUnavailable e) {
            throw new SystemUnavailable(name() + ", attribute " + attribute.name() + ": " + e.getMessage(), null);
        }
    }

    private static List<WriteOutcome> rejected(int count, int index, Unfit unfit) {
        List<WriteOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            outcomes.add(
                    i == index
                            ? new WriteOutcome.Rejected(
                                    WriteOutcome.Kind.TYPE, unfit.attribute, String.valueOf(unfit.getMessage()))
                            : new WriteOutcome.NotDone());
        }
        return outcomes;
    }

    private Resource read(Resource resource) {
        return new Resource(resource.id(), resource.revision(), read(resource.content()));
    }

    private Map<String, @Nullable Object> read(Map<String, @Nullable Object> content) {
        return each(content, (attribute, value) -> {
            Object crypto = value instanceof String text ? CryptoText.read(text) : null;
            return crypto == null ? value : crypto;
        });
    }

    private Map<String, @Nullable Object> written(Map<String, @Nullable Object> content) {
        return each(content, (attribute, value) -> CryptoValue.is(value) ? CryptoText.of(value) : value);
    }

    private Map<String, @Nullable Object> each(
            Map<String, @Nullable Object> content, BiFunction<AttributeDefinition, Object, Object> change) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(content);
        secrets.forEach((name, attribute) -> {
            Object value = content.get(name);
            if (value != null) {
                changed.put(name, change.apply(attribute, value));
            }
        });
        return changed;
    }
}
