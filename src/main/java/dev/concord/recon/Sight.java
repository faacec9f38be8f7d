package dev.concord.recon;

import dev.concord.ledger.EntryView;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.PropertyRow;
import dev.concord.record.AttributeChange;
import dev.concord.record.Json;
import dev.concord.secret.CryptoValue;
import dev.concord.system.ObjectSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run may show of records, wherever it tells of them: reports, plans, explanations, intents. Not what is
 * sensitive, hashed or encrypted on either side, nor what a row makes of it on the other side, nor texts that repeat
 * such a value. Safe for use by several threads.
 *
 * @param source the schema of the source set, with attributes that rows copy to secrets sensitive
 * @param target that of the target set, with attributes that rows fill from sensitive ones sensitive, be it by a script
 *     that names one
 */
record Sight(ObjectSchema source, ObjectSchema target) {

    /** Longer values are not kept: undo names them instead. */
    private static final int LONGEST_VALUE = 64 * 1024;

    /** Why a value of that length is not there. */
    static final String TOO_LONG = "too long";

    static Sight of(Mapping mapping, ObjectSchema source, ObjectSchema target) {
        Set<String> inSource = new HashSet<>();
        Set<String> inTarget = new HashSet<>();
        Pattern named = named(source);
        for (PropertyRow row : mapping.properties()) {
            if (named != null && row.transform() != null && !row.target().isWhole()) {
                String script = row.transform().text();
                if (named.matcher(script).find()) {
                    inTarget.add(row.target().attribute());
                }
            }
            if (row.source() != null && !row.source().isWhole() && !row.target().isWhole()) {
                String from = row.source().attribute();
                String to = row.target().attribute();
                if (target.isSensitive(to)) {
                    inSource.add(from);
                }
                if (source.isSensitive(from)) {
                    inTarget.add(to);
                }
            }
        }
        return new Sight(source.hiding(inSource), target.hiding(inTarget));
    }

    /** Finds the name of a sensitive attribute where scripts name members; null when there is none. */
    private static @Nullable Pattern named(ObjectSchema schema) {
        String names = schema.attributes().values().stream()
                .filter(AttributeDefinition::sensitive)
                .map(attribute -> Pattern.quote(attribute.name()))
                .collect(Collectors.joining("|"));
        return names.isEmpty() ? null : Pattern.compile("[.{,\\[\"'`]\\s*[\"'`]?(" + names + ")(?![\\w$])");
    }

    /** What nothing that is told of an op may repeat. */
    List<String> unseen(Op op) {
        List<String> unseen = new ArrayList<>(op.unseen);
        for (Map<String, @Nullable Object> object : op.shown) {
            unseen.addAll(Redaction.secrets(object, target));
        }
        if (op.source != null) {
            unseen.addAll(Redaction.secrets(op.source.content(), source));
        }
        if (op.targetBefore != null) {
            unseen.addAll(Redaction.secrets(op.targetBefore.content(), target));
        }
        return unseen;
    }

    /** Changes of a target as they may be shown. */
    List<AttributeChange> differences(List<AttributeChange> changes, Collection<String> unseen) {
        return changes.stream().map(change -> kept(change, unseen)).toList();
    }

    private AttributeChange kept(AttributeChange change, Collection<String> unseen) {
        boolean hidden = hides(target, change.attribute(), change.before(), unseen)
                || hides(target, change.attribute(), change.after(), unseen);
        return new AttributeChange(change.attribute(), kept(change.before(), hidden), kept(change.after(), hidden));
    }

    private static boolean hides(
            ObjectSchema schema, String attribute, @Nullable Object value, Collection<String> unseen) {
        return schema.hides(attribute, value) || Redaction.isNeeded(value, unseen);
    }

    /** A value of the source as it may be shown. */
    @Nullable
    Object ofSource(String attribute, @Nullable Object value, Collection<String> unseen) {
        return kept(value, hides(source, attribute, value, unseen));
    }

    /** A value of the target as it may be shown. */
    @Nullable
    Object ofTarget(String attribute, @Nullable Object value, Collection<String> unseen) {
        return kept(value, hides(target, attribute, value, unseen));
    }

    /** A value as it may be shown: not if it is hidden, hashed or encrypted, or too long. */
    static @Nullable Object kept(@Nullable Object value, boolean hidden) {
        if (value == null) {
            return null;
        }
        if (hidden || CryptoValue.isIn(value)) {
            return Map.of(EntryView.WITHHELD, "sensitive");
        }
        boolean simple = !(value instanceof String || value instanceof List<?> || value instanceof Map<?, ?>);
        return simple || Json.write(value).length() <= LONGEST_VALUE ? value : Map.of(EntryView.WITHHELD, TOO_LONG);
    }
}
