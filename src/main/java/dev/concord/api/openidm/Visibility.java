package dev.concord.api.openidm;

import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.filter.Filter;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.Secrecy;
import dev.concord.record.Json;
import dev.concord.record.Pointer;
import dev.concord.record.Resource;
import dev.concord.system.ObjectSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may be seen of the objects of a set: never what is hashed, encrypted or write-only, and what is sensitive only
 * by those who see everything. What is not seen cannot be asked for, either, as answers would tell it bit by bit.
 *
 * @param everything whether the caller sees everything
 */
record Visibility(ObjectSchema schema, boolean everything) {

    private static final String CRYPTO = "$crypto";

    Map<String, @Nullable Object> of(Resource resource) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        resource.view().forEach((name, value) -> {
            if (!hides(name, value)) {
                shown.put(name, value);
            }
        });
        return shown;
    }

    /** Whether nobody sees a value of an attribute. */
    boolean isSecret(String attribute, @Nullable Object value) {
        AttributeDefinition definition = schema.attributes().get(attribute);
        if (definition != null) {
            return switch (definition.secrecy()) {
                case Secrecy.Hashed _, Secrecy.Encrypted _, Secrecy.WriteOnly _ -> true;
                case Secrecy.Open _ -> !schema.isSensitive(attribute) && schema.hides(attribute, value);
            };
        }
        return schema.hides(attribute, value);
    }

    private boolean hides(String attribute, @Nullable Object value) {
        return isSecret(attribute, value) || (schema.isSensitive(attribute) && !everything) || holdsSecret(value);
    }

    /** Also in an attribute that is sensitive only, something hashed or encrypted may stand. */
    private static boolean holdsSecret(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.containsKey(CRYPTO) || map.values().stream().anyMatch(Visibility::holdsSecret);
            case List<?> list -> list.stream().anyMatch(Visibility::holdsSecret);
            case null, default -> false;
        };
    }

    /** Throws with status 400 when a query asks by what is not seen. */
    void check(QueryRequest request) {
        check(request.filter(), true);
        request.sortKeys().forEach(key -> check(key.pointer(), true));
    }

    /** Likewise, of a filter alone. */
    void check(Filter filter) {
        check(filter, true);
    }

    private void check(Filter filter, boolean atTop) {
        switch (filter) {
            case Filter.And and -> and.operands().forEach(operand -> check(operand, atTop));
            case Filter.Or or -> or.operands().forEach(operand -> check(operand, atTop));
            case Filter.Not not -> check(not.operand(), atTop);
            case Filter.Comparison comparison -> check(comparison.pointer(), atTop);
            case Filter.In in -> check(in.pointer(), atTop);
            case Filter.NormalizedEquality equality -> check(equality.pointer(), atTop);
            case Filter.Present present -> check(present.pointer(), atTop);
            case Filter.Element element -> {
                check(element.pointer(), atTop);
                check(element.filter(), atTop && element.pointer().isWhole());
            }
            case Filter.Literal _ -> {}
        }
    }

    private void check(Pointer pointer, boolean atTop) {
        if ((atTop && hides(pointer.attribute(), null)) || pointer.tokens().contains(CRYPTO)) {
            throw Refusal.badRequest("The attribute " + Json.write(pointer.attribute())
                    + " is not shown, and can be neither in filters nor in _sortKeys.");
        }
    }
}
